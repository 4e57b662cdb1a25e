"""The preview of a task in a real browser: on a server, in a file, and in a notebook."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

import manyhands as mh
from manyhands import client
from manyhands.preview.lz_string import compress_for_url
from tests.flow.parity import SPEC, Parity
from tests.patience import PATIENCE_MS
from tests.web.looks import check_look, options_of
from tests.web.site import Site

OpenPage = Callable[..., Page]
SEVEN = (mh.Text("Seven, семь, 七 🦔"),)
#: What would run if anything in a task could; each sets a mark on the page.
HOSTILE = (
    "</script><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>"
    "<svg onload='window.hacked = 1'></svg><iframe srcdoc='<script>top.hacked = 1</script>'></iframe>"
    "[link](javascript:window.hacked=1) \u2028 ]]> <!-- "
)


def pack(config: object, task_input: object) -> str:
    """Return a task as Toloka's editor packs it."""
    return compress_for_url(json.dumps({"config": json.dumps(config), "input": json.dumps(task_input)}))


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Callable[[str], Page]]:
    """Open an address in a browser that reaches no network; whatever the page reports as an error fails the test."""
    context = browser.new_context(locale="en-US", offline=True)
    problems: list[str] = []

    def open_one(address: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto(address)
        return page

    yield open_one
    context.close()
    assert problems == []


def test_a_task_can_be_tried_and_the_server_never_sees_it(site: Site, open_page: OpenPage) -> None:
    """Keys and clicks answer, what is missing is said, and no request holds the task."""
    preview = client.TaskPreview(SEVEN, task_spec=SPEC, server=site.url)
    page = open_page("/preview")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    expect(page.get_by_role("status")).to_contain_text("There is no task in this address")
    page.goto(preview.url)
    expect(page.get_by_text(SEVEN[0].text)).to_be_visible()
    page.get_by_role("button", name="Check the answer").click()
    expect(page.get_by_text("Please choose one answer", exact=True)).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="odd")).to_be_checked()
    page.get_by_role("button", name="Check the answer").click()
    expect(page.get_by_text("This answer could be submitted.")).to_be_visible()
    page.get_by_text("What would be submitted").click()
    assert json.loads(page.locator("pre").inner_text()) == {"choice": "odd"}
    assert all("config" not in url for url in requests)


def test_an_answer_is_shown_and_stays_as_it_is(site: Site, open_page: OpenPage) -> None:
    """The option is chosen, and neither keys nor clicks change it."""
    preview = client.TaskPreview(SEVEN, task_spec=SPEC, output_objects=Parity.EVEN, server=site.url)
    page = open_page(preview.url)
    even = page.get_by_role("radio", name="even")
    expect(even).to_be_checked()
    expect(even).to_be_disabled()
    page.keyboard.press("2")
    expect(even).to_be_checked()
    expect(page.get_by_text("it cannot be changed here")).to_be_visible()
    expect(page.get_by_role("button", name="Check the answer")).to_have_count(0)


@pytest.mark.parametrize("place", ["#", "?"], ids=["fragment", "query"])
def test_links_to_the_editor_of_toloka_are_understood(open_page: OpenPage, place: str) -> None:
    """Only their host has to be changed; the next address on the page shows the next task."""
    view = {"view": {"type": "view.text", "content": {"type": "data.input", "path": "words"}}}
    page = open_page(f"/preview{place}config={pack(view, {'words': 'From an old link'})}")
    expect(page.get_by_text("From an old link")).to_be_visible()
    page.evaluate(f"location.hash = 'config={pack(view, {'words': 'Another one'})}'")
    expect(page.get_by_text("Another one")).to_be_visible()
    expect(page.get_by_text("From an old link")).to_have_count(0)


def test_an_unknown_component_is_named(open_page: OpenPage) -> None:
    """The rest of the task is shown, and the answer could not be submitted."""
    items = [{"type": "view.text", "content": "Before it"}, {"type": "view.hologram"}]
    page = open_page(f"/preview#config={pack({'view': {'type': 'view.list', 'items': items}}, {})}")
    expect(page.get_by_text("Before it")).to_be_visible()
    expect(page.get_by_text("view.hologram")).to_be_visible()
    page.get_by_role("button", name="Check the answer").click()
    expect(page.get_by_text("This answer could be submitted.")).to_have_count(0)


