"""A page with a thousand baskets stays small, whatever happens to them."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

import manyhands as mh
from tests.web.people import sign_in
from tests.web.site import TOKEN, Site
from tests.web.thousand_baskets import fill, measure

#: Rows that are in sight, with some above and below.
_MOST_ROWS = 60
#: Places of a row that an update may change: figures, bars and what they say.
_MOST_CHANGES_PER_ROW = 12
_COUNT_CHANGES = """() => {
  window.changeCount = 0;
  new MutationObserver((changes) => { window.changeCount += changes.length; })
    .observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


def test_what_a_thousand_baskets_cost_can_be_measured(browser: Browser, site: Site) -> None:
    """Whatever `make bench` prints of it."""
    fill(site)
    found = measure(browser, site)
    assert found.longest_task_ms > 0
    assert found.scripting_ms > 0


def test_an_update_of_every_basket_touches_only_rows_in_sight(site: Site, open_page: Callable[..., Page]) -> None:
    """A thousand rows have another figure, and the page changes those that are shown."""
    fill(site)
    page = _open_list(open_page)
    expect(page.get_by_text("10 objects").first).to_be_visible()
    page.evaluate(_COUNT_CHANGES)
    site.platform.put_budget("baskets:many", mh.Money(321))
    expect(page.get_by_text("of $321.00 left").first).to_be_visible()
    assert 0 < page.evaluate("window.changeCount") < _MOST_ROWS * _MOST_CHANGES_PER_ROW


def test_only_rows_in_sight_are_in_the_page(site: Site, open_page: Callable[..., Page]) -> None:
    """Many baskets are folded away at first; scrolling through all of them reaches the last, and one is found by its name."""
    fill(site)
    page = _open_list(open_page)
    assert page.locator(".requester-basket").count() < _MOST_ROWS
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_text("many/0999")).to_be_visible()
    assert page.locator(".requester-basket").count() < _MOST_ROWS
    page.get_by_label("Find by name").fill("0500")
    expect(page.locator(".requester-basket")).to_have_count(1)


def _open_list(open_page: Callable[..., Page]) -> Page:
    page = open_page("/requester")
    sign_in(page, TOKEN)
    expect(page.get_by_text("1,000 baskets")).to_be_visible()
    assert page.locator(".requester-basket").count() == 0
    page.get_by_role("button", name="Baskets of many").click()
    expect(page.get_by_text("many/0000")).to_be_visible()
    return page
