"""Every page in light and dark, wide and on a phone: pictures to look at, and what axe-core finds."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import manyhands as mh
from manyhands.crowd import RestrictionDraft, RestrictionScope, WorkerId
from manyhands.server import ConsentText, ServerSettings
from manyhands.store import SqliteStore
from tests.flow.parity import CONTROLS, PARAMS, SPEC, numbers, parity
from tests.web.people import add_authenticator, answer_page, choose_password, come_in, join, sign_in, start_work
from tests.web.site import TOKEN, Site, running_site, wait_until

OpenPage = Callable[..., Page]

_ROOT = Path(__file__).parents[2]
_AXE = _ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
#: Where the pictures go, to be looked at.
PICTURES = Path(os.environ.get("MANYHANDS_PICTURES", _ROOT / "build" / "pictures"))
DEVICES: dict[str, dict[str, object]] = {
    "wide": {"viewport": {"width": 1280, "height": 860}},
    "phone": {
        "viewport": {"width": 360, "height": 740},
        "device_scale_factor": 2,
        "has_touch": True,
        "is_mobile": True,
    },
}
LOOKS = [(device, scheme) for device in DEVICES for scheme in ("light", "dark")]


@pytest.fixture(params=LOOKS, ids="-".join)
def look(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A device and a colour scheme."""
    return request.param  # type: ignore[no-any-return]  # a parameter of pytest


def _options(look: tuple[str, str]) -> dict[str, object]:
    device, scheme = look
    return {**DEVICES[device], "color_scheme": scheme, "reduced_motion": "reduce"}


