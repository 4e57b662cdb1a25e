"""Answers that are files, and words between workers and requesters."""

import base64
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from manyhands.crowd import AssignmentStatus, AttachmentId, PoolId
from manyhands.task import FieldSpec, FieldType
from tests.web.media import picture
from tests.web.people import answer_page, join, start_work
from tests.web.site import Site, wait_until

OpenPage = Callable[..., Page]
_FILES = {"v": FieldSpec(type=FieldType.FILE)}
_ANSWER = {"type": "data.output", "path": "v"}
_REQUIRED = {"type": "condition.required", "hint": "Add a file"}


def _content(site: Site, pool: PoolId) -> bytes:
    """Return the file that answers the only task of the only page of a pool."""
    wait_until(lambda: site.answers(pool) != [])
    file = site.platform.get_attachment(AttachmentId(site.answers(pool)[0][0]["v"]))
    return b"".join(site.platform.iter_content(file))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A photo on the worker's device."""
    file = tmp_path / "shelf.png"
    file.write_bytes(base64.b64decode(picture().partition(",")[2]))
    return file


def test_a_recording_of_the_microphone_is_an_answer(site: Site, open_page: OpenPage) -> None:
    """It can be heard before it is sent, is there after a reload, and is what the requester gets."""
    view = {"type": "field.audio", "data": _ANSWER, "validation": _REQUIRED}
    pool = site.publish(view, [{"n": 1}], output_spec=_FILES)
    page = open_page(site.invitation())
    join(page)
    page.get_by_role("link", name="Start").click()
    page.get_by_role("button", name="Record", exact=True).click()
    expect(page.get_by_text(re.compile("Recording, (?!0:00)"))).to_be_visible()
    with page.expect_response("**/files?*") as sent:
        page.get_by_role("button", name="Stop").click()
    assert sent.value.status == 201
    expect(page.locator(".mh-attachment audio")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Your answers were restored.")).to_be_visible()
    sound = page.locator(".mh-attachment audio")
    sound.evaluate("(audio) => audio.play()")
    page.wait_for_function("() => document.querySelector('.mh-attachment audio').currentTime > 0")
    page.get_by_role("button", name="Send the page").click()
    assert _content(site, pool).startswith(b"\x1aE\xdf\xa3")


def test_a_photo_that_could_not_be_sent_is_sent_again(site: Site, open_page: OpenPage, photo: Path) -> None:
    """A lost connection costs no photo: it is tried again without being chosen again."""
    view = {"type": "field.media-file", "data": _ANSWER, "accept": {"photo": True}, "validation": _REQUIRED}
    pool = site.publish(view, [{"n": 1}], output_spec=_FILES)
    page = open_page(site.invitation())
    join(page)
    page.get_by_role("link", name="Start").click()
    page.route("**/files?*", lambda route: route.abort("connectionreset"))
    page.locator("input[type=file]").set_input_files(photo)
    expect(page.get_by_text("The upload failed: No connection.")).to_be_visible()
    page.get_by_role("button", name="Send the page").click()
    expect(page.locator(".mh-error", has_text="Add a file")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("shelf.png")).to_be_visible()
    page.get_by_role("button", name="Send the page").click()
    assert _content(site, pool) == photo.read_bytes()


def test_a_photo_is_taken_and_marked_on_the_same_page(site: Site, open_page: OpenPage, photo: Path) -> None:
    """What was uploaded is what is drawn on."""
    marks = {"type": "field.image-annotation", "data": {"type": "data.output", "path": "w"}, "image": _ANSWER}
    upload = {"type": "field.file", "data": _ANSWER, "accept": ["image/*"]}
    specs = {**_FILES, "w": FieldSpec(type=FieldType.JSON)}
    pool = site.publish({"type": "view.list", "items": [upload, marks]}, [{"n": 1}], output_spec=specs)
    page = open_page(site.invitation())
    join(page)
    page.get_by_role("link", name="Start").click()
    page.locator("input[type=file]").set_input_files(photo)
    page.wait_for_function("() => document.querySelector('.mh-stage img')?.naturalWidth === 400")
    page.get_by_role("button", name="Point").click()
    page.locator(".mh-stage-svg").click()
    page.get_by_role("button", name="Send the page").click()
    assert _content(site, pool) == photo.read_bytes()
    (mark,) = site.answers(pool)[0][0]["w"]
    assert mark["shape"] == "point"


def test_a_problem_is_reported_and_talked_about(site: Site, open_page: OpenPage) -> None:
    """The requester reads what is wrong, the worker sees that there is an answer, and answers it."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    page.keyboard.press("1")
    page.get_by_role("button", name="Report a problem").click()
    page.get_by_label("What is wrong with this page?").fill("Task 2 shows no number.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Sent. You find the answer under “Messages”.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    (thread,) = site.platform.list_threads()
    assert [dict(message.text) for message in thread.messages] == [{"EN": "Task 2 shows no number."}]
    site.platform.reply(thread.id, {"EN": "Thank you, it does now."})
    page.get_by_role("link", name="All tasks").click()
    expect(page.get_by_role("link", name="Messages 1")).to_be_visible()
    page.get_by_role("link", name="Messages 1").click()
    page.get_by_role("link", name="Even or odd?").click()
    expect(page.get_by_text("Thank you, it does now.")).to_be_visible()
    expect(page.get_by_role("link", name="Messages", exact=True)).to_be_visible()
    page.get_by_label("Your answer").fill("I see it.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".worker-message")).to_have_count(3)
    assert "I see it." in [message.text["EN"] for message in site.platform.get_thread(thread.id).messages]
    handle.stop()


def test_an_unknown_component_is_reported_by_name(site: Site, open_page: OpenPage) -> None:
    """What cannot be shown is named in the report."""
    site.publish({"type": "view.hologram"}, [{"n": 1}])
    page = open_page(site.invitation())
    join(page)
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_text("This page cannot show “view.hologram”").first).to_be_visible()
    page.get_by_role("button", name="Report a problem").click()
    expect(page.get_by_label("What is wrong with this page?")).to_have_value("This page cannot show “view.hologram”.")


@pytest.mark.parametrize("is_granted", [True, False], ids=["granted", "declined"])
def test_a_worker_appeals_against_a_rejection(site: Site, open_page: OpenPage, is_granted: bool) -> None:  # noqa: FBT001 - a parameter of a test
    """The reason is shown with the way to appeal; the decision comes back with its reason, and money if it was granted."""
    handle = site.start()
    page = open_page(site.invitation())
    join(page)
    start_work(page)
    answer_page(page, wrongly=True)
    wait_until(lambda: AssignmentStatus.REJECTED in site.pages())
    page.goto(f"{site.url}/#/earnings")
    expect(page.get_by_text("rejected")).to_be_visible()
    page.get_by_role("button", name="Appeal").click()
    page.get_by_label("Why should the page be accepted?").fill("I was right.")
    page.get_by_role("button", name="Send the appeal").click()
    expect(page.get_by_role("link", name="Your appeal waits for a decision")).to_be_visible()
    expect(page.get_by_role("button", name="Appeal")).to_have_count(0)
    (appeal,) = site.platform.list_appeals()
    if is_granted:
        site.platform.grant_appeal(appeal.id, "You were, sorry.")
    else:
        site.platform.decline_appeal(appeal.id, "Look at task 2 again.")
    page.reload()
    page.get_by_role("link", name=f"Your appeal was {'granted' if is_granted else 'declined'}").click()
    expect(page.get_by_text("You were, sorry." if is_granted else "Look at task 2 again.")).to_be_visible()
    page.get_by_role("link", name="Earnings").click()
    expect(page.locator("dd").first).to_have_text("$0.05" if is_granted else "$0.00")
    handle.stop()
