"""Quality rules about what was judged, what was earned, and whose work is asked again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    AcceptAll,
    AccessLoss,
    AssignmentStatus,
    ChangeOverlap,
    CloseReason,
    Comparison,
    ControlTasks,
    DailyIncome,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    MixerConfig,
    Money,
    Page,
    PageReview,
    Pool,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionDraft,
    RestrictionScope,
    RestrictWorker,
    ReviewedPages,
    SetWorkerSkill,
    TrainingAnswers,
    WorkerId,
)
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import CAT, DOG, House, control, controls, project_config, real, reals, solution, suite

ANN = WorkerId("ann")
DAY = timedelta(days=1)
BAN = RestrictWorker(scope=RestrictionScope.POOL, duration=DAY)


def rule(collector: Any, action: Any, **conditions: str | float) -> QualityRule:
    """Return a rule with conditions such as ``event="REJECT"`` (equal) or ``total_count=2`` (at least)."""
    return QualityRule(
        collector=collector,
        conditions=tuple(
            QualityCondition(
                key=key,  # type: ignore[arg-type]
                comparison=Comparison.EQ if isinstance(threshold, str) else Comparison.GTE,
                threshold=threshold,
            )
            for key, threshold in conditions.items()
        ),
        action=action,
    )


def ruled(house: House, *rules: QualityRule, **changes: Any) -> Pool:
    """Return a pool of six real tasks with an overlap of one."""
    house.workers("ann", "ben", "cay")
    return house.pool(*reals(6), quality_rules=rules, **changes)


def overlaps(house: House, pool: Pool) -> dict[str, int | None]:
    """Return the overlaps that are not one, by key."""
    return {task.key: task.overlap for task in house.platform.list_tasks(pool.id) if task.overlap != 1}


def reject(house: House, page: Page) -> None:
    """Reject a page."""
    house.platform.reject(page.assignment_id, "no")


def restrict(house: House, key: str = "k", **draft: Any) -> None:
    """Keep Ann from working everywhere, or where the draft says."""
    values = {"key": key, "worker_id": ANN, "scope": RestrictionScope.ALL_PROJECTS, **draft}
    house.platform.restrict(RestrictionDraft(**values))


def is_restricted(house: House) -> bool:
    """Return whether Ann was restricted."""
    return bool(house.platform.list_restrictions(ANN))


@pytest.mark.parametrize(
    ("history_size", "verdicts", "is_banned"),
    [
        (None, "aar", False),
        (None, "arr", True),
        (2, "arr", True),
        (2, "ara", False),
        (3, "rra", True),
        (None, "rr", False),
    ],
)
def test_shares_of_judged_pages(house: House, history_size: int | None, verdicts: str, *, is_banned: bool) -> None:
    """Accepted and rejected pages count, among all or the last ones, from the third on."""
    ban = rule(ReviewedPages(history_size=history_size), BAN, rejected_share=0.6, total_count=min(3, history_size or 3))
    pool = ruled(house, ban)
    pages = [house.work("ann", pool) for _ in verdicts]
    for page, verdict in zip(pages, verdicts, strict=True):
        if verdict == "a":
            house.accept(page)
        else:
            reject(house, page)
    assert is_restricted(house) is is_banned


def test_what_nobody_judged_does_not_count(house: House) -> None:
    """Neither pages that are accepted at once nor those that are accepted in the end."""
    count = rule(ReviewedPages(), BAN, total_count=1)
    at_once = ruled(house, count, auto_accept=True)
    in_the_end = ruled(house, count, auto_accept_after=DAY)
    house.work("ann", at_once)
    house.work("ann", in_the_end)
    house.clock.move(days=2)
    assert [page.status for page in house.platform.list_assignments(in_the_end.id)] == [AssignmentStatus.ACCEPTED]
    assert not is_restricted(house)


@pytest.mark.parametrize("history_size", [None, 5])
def test_a_rejection_taken_back_is_an_acceptance(house: House, history_size: int | None) -> None:
    """It is not counted as another page."""
    skill = house.platform.put_skill("accepted").id
    action = SetWorkerSkill(skill_id=skill, source="accepted_share")
    pool = ruled(house, rule(ReviewedPages(history_size=history_size), action, total_count=1))
    first, second = house.work("ann", pool), house.work("ann", pool)
    house.accept(first)
    reject(house, second)
    assert [each.value for each in house.platform.list_skills(ANN)] == [0.5]
    house.accept(second)
    assert [each.value for each in house.platform.list_skills(ANN)] == [1.0]


def test_what_is_rejected_is_asked_again(house: House) -> None:
    """The tasks of the page get one answer more, the others do not; an appeal takes it back as long as nobody has them."""
    again = rule(PageReview(), ChangeOverlap(delta=1), event="REJECT")
    back = rule(PageReview(), ChangeOverlap(delta=-1), event="ACCEPT_AFTER_REJECT")
    pool = ruled(house, again, back)
    page, other = house.work("ann", pool), house.work("ann", pool)
    house.accept(other)
    reject(house, page)
    assert overlaps(house, pool) == dict.fromkeys(house.keys(page), 2)
    house.accept(page)
    assert overlaps(house, pool) == {}
    house.audit()


def test_an_answer_that_was_asked_again_is_not_taken_back_from_others(house: House) -> None:
    """Who has the task in hand keeps it."""
    again = rule(PageReview(), ChangeOverlap(delta=1), event="REJECT")
    back = rule(PageReview(), ChangeOverlap(delta=-1), event="ACCEPT_AFTER_REJECT")
    house.workers("ann", "ben")
    pool = house.pool(real("a"), quality_rules=(again, back), auto_close_delay=DAY)
    page = house.work("ann", pool)
    reject(house, page)
    house.take("ben", pool)
    house.accept(page)
    assert overlaps(house, pool) == {"a": 2}
    house.audit()


@pytest.mark.parametrize(("is_pool_opened", "status"), [(True, "OPEN"), (False, "CLOSED")])
def test_a_complete_pool_is_opened_where_the_rule_says_so(house: House, status: str, *, is_pool_opened: bool) -> None:
    """Asking again after the pool has closed brings answers only if it opens."""
    again = rule(PageReview(), ChangeOverlap(delta=1, is_pool_opened=is_pool_opened), event="REJECT")
    house.workers("ann", "ben")
    pool = house.pool(real("a"), quality_rules=(again,))
    page = house.work("ann", pool)
    assert house.now(pool).close_reason is CloseReason.COMPLETED
    reject(house, page)
    assert house.now(pool).status == status
    assert overlaps(house, pool) == {"a": 2}
    house.audit()


def test_states_of_a_page_are_counted(house: House) -> None:
    """After an acceptance one is accepted, and none is pending or rejected."""
    none = rule(PageReview(), BAN, accepted_count=1, rejected_count=1)
    one = rule(PageReview(), ChangeOverlap(delta=1), accepted_count=1, pending_count=0)
    pool = ruled(house, none, one)
    page = house.work("ann", pool)
    house.accept(page)
    assert overlaps(house, pool) == dict.fromkeys(house.keys(page), 2)
    assert not is_restricted(house)


def test_a_rule_accepts_all_that_is_not_judged(house: House) -> None:
    """Pages of the worker in the pool are accepted and paid; what others did is not, and what was rejected stays."""
    good = rule(ControlTasks(), AcceptAll(), total_count=3, correct_share=0.9)
    house.workers("ann", "ben")
    pool = house.pool(*reals(9), *controls(9), mixer=MixerConfig(real_count=1, control_count=1), quality_rules=(good,))
    rejected = house.work("ann", pool)
    reject(house, rejected)
    pages = [house.work("ann", pool), house.work("ben", pool), house.work("ann", pool)]
    statuses = [house.assignment(page).status for page in (rejected, *pages)]
    assert statuses == ["REJECTED", "ACCEPTED", "SUBMITTED", "ACCEPTED"]
    assert house.platform.spending(pool.id).paid == Money("0.24")
    house.audit()


def test_rules_follow_what_rules_judged(house: House) -> None:
    """Pages that one rule rejects are asked again by another."""
    careless = rule(ControlTasks(), RejectAll(public_comment="no"), incorrect_share=0.5)
    again = rule(PageReview(), ChangeOverlap(delta=1), event="REJECT")
    house.worker()
    mixer = MixerConfig(real_count=1, control_count=1)
    pool = house.pool(*reals(3), *controls(3), mixer=mixer, quality_rules=(careless, again))
    page = house.work("ann", pool, DOG, DOG)
    assert house.assignment(page).status is AssignmentStatus.REJECTED
    assert [key for key, overlap in overlaps(house, pool).items() if overlap == 2] == [
        key for key in house.keys(page) if key.startswith("r")
    ]


def test_income_is_that_of_the_last_day(house: House) -> None:
    """What was accepted more than 24 hours ago does not count, nor what is in review."""
    pool = ruled(house, rule(DailyIncome(), BAN, income=0.3))
    pages = [house.work("ann", pool) for _ in range(4)]
    house.accept(pages[0])
    house.clock.move(days=1)
    house.accept(pages[1], pages[2])
    assert not is_restricted(house)
    house.accept(pages[3])
    assert is_restricted(house)


def test_income_of_others_and_elsewhere_does_not_count(house: House) -> None:
    """The rule looks at one worker in one pool, and at rewards without fees."""
    pool, other = ruled(house, rule(DailyIncome(), BAN, income=0.2)), ruled(house)
    house.accept(house.work("ann", pool), house.work("ann", other), house.work("ben", pool))
    assert not is_restricted(house)


def test_income_begins_anew_after_a_restriction(house: House) -> None:
    """What led to it does not lead to the next one."""
    pool = ruled(house, rule(DailyIncome(), replace(BAN, duration=timedelta(hours=1)), income=0.2))
    first = [house.work("ann", pool) for _ in range(3)]
    house.accept(*first[:2])
    house.clock.move(hours=2)
    house.accept(first[2])
    assert len(house.platform.list_restrictions(ANN)) == 1


@pytest.mark.parametrize("scope", ["POOL", "PROJECT", "ALL_PROJECTS"])
def test_work_of_restricted_workers_is_asked_again(house: House, scope: str) -> None:
    """Wherever they are restricted: handed in and accepted pages are asked again, rejected ones and those of others are not."""
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    pool = ruled(house, again)
    accepted, rejected, waiting = (house.work("ann", pool) for _ in range(3))
    house.work("ben", pool)
    house.accept(accepted)
    reject(house, rejected)
    places = {"POOL": ("pool_id", pool.id), "PROJECT": ("project_id", house.project.id)}
    where = dict([places[scope]]) if scope in places else {}
    restrict(house, scope=RestrictionScope(scope), **where)
    assert overlaps(house, pool) == dict.fromkeys(house.keys(accepted) | house.keys(waiting), 2)
    house.audit()


def test_a_restriction_elsewhere_is_no_loss(house: House) -> None:
    """A worker who may not work in one pool keeps access to the others."""
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    pool, other = ruled(house, again), ruled(house)
    house.work("ann", pool)
    restrict(house, scope=RestrictionScope.POOL, pool_id=other.id)
    assert overlaps(house, pool) == {}


def test_work_of_workers_whom_a_rule_restricts_is_asked_again(house: House) -> None:
    """Also the page that led to it, and in a pool that it has completed."""
    ban = rule(ControlTasks(), BAN, incorrect_share=0.5)
    again = rule(AccessLoss(), ChangeOverlap(delta=1, is_pool_opened=True), reason="RESTRICTION")
    house.worker()
    mixer = MixerConfig(real_count=1, control_count=1)
    pool = house.pool(*reals(2), *controls(9), mixer=mixer, quality_rules=(again, ban))
    house.work("ann", pool)
    house.work("ann", pool, DOG, DOG)
    assert is_restricted(house)
    assert {key: overlap for key, overlap in overlaps(house, pool).items() if overlap} == {"r0": 2, "r1": 2}
    assert house.now(pool).status == "OPEN"
    house.audit()


def test_a_page_is_asked_again_once(house: House) -> None:
    """Two restrictions for one offence cost one answer more, and later pages are asked again for themselves."""
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    pool = ruled(house, again)
    first = house.work("ann", pool)
    restrict(house, "one", until=house.clock.now() + timedelta(hours=1))
    restrict(house, "two", until=house.clock.now() + timedelta(hours=1))
    assert overlaps(house, pool) == dict.fromkeys(house.keys(first), 2)
    house.clock.move(hours=1)
    second = house.work("ann", pool)
    restrict(house, "three")
    assert overlaps(house, pool) == dict.fromkeys(house.keys(first) | house.keys(second), 2)


def test_pools_without_the_rule_are_left_alone(house: House) -> None:
    """Only the pools whose requester wants it ask again."""
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    pool, other = ruled(house, again), ruled(house)
    for each in (pool, other):
        house.work("ann", each)
    restrict(house)
    assert (len(overlaps(house, pool)), overlaps(house, other)) == (1, {})


def test_a_project_may_want_it_for_all_its_pools(house: House) -> None:
    """Until its rules are changed."""
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    house.platform.put_project(project_config(quality_rules=(again,)))
    first, second = ruled(house), ruled(house)
    house.work("ann", first)
    restrict(house, "one")
    assert len(overlaps(house, first)) == 1
    house.platform.put_project(project_config())
    house.work("ben", second)
    house.platform.restrict(RestrictionDraft(key="two", worker_id=WorkerId("ben"), scope=RestrictionScope.ALL_PROJECTS))
    assert overlaps(house, second) == {}


@pytest.mark.parametrize(("value", "is_asked"), [(0.79, True), (None, True), (0.8, False)])
def test_work_is_asked_again_when_a_skill_falls(house: House, value: float | None, *, is_asked: bool) -> None:
    """Only when the filter does not admit the worker any more, and only for the skill that the rule names."""
    skill, other = house.platform.put_skill("cats").id, house.platform.put_skill("dogs").id
    needed = FilterCondition(category=FilterCategory.SKILL, key=skill, operator=FilterOperator.GTE, value=0.8)
    house.workers("ann", "ben")
    house.platform.set_skill(ANN, skill, value=0.9)
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="SKILL_CHANGE", skill_id=skill)
    pool = house.pool(*reals(3), worker_filter=needed, quality_rules=(again,))
    page = house.work("ann", pool)
    house.platform.set_skill(ANN, other, value=0.1)
    assert overlaps(house, pool) == {}
    house.platform.set_skill(ANN, skill, value=value)
    assert overlaps(house, pool) == (dict.fromkeys(house.keys(page), 2) if is_asked else {})


def test_a_crash_loses_no_work_to_ask_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that ends between the restriction and what follows leaves it to the next one."""
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    pool = ruled(house, again)
    page = house.work("ann", pool)

    def crash(_self: EmbeddedPlatform) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(EmbeddedPlatform, "_follow_up_losses", crash)
        with pytest.raises(KeyboardInterrupt):
            restrict(house)
    assert overlaps(house, pool) == {}
    again_there = EmbeddedPlatform(house.store, clock=house.clock)
    again_there.list_open_pools()
    assert overlaps(house, pool) == dict.fromkeys(house.keys(page), 2)


