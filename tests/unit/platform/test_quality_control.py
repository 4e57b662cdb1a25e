"""The platform's own quality rules."""

from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    AcceptedCount,
    AccessLoss,
    AssignmentStatus,
    ChangeOverlap,
    Collector,
    Comparison,
    ControlTasks,
    MajorityAgreement,
    MixerConfig,
    Page,
    PageReview,
    PlatformAction,
    Pool,
    QualityCondition,
    QualityRule,
    RejectAll,
    Restriction,
    RestrictionScope,
    RestrictWorker,
    SetWorkerSkill,
    SkillId,
    SkippedInRow,
    Solution,
    SubmitTime,
    WorkerId,
)
from manyhands.errors import InvalidParams, NotFound
from tests.unit.platform.house import CAT, DOG, House, control, controls, project_config, real, reals, solution

ANN = WorkerId("ann")
HOUR = timedelta(hours=1)
FAST = timedelta(seconds=5)


def ban(duration: timedelta | None = HOUR, scope: str = "POOL") -> RestrictWorker:
    """Return an action."""
    return RestrictWorker(scope=RestrictionScope(scope), duration=duration, private_comment="rule")


def rule(collector: Collector, conditions: str, action: PlatformAction | None = None) -> QualityRule:
    """Return a rule with conditions such as ``total_count GTE 2, correct_share LT 0.5``."""
    parts = (part.split() for part in conditions.split(", "))
    return QualityRule(
        collector=collector,
        conditions=tuple(
            QualityCondition(key=key, comparison=Comparison(word), threshold=float(number))  # type: ignore[arg-type]
            for key, word, number in parts
        ),
        action=action or ban(),
    )


def worded(collector: Collector, key: Any, comparison: str, word: str) -> QualityRule:
    """Return a rule with one condition over a word."""
    condition = QualityCondition(key=key, comparison=Comparison(comparison), threshold=word)
    return QualityRule(collector=collector, conditions=(condition,), action=ban())


def ruled_pool(house: House, *rules: QualityRule, **changes: Any) -> Pool:
    """Return a pool of many tasks with rules."""
    house.workers("ann", "ben", "cay")
    drafts = [*reals(20, overlap=2), *controls(20)]
    mixer = MixerConfig(real_count=1, control_count=1)
    return house.pool(*drafts, **{"mixer": mixer, "quality_rules": rules, **changes})


def answer(house: House, pool: Pool, *, is_right: bool = True, seconds: float = 60, worker: str = "ann") -> Page:
    """Take a page and answer everything with cats, which is right, or dogs."""
    page = house.take(worker, pool)
    house.clock.move(seconds=seconds)
    house.hand_in(page, *[CAT if is_right else DOG] * len(page.tasks))
    return page


def skip(house: House, pool: Pool) -> None:
    """Take a page and give it back."""
    page = house.take("ann", pool)
    house.platform.skip(page.assignment_id, page.worker_id)


def restrictions(house: House) -> list[Restriction]:
    """Return what Ann was given."""
    return house.platform.list_restrictions(ANN)


@pytest.mark.parametrize(
    ("history_size", "seconds", "is_banned"),
    [
        (None, [4, 60, 4], True),
        (None, [4, 60, 5], False),
        (2, [4, 60, 4], False),
        (2, [60, 4, 4], True),
        (3, [4, 60, 4], True),
    ],
)
def test_fast_pages_are_counted(
    house: House, history_size: int | None, seconds: list[float], *, is_banned: bool
) -> None:
    """Pages faster than the threshold count, among all or the last ones; exactly the threshold is not faster."""
    pool = ruled_pool(house, rule(SubmitTime(fast_threshold=FAST, history_size=history_size), "fast_count GTE 2"))
    for duration in seconds:
        answer(house, pool, seconds=duration)
    assert bool(restrictions(house)) is is_banned


