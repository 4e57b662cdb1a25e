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
from tests.flow.parity import CONTROLS, PARAMS, SPEC, numbers, parity
from tests.web.people import answer_page, join, sign_in, start_work
from tests.web.site import TOKEN, Site, running_site

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


def _check(page: Page, name: str, look: tuple[str, str]) -> None:
    """Keep a picture, and fail on what axe-core finds and on anything wider than the screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{'-'.join(look)}.png")
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
    expect(page.get_by_role("heading")).to_be_visible()
    _check(page, "worker-welcome", look)
    page.goto(site.invitation())
    expect(page.get_by_role("heading", name="You are invited")).to_be_visible()
    _check(page, "worker-join", look)
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
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_label("The link")).to_be_visible()
    _check(page, "requester-access", look)
