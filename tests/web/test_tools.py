"""What only a real browser can show: sound that plays, a pointer that draws, text that is selected, and nothing that runs."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from manyhands.crowd import PoolId
from tests.web.looks import DEVICES
from tests.web.media import picture, recording
from tests.web.people import join
from tests.web.site import Site, wait_until

OpenPage = Callable[..., Page]


def _data(source: str, path: str) -> dict[str, str]:
    return {"type": f"data.{source}", "path": path}


def _list(*items: object) -> dict[str, object]:
    return {"type": "view.list", "items": list(items)}


OPTIONS = [{"value": "cat", "label": "Cat"}, {"value": "dog", "label": "Dog"}]
AUDIO = {
    "type": "view.audio",
    "url": _data("input", "url"),
    "validation": {"type": "condition.played-fully", "hint": "Listen to the end"},
}
CHOICE = {
    "type": "field.radio-group",
    "data": _data("output", "v"),
    "options": OPTIONS,
    "validation": {"type": "condition.required", "hint": "Choose"},
}
DRAWING = {
    "type": "field.image-annotation",
    "data": _data("output", "v"),
    "image": _data("input", "url"),
    "labels": OPTIONS,
}
MARKING = {
    "type": "field.text-annotation",
    "data": _data("output", "v"),
    "content": _data("input", "text"),
    "labels": OPTIONS,
    "adjust": "words",
}


@pytest.fixture
def work(site: Site, open_page: OpenPage) -> Callable[..., tuple[Page, PoolId]]:
    """Show pages of a view to a new worker."""

    def start(view: object, *inputs: Mapping[str, Any], device: str = "wide", **project: Any) -> tuple[Page, PoolId]:
        pool = site.publish(view, inputs, **project)
        page = open_page(site.invitation(), **DEVICES[device])
        join(page)
        page.get_by_role("link", name="Start").click()
        expect(page.get_by_role("timer")).to_be_visible()
        return page, pool

    return start


def _send(site: Site, page: Page, pool: PoolId) -> list[Mapping[str, Any]]:
    page.keyboard.press("Control+Enter")
    wait_until(lambda: site.answers(pool) != [])
    return site.answers(pool)[0]


def test_a_recording_has_to_be_heard_to_its_end(site: Site, work: Callable[..., tuple[Page, PoolId]]) -> None:
    """Jumping to the end does not count; space plays from anywhere, a key answers, and the speed stays for the next one."""
    page, pool = work(_list(AUDIO, CHOICE), {"url": recording(seconds=1.5)}, {"url": recording(pitch_hz=660)})
    first = page.locator(".mh-player").first
    first.get_by_label("Position").press("End")
    first.get_by_label("Speed").select_option("2")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".mh-view-audio .mh-error")).to_have_text(["Listen to the end", "Listen to the end"])
    for place, player in enumerate(page.locator(".mh-player").all()):
        player.get_by_label("Position").fill("0")
        player.get_by_role("button", name="Play").click()
        page.wait_for_function(f"() => document.querySelectorAll('audio')[{place}].ended")
        expect(player.get_by_role("button", name="Play")).to_be_visible()
    assert page.evaluate("[...document.querySelectorAll('audio')].map((one) => one.playbackRate)") == [2, 2]
    expect(page.locator(".mh-view-audio .mh-error")).to_have_count(0)
    page.locator(".mh-task").nth(1).get_by_text("Dog").click()
    assert _send(site, page, pool) == [{"v": "cat"}, {"v": "dog"}]


def test_space_plays_and_one_player_at_a_time(work: Callable[..., tuple[Page, PoolId]]) -> None:
    """The space bar plays and pauses the recording of the task in work; starting another one pauses it."""
    page, _ = work(_list(AUDIO, CHOICE), {"url": recording(seconds=30)}, {"url": recording(seconds=30)})
    playing = "() => [...document.querySelectorAll('audio')].map((one) => !one.paused)"
    page.keyboard.press(" ")
    page.wait_for_function(f"{playing}.join() === 'true,false'")
    page.locator(".mh-player").nth(1).get_by_role("button", name="Play").click()
    page.wait_for_function(f"{playing}.join() === 'false,true'")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelectorAll('audio')[1].currentTime >= 5")
    page.keyboard.press(" ")
    page.wait_for_function(f"{playing}.join() === 'false,false'")


def test_the_form_of_a_recording_is_drawn_where_it_may_be_read(work: Callable[..., tuple[Page, PoolId]]) -> None:
    """Only for the task in work; a click in it goes there; a recording elsewhere is played without it, and nothing is asked there for it."""
    elsewhere = "https://sounds.example.org/a.wav"
    page, _ = work(_list(AUDIO, CHOICE), {"url": recording(seconds=20)}, {"url": recording()}, {"url": elsewhere})
    players = page.locator(".mh-player")
    expect(players.nth(0).locator(".mh-waveform canvas").first).to_be_visible()
    expect(players.nth(1).locator(".mh-waveform")).to_be_visible()
    expect(players.nth(1).locator("canvas")).to_have_count(0)
    expect(page.locator(".mh-task").nth(2).locator(".mh-waveform")).to_have_count(0)
    box = players.nth(0).locator(".mh-waveform").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_function("() => Math.abs(document.querySelector('audio').currentTime - 10) < 1")
    players.nth(1).get_by_role("button", name="Play").click()
    expect(players.nth(1).locator(".mh-waveform canvas").first).to_be_visible()


def _box(stage: Locator) -> FloatRect:
    stage.page.wait_for_function("() => document.querySelector('.mh-stage img')?.naturalWidth > 0")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box is not None
    return box


def _at(box: FloatRect, left: float, top: float) -> tuple[float, float]:
    return box["x"] + left * box["width"], box["y"] + top * box["height"]


def _drag(page: Page, box: FloatRect, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*_at(box, *start))
    page.mouse.down()
    page.mouse.move(*_at(box, *end), steps=4)
    page.mouse.up()


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return {key: _rounded(item) for key, item in value.items()} if isinstance(value, dict) else value


def test_shapes_are_drawn_with_a_pointer(site: Site, work: Callable[..., tuple[Page, PoolId]]) -> None:
    """A rectangle by dragging, a polygon by clicks, a point; a shape is moved, gets another label, and one is taken back."""
    page, pool = work(DRAWING, {"url": picture()})
    stage = page.locator(".mh-stage-svg")
    box = _box(stage)
    _drag(page, box, (0.1, 0.1), (0.4, 0.5))
    page.keyboard.press("r")
    for corner in ((0.5, 0.5), (0.9, 0.5), (0.9, 0.9)):
        page.mouse.click(*_at(box, *corner))
    page.keyboard.press("a")
    page.keyboard.press("w")
    page.keyboard.press("2")
    page.mouse.click(*_at(box, 0.2, 0.8))
    page.mouse.click(*_at(box, 0.3, 0.8))
    page.keyboard.press("u")
    expect(page.locator(".mh-shape-item")).to_have_count(3)
    page.keyboard.press("q")
    _drag(page, box, (0.25, 0.3), (0.35, 0.4))
    page.keyboard.press("2")
    assert _rounded(_send(site, page, pool)[0]["v"]) == [
        {"shape": "rectangle", "left": 0.2, "top": 0.2, "width": 0.3, "height": 0.4, "label": "dog"},
        {
            "shape": "polygon",
            "points": [{"left": 0.5, "top": 0.5}, {"left": 0.9, "top": 0.5}, {"left": 0.9, "top": 0.9}],
            "label": "cat",
        },
        {"shape": "point", "left": 0.2, "top": 0.8, "label": "dog"},
    ]


def test_an_unfinished_shape_is_taken_back_corner_by_corner(work: Callable[..., tuple[Page, PoolId]]) -> None:
    """Undo means the last thing that was done, finished or not."""
    page, _ = work(DRAWING, {"url": picture()})
    box = _box(page.locator(".mh-stage-svg"))
    _drag(page, box, (0.1, 0.1), (0.3, 0.3))
    page.keyboard.press("r")
    for corner in ((0.5, 0.5), (0.9, 0.5)):
        page.mouse.click(*_at(box, *corner))
    corners = page.locator(".mh-draft circle")
    for left in (1, 0):
        page.keyboard.press("u")
        expect(corners).to_have_count(left)
        expect(page.locator(".mh-shape")).to_have_count(1)
    page.keyboard.press("u")
    expect(page.locator(".mh-shape")).to_have_count(0)


def test_shapes_are_drawn_and_removed_by_keyboard(site: Site, work: Callable[..., tuple[Page, PoolId]]) -> None:
    """Arrow keys move the cross, Enter sets corners, Delete removes, control Z brings back."""
    page, pool = work(DRAWING, {"url": picture()})
    _box(page.locator(".mh-stage-svg"))
    page.locator(".mh-stage-svg").focus()
    page.keyboard.press("Enter")
    for key in ("Shift+ArrowRight", "Shift+ArrowDown") * 5:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator(".mh-shape")).to_have_count(1)
    page.get_by_role("button", name="1. Cat").click()
    page.locator(".mh-stage-svg").focus()
    page.keyboard.press("Delete")
    expect(page.locator(".mh-shape")).to_have_count(0)
    page.keyboard.press("Control+z")
    assert _rounded(_send(site, page, pool)[0]["v"]) == [
        {"shape": "rectangle", "left": 0.5, "top": 0.5, "width": 0.2, "height": 0.2, "label": "cat"}
    ]


def test_a_picture_is_zoomed_and_drawn_on_where_the_pointer_is(
    site: Site, work: Callable[..., tuple[Page, PoolId]]
) -> None:
    """Wheel, keys and buttons zoom; what is drawn lies where it was drawn, whatever the zoom."""
    page, pool = work(DRAWING, {"url": picture()})
    stage, level = page.locator(".mh-stage-svg"), page.locator(".mh-zoom-level")
    _box(stage)
    stage.focus()
    page.keyboard.press("+")
    expect(level).to_have_text("140 %")
    page.keyboard.press("0")
    expect(level).to_have_text("100 %")
    before = _box(stage)
    page.mouse.move(*_at(before, 0.75, 0.75))
    page.keyboard.down("Control")
    for _ in range(5):
        page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(level).to_have_text("201 %")
    after = stage.bounding_box()
    assert after is not None
    # The place under the pointer stays under the pointer.
    page.wait_for_function(
        "([x, y]) => { const box = document.querySelector('.mh-stage-svg').getBoundingClientRect();"
        " return Math.abs((x - box.x) / box.width - 0.75) < 0.02 && Math.abs((y - box.y) / box.height - 0.75) < 0.02; }",
        arg=list(_at(before, 0.75, 0.75)),
    )
    page.keyboard.press("w")
    page.mouse.click(*_at(before, 0.75, 0.75))
    shapes = _send(site, page, pool)[0]["v"]
    assert [round(shapes[0][side], 1) for side in ("left", "top")] in ([0.8, 0.8], [0.7, 0.7])


def test_two_fingers_zoom_and_one_draws(work: Callable[..., tuple[Page, PoolId]]) -> None:
    """On a phone a pinch zooms the picture, not the page, and leaves no shape behind."""
    page, _ = work(DRAWING, {"url": picture()}, device="phone")
    box = _box(page.locator(".mh-stage-svg"))
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers = [dict(zip("xy", _at(box, *point), strict=True), id=n) for n, point in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})

    touch("touchStart", (0.4, 0.4), (0.6, 0.6))
    for step in range(1, 6):
        touch("touchMove", (0.4 - step * 0.04, 0.4 - step * 0.04), (0.6 + step * 0.04, 0.6 + step * 0.04))
    touch("touchEnd")
    expect(page.locator(".mh-zoom-level")).not_to_have_text("100 %")
    expect(page.locator(".mh-shape")).to_have_count(0)
    assert page.evaluate("visualViewport.scale") == 1
    page.locator(".mh-zoom-level").click()
    box = _box(page.locator(".mh-stage-svg"))
    touch("touchStart", (0.2, 0.2))
    for step in range(1, 5):
        touch("touchMove", (0.2 + step * 0.1, 0.2 + step * 0.1))
    touch("touchEnd")
    expect(page.locator(".mh-shape")).to_have_count(1)


def test_parts_of_a_text_are_marked(site: Site, work: Callable[..., tuple[Page, PoolId]]) -> None:
    """By dragging over them, widened to words; by double click; by keyboard; a label is changed and one removed."""
    page, pool = work(MARKING, {"text": "The quick brown fox sleeps."})
    words = page.locator(".mh-annotated")
    expect(words).to_be_visible()
    place = """(word) => {
      const node = document.querySelector('.mh-annotated').firstChild.firstChild;
      const [range, at] = [document.createRange(), node.data.indexOf(word)];
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      const box = range.getBoundingClientRect();
      return [box.left, box.top + box.height / 2, box.right];
    }"""
    left, middle, right = page.evaluate(place, "quick brown")
    page.mouse.move(left + 8, middle)
    page.mouse.down()
    page.mouse.move(right - 8, middle, steps=5)
    page.mouse.up()
    expect(page.locator(".mh-span")).to_have_text(["quick brown"])
    page.locator(".mh-span").click()
    page.keyboard.press("2")
    expect(page.locator(".mh-span")).to_have_attribute("data-label", "Dog")
    words.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".mh-span")).to_have_text(["The", "quick brown"])
    page.get_by_role("button", name="Remove The").click()
    assert _send(site, page, pool)[0]["v"] == [{"label": "dog", "offset": 4, "length": 11, "segment": "quick brown"}]


@pytest.mark.parametrize(
    "layout",
    [
        {"type": "layout.side-by-side", "items": [], "controls": CHOICE},
        {"type": "layout.compare", "items": [], "commonControls": CHOICE},
    ],
    ids=lambda layout: layout["type"],
)
def test_two_things_to_compare_stay_beside_each_other_on_a_phone(
    work: Callable[..., tuple[Page, PoolId]], layout: dict[str, Any]
) -> None:
    """Left is left and right is right, and nothing is wider than the screen."""
    pictures = [{"type": "view.image", "url": _data("input", name)} for name in ("a", "b")]
    items = pictures if layout["type"] == "layout.side-by-side" else [{"content": one} for one in pictures]
    page, _ = work({**layout, "items": items}, {"a": picture(), "b": picture(width=300, height=400)}, device="phone")
    boxes = [one.bounding_box() for one in page.locator(".mh-compare-item").all()]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


#: Puts a script into the page and returns which rule has stopped it.
INTRUDE = """new Promise((resolve) => {
  const script = document.createElement("script");
  script.textContent = "window.hacked = 4";
  document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
  document.body.append(script);
})"""
EVIL = "<img src=x onerror='window.hacked = 1'><script>window.hacked = 2</script><a href='javascript:window.hacked = 3'>a link</a>"


def test_nothing_of_a_task_or_an_instruction_runs(site: Site, browser: Browser) -> None:
    """Instructions and Markdown are shown, scripts in them never run; even one that got in would be stopped by the policy."""
    view = _list({"type": "view.markdown", "content": f"**bold** {EVIL}"}, CHOICE)
    site.publish(view, [{"n": 1}], instruction=f"<h2>How to</h2><p>Look <b>well</b>.</p>{EVIL}")
    # What the policy stops is told on the console, and this page tries it.
    page = browser.new_page()
    page.goto(site.invitation())
    join(page)
    page.get_by_role("link", name="Start").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="How to")).to_be_visible()
    dialog.get_by_text("a link").click()
    dialog.get_by_role("button", name="Close").click()
    expect(page.locator(".mh-task strong")).to_have_text("bold")
    page.locator(".mh-task").get_by_text("a link").click()
    assert page.evaluate("window.hacked") is None
    assert page.evaluate(INTRUDE) == "script-src-elem"
    assert page.evaluate("window.hacked") is None
    page.close()