@pytest.mark.parametrize(
    ("history_size", "answers", "is_banned"),
    [
        (None, [False], False),
        (None, [True, False, False], True),
        (None, [True, True, False], False),
        (2, [False, False], True),
        (3, [False, True, True, False], False),
        (2, [True, True, False, False], True),
    ],
)
def test_control_answers_are_counted(
    house: House, history_size: int | None, answers: list[bool], *, is_banned: bool
) -> None:
    """Shares are over control answers only, among all or the last ones; all conditions have to hold."""
    conditions = "total_count GTE 2, correct_share LT 0.5"
    pool = ruled_pool(house, rule(ControlTasks(history_size=history_size), conditions))
    for is_right in answers:
        answer(house, pool, is_right=is_right)
    assert bool(restrictions(house)) is is_banned


@pytest.mark.parametrize(
    ("conditions", "is_banned"),
    [
        ("total_count GTE 2, correct_share LT 0.6", True),
        ("control_count GTE 2", False),
        ("control_count GTE 1, control_incorrect_share GT 0", False),
        ("control_correct_share GTE 1, incorrect_share GTE 0.5", True),
    ],
)
def test_control_answers_are_told_from_training(house: House, conditions: str, *, is_banned: bool) -> None:
    """One family of shares is over control and training tasks, whose first answers count, the other over control tasks alone."""
    house.worker()
    mixer = MixerConfig(real_count=1, control_count=1, training_count=1)
    drafts = [*reals(2), *controls(2), *(control(f"t{number}", hint="think") for number in range(2))]
    pool = house.pool(*drafts, mixer=mixer, quality_rules=(rule(ControlTasks(), conditions),))
    page = house.take("ann", pool)
    (lesson,) = [task for task in page.tasks if task.is_training]
    house.platform.check_training_answer(page.assignment_id, ANN, task_id=lesson.id, solution=solution(DOG))
    house.hand_in(page)
    assert bool(restrictions(house)) is is_banned


def test_lifting_forgets_what_was_counted_about_control_tasks_alone(house: House) -> None:
    """Both counts of a rule begin anew."""
    conditions = "control_count GTE 2, control_incorrect_share GTE 1"
    pool = ruled_pool(house, rule(ControlTasks(), conditions, ban(duration=None)))
    for _ in range(2):
        answer(house, pool, is_right=False)
    (given,) = restrictions(house)
    house.platform.lift_restriction(given.id)
    answer(house, pool, is_right=False)
    assert len(restrictions(house)) == 1
    answer(house, pool, is_right=False)
    assert len(restrictions(house)) == 2


@pytest.mark.parametrize(("source", "value"), [("correct_share", 0.25), ("incorrect_share", 0.75)])
def test_a_skill_is_set_from_a_share(house: House, source: Any, value: float) -> None:
    """The rule says from which."""
    skill = house.platform.put_skill("cats").id
    action = SetWorkerSkill(skill_id=skill, source=source)
    pool = ruled_pool(house, rule(ControlTasks(), "total_count GTE 4", action))
    for is_right in (True, False, False, False):
        answer(house, pool, is_right=is_right)
    assert [each.value for each in house.platform.list_skills(ANN)] == [value]


def test_a_page_without_control_tasks_counts_nothing(house: House) -> None:
    """Nothing was asked, so no share exists and no rule fires."""
    pool = ruled_pool(house, rule(ControlTasks(), "incorrect_share GTE 0"), mixer=MixerConfig(real_count=1))
    answer(house, pool)
    assert restrictions(house) == []


def test_skips_in_a_row_are_counted(house: House) -> None:
    """A submitted page begins the row anew; an expired one does not break it."""
    pool = ruled_pool(house, rule(SkippedInRow(), "skipped_in_row_count GTE 3"))
    skip(house, pool)
    skip(house, pool)
    answer(house, pool)
    skip(house, pool)
    house.take("ann", pool)
    house.clock.move(minutes=10)
    skip(house, pool)
    assert restrictions(house) == []
    skip(house, pool)
    assert len(restrictions(house)) == 1


