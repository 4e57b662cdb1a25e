"""Every page in light and dark, wide and on a phone: pictures to look at, and what axe-core finds."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from manyhands.crowd import AssignmentStatus, RestrictionDraft, RestrictionScope, WorkerId
from manyhands.server import ConsentText, ServerSettings
from manyhands.store import SqliteStore
from tests.web.looks import check_look, options_of
from tests.web.people import add_authenticator, answer_page, choose_password, come_in, join_by_form, start_work
from tests.web.site import Site, running_site, wait_until

OpenPage = Callable[..., Page]


def test_the_pages_of_a_worker(site: Site, open_page: OpenPage, device: str) -> None:
    """From the first page to a restriction."""
    handle = site.start()
    page = open_page("", **options_of(device))
    expect(page.get_by_role("heading", name="Work on small tasks")).to_be_visible()
    check_look(page, "worker-welcome", device, is_whole=True)
    page.goto(site.invitation())
    expect(page.get_by_role("heading", name="You are invited")).to_be_visible()
    page.get_by_label("With a user name and a password").check()
    check_look(page, "worker-join", device, is_whole=True)
    page.get_by_label("I decide later").check()
    join_by_form(page)
    expect(page.get_by_role("link", name="Start")).to_be_visible()
    check_look(page, "worker-home", device)
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check_look(page, "worker-instruction", device)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator(".mh-option").first.click()
    check_look(page, "worker-task", device)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    check_look(page, "worker-keys", device)
    page.keyboard.press("Escape")
    page.goto(f"{site.url}/#/profile")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_label("Your key")).to_be_visible()
    check_look(page, "worker-profile", device)
    worker = WorkerId(page.locator("code").inner_text())
    until = site.platform.clock.now() + timedelta(days=2)
    site.platform.restrict(
        RestrictionDraft(key="r", worker_id=worker, scope=RestrictionScope.ALL_PROJECTS, until=until)
    )
    page.goto(f"{site.url}/#/")
    expect(page.get_by_text("until")).to_be_visible()
    check_look(page, "worker-restricted", device)
    handle.stop()


def test_the_earnings_of_a_worker(site: Site, open_page: OpenPage, device: str) -> None:
    """Paid, rejected with a reason, and in hand."""
    handle = site.start()
    page = open_page(site.invitation(), **options_of(device))
    join_by_form(page)
    start_work(page)
    answer_page(page)
    expect(page.get_by_text("0 of 5 answered")).to_be_visible()
    answer_page(page, wrongly=True)
    wait_until(lambda: AssignmentStatus.REJECTED in site.pages())
    page.goto(f"{site.url}/#/earnings")
    expect(page.get_by_text("rejected")).to_be_visible()
    check_look(page, "worker-earnings", device)
    handle.stop()


def test_the_account_of_a_worker(site: Site, open_page: OpenPage, device: str) -> None:
    """Invited to work as an expert, a profile with everything in it, changing it, and a text that has changed."""
    site.start()
    wait_until(lambda: bool(site.platform.list_open_pools()))
    (pool,) = site.platform.list_open_pools()
    page = open_page(site.named_url, **options_of(device))
    add_authenticator(page)
    page.goto(site.invitation(url=site.named_url))
    join_by_form(page)
    page.goto(site.invitation(url=site.named_url, pool_id=pool.id, skill="expert"))
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    check_look(page, "worker-invited", device)
    page.goto(f"{site.named_url}/#/profile")
    expect(page.get_by_text("You could not come back")).to_be_visible()
    check_look(page, "worker-profile-new", device, is_whole=True)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("For localhost")).to_be_visible()
    page.get_by_role("button", name="Choose a password").click()
    choose_password(page)
    check_look(page, "worker-password", device, is_whole=True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your user name is Ada.")).to_be_visible()
    page.get_by_role("button", name="Make a key").click()
    phone = open_page("", user_agent="Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")
    come_in(phone)
    expect(phone.get_by_role("heading", name="Tasks for you")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Firefox · Android")).to_be_visible()
    check_look(page, "worker-account", device, is_whole=True)
    page.get_by_role("button", name="End: Firefox · Android").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    check_look(page, "worker-session-end", device)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_label("Year of birth")).to_be_visible()
    check_look(page, "worker-profile-change", device, is_whole=True)


def test_coming_in_to_an_open_server(browser: object, open_page: OpenPage, device: str) -> None:  # noqa: ARG001 - no server without a browser
    """The first page with its ways in, becoming a worker uninvited, a dead invitation, and a new text to agree to."""
    store = SqliteStore(None)
    with running_site(store=store, settings=ServerSettings(is_sign_up_open=True)) as running:
        page = open_page(running.named_url, **options_of(device))
        page.get_by_text("I have a key").click()
        check_look(page, "worker-sign-in", device, is_whole=True)
        page.goto(f"{running.named_url}/#/join/nothing")
        expect(page.get_by_text("no longer valid")).to_be_visible()
        check_look(page, "worker-dead-invitation", device, is_whole=True)
        page.goto(f"{running.named_url}/#/join")
        expect(page.get_by_role("heading", name="Become a worker")).to_be_visible()
        page.get_by_label("With a user name and a password").check()
        choose_password(page)
        check_look(page, "worker-sign-up", device, is_whole=True)
        join_by_form(page)
    text = "## Terms\n\nBe *kind*, and keep what you see to yourself.\n\n- No photos\n- No copies"
    with running_site(store=store, settings=ServerSettings(consent=ConsentText({"en": text}))) as running:
        page = open_page(running.named_url, **options_of(device))
        come_in(page)
        expect(page.get_by_role("heading", name="Something has changed")).to_be_visible()
        check_look(page, "worker-consent", device)
