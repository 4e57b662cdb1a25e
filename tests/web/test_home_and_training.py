"""What there is to do: what is not for a worker and why, trainings with feedback and hints, exams, and what they open."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from manyhands.crowd import (
    AllOf,
    AnyOf,
    AssignmentStatus,
    Comparison,
    ControlTasks,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    MixerConfig,
    QualityCondition,
    QualityRule,
    SetWorkerSkill,
)
from tests.web.animals import VIEW, WRITING, lesson, training, work_behind
from tests.web.looks import check_look, options_of
from tests.web.people import join
from tests.web.site import Site, wait_until

OpenPage = Callable[..., Page]


def _condition(key: str, value: Any, category: FilterCategory = FilterCategory.PROFILE) -> FilterCondition:
    return FilterCondition(category=category, key=key, operator=FilterOperator.IN, value=value)


def test_what_is_not_for_a_worker_is_told_in_plain_words(site: Site, open_page: OpenPage, device: str) -> None:
    """Languages, countries, and work of a kind; what can be done stands above it."""
    wanted = AllOf(
        (_condition("languages", ["RU", "TR"]), AnyOf((_condition("country", "FR"), _condition("country", "ES"))))
    )
    site.publish(VIEW, [{"text": "a"}], name="For everybody", key="open", description="Say what is on the picture.")
    site.publish(VIEW, [{"text": "b"}], name="For some", key="closed", pool={"worker_filter": wanted})
    page = open_page(site.invitation(), **options_of(device))
    join(page)
    expect(page.get_by_role("link", name="Start")).to_have_count(1)
    closed = page.get_by_role("region", name="Not for you now")
    expect(closed.get_by_role("heading", name="For some")).to_be_visible()
    expect(closed.get_by_role("listitem").filter(has_text=re.compile("^read Russian or Turkish$"))).to_be_visible()
    expect(closed.get_by_role("listitem").filter(has_text=re.compile("^live in France or Spain$"))).to_be_visible()
    check_look(page, "worker-home-closed", device, is_whole=True)


def test_parts_of_the_same_work_follow_one_another(site: Site, open_page: OpenPage) -> None:
    """Three baskets are one entry; when one has no more for the worker, the next one goes on by itself."""
    pools = [
        site.publish(VIEW, [{"text": f"basket {name}"}], pool={"key": name}, name="Cats and dogs", key="animals")
        for name in ("red", "green", "blue")
    ]
    page = open_page(site.invitation())
    join(page)
    expect(page.get_by_role("link", name="Start")).to_have_count(1)
    page.get_by_role("link", name="Start").click()
    for name in ("red", "green", "blue"):
        expect(page.get_by_text(f"basket {name}")).to_be_visible()
        page.keyboard.press("1")
    expect(page.get_by_role("heading", name="No more pages here")).to_be_visible()
    assert [len(site.answers(pool)) for pool in pools] == [1, 1, 1]
    page.get_by_role("link", name="All tasks").click()
    expect(page.get_by_role("region", name="Not for you now")).to_contain_text("You have seen everything that is left")


def test_a_training_tells_right_from_wrong_and_opens_work(site: Site, open_page: OpenPage, device: str) -> None:
    """An answer is checked at once, a wrong one gets a hint and is put right, the first answers count, and the work opens."""
    taught = training(site, lesson("a", "cat"), lesson("b", "dog"), lesson("c", "cat"), lesson("d", "dog"))
    work = work_behind(site, taught, passing_skill=0.7)
    page = open_page(site.invitation(), **options_of(device))
    join(page)
    closed = page.get_by_role("region", name="Not for you now")
    expect(closed).to_contain_text("Pass the training first.")
    expect(page.get_by_text("From 70% right on it opens “Cats and dogs”, $0.05 a page")).to_be_visible()
    check_look(page, "worker-home-training", device, is_whole=True)
    closed.get_by_role("link", name="Go to the training “Cats and dogs”").click()
    expect(page.get_by_text("picture a")).to_be_visible()
    page.keyboard.press("2")
    expect(page.get_by_text("Not right. Try again.")).to_be_visible()
    expect(page.get_by_text("Hint: Look at the ears.")).to_be_visible()
    check_look(page, "worker-training", device)
    page.keyboard.press("1")
    expect(page.get_by_text("Right.", exact=True)).to_be_visible()
    expect(page.locator(".mh-task").nth(1)).to_have_class(re.compile("mh-active"))
    page.keyboard.press("2")
    for name, key in (("c", "1"), ("d", "2")):
        expect(page.get_by_text(f"picture {name}")).to_be_visible()
        page.keyboard.press(key)
        if name == "c":
            expect(page.locator(".mh-task").nth(1)).to_have_class(re.compile("mh-active"))
    expect(page.get_by_role("heading", name="The training is over")).to_be_visible()
    expect(page.get_by_text("You were right at once in 75% of the tasks.")).to_be_visible()
    check_look(page, "worker-training-over", device)
    page.get_by_role("link", name="Open to you: “Cats and dogs”, $0.05 a page").click()
    expect(page.get_by_text("a real one")).to_be_visible()
    page.keyboard.press("1")
    wait_until(lambda: site.answers(work) == [[{"v": "cat"}]])


def test_a_training_is_not_sent_with_a_wrong_answer(site: Site, open_page: OpenPage) -> None:
    """What is written is checked by a button or on sending; sending goes to what is wrong."""
    taught = training(site, lesson("a", "meow", hint=None), view=WRITING, page_size=1)
    work_behind(site, taught, passing_skill=0.5, view=WRITING)
    page = open_page(site.invitation())
    join(page)
    page.get_by_role("link", name="Start").click()
    page.get_by_label("What says a cat?").fill("woof")
    page.get_by_role("button", name="Send the page").click()
    expect(page.get_by_text("Not right. Try again.")).to_be_visible()
    page.get_by_label("What says a cat?").fill("meow")
    expect(page.get_by_text("Not right. Try again.")).to_have_count(0)
    page.get_by_role("button", name="Check the answer").click()
    expect(page.get_by_role("heading", name="The training is over")).to_be_visible()
    expect(page.get_by_text("You were right at once in 0% of the tasks.")).to_be_visible()
    page.get_by_role("link", name="All tasks").click()
    expect(page.get_by_role("region", name="Not for you now")).to_contain_text("Pass the training first.")


def test_an_exam_tells_nothing_and_opens_work(site: Site, open_page: OpenPage) -> None:
    """It looks like any other page; who does well finds the work open."""
    skill = site.platform.put_skill("animals").id
    rule = QualityRule(
        collector=ControlTasks(),
        conditions=(QualityCondition(key="total_count", comparison=Comparison.GTE, threshold=2),),
        action=SetWorkerSkill(skill_id=skill),
    )
    lessons = [lesson(key, "cat", hint=None) for key in ("a", "b")]
    mixer = MixerConfig(real_count=0, control_count=2)
    site.publish(VIEW, lessons, pool={"mixer": mixer, "quality_rules": (rule,)}, name="Exam", key="exam")
    wanted = AllOf((FilterCondition(category=FilterCategory.SKILL, key=skill, operator=FilterOperator.GTE, value=0.9),))
    site.publish(VIEW, [{"text": "x"}], pool={"worker_filter": wanted}, name="Cats and dogs", key="animals")
    page = open_page(site.invitation())
    join(page)
    expect(page.get_by_role("region", name="Trainings and exams")).to_contain_text("From 90% right on it opens")
    page.get_by_role("link", name="Start").click()
    for place in range(2):
        expect(page.locator(".mh-task").nth(place)).to_have_class(re.compile("mh-active"))
        page.keyboard.press("1")
    expect(page.get_by_text("Right.")).to_have_count(0)
    page.get_by_role("link", name="Open to you: “Cats and dogs”, $0.05 a page").click()
    expect(page.locator(".mh-task .mh-text")).to_have_text("x")
    assert AssignmentStatus.ACTIVE in {
        page.status for pool in site.platform.list_open_pools() for page in site.platform.list_assignments(pool.id)
    }