def test_first_answers_of_training_tasks_are_counted(house: House) -> None:
    """Pages, answers, shares, and whether there is more."""
    over = rule(TrainingAnswers(), BAN, submitted_count=2, total_count=2, incorrect_share=0.5)
    end = QualityRule(
        collector=TrainingAnswers(),
        conditions=(QualityCondition(key="is_next_available", comparison=Comparison.EQ, threshold=0),),
        action=SetWorkerSkill(skill_id=house.platform.put_skill("done").id, value=1.0),
    )
    house.worker()
    lessons = [control(f"t{number}", hint="think") for number in range(2)]
    mixer = MixerConfig(real_count=1, training_count=1)
    pool = house.pool(*reals(3), *lessons, mixer=mixer, quality_rules=(over, end))
    for label in (DOG, CAT):
        assert house.platform.list_skills(ANN) == []
        assert not is_restricted(house)
        page = house.take("ann", pool)
        (lesson,) = [task for task in page.tasks if task.is_training]
        house.platform.check_training_answer(page.assignment_id, ANN, task_id=lesson.id, solution=solution(label))
        house.hand_in(page)
    assert is_restricted(house)
    assert [each.value for each in house.platform.list_skills(ANN)] == [1.0]


def test_a_suite_that_is_rejected_is_asked_again_once(house: House) -> None:
    """However many tasks it has; its assignments are counted together."""
    house.workers("ann", "ben", "cay")
    again = rule(PageReview(), ChangeOverlap(delta=1), rejected_count=2)
    pool = house.suite_pool(suite("a", *reals(3), overlap=2), quality_rules=(again,))
    pages = [house.work(worker, pool) for worker in ("ann", "ben")]
    reject(house, pages[0])
    assert house.suites(pool)["a"].overlap == 2
    reject(house, pages[1])
    assert house.suites(pool)["a"].overlap == 3
    house.audit()