def test_a_broken_address_says_what_is_wrong(open_page: OpenPage) -> None:
    """Instead of an empty page."""
    page = open_page("/preview#config=nonsense")
    expect(page.get_by_role("alert")).to_contain_text("it cannot be unpacked")


@pytest.mark.parametrize("way", ["server", "file", "notebook"])
def test_nothing_in_a_task_can_run(site: Site, browser: Browser, tmp_path: Path, way: str) -> None:
    """Neither in texts nor in Markdown, where tasks are shown on a server, in a file and in a notebook."""
    function = mh.ClassificationFunction(
        inputs=(mh.Text, mh.TextMeta(mh.Text, format=mh.TextFormat.MARKDOWN)), cls=Parity
    )
    spec = mh.PreparedTaskSpec(replace(SPEC.task_spec, id="hostile", function=function), "EN")
    preview = client.TaskPreview((mh.Text(HOSTILE), mh.Text(f"# Title\n{HOSTILE}")), task_spec=spec, server=site.url)
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    if way == "notebook":
        page.set_content(f"<!doctype html><h1>A notebook</h1>{preview._repr_html_()}")
        inside = page.frame_locator("iframe")
        expect(inside.get_by_role("heading", name="Title")).to_be_visible()
        frame = page.frames[1]
    else:
        page.goto(preview.url if way == "server" else preview.save(tmp_path / "hostile.html").as_uri())
        expect(page.get_by_role("heading", name="Title")).to_be_visible()
        frame = page.main_frame
    page.wait_for_timeout(300)
    assert frame.evaluate("window.hacked") is None
    assert page.evaluate("window.hacked") is None
    assert frame.locator("main script, main iframe, main svg[onload], main [onerror]").count() == 0
    assert frame.locator("main a[href^='javascript']").count() == 0
    context.close()


def test_a_saved_preview_needs_nothing_else(open_file: Callable[[str], Page], tmp_path: Path) -> None:
    """One file, opened without any network, shows the task and can be tried."""
    path = client.TaskPreview(SEVEN, task_spec=SPEC).save(tmp_path / "task.html")
    page = open_file(path.as_uri())
    expect(page.get_by_text(SEVEN[0].text)).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_role("radio", name="odd")).to_be_checked()
    answered = client.TaskPreview(SEVEN, task_spec=SPEC, output_objects=(Parity.ODD,)).save(tmp_path / "answered.html")
    page = open_file(answered.as_uri())
    expect(page.get_by_role("radio", name="odd")).to_be_checked()
    expect(page.get_by_role("radio", name="odd")).to_be_disabled()


def test_without_a_server_the_address_leads_to_the_installed_page(open_file: Callable[[str], Page]) -> None:
    """It is a file of this package, with the task behind the #."""
    page = open_file(client.TaskPreview(SEVEN, task_spec=SPEC).url)
    expect(page.get_by_text(SEVEN[0].text)).to_be_visible()


def test_every_kind_of_object_is_shown_in_one_file(open_file: Callable[[str], Page], tmp_path: Path) -> None:
    """Pictures, recordings and the parts that load on demand elsewhere are in the file, too."""
    config = {
        "view": {"type": "field.image-annotation", "data": {"type": "data.output", "path": "shapes"}, "image": _PIXEL}
    }
    spec = SPEC.overload_view(dict(config))
    page = open_file(client.TaskPreview(SEVEN, task_spec=spec).save(tmp_path / "shapes.html").as_uri())
    expect(page.get_by_role("button", name="Rectangle")).to_be_visible()


_PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_the_looks_of_previews(site: Site, open_page: OpenPage, device: str) -> None:
    """Light and dark, wide and on a phone."""
    texts = (mh.Text("Two films won six Oscars each, and the third one none at all."),)
    for name, answer in (("preview-try", None), ("preview-answered", Parity.ODD)):
        preview = client.TaskPreview(texts, task_spec=SPEC, output_objects=answer, server=site.url)
        page = open_page(preview.url, **options_of(device))
        expect(page.get_by_text(texts[0].text)).to_be_visible()
        check_look(page, name, device)
