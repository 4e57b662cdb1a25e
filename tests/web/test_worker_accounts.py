"""How workers come in, come back and go, in a real browser with a virtual authenticator."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from manyhands.crowd import WorkerId
from manyhands.server import ConsentText, ServerSettings
from manyhands.store import SqliteStore
from tests.web.people import PASSWORD, add_authenticator, answer_page, choose_password, come_in, fill_in, join_by_form
from tests.web.site import Site, running_site, wait_until

OpenPage = Callable[..., Page]
OTHER_PASSWORD = "blue goat, yellow door"  # noqa: S105 - of servers that live for one test


def sign_out(page: Page) -> None:
    """Sign out in the profile."""
    page.get_by_role("link", name="Profile").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Work on small tasks")).to_be_visible()


def number_of(page: Page) -> WorkerId:
    """Return who is signed in."""
    page.get_by_role("link", name="Profile").click()
    return WorkerId(page.locator("code").inner_text())


def test_a_worker_joins_with_a_passkey_and_comes_back_with_it(site: Site, open_page: OpenPage) -> None:
    """Nothing is typed but what one tells of oneself; a removed passkey opens nothing."""
    page = open_page(site.named_url)
    add_authenticator(page)
    page.goto(site.invitation(url=site.named_url))
    page.get_by_label("With a passkey").check()
    join_by_form(page)
    number = number_of(page)
    expect(page.get_by_text("For localhost")).to_be_visible()
    expect(page.get_by_text("You could not come back")).to_have_count(0)
    sign_out(page)
    page.get_by_role("button", name="Come in with a passkey").click()
    assert number_of(page) == number
    page.get_by_role("button", name=re.compile("Remove: Chrome")).click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.get_by_text("You could not come back")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Come in with a passkey").click()
    expect(page.get_by_text("The passkey does not fit")).to_be_visible()


def test_a_browser_without_a_passkey_says_so(site: Site, open_page: OpenPage) -> None:
    """Nobody is signed in, and one can try again."""
    page = open_page(site.named_url)
    add_authenticator(page)
    page.get_by_role("button", name="Come in with a passkey").click()
    expect(page.get_by_text("No passkey was chosen.")).to_be_visible()
    expect(page.get_by_role("button", name="Come in with a passkey")).to_be_enabled()


def test_under_a_number_the_page_says_where_passkeys_work(site: Site, open_page: OpenPage) -> None:
    """On coming in, on joining, and in the profile."""
    page = open_page(site.invitation())
    hint = page.get_by_text(f"open {site.named_url} instead")
    expect(hint).to_be_visible()
    expect(page.get_by_label("With a passkey")).to_be_disabled()
    join_by_form(page)
    page.get_by_role("link", name="Profile").click()
    expect(hint).to_be_visible()
    sign_out(page)
    expect(hint).to_be_visible()


def test_a_worker_joins_with_a_password_and_comes_in_elsewhere(site: Site, open_page: OpenPage) -> None:
    """Bad passwords and taken names are refused in plain words before anything is used up."""
    link = site.invitation(max_uses=1)
    page = open_page(link)
    page.get_by_label("With a user name and a password").check()
    fill_in(page)
    for name, password, words in (
        ("Ada", "short", "at least 15 characters"),
        ("a b", PASSWORD, "3 to 64 letters"),
        ("Ada", "passwordpassword", "easy to guess"),
    ):
        choose_password(page, password, name=name)
        page.get_by_role("button", name="Begin").click()
        expect(page.get_by_role("alert")).to_contain_text(words)
    choose_password(page)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()
    phone = open_page("")
    come_in(phone, "wrong but long enough")
    expect(phone.get_by_text("The user name or the password is wrong.")).to_be_visible()
    come_in(phone)
    expect(phone.get_by_role("heading", name="Tasks for you")).to_be_visible()
    assert number_of(phone) == number_of(page)
    other = open_page(site.invitation())
    other.get_by_label("With a user name and a password").check()
    choose_password(other, name="ADA")
    fill_in(other)
    other.get_by_role("button", name="Begin").click()
    expect(other.get_by_text("This user name is taken.")).to_be_visible()


def test_too_many_wrong_passwords_are_answered_with_how_long_to_wait(open_page: OpenPage) -> None:
    """Also for a name that nobody has."""
    page = open_page("")
    for _ in range(10):
        with page.expect_response("**/api/worker/session"):
            come_in(page, "a guess among many")
        expect(page.get_by_role("button", name="Come in with the password")).to_be_enabled()
    come_in(page)
    expect(page.get_by_text("Too many wrong passwords. Try again in 15 min")).to_be_visible()


def test_a_worker_by_link_adds_a_passkey_and_a_password_later(site: Site, open_page: OpenPage) -> None:
    """The warning goes; the password is changed with the old one."""
    page = open_page(site.named_url)
    add_authenticator(page)
    page.goto(site.invitation(url=site.named_url))
    join_by_form(page)
    page.get_by_role("link", name="Profile").click()
    expect(page.get_by_text("You could not come back")).to_be_visible()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("You could not come back")).to_have_count(0)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("This device has a passkey for you already.")).to_be_visible()
    page.get_by_role("button", name="Choose a password").click()
    choose_password(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your user name is Ada.")).to_be_visible()
    page.get_by_role("button", name="Change the password").click()
    page.get_by_label("Current password").fill("not this one, surely")
    page.get_by_label("New password").fill(OTHER_PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The current password is wrong.")).to_be_visible()
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    come_in(other := open_page(""), OTHER_PASSWORD)
    expect(other.get_by_role("heading", name="Tasks for you")).to_be_visible()


def test_an_invitation_leads_into_its_work(site: Site, open_page: OpenPage) -> None:
    """Whoever joins begins there at once; the page says so before."""
    handle = site.start()
    wait_until(lambda: bool(site.platform.list_open_pools()))
    (pool,) = site.platform.list_open_pools()
    page = open_page(site.invitation(pool_id=pool.id))
    expect(page.get_by_text("You begin with “Even or odd?”")).to_be_visible()
    fill_in(page)
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    answer_page(page)
    expect(page.get_by_text("Sent. $0.05 when it is accepted.")).to_be_visible()
    handle.stop()


def test_a_worker_who_is_invited_again_stays_who_they_are(site: Site, open_page: OpenPage) -> None:
    """They get the skill; somebody who is signed out comes in first and then accepts."""
    page = open_page(site.invitation())
    join_by_form(page)
    number = number_of(page)
    page.get_by_role("button", name="Choose a password").click()
    choose_password(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your user name is Ada.")).to_be_visible()
    expert = site.invitation(skill="expert", max_uses=1)
    other = open_page(expert)
    other.get_by_role("button", name="I work here already").click()
    come_in(other)
    expect(other.get_by_text("You are signed in as Ada.")).to_be_visible()
    expect(other.get_by_text("You are invited as an expert")).to_be_visible()
    other.get_by_role("button", name="Accept").click()
    expect(other.get_by_role("heading", name="Tasks for you")).to_be_visible()
    assert number_of(other) == number
    assert [skill.value for skill in site.platform.list_skills(number)] == [1.0]
    page.goto(expert)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()
    assert site.platform.list_invitations()[-1].use_count == 1


def test_a_worker_changes_what_they_told(site: Site, open_page: OpenPage) -> None:
    """Languages as often as they like, the year of birth once; the page says why not twice."""
    page = open_page(site.invitation())
    join_by_form(page)
    number = number_of(page)
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_role("checkbox", name="German")).to_have_count(0)
    page.get_by_role("button", name="More languages").click()
    expect(page.get_by_role("checkbox", name="German")).not_to_be_checked()
    expect(page.locator(".site-chips input:focus")).to_have_count(1)
    page.get_by_role("checkbox", name="German").check()
    page.get_by_label("Year of birth").fill("1991")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("German, English")).to_be_visible()
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_label("Year of birth")).to_be_disabled()
    expect(page.get_by_text("You have corrected it once")).to_be_visible()
    expect(page.get_by_label("Country where you live")).to_be_enabled()
    page.get_by_label("Country where you live").select_option("FR")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("France")).to_be_visible()
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_label("Country where you live")).to_be_disabled()
    profile = site.platform.profile_state(number).worker.profile
    assert (profile.languages, profile.country) == (frozenset({"DE", "EN"}), "FR")


def test_sessions_are_ended_from_another_device(site: Site, open_page: OpenPage) -> None:
    """One of them, then all; whoever was in is told, and what was written stays on the device."""
    page = open_page(site.invitation())
    page.get_by_label("With a user name and a password").check()
    choose_password(page)
    join_by_form(page)
    phone = open_page("")
    come_in(phone)
    expect(phone.get_by_role("heading", name="Tasks for you")).to_be_visible()
    page.get_by_role("link", name="Profile").click()
    page.get_by_role("button", name=re.compile("End: Chrome")).click()
    page.get_by_role("dialog").get_by_role("button", name="End").click()
    expect(page.get_by_role("button", name=re.compile("End: Chrome"))).to_have_count(0)
    # For two seconds the server may still believe what it knew.
    phone.wait_for_timeout(2_500)
    phone.get_by_role("link", name="Earnings").click()
    expect(phone.get_by_text("You were signed out")).to_be_visible()
    come_in(phone)
    expect(phone.get_by_role("heading", name="Earnings")).to_be_visible()
    phone.get_by_role("link", name="Profile").click()
    phone.get_by_role("button", name="Sign out everywhere").click()
    phone.get_by_role("dialog").get_by_role("button", name="Sign out everywhere").click()
    expect(phone.get_by_role("heading", name="Work on small tasks")).to_be_visible()
    page.wait_for_timeout(2_500)
    page.get_by_role("link", name="Earnings").click()
    expect(page.get_by_text("You were signed out")).to_be_visible()


@pytest.fixture
def store() -> SqliteStore:
    """A store that outlives a server."""
    return SqliteStore(None)


@pytest.fixture
def open_site(browser: object) -> Iterator[Site]:  # noqa: ARG001 - no server without a browser
    """A server where anybody may sign up."""
    with running_site(settings=ServerSettings(is_sign_up_open=True)) as running:
        yield running


def test_anybody_joins_an_open_server(open_site: Site, open_page: OpenPage) -> None:
    """With a password, from the first page on."""
    page = open_page(open_site.url)
    page.get_by_role("link", name="Become a worker").click()
    expect(page.get_by_label("I decide later")).to_have_count(0)
    choose_password(page)
    join_by_form(page)


def test_a_closed_server_lets_nobody_join_uninvited(open_page: OpenPage) -> None:
    """There is no way from the first page, and none by typing the address."""
    page = open_page("")
    expect(page.get_by_role("link", name="Become a worker")).to_have_count(0)
    page = open_page("/#/join")
    expect(page.get_by_text("One comes in here by invitation.")).to_be_visible()


def test_a_new_text_is_agreed_to_before_going_on(store: SqliteStore, browser: object, open_page: OpenPage) -> None:  # noqa: ARG001 - no server without a browser
    """The server's own text is shown on joining; when it changes, workers read the new one first."""
    with running_site(store=store, settings=ServerSettings(consent=ConsentText({"en": "Be **kind**."}))) as first:
        page = open_page(first.invitation())
        expect(page.locator("strong")).to_have_text("kind")
        page.get_by_label("With a user name and a password").check()
        choose_password(page)
        join_by_form(page)
    with running_site(store=store, settings=ServerSettings(consent=ConsentText({"en": "Be *brave*."}))) as second:
        page = open_page(second.url)
        come_in(page)
        expect(page.get_by_role("heading", name="Something has changed")).to_be_visible()
        expect(page.locator("em")).to_have_text("brave")
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_text("Please agree first.")).to_be_visible()
        page.get_by_label("I have read this and agree").check()
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", name="Tasks for you")).to_be_visible()
