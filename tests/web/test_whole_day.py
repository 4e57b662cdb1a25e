"""A whole day of a worker, from signing up to money; and what happens when a page ends badly."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, Route, expect

from manyhands.crowd import (
    AssignmentStatus,
    BonusDraft,
    Comparison,
    ControlTasks,
    MixerConfig,
    Money,
    PoolId,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    TaskDraft,
    TrainingRequirement,
)
from manyhands.server import ServerSettings
from tests.settable_clock import ShiftedClock
from tests.web.animals import VIEW, lesson, training
from tests.web.looks import check_look, options_of
from tests.web.people import choose_password, come_in, join, join_by_form
from tests.web.site import Site, running_site

OpenPage = Callable[..., Page]
_CARELESS = (
    QualityCondition(key="control_count", comparison=Comparison.GTE, threshold=2),
    QualityCondition(key="control_incorrect_share", comparison=Comparison.GTE, threshold=0.5),
)
_RULES = tuple(
    QualityRule(collector=ControlTasks(), conditions=_CARELESS, action=action)
    for action in (
        RejectAll(public_comment="Half of the answers that we know are wrong."),
        RestrictWorker(scope=RestrictionScope.PROJECT, duration=timedelta(days=1)),
    )
)


def _publish(site: Site) -> PoolId:
    """Open a training, and work behind it: pages of a task with a known answer, cat, and one without."""
    taught = training(site, lesson("a", "cat"), lesson("b", "dog"))
    tasks = [
        *(lesson(f"known {number}", "cat", hint=None) for number in range(5)),
        *(TaskDraft(key=f"real {n}", input_values={"text": f"picture real {n}"}, overlap=3) for n in range(5)),
    ]
    pool = {
        "key": "work",
        "auto_accept": False,
        "mixer": MixerConfig(real_count=1, control_count=1),
        "training_requirement": TrainingRequirement(training_pool_id=taught, passing_skill=1.0),
        "quality_rules": _RULES,
    }
    return site.publish(VIEW, tasks, pool=pool, name="Cats and dogs", key="animals")


def _answer(page: Page, *keys: str) -> None:
    """Answer a page by key, whichever page it is, and wait until it is gone."""
    first = page.locator(".mh-task .mh-text").first.inner_text()
    for place, key in enumerate(keys):
        expect(page.locator(".worker-foot").get_by_text(f"{place} of {len(keys)} answered")).to_be_visible()
        page.keyboard.press(key)
    expect(page.locator(".mh-task .mh-text", has_text=first)).to_have_count(0)


def test_a_worker_signs_up_trains_works_is_restricted_appeals_and_is_paid(open_page: OpenPage) -> None:
    """Every step on the pages; what the requester does is seen there."""
    with running_site(settings=ServerSettings(is_sign_up_open=True)) as site:
        work = _publish(site)
        page = open_page(site.url)
        page.get_by_role("link", name="Become a worker").click()
        choose_password(page)
        join_by_form(page)
        # Training.
        page.get_by_role("link", name="Go to the training “Cats and dogs”").click()
        expect(page.get_by_text("picture a")).to_be_visible()
        page.keyboard.press("1")
        expect(page.get_by_text("Right.", exact=True)).to_be_visible()
        page.keyboard.press("2")
        expect(page.get_by_text("You were right at once in 100% of the tasks.")).to_be_visible()
        page.get_by_role("link", name="Open to you: “Cats and dogs”, $0.05 a page").click()
        # Work: one page well, one badly.
        expect(page.get_by_role("timer")).to_be_visible()
        _answer(page, "1", "1")
        (good,) = (one for one in site.platform.list_assignments(work) if one.status is AssignmentStatus.SUBMITTED)
        site.platform.accept([good.id])
        site.platform.pay_bonus(
            BonusDraft(key="thanks", worker_id=good.worker_id, assignment_id=good.id, amount=Money("0.02"))
        )
        _answer(page, "2", "2")
        # Restricted, with the end, and the reason in the history.
        expect(page.get_by_text("You cannot take pages here now.")).to_be_visible()
        expect(page.get_by_text("You cannot take tasks of “Cats and dogs” until")).to_be_visible()
        page.get_by_role("link", name="All tasks").click()
        expect(page.get_by_role("heading", name="You cannot take some tasks now")).to_be_visible()
        page.get_by_role("link", name="Earnings").click()
        expect(page.get_by_text("Half of the answers that we know are wrong.")).to_be_visible()
        expect(page.locator(".site-figures dd")).to_have_text(["$0.05", "$0.02", "$0.00", "2"])
        # Appealed, granted, paid; and back at work.
        page.get_by_role("button", name="Appeal").click()
        page.get_by_label("Why should the page be accepted?").fill("The second picture shows a dog.")
        page.get_by_role("button", name="Send the appeal").click()
        expect(page.get_by_role("link", name="Your appeal waits for a decision")).to_be_visible()
        (appeal,) = site.platform.list_appeals()
        site.platform.grant_appeal(appeal.id, "It does.")
        (restriction,) = site.platform.list_restrictions(good.worker_id)
        site.platform.lift_restriction(restriction.id)
        page.reload()
        expect(page.locator(".site-figures dd")).to_have_text(["$0.10", "$0.02", "$0.00", "3"])
        page.get_by_role("link", name="Tasks", exact=True).click()
        page.get_by_role("link", name="Start").click()
        expect(page.get_by_role("timer")).to_be_visible()
        # The same worker tomorrow, elsewhere.
        other = open_page(site.url)
        come_in(other)
        expect(other.get_by_role("link", name="Continue")).to_be_visible()
        other.get_by_role("link", name="Earnings").click()
        expect(other.locator(".site-figures dd").first).to_have_text("$0.10")


def test_a_page_whose_time_is_over_says_so_and_gives_another(site: Site, open_page: OpenPage, device: str) -> None:
    """Nobody works on for nothing."""
    site.publish(VIEW, [{"text": "a picture"}], pool={"assignment_duration": timedelta(seconds=2)})
    page = open_page(site.invitation(), **options_of(device))
    join(page)
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_role("heading", name="The time for this page is over")).to_be_visible()
    check_look(page, "worker-too-late", device)
    page.get_by_role("button", name="Take another page").click()
    expect(page.get_by_role("heading", name="No more pages here")).to_be_visible()


def test_a_page_that_came_too_late_is_told(open_page: OpenPage) -> None:
    """What was answered without a connection and could not be counted is not swallowed."""

    def lose(route: Route) -> None:
        route.abort("internetdisconnected")

    clock = ShiftedClock()
    with running_site(clock) as site:
        pool = site.publish(VIEW, [{"text": "a picture"}])
        page = open_page(site.invitation())
        join(page)
        page.get_by_role("link", name="Start").click()
        expect(page.get_by_role("timer")).to_be_visible()
        page.route("**/advance", lose)
        page.keyboard.press("1")
        expect(page.get_by_text("No connection. Nothing is lost")).to_be_visible()
        page.goto("about:blank")
        clock.move(timedelta(hours=1))
        page.unroute_all()
        page.goto(site.url)
        expect(page.get_by_text("came too late to count: 1")).to_be_visible()
        check_look(page, "worker-late-page", "wide")
        page.get_by_role("button", name="Close").click()
        expect(page.get_by_text("came too late")).to_have_count(0)
        assert site.answers(pool) == []


def test_work_that_cannot_be_loaded_can_be_tried_again(site: Site, open_page: OpenPage) -> None:
    """Without a connection the renderer does not come; with one the same button brings it."""
    site.publish(VIEW, [{"text": "a picture"}])
    page = open_page(site.invitation())
    page.route("**/WorkPage-*.js", lambda route: route.abort("internetdisconnected"))
    join(page)
    page.get_by_role("link", name="Start").click()
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("a picture")).to_be_visible()
