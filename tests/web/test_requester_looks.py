"""Every page of a requester in light and dark, wide and on a phone: pictures to look at, and what axe-core finds."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

import manyhands as mh
from manyhands.crowd import AssignmentStatus, PoolId
from manyhands.launches import Runner, prepare_classification
from tests.flow.parity import CONTROLS, PARAMS, SPEC, numbers, truth_below_2000
from tests.web.looks import check_look, options_of
from tests.web.people import sign_in
from tests.web.site import TOKEN, Site, running_site, wait_until

OpenPage = Callable[..., Page]
#: Simulated seconds per second: quick enough for a test, and slow enough for pools to stay open after it.
_PACE = 300.0


@pytest.fixture(scope="module")
def busy_site(browser: object) -> Iterator[Site]:  # noqa: ARG001 - no server without a browser
    """A server on which twenty simulated workers have finished three baskets, begun a launch, and left one of which the process is gone."""
    clock = mh.VirtualClock(pace=_PACE)
    with running_site(clock) as running:
        crowd = mh.SimulatedCrowd(
            running.platform,
            clock,
            workers=mh.mixed_crowd(count=20, accuracy=0.85, careless=0.15, seed=1),
            truth=truth_below_2000(),
            task_duration_hint=timedelta(seconds=10),
            seed=1,
        )
        crowd.start()
        baskets = {"red": numbers(0, 40), "green": numbers(40, 90), "blue": numbers(90, 150)}
        mh.launch_baskets(baskets, SPEC, PARAMS, CONTROLS, running.platform, name="numbers", budget=40)
        tonight = mh.start(SPEC, PARAMS, numbers(600, 900), CONTROLS, running.platform, name="tonight", budget=10)
        wait_until(lambda: tonight.progress().finished_count > 10)
        _leave_alone(running)
        crowd.stop()
        _write(running)
        yield running
        tonight.stop()


def _leave_alone(site: Site) -> None:
    """Begin a launch that nobody works on any more, as after a kill."""
    plan = prepare_classification(
        SPEC,
        PARAMS,
        input_objects=numbers(300, 500),
        control_objects=CONTROLS,
        fee=site.platform.fee,
        name="numbers-left",
    ).plan
    runner = Runner(site.platform, site.platform.journal)
    handle = runner.start(plan)
    wait_until(lambda: handle.progress().answer_count > 20)
    runner.let_go("numbers-left")


def _write(site: Site) -> None:
    """Let a worker appeal and write."""
    pool = PoolId((site.platform.journal.find("numbers/red") or {})["pool_id"])
    pages = site.platform.list_assignments(pool)
    page = next(page for page in pages if page.status is AssignmentStatus.REJECTED)
    site.platform.appeal(page.id, page.worker_id, {"EN": "I looked at every digit twice. Please look again."})
    topic, text = {"EN": "Small letters"}, {"EN": "The numbers are hard to read on my phone. Could they be larger?"}
    site.platform.report(page.worker_id, text, topic=topic, pool_id=pool)


@pytest.fixture
def watching(busy_site: Site, open_page: OpenPage, device: str) -> Page:
    """The page of a requester who has signed in."""
    page = open_page(f"{busy_site.url}/requester", **options_of(device))
    sign_in(page, TOKEN)
    expect(page.get_by_text("numbers/red")).to_be_visible()
    return page


def test_the_lists_of_a_requester(watching: Page, device: str) -> None:
    """Launches, the baskets of one call, projects, one of them, and what opens doors."""
    expect(watching.get_by_text("running, left alone")).to_be_visible()
    watching.wait_for_timeout(1_500)
    check_look(watching, "requester-launches", device, is_whole=True)
    watching.get_by_role("link", name="numbers 3 baskets").click()
    expect(watching.get_by_role("heading", name="numbers")).to_be_visible()
    check_look(watching, "requester-whole", device, is_whole=True)
    watching.get_by_role("link", name="Projects").click()
    expect(watching.get_by_text("5 pools")).to_be_visible()
    check_look(watching, "requester-projects", device, is_whole=True)
    watching.get_by_text("parity_EN").click()
    expect(watching.get_by_role("heading", name="Pools")).to_be_visible()
    check_look(watching, "requester-project", device, is_whole=True)
    watching.get_by_role("link", name="Invitations and tokens").click()
    watching.get_by_label("Name, for you only").fill("Experts of spring")
    watching.get_by_label("Work that they begin with").select_option(index=1)
    watching.get_by_label("Skill that they get").fill("expert")
    watching.get_by_label("Valid for days").fill("30")
    watching.get_by_label("For how many people").fill("12")
    watching.get_by_role("button", name="Make a link").click()
    expect(watching.get_by_label("The link")).to_be_visible()
    expect(watching.get_by_text("0 of 12").first).to_be_visible()
    check_look(watching, "requester-access", device, is_whole=True)


def test_the_messages_of_a_requester(watching: Page, device: str) -> None:
    """An appeal, a conversation, and a new message."""
    watching.get_by_role("link", name="Messages").click()
    expect(watching.get_by_text("I looked at every digit twice.")).to_be_visible()
    check_look(watching, "requester-appeals", device, is_whole=True)
    watching.get_by_role("link", name="Received").click()
    expect(watching.get_by_text("Small letters")).to_be_visible()
    check_look(watching, "requester-inbox", device, is_whole=True)
    watching.get_by_text("Small letters").click()
    expect(watching.get_by_label("Answer", exact=True)).to_be_visible()
    check_look(watching, "requester-conversation", device, is_whole=True)
    watching.get_by_role("link", name="Write a message").click()
    expect(watching.get_by_label("About")).to_be_visible()
    check_look(watching, "requester-write", device, is_whole=True)


def test_the_parts_of_a_launch(watching: Page, device: str) -> None:
    """Every part, and the story of an object, a worker and a control task."""
    watching.get_by_text("numbers/red").click()
    parts = (("Objects", "object"), ("Workers", "worker"), ("Control tasks", "control"))
    for tab, name in parts:
        watching.get_by_role("navigation", name="Details").get_by_role("link", name=tab).click()
        expect(watching.get_by_role("group", name=tab).get_by_role("link").first).to_be_visible()
        check_look(watching, f"requester-{name}s", device, is_whole=True)
        watching.get_by_role("group", name=tab).get_by_role("link").first.click()
        expect(watching.get_by_role("link", name=f"All {tab.lower()}")).to_be_visible()
        expect(watching.locator(".requester-story")).to_be_visible()
        check_look(watching, f"requester-{name}", device, is_whole=True)
    watching.get_by_role("link", name="Plots").click()
    expect(watching.get_by_role("img", name="Money")).to_be_visible()
    check_look(watching, "requester-plots", device, is_whole=True)
    watching.get_by_role("link", name="Review", exact=True).click()
    expect(watching.get_by_text("wait for a decision")).to_be_visible()
    check_look(watching, "requester-review", device, is_whole=True)
    watching.get_by_role("link", name="Preview").click()
    expect(watching.locator(".mh-task").first).to_be_visible()
    check_look(watching, "requester-preview", device, is_whole=True)
    watching.get_by_role("link", name="Pool", exact=True).click()
    expect(watching.get_by_text("Rules of the launch")).to_be_visible()
    check_look(watching, "requester-pool", device, is_whole=True)


def test_the_questions_of_a_requesters_page(watching: Page, device: str) -> None:
    """What is asked before something is done, and what is said of a launch that nobody works on."""
    watching.get_by_text("numbers-left").click()
    expect(watching.get_by_text("Nobody works on this launch")).to_be_visible()
    check_look(watching, "requester-left-alone", device, is_whole=True)
    for button, name in (("Go on", "resume"), ("Stop", "stop"), ("Export", "export")):
        watching.get_by_role("button", name=button, exact=True).click()
        expect(watching.get_by_role("dialog")).to_be_visible()
        check_look(watching, f"requester-{name}", device)
        watching.keyboard.press("Escape")
        expect(watching.get_by_role("dialog")).to_have_count(0)
    watching.get_by_role("link", name="Pool", exact=True).click()
    watching.get_by_role("button", name="Close", exact=True).click()
    expect(watching.get_by_role("dialog")).to_contain_text("Close this pool by hand?")
    check_look(watching, "requester-close", device)


def test_signing_in_as_a_requester(busy_site: Site, open_page: OpenPage, device: str) -> None:
    """Before anything is shown."""
    page = open_page(f"{busy_site.url}/requester", **options_of(device))
    expect(page.get_by_label("Token")).to_be_visible()
    check_look(page, "requester-sign-in", device, is_whole=True)
