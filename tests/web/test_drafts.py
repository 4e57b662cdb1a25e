"""What is written on a page and not sent yet: it survives the end of the browser, and goes along to another device."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from manyhands.crowd import AssignmentStatus
from tests.web.chromium import FLAGS
from tests.web.people import answer_page, come_in_with_key, join, make_key, start_work
from tests.web.site import Site, wait_until

OpenPage = Callable[..., Page]
_JUDGED = (AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED)


@contextmanager
def _browser(kind: BrowserType, profile: Path, *, is_killed: bool) -> Iterator[Page]:
    """A page of a browser with a profile of its own, which is closed in the end, or killed."""
    context = kind.launch_persistent_context(profile, executable_path=shutil.which("chromium"), args=FLAGS)
    try:
        yield context.new_page()
    finally:
        if is_killed:
            with context.expect_event("close"):
                _kill(profile)
        else:
            context.close()


def _kill(profile: Path) -> None:
    """Kill every process of the browser that has this profile."""
    wanted = f"--user-data-dir={profile}".encode()
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        # Others come and go meanwhile.
        with suppress(OSError):
            if wanted in command.read_bytes().split(b"\0"):
                os.kill(int(command.parent.name), signal.SIGKILL)


def test_answers_are_there_after_the_browser_was_killed(browser: Browser, site: Site, tmp_path: Path) -> None:
    """Neither what was written on a page nor a page that was being sent without a connection is lost; each counts once."""
    handle = site.start()
    kind = browser.browser_type
    # Browsers write cookies down when they have time: the worker signed in some time ago.
    with _browser(kind, tmp_path, is_killed=False) as page:
        page.goto(site.invitation())
        join(page)
        start_work(page)
    with _browser(kind, tmp_path, is_killed=True) as page:
        page.goto(site.url)
        page.get_by_role("link", name="Continue").click()
        expect(page.get_by_text("0 of 5 answered")).to_be_visible()
        page.keyboard.press("1")
        expect(page.get_by_text("1 of 5 answered")).to_be_visible()
    with _browser(kind, tmp_path, is_killed=True) as page:
        page.goto(site.url)
        page.get_by_role("link", name="Continue").click()
        expect(page.get_by_text("Your answers were restored.")).to_be_visible()
        expect(page.get_by_text("1 of 5 answered")).to_be_visible()
        page.route("**/advance", lambda route: route.abort("internetdisconnected"))
        answer_page(page, first=1)
        expect(page.get_by_text("No connection. Nothing is lost")).to_be_visible()
    assert AssignmentStatus.SUBMITTED not in site.pages()
    with _browser(kind, tmp_path, is_killed=False) as page:
        page.goto(site.url)
        # The first key was pressed for any number, and rejects the page where it was wrong and that of a control task.
        wait_until(lambda: sum(site.pages().count(status) for status in _JUDGED) == 1)
    handle.stop()


@pytest.fixture
def key(site: Site, open_page: OpenPage) -> str:
    """The key of a worker who has joined."""
    page = open_page(site.invitation())
    join(page)
    return make_key(page)


def _come_in(page: Page, key: str) -> Page:
    come_in_with_key(page, key)
    expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()
    return page


def test_a_page_goes_on_at_another_device_and_is_sent_once(site: Site, open_page: OpenPage, key: str) -> None:
    """What was written on the laptop is there on the phone; when the phone has sent the page, the laptop is told and goes on."""
    handle = site.start()
    laptop = _come_in(open_page(), key)
    start_work(laptop)
    with laptop.expect_response("**/draft") as kept:
        laptop.keyboard.press("1")
        expect(laptop.get_by_text("1 of 5 answered")).to_be_visible()
        laptop.keyboard.press("2")
    assert kept.value.ok
    phone = _come_in(open_page(), key)
    phone.get_by_role("link", name="Continue").click()
    phone.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(phone.get_by_text("Your answers were restored.")).to_be_visible()
    expect(phone.get_by_text("2 of 5 answered")).to_be_visible()
    answer_page(phone, first=2)
    expect(phone.get_by_text("Sent. $0.05 when it is accepted.")).to_be_visible()
    answer_page(laptop, first=2, wrongly=True)
    expect(laptop.get_by_text("This page is over: it was sent from elsewhere")).to_be_visible()
    laptop.get_by_role("button", name="Take another page").click()
    expect(laptop.get_by_text("0 of 5 answered")).to_be_visible()
    assert site.pages().count(AssignmentStatus.ACTIVE) == 1
    handle.stop()


def test_a_page_of_a_session_that_has_ended_is_sent_after_signing_in_again(
    site: Site, open_page: OpenPage, key: str
) -> None:
    """Nothing is lost when somebody is signed out in the middle of a page."""
    handle = site.start()
    page = _come_in(open_page(), key)
    start_work(page)
    page.context.clear_cookies()
    answer_page(page)
    come_in_with_key(page, key)
    expect(page.get_by_text("0 of 5 answered")).to_be_visible()
    wait_until(lambda: site.pages().count(AssignmentStatus.ACCEPTED) == 1)
    handle.stop()