def test_a_pause_after_so_many_pages(house: House) -> None:
    """Pages that were rejected do not count; after the rule has acted the count begins anew."""
    pool = ruled_pool(house, rule(AcceptedCount(), "accepted_count GTE 3"))
    rejected = [answer(house, pool) for _ in range(2)]
    house.platform.reject(rejected[0].assignment_id, "no")
    answer(house, pool)
    assert restrictions(house) == []
    answer(house, pool)
    assert len(restrictions(house)) == 1
    house.clock.move(hours=1)
    house.platform.reject(rejected[1].assignment_id, "what was counted before does not count any more")
    for _ in range(3):
        answer(house, pool)
    assert len(restrictions(house)) == 2


def test_a_rejection_taken_back_counts_again(house: House) -> None:
    """Accepting a rejected page puts it into the count."""
    pool = ruled_pool(house, rule(AcceptedCount(), "accepted_count GTE 2"))
    page = answer(house, pool)
    house.platform.reject(page.assignment_id, "no")
    house.accept(page)
    answer(house, pool)
    assert len(restrictions(house)) == 1


def test_agreement_is_counted_when_a_task_is_finished(house: House) -> None:
    """When as many have answered as the overlap asks for, everybody is counted; who answers later is compared then."""
    collector = MajorityAgreement(answer_threshold=2)
    pool = ruled_pool(
        house, rule(collector, "total_count GTE 1, incorrect_share GT 0.5"), mixer=MixerConfig(real_count=1)
    )
    house.overlaps(pool, {f"r{number}": 0 for number in range(1, 20)})
    house.overlaps(pool, {"r0": 4})
    house.workers("dan", "eve")
    answer(house, pool, is_right=False)
    for worker in ("ben", "cay"):
        answer(house, pool, worker=worker)
    assert house.platform.list_restrictions() == []
    answer(house, pool, worker="dan")
    assert [each.worker_id for each in house.platform.list_restrictions()] == ["ann"]
    house.overlaps(pool, {"r0": 5})
    house.platform.open_pool(pool.id)
    answer(house, pool, worker="eve", is_right=False)
    assert [each.worker_id for each in house.platform.list_restrictions()] == ["ann", "eve"]


@pytest.mark.parametrize(("threshold", "is_counted"), [(2, True), (3, False)])
def test_a_majority_needs_so_many_equal_answers(house: House, threshold: int, *, is_counted: bool) -> None:
    """Two of three are a majority of two, and none of three: then nobody is counted."""
    collector = MajorityAgreement(answer_threshold=threshold)
    pool = ruled_pool(house, rule(collector, "total_count GTE 1"), mixer=MixerConfig(real_count=20))
    house.overlaps(pool, {f"r{number}": 3 for number in range(20)})
    answer(house, pool, is_right=False)
    answer(house, pool, worker="ben")
    answer(house, pool, worker="cay")
    assert bool(house.platform.list_restrictions()) is is_counted


def test_an_answer_is_compared_once(house: House) -> None:
    """A task that is asked again brings a majority for those who had none; nobody is counted twice."""
    collector = MajorityAgreement(answer_threshold=2)
    skill = house.platform.put_skill("agrees").id
    count = rule(collector, "total_count EQ 1", SetWorkerSkill(skill_id=skill))
    pool = ruled_pool(house, count, mixer=MixerConfig(real_count=1))
    house.overlaps(pool, {f"r{number}": 0 for number in range(1, 20)})
    answer(house, pool)
    answer(house, pool, worker="ben", is_right=False)
    assert house.platform.list_skills(ANN) == []
    for worker, overlap in (("cay", 3), ("dan", 4)):
        house.worker(worker)
        house.overlaps(pool, {"r0": overlap})
        house.platform.open_pool(pool.id)
        answer(house, pool, worker=worker)
    found = {worker: house.platform.list_skills(WorkerId(worker)) for worker in ("ann", "ben", "cay", "dan")}
    assert {worker: [each.value for each in skills] for worker, skills in found.items()} == {
        "ann": [1.0],
        "ben": [0.0],
        "cay": [1.0],
        "dan": [1.0],
    }


