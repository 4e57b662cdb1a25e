"""What people do on the pages, as steps of tests."""

import re

from playwright.sync_api import Page, expect

__all__ = ["answer_page", "join", "sign_in", "start_work"]


def join(page: Page) -> None:
    """Fill in the form of an invitation and begin."""
    page.get_by_label("What should we call you").fill("Ada")
    page.get_by_label("Country where you live").select_option("DE")
    page.get_by_label("Year of birth").fill("1990")
    page.get_by_label("I have read this and agree").check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()


def start_work(page: Page) -> None:
    """Take the first work of the list and put the instruction away."""
    page.get_by_role("link", name="Start").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("timer")).to_be_visible()


def answer_page(page: Page, *, wrongly: bool = False) -> None:
    """Answer all tasks of a page by key; the last key sends it."""
    tasks = page.locator(".mh-task")
    numbers = [int(tasks.nth(place).locator(".mh-text").first.inner_text()) for place in range(tasks.count())]
    for place, number in enumerate(numbers):
        expect(page.locator(".worker-foot").get_by_text(f"{place} of {len(numbers)} answered")).to_be_visible()
        expect(tasks.nth(place)).to_have_class(re.compile("mh-active"))
        page.keyboard.press("2" if bool(number % 2) is not wrongly else "1")


def sign_in(page: Page, token: str) -> None:
    """Sign in as a requester."""
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Launches")).to_be_visible()