def test_suites_of_restricted_workers_are_asked_again(house: House) -> None:
    """As a whole, and once."""
    house.workers("ann", "ben")
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    pool = house.suite_pool(suite("a", *reals(2)), suite("b", *reals(2)), quality_rules=(again,))
    house.work("ann", pool)
    restrict(house, "one")
    restrict(house, "two")
    assert sorted(str(found.overlap) for found in house.suites(pool).values()) == ["1", "2"]
    house.audit()


def test_an_appeal_that_is_granted_is_a_rejection_taken_back(house: House) -> None:
    """As if the requester had accepted the page by themselves."""
    pool = ruled(house, rule(PageReview(), ChangeOverlap(delta=1), event="ACCEPT_AFTER_REJECT"))
    page = house.work("ann", pool)
    reject(house, page)
    assert overlaps(house, pool) == {}
    appeal = house.platform.appeal(page.assignment_id, ANN, {"EN": "It is a cat"})
    house.platform.grant_appeal(appeal.id)
    assert overlaps(house, pool) == dict.fromkeys(house.keys(page), 2)


def test_a_pool_that_gets_the_rule_later_asks_again_from_then_on(house: House) -> None:
    """The rule comes with a change of the pool."""
    pool = ruled(house)
    page = house.work("ann", pool)
    house.platform.close_pool(pool.id)
    again = rule(AccessLoss(), ChangeOverlap(delta=1), reason="RESTRICTION")
    house.platform.update_pool(pool.id, replace(house.now(pool).config, quality_rules=(again,)))
    house.platform.put_restriction(RestrictionDraft(key="", worker_id=ANN, scope=RestrictionScope.ALL_PROJECTS))
    assert overlaps(house, pool) == dict.fromkeys(house.keys(page), 2)