def test_a_tie_counts_for_nobody(house: House) -> None:
    """Two answers that differ have no majority."""
    collector = MajorityAgreement(answer_threshold=2)
    pool = ruled_pool(house, rule(collector, "total_count GTE 1"), mixer=MixerConfig(real_count=20))
    answer(house, pool, is_right=False)
    answer(house, pool, worker="ben")
    assert house.platform.list_restrictions() == []


def test_only_required_fields_make_the_majority(house: House) -> None:
    """A note that differs is no disagreement."""
    collector = MajorityAgreement(answer_threshold=3)
    pool = ruled_pool(house, rule(collector, "incorrect_share GT 0"), mixer=MixerConfig(real_count=20))
    house.overlaps(pool, {f"r{number}": 3 for number in range(20)})
    page = house.take("ann", pool)
    noted = [Solution(output_values={"label": CAT, "note": "a big one"})] * len(page.tasks)
    house.platform.submit(page.assignment_id, page.worker_id, solutions=noted)
    for worker in ("ben", "cay"):
        answer(house, pool, worker=worker)
    assert house.platform.list_restrictions() == []


@pytest.mark.parametrize(
    ("scope", "has_pool", "has_project"),
    [("POOL", True, False), ("PROJECT", False, True), ("ALL_PROJECTS", False, False)],
)
def test_a_rule_restricts_where_it_says(house: House, scope: str, *, has_pool: bool, has_project: bool) -> None:
    """Scope, end and comment are those of the action, from the moment of the page."""
    pool = ruled_pool(house, rule(SubmitTime(fast_threshold=FAST), "fast_count GTE 1", ban(scope=scope)))
    page = answer(house, pool, seconds=1)
    (given,) = restrictions(house)
    assert (given.scope, given.private_comment, given.until) == (scope, "rule", house.assignment(page).submitted + HOUR)  # type: ignore[operator]
    assert (given.pool_id == pool.id, given.project_id == house.project.id) == (has_pool, has_project)
    assert house.refusal("ann", pool) == "restricted"


def test_a_rule_restricts_once_at_a_time(house: House) -> None:
    """While its restriction lasts a rule gives no second one; what it had counted is forgotten."""
    fast = rule(SubmitTime(fast_threshold=FAST), "fast_count GTE 2", ban(scope="POOL"))
    pool = ruled_pool(house, fast)
    answer(house, pool, seconds=1)
    answer(house, pool, seconds=1)
    house.clock.move(hours=1)
    answer(house, pool, seconds=1)
    assert len(restrictions(house)) == 1
    answer(house, pool, seconds=1)
    assert len(restrictions(house)) == 2


def test_a_restriction_for_good_forgets_when_it_is_lifted(house: House) -> None:
    """Lifting clears the history of the rule, so the worker starts anew."""
    pool = ruled_pool(
        house, rule(SubmitTime(fast_threshold=FAST, history_size=5), "fast_count GTE 2", ban(duration=None))
    )
    answer(house, pool, seconds=1)
    answer(house, pool, seconds=1)
    (given,) = restrictions(house)
    assert given.until is None
    house.platform.lift_restriction(given.id)
    answer(house, pool, seconds=1)
    assert len(restrictions(house)) == 1
    answer(house, pool, seconds=1)
    assert len(restrictions(house)) == 2


def test_one_rule_s_restriction_does_not_silence_another(house: House) -> None:
    """Two rules give two restrictions."""
    pool = ruled_pool(
        house,
        rule(SubmitTime(fast_threshold=FAST), "fast_count GTE 1"),
        rule(ControlTasks(), "incorrect_share GTE 1"),
    )
    answer(house, pool, seconds=1, is_right=False)
    assert len(restrictions(house)) == 2


