"""A page with a thousand baskets stays smooth."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.web.people import sign_in
from tests.web.site import TOKEN, Site
from tests.web.thousand_baskets import fill, measure

#: More than what one update takes on a slow machine, less than what anybody notices.
_MOST_TASK_MS = 100.0


def test_a_thousand_baskets_are_smooth(browser: Browser, site: Site) -> None:
    """No task of the page's thread is long while every row changes and the list is scrolled; bench/requester_pages.py prints the figures."""
    fill(site)
    found = measure(browser, site)
    assert 0 < found.longest_task_ms < _MOST_TASK_MS, found
    assert 0 < found.scripting_ms < _MOST_TASK_MS, found


def test_only_rows_in_sight_are_in_the_page(site: Site, open_page: Callable[..., Page]) -> None:
    """Many baskets are folded away at first; scrolling through all of them reaches the last, and one is found by its name."""
    fill(site)
    page = open_page("/requester")
    sign_in(page, TOKEN)
    expect(page.get_by_text("1,000 baskets")).to_be_visible(timeout=30_000)
    assert page.locator(".requester-basket").count() == 0
    page.get_by_role("button", name="Baskets of many").click()
    expect(page.get_by_text("many/0000")).to_be_visible()
    assert page.locator(".requester-basket").count() < 60
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_text("many/0999")).to_be_visible()
    page.get_by_label("Find by name").fill("0500")
    expect(page.locator(".requester-basket")).to_have_count(1)
