"""What people do on the pages, as steps of tests."""

import re

from playwright.sync_api import Page, expect

__all__ = [
    "PASSWORD",
    "add_authenticator",
    "answer_page",
    "choose_password",
    "come_in",
    "come_in_with_key",
    "fill_in",
    "join",
    "join_by_form",
    "make_key",
    "sign_in",
    "start_work",
]

PASSWORD = "red horse, green stair"  # noqa: S105 - of servers that live for one test
_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
_JOIN = """async (told) => {
  const { consent } = await (await fetch("/api/worker/entrance?language=en")).json();
  const invitation = location.hash.split("/").at(-1);
  const languages = [navigator.language.slice(0, 2).toUpperCase()];
  const body = JSON.stringify({ ...told, invitation, languages, consent: consent.version });
  const answer = await fetch("/api/worker/sessions", { method: "POST", headers: { "content-type": "application/json" }, body });
  if (!answer.ok) throw new Error(await answer.text());
}"""


def fill_in(page: Page) -> None:
    """Fill in what one tells of oneself, and agree."""
    page.get_by_label("What should we call you").fill("Ada")
    page.get_by_label("Country where you live").select_option("DE")
    page.get_by_label("Year of birth").fill("1990")
    page.get_by_label("I have read this and agree").check()


def join(page: Page) -> None:
    """Come in by the invitation that is open, as its form does it, without the time that filling it in takes."""
    page.evaluate(_JOIN, {"name": "Ada", "country": "DE", "birth_date": "1990-01-01"})
    page.goto(page.url.partition("#")[0])
    expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()


def join_by_form(page: Page) -> None:
    """Fill in the form of an invitation and begin."""
    fill_in(page)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()


def start_work(page: Page) -> None:
    """Take the first work of the list and put the instruction away."""
    page.get_by_role("link", name="Start").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("timer")).to_be_visible()


def answer_page(page: Page, *, wrongly: bool = False, first: int = 0) -> None:
    """Answer the tasks of a page by key, from the first that is open; the last key sends it."""
    tasks = page.locator(".mh-task")
    numbers = [int(tasks.nth(place).locator(".mh-text").first.inner_text()) for place in range(tasks.count())]
    for place, number in list(enumerate(numbers))[first:]:
        expect(page.locator(".worker-foot").get_by_text(f"{place} of {len(numbers)} answered")).to_be_visible()
        expect(tasks.nth(place)).to_have_class(re.compile("mh-active"))
        page.keyboard.press("2" if bool(number % 2) is not wrongly else "1")


def sign_in(page: Page, token: str) -> None:
    """Sign in as a requester."""
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Launches")).to_be_visible()


def come_in_with_key(page: Page, key: str) -> None:
    """Come in with a key of the profile."""
    page.get_by_text("I have a key").click()
    page.get_by_label("Your key").fill(key)
    page.get_by_role("button", name="Come in", exact=True).click()


def make_key(page: Page) -> str:
    """Return a new key of the worker who is signed in."""
    page.get_by_role("link", name="Profile").click()
    page.get_by_role("button", name="Make a key").click()
    return page.get_by_label("Your key").input_value()


def add_authenticator(page: Page) -> None:
    """Give the browser a device that makes and uses passkeys without asking anybody."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": _AUTHENTICATOR})


def choose_password(page: Page, password: str = PASSWORD, *, name: str = "Ada") -> None:
    """Fill in a user name and a new password."""
    page.get_by_role("textbox", name="User name").fill(name)
    page.get_by_label("New password").fill(password)


def come_in(page: Page, password: str = PASSWORD, *, name: str = "ada") -> None:
    """Come in with a user name and a password."""
    page.get_by_role("textbox", name="User name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Come in with the password").click()