def test_with_a_history_pools_of_a_project_count_together(house: House) -> None:
    """A rule that looks at the last so many pages knows the worker from the next basket; one without counts in its pool."""
    together = rule(SubmitTime(fast_threshold=FAST, history_size=10), "fast_count GTE 2")
    apart = rule(SubmitTime(fast_threshold=FAST), "fast_count GTE 2")
    first, second = ruled_pool(house, together, apart), ruled_pool(house, together, apart)
    answer(house, first, seconds=1)
    answer(house, second, seconds=1)
    assert len(restrictions(house)) == 1


def test_rules_of_the_project_hold_in_every_pool(house: House) -> None:
    """They count over all pools of the project."""
    rules = (rule(SkippedInRow(), "skipped_in_row_count GTE 2", ban(scope="PROJECT")),)
    house.platform.put_project(project_config(quality_rules=rules))
    first, second = ruled_pool(house), ruled_pool(house)
    skip(house, first)
    skip(house, second)
    assert house.refusal("ann", first) == "restricted"


@pytest.mark.parametrize("value", [None, 0.9])
def test_a_rule_sets_a_skill(house: House, value: float | None) -> None:
    """To a value, or to the share of right answers."""
    skill = house.platform.put_skill("cats").id
    pool = ruled_pool(house, rule(ControlTasks(), "total_count GTE 2", SetWorkerSkill(skill_id=skill, value=value)))
    answer(house, pool, is_right=False)
    assert house.platform.list_skills(ANN) == []
    answer(house, pool)
    assert [each.value for each in house.platform.list_skills(ANN)] == [value or 0.5]


@pytest.mark.parametrize("is_auto", [False, True])
def test_a_rule_rejects_all_that_is_not_judged(house: House, *, is_auto: bool) -> None:
    """Submitted pages of the worker in the pool are rejected, accepted and others' pages are not; before anything is accepted by itself."""
    pool = ruled_pool(
        house,
        rule(ControlTasks(), "incorrect_share GTE 0.3", RejectAll(public_comment="careless")),
        auto_accept=is_auto,
    )
    other = ruled_pool(house)
    accepted, waiting = answer(house, pool), answer(house, pool)
    house.accept(accepted)
    elsewhere, another = answer(house, other), answer(house, pool, worker="ben")
    last = answer(house, pool, is_right=False)
    expected = AssignmentStatus.ACCEPTED if is_auto else AssignmentStatus.SUBMITTED
    rejected = AssignmentStatus.REJECTED
    statuses = [house.assignment(page).status for page in (accepted, elsewhere, another, last)]
    assert statuses == [AssignmentStatus.ACCEPTED, AssignmentStatus.SUBMITTED, expected, rejected]
    assert house.assignment(waiting).status is (expected if is_auto else rejected)
    assert house.assignment(last).public_comment == "careless"


def test_pages_rejected_by_a_rule_do_not_count_as_accepted(house: House) -> None:
    """What one rule rejects leaves the count of another."""
    reject_all = rule(ControlTasks(history_size=1), "incorrect_share GTE 1", RejectAll())
    pool = ruled_pool(house, reject_all, rule(AcceptedCount(), "accepted_count GTE 3"))
    for is_right in (True, False, True, True):
        answer(house, pool, is_right=is_right)
    assert restrictions(house) == []
    answer(house, pool)
    assert len(restrictions(house)) == 1