def _check(page: Page, name: str, look: tuple[str, str], *, is_whole: bool = False) -> None:
    """Keep a picture of the screen or the whole page, and fail on what axe-core finds and on anything wider than the screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{'-'.join(look)}.png", full_page=is_whole)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the screen"
    if not _AXE.exists():
        pytest.skip("axe-core is not installed: bash scripts/web.sh")
    page.evaluate(_AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    problems = [f"{one['id']}: {one['help']}: {[node['html'] for node in one['nodes']]}" for one in found["violations"]]
    assert problems == [], f"{name}: {json.dumps(problems, indent=1)}"


def test_the_pages_of_a_worker(site: Site, open_page: OpenPage, look: tuple[str, str]) -> None:
    """From the first page to a restriction."""
    handle = site.start()
    page = open_page("", **_options(look))
    expect(page.get_by_role("heading", name="Work on small tasks")).to_be_visible()
    _check(page, "worker-welcome", look, is_whole=True)
    page.goto(site.invitation())
    expect(page.get_by_role("heading", name="You are invited")).to_be_visible()
    page.get_by_label("With a user name and a password").check()
    _check(page, "worker-join", look, is_whole=True)
    page.get_by_label("I decide later").check()
    join(page)
    expect(page.get_by_role("link", name="Start")).to_be_visible()
    _check(page, "worker-home", look)
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    _check(page, "worker-instruction", look)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator(".mh-option").first.click()
    _check(page, "worker-task", look)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    _check(page, "worker-keys", look)
    page.keyboard.press("Escape")
    page.goto(f"{site.url}/#/profile")
    page.get_by_role("button", name="Make a key").click()
    expect(page.get_by_label("Your key")).to_be_visible()
    _check(page, "worker-profile", look)
    worker = WorkerId(page.locator("code").inner_text())
    until = site.platform.clock.now() + timedelta(days=2)
    site.platform.restrict(
        RestrictionDraft(key="r", worker_id=worker, scope=RestrictionScope.ALL_PROJECTS, until=until)
    )
    page.goto(f"{site.url}/#/")
    expect(page.get_by_text("until")).to_be_visible()
    _check(page, "worker-restricted", look)
    handle.stop()


def test_the_earnings_of_a_worker(site: Site, open_page: OpenPage, look: tuple[str, str]) -> None:
    """Paid, rejected with a reason, and in hand."""
    handle = site.start()
    page = open_page(site.invitation(), **_options(look))
    join(page)
    start_work(page)
    answer_page(page)
    expect(page.get_by_text("0 of 5 answered")).to_be_visible()
    answer_page(page, wrongly=True)
    page.goto(f"{site.url}/#/earnings")
    page.wait_for_timeout(1_000)
    page.reload()
    expect(page.get_by_text("rejected")).to_be_visible()
    _check(page, "worker-earnings", look)
    handle.stop()


def test_the_account_of_a_worker(site: Site, open_page: OpenPage, look: tuple[str, str]) -> None:
    """Invited to work as an expert, a profile with everything in it, changing it, and a text that has changed."""
    site.start()
    wait_until(lambda: bool(site.platform.list_open_pools()))
    (pool,) = site.platform.list_open_pools()
    page = open_page(site.named_url, **_options(look))
    add_authenticator(page)
    page.goto(site.invitation(url=site.named_url))
    join(page)
    page.goto(site.invitation(url=site.named_url, pool_id=pool.id, skill="expert"))
    expect(page.get_by_role("button", name="Accept")).to_be_visible()
    _check(page, "worker-invited", look)
    page.goto(f"{site.named_url}/#/profile")
    expect(page.get_by_text("You could not come back")).to_be_visible()
    _check(page, "worker-profile-new", look, is_whole=True)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("For localhost")).to_be_visible()
    page.get_by_role("button", name="Choose a password").click()
    choose_password(page)
    _check(page, "worker-password", look, is_whole=True)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your user name is Ada.")).to_be_visible()
    page.get_by_role("button", name="Make a key").click()
    phone = open_page("", user_agent="Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")
    come_in(phone)
    expect(phone.get_by_role("heading", name="Tasks for you")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Firefox · Android")).to_be_visible()
    _check(page, "worker-account", look, is_whole=True)
    page.get_by_role("button", name="End: Firefox · Android").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    _check(page, "worker-session-end", look)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Change", exact=True).click()
    expect(page.get_by_label("Year of birth")).to_be_visible()
    _check(page, "worker-profile-change", look, is_whole=True)


def test_coming_in_to_an_open_server(browser: object, open_page: OpenPage, look: tuple[str, str]) -> None:  # noqa: ARG001 - no server without a browser
    """The first page with its ways in, becoming a worker uninvited, a dead invitation, and a new text to agree to."""
    store = SqliteStore(None)
    with running_site(store=store, settings=ServerSettings(is_sign_up_open=True)) as running:
        page = open_page(running.named_url, **_options(look))
        page.get_by_text("I have a key").click()
        _check(page, "worker-sign-in", look, is_whole=True)
        page.goto(f"{running.named_url}/#/join/nothing")
        expect(page.get_by_text("no longer valid")).to_be_visible()
        _check(page, "worker-dead-invitation", look, is_whole=True)
        page.goto(f"{running.named_url}/#/join")
        expect(page.get_by_role("heading", name="Become a worker")).to_be_visible()
        page.get_by_label("With a user name and a password").check()
        choose_password(page)
        _check(page, "worker-sign-up", look, is_whole=True)
        join(page)
    text = "## Terms\n\nBe *kind*, and keep what you see to yourself.\n\n- No photos\n- No copies"
    with running_site(store=store, settings=ServerSettings(consent=ConsentText({"en": text}))) as running:
        page = open_page(running.named_url, **_options(look))
        come_in(page)
        expect(page.get_by_role("heading", name="Something has changed")).to_be_visible()
        _check(page, "worker-consent", look)


@pytest.fixture(scope="module")
def busy_site(browser: object) -> Iterator[Site]:  # noqa: ARG001 - no server without a browser
    """A server on which twenty simulated workers have worked on three launches; a fourth waits for workers."""
    clock = mh.VirtualClock()
    with running_site(clock) as running:
        truth = mh.TruthBook.from_objects(SPEC.mapping, (((pair), (parity(pair),)) for pair in numbers(0, 2000)))
        crowd = mh.SimulatedCrowd(
            running.platform,
            clock,
            workers=mh.mixed_crowd(count=20, accuracy=0.85, careless=0.15, seed=1),
            truth=truth,
            task_duration_hint=timedelta(seconds=10),
            seed=1,
        )
        crowd.start()
        baskets = {"red": numbers(0, 40), "green": numbers(40, 90), "blue": numbers(90, 150)}
        mh.launch_baskets(baskets, SPEC, PARAMS, CONTROLS, running.platform, name="numbers", budget=40)
        crowd.stop()
        mh.start(SPEC, PARAMS, numbers(200, 260), CONTROLS, running.platform, name="numbers-tonight", budget=10)
        yield running


def test_the_pages_of_a_requester(busy_site: Site, open_page: OpenPage, look: tuple[str, str]) -> None:
    """From signing in to every part of a launch."""
    page = open_page(f"{busy_site.url}/requester", **_options(look))
    _check(page, "requester-sign-in", look)
    sign_in(page, TOKEN)
    expect(page.get_by_text("numbers/red")).to_be_visible()
    page.wait_for_timeout(1_500)
    _check(page, "requester-launches", look)
    page.get_by_text("numbers/red").click()
    for tab, name in (("Objects", "objects"), ("Workers", "workers"), ("Control tasks", "controls")):
        page.get_by_role("link", name=tab).click()
        expect(page.locator("tbody tr").first).to_be_visible()
        _check(page, f"requester-{name}", look)
    page.get_by_role("link", name="Review", exact=True).click()
    expect(page.get_by_text("wait for a decision")).to_be_visible()
    _check(page, "requester-review", look)
    page.get_by_role("link", name="Preview").click()
    expect(page.locator(".mh-task").first).to_be_visible()
    _check(page, "requester-preview", look)
    page.get_by_role("link", name="Invitations and tokens").click()
    page.get_by_label("Name, for you only").fill("Experts of spring")
    page.get_by_label("Work that they begin with").select_option(index=1)
    page.get_by_label("Skill that they get").fill("expert")
    page.get_by_label("Valid for days").fill("30")
    page.get_by_label("For how many people").fill("12")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("The link")).to_be_visible()
    expect(page.get_by_text("0 of 12").first).to_be_visible()
    _check(page, "requester-access", look, is_whole=True)
