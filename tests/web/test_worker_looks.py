"""How every kind of task looks, and what a worker sees besides tasks: light and dark, wide and on a phone, from left and from right."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from manyhands.crowd import AssignmentStatus
from tests.web.looks import check_look, options_of
from tests.web.media import picture, recording
from tests.web.people import answer_page, join, start_work
from tests.web.site import Site, wait_until

OpenPage = Callable[..., Page]


def _in(path: str) -> dict[str, str]:
    return {"type": "data.input", "path": path}


def _out(path: str) -> dict[str, str]:
    return {"type": "data.output", "path": path}


def _list(*items: object) -> dict[str, object]:
    return {"type": "view.list", "items": list(items)}


def _choice(label: str, *options: str, path: str = "v", kind: str = "radio-group") -> dict[str, object]:
    values = [{"value": str(n), "label": option} for n, option in enumerate(options)]
    return {
        "type": f"field.{kind}",
        "label": label,
        "data": _out(path),
        "options": values,
        "validation": {"type": "condition.required", "hint": "Choose one answer"},
    }


_IMAGE = {"type": "view.image", "url": _in("a"), "rotatable": True}
_LABELS = [{"value": "cat", "label": "Cat"}, {"value": "dog", "label": "Dog"}, {"value": "bird", "label": "Bird"}]
_RTL = {"mode": "rtl"}
#: Name → view, input values of each task, plugins.
KINDS: dict[str, tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]] = {
    "audio": (
        _list(
            {"type": "view.audio", "url": _in("a"), "validation": {"type": "condition.played-fully"}},
            {
                "type": "field.textarea",
                "label": "What is said?",
                "data": _out("v"),
                "placeholder": "Write it down",
                "rows": 3,
            },
        ),
        [{"a": recording(seconds=3)}, {"a": recording()}],
        [],
    ),
    "side-by-side": (
        {
            "type": "layout.side-by-side",
            "items": [_IMAGE, {**_IMAGE, "url": _in("b")}],
            "controls": _choice("Which one is sharper?", "Left", "Right", kind="button-radio-group"),
        },
        [{"a": picture(), "b": picture(width=300, height=400)}],
        [],
    ),
    "image-annotation": (
        {
            "type": "field.image-annotation",
            "label": "Mark all animals",
            "data": _out("v"),
            "image": _in("a"),
            "labels": _LABELS,
        },
        [{"a": picture()}],
        [],
    ),
    "text-annotation": (
        {
            "type": "field.text-annotation",
            "label": "Mark names",
            "data": _out("v"),
            "content": _in("a"),
            "labels": [{"value": "p", "label": "Person"}, {"value": "c", "label": "City"}],
        },
        [{"a": "Ada Lovelace lived in London and wrote to Charles Babbage about the Analytical Engine."}],
        [],
    ),
    "form": (
        _list(
            {
                "type": "view.alert",
                "theme": "info",
                "content": {"type": "view.text", "content": "Look at the receipt."},
            },
            {"type": "field.text", "label": "Shop", "data": _out("shop"), "requiredMark": True},
            {"type": "field.number", "label": "Sum", "hint": "Without currency", "data": _out("sum"), "minimum": 0},
            {"type": "field.date", "label": "Date", "format": "date", "data": _out("date")},
            {
                "type": "field.select",
                "label": "Currency",
                "data": _out("cur"),
                "options": [{"value": "e", "label": "Euro"}],
            },
            {"type": "field.checkbox-group", "label": "What is on it?", "data": _out("on"), "options": _LABELS},
            {"type": "field.file", "label": "A scan", "data": _out("file"), "accept": ["image/*"]},
            {"type": "field.audio", "label": "Read it aloud", "data": _out("audio")},
        ),
        [{"a": ""}],
        [],
    ),
    "pager": (
        _list(
            {
                "type": "view.markdown",
                "content": "### A question\n\nIs *this* right? See [the rules](https://example.org).",
            },
            _choice("Your answer", "Yes", "No"),
        ),
        [{"a": str(n)} for n in range(4)],
        [
            {
                "type": "plugin.toloka",
                "layout": {"kind": "pager"},
                "notifications": [{"type": "view.text", "content": "Sound on, please."}],
            }
        ],
    ),
    "arabic": (
        _list(
            {"type": "view.text", "content": _in("a"), "rtl": _RTL},
            {**_choice("ما هو موضوع النص؟", "رياضة", "سياسة", "علوم وتكنولوجيا"), "rtl": _RTL},
            {"type": "field.textarea", "label": "ملاحظات", "data": _out("w"), "placeholder": "اكتب هنا", "rtl": _RTL},
        ),
        [
            {"a": "أعلن العلماء عن اكتشاف كوكب جديد يدور حول نجم يبعد أربعين سنة ضوئية عن الأرض."},
            {"a": "فاز الفريق بالمباراة النهائية بنتيجة 3-1 بعد وقت إضافي."},
        ],
        [],
    ),
}


#: Returns what has the focus, and how wide the line is that is drawn around it, its text, or the option that it belongs to.
_FOCUS = """(() => {
  const element = document.activeElement;
  const around = [element, element.closest("label"), element.parentElement, element.nextElementSibling].filter(Boolean);
  const width = ({ outlineStyle, outlineWidth }) => (outlineStyle === "none" ? 0 : parseFloat(outlineWidth));
  return [element.tagName, element.className || element.type, Math.max(...around.map((one) => width(getComputedStyle(one))))];
})()"""


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_task(site: Site, open_page: OpenPage, device: str, kind: str) -> None:
    """Nothing overlaps, nothing is too wide, and axe-core finds nothing, before and after a try to send."""
    view, inputs, plugins = KINDS[kind]
    site.publish(view, inputs, plugins=plugins, name=kind)
    page = open_page(site.invitation(), **options_of(device))
    join(page)
    page.get_by_role("link", name="Start").click()
    expect(page.locator(".mh-task").first).to_be_visible()
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    check_look(page, f"task-{kind}", device, is_whole=True)
    page.get_by_role("button", name="Send the page").click()
    if kind == "pager":
        expect(page.locator(".mh-error").first).to_be_visible()
        check_look(page, f"task-{kind}-checked", device)


def test_a_page_from_the_right(site: Site, open_page: OpenPage, device: str) -> None:
    """In a language that is written from the right, the whole page is mirrored; players and numbers are not."""
    view, inputs, plugins = KINDS["arabic"]
    audio = {"type": "view.audio", "url": _in("sound")}
    sound = recording(seconds=2)
    site.publish(
        _list(audio, *view["items"]), [{**one, "sound": sound} for one in inputs], plugins=plugins, name="نصوص"
    )
    page = open_page(site.invitation(), **options_of(device))
    join(page)
    page.evaluate("document.documentElement.dir = 'rtl'")
    check_look(page, "worker-home-rtl", device)
    page.get_by_role("link", name="Start").click()
    expect(page.locator(".mh-task").first).to_be_visible()
    page.evaluate("document.querySelector('.mh-suite').dir = 'rtl'")
    title, timer = page.locator(".worker-bar h1").bounding_box(), page.get_by_role("timer").bounding_box()
    assert title is not None
    assert timer is not None
    assert title["x"] > timer["x"]
    check_look(page, "task-rtl", device, is_whole=True)


def test_what_is_said_between_workers_and_requesters(site: Site, open_page: OpenPage, device: str) -> None:
    """A report, its answer, the list of conversations, and an appeal."""
    handle = site.start()
    page = open_page(site.invitation(), **options_of(device))
    join(page)
    start_work(page)
    page.get_by_role("button", name="Report a problem").click()
    check_look(page, "worker-report", device)
    page.get_by_label("What is wrong with this page?").fill("Task 2 shows no number.\nAll others do.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sent. You find the answer")).to_be_visible()
    page.keyboard.press("Escape")
    (thread,) = site.platform.list_threads()
    site.platform.reply(thread.id, {"EN": "Thank you for telling. It does now: please load the page again."})
    answer_page(page, wrongly=True)
    wait_until(lambda: AssignmentStatus.REJECTED in site.pages())
    page.goto(f"{site.url}/#/messages")
    expect(page.get_by_role("link", name="Even or odd?")).to_be_visible()
    check_look(page, "worker-messages", device)
    page.get_by_role("link", name="Even or odd?").click()
    expect(page.get_by_text("Thank you for telling.")).to_be_visible()
    check_look(page, "worker-conversation", device)
    page.goto(f"{site.url}/#/earnings")
    page.get_by_role("button", name="Appeal").click()
    check_look(page, "worker-appeal", device)
    handle.stop()


def test_what_can_go_wrong_on_a_page(site: Site, open_page: OpenPage, device: str) -> None:
    """A key that is taken, answers that are missing, no connection, and nothing left."""
    handle = site.start(4)
    page = open_page(site.invitation(), **options_of(device))
    join(page)
    start_work(page)
    page.keyboard.press("?")
    page.get_by_role("button", name="Change the key for: Even").click()
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Swap the two")).to_be_visible()
    check_look(page, "worker-keys-taken", device)
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Please choose one answer").first).to_be_visible()
    check_look(page, "task-missing", device)

    def lose(route: Route) -> None:
        route.abort("internetdisconnected")

    page.route("**/advance", lose)
    answer_page(page)
    expect(page.get_by_text("No connection. Nothing is lost")).to_be_visible()
    check_look(page, "worker-offline", device)
    page.unroute_all()
    handle.stop()
    expect(page.get_by_role("heading", name="No more pages here")).to_be_visible()
    check_look(page, "worker-nothing-left", device)


def test_what_has_the_focus_can_be_seen(site: Site, open_page: OpenPage) -> None:
    """Whoever goes through a page of tasks by keyboard sees where they are, on every control."""
    view, inputs, plugins = KINDS["form"]
    site.publish(view, inputs, plugins=plugins)
    page = open_page(site.invitation())
    join(page)
    seen: set[str] = set()
    for place in ("", "work"):
        if place:
            page.get_by_role("link", name="Start").click()
            expect(page.get_by_role("timer")).to_be_visible()
        page.evaluate("document.activeElement.blur()")
        for _ in range(30):
            page.keyboard.press("Tab")
            tag, name, width = page.evaluate(_FOCUS)
            assert tag == "BODY" or width >= 2, f"{tag} {name}"
            seen.add(tag)
    assert {"A", "BUTTON", "INPUT", "SELECT"} <= seen