def test_a_rule_asks_again(house: House) -> None:
    """The overlap of the real tasks on the page rises."""
    pool = ruled_pool(
        house,
        rule(ControlTasks(), "incorrect_share GT 0", ChangeOverlap(delta=2)),
        mixer=MixerConfig(real_count=3, control_count=1),
    )
    page = answer(house, pool, is_right=False)
    keys = {key for key in house.keys(page) if key.startswith("r")}
    overlaps = {task.key: task.overlap for task in house.platform.list_tasks(pool.id)}
    assert {key for key, overlap in overlaps.items() if overlap == 4} == keys
    assert overlaps["c0"] is None


def test_a_rule_that_asks_again_keeps_the_pool_open(house: House) -> None:
    """What was the last page is not, when its tasks are asked again."""
    house.workers("ann", "ben")
    rules = (rule(ControlTasks(), "incorrect_share GT 0", ChangeOverlap(delta=1)),)
    pool = house.pool(real("a"), control("c"), mixer=MixerConfig(real_count=1, control_count=1), quality_rules=rules)
    answer(house, pool, is_right=False)
    answer(house, pool, worker="ben")
    assert house.now(pool).close_reason == "COMPLETED"
    assert len(house.platform.list_assignments(pool.id)) == 2


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (rule(SkippedInRow(), "total_count GTE 1"), "SkippedInRow counts skipped_in_row_count"),
        (rule(ControlTasks(history_size=0), "total_count GTE 1"), "at least one"),
        (rule(SkippedInRow(), "skipped_in_row_count GTE 1", SetWorkerSkill(skill_id=SkillId("1"))), "has no value"),
        (rule(AcceptedCount(), "accepted_count GTE 1", ban(timedelta(0))), "duration of zero"),
        (rule(MajorityAgreement(answer_threshold=0), "total_count GTE 1"), "0 equal answers"),
        (
            rule(ControlTasks(), "total_count GTE 1", SetWorkerSkill(skill_id=SkillId("1"), source="accepted_share")),
            "counts no accepted_share",
        ),
        (worded(PageReview(), "event", "GT", "REJECT"), "expected EQ or NE"),
        (worded(PageReview(), "event", "EQ", "APPEAL"), "expected one of ACCEPT, ACCEPT_AFTER_REJECT, REJECT"),
        (worded(PageReview(), "pending_count", "EQ", "REJECT"), "expected a number"),
        (rule(AccessLoss(), "skill_id EQ 5"), "expected an id"),
    ],
)
def test_a_rule_that_cannot_work_is_refused(house: House, wrong: QualityRule, problem: str) -> None:
    """Neither the pool nor the project is created, the problem is named."""
    with pytest.raises(InvalidParams, match=problem):
        house.pool(quality_rules=(wrong,))
    with pytest.raises(InvalidParams, match=problem):
        house.platform.put_project(project_config(key="new", quality_rules=(wrong,)))


def test_a_rule_about_a_skill_that_is_not_there_is_refused(house: House) -> None:
    """It would fail when a worker hands in a page."""
    lost = rule(ControlTasks(), "total_count GTE 1", SetWorkerSkill(skill_id=SkillId("99999999")))
    with pytest.raises(NotFound, match="skill 99999999"):
        house.pool(quality_rules=(lost,))
    with pytest.raises(NotFound, match="skill 99999999"):
        house.platform.put_project(project_config(quality_rules=(lost,)))


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [("EQ", [2]), ("NE", [1, 3]), ("GT", [3]), ("GTE", [2, 3]), ("LT", [1]), ("LTE", [1, 2])],
)
def test_comparisons(house: House, comparison: str, expected: list[int]) -> None:
    """A condition compares as its word says."""
    skill = house.platform.put_skill("seen").id
    pool = ruled_pool(
        house,
        rule(SubmitTime(fast_threshold=FAST), f"total_count {comparison} 2", SetWorkerSkill(skill_id=skill, value=1.0)),
    )
    found = []
    for number in (1, 2, 3):
        house.platform.set_skill(ANN, skill, value=0.0)
        answer(house, pool)
        if [each.value for each in house.platform.list_skills(ANN)] == [1.0]:
            found.append(number)
    assert found == expected
