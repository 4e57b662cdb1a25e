"""From pages and rules to decisions."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import (
    Assignment,
    AssignmentStatus,
    BonusDraft,
    Comparison,
    Money,
    PoolId,
    ProjectId,
    RestrictionDraft,
    RestrictionScope,
    SetWorkerSkill,
    SkillId,
    WorkerId,
)
from manyhands.errors import WrongState
from manyhands.quality import (
    Accept,
    Action,
    AlwaysTrue,
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BlockUser,
    Control,
    Decision,
    GiveBonusToUser,
    PageEvaluation,
    PayBonus,
    Reject,
    Restrict,
    Rule,
    RuleBuilder,
    SetAssignmentStatus,
    SetSkill,
    decide,
)

from .conftest import CREATED, build_page

HINT = timedelta(seconds=40)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CONTROL = Control(
    RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3).add_control_task_control(2, 1, 2).build()
)
BONUS = Control(
    RuleBuilder().add_dynamic_reward(0.01, 0.03, min_accuracy_for_accept=0.5, min_accuracy_for_bonus=0.5).build()
)


def _judged(control: Control, page: Assignment, *, hint: timedelta = HINT) -> list[object]:
    """What was decided in short: how long a restriction is, how a page ends, what it earns."""
    return [
        _short(decision, page.submitted or CREATED) for decision in decide(page, control, page_hint=hint, lang="EN")
    ]


def _short(decision: Decision, submitted: datetime) -> object:
    match decision:
        case Restrict(until=until):
            return None if until is None else until - submitted
        case Accept():
            return "accept"
        case Reject():
            return "reject"
        case PayBonus(amount=amount):
            return amount
        case SetSkill(value=value):
            return value


@pytest.mark.parametrize(
    ("right", "seconds", "expected"),
    [
        ("yy", 40, ["accept"]),
        ("yn", 40, [HOUR, "accept"]),
        ("nn", 40, [8 * HOUR, "reject"]),
        ("yn", 3, [DAY, "reject"]),
        ("yy", 4, [DAY, "reject"]),
        ("nn", 4, [DAY, "reject"]),
        ("yy", 10, [8 * HOUR, "accept"]),
        ("yn", 10, [8 * HOUR, "accept"]),
        ("nn", 12, [8 * HOUR, "reject"]),
        ("yy", 12.1, ["accept"]),
        ("", 40, ["accept"]),
        ("", 4, [DAY, "reject"]),
    ],
)
def test_speed_is_judged_before_accuracy(right: str, seconds: float, expected: list[object]) -> None:
    """A page too fast is rejected whatever its answers; else its answers count; without control tasks it is accepted."""
    assert _judged(CONTROL, build_page(right, duration=timedelta(seconds=seconds))) == expected


def test_a_page_rejected_for_its_speed_is_judged_by_nothing_else() -> None:
    """What was clicked through says nothing about skill, so no rule about accuracy acts, not even a longer block."""
    for_good = BlockUser(scope=RestrictionScope.PROJECT, private_comment="all wrong")
    below = AssignmentAccuracyPredicate(threshold=0.5, comparison=Comparison.LT)
    skill = SetWorkerSkill(skill_id=SkillId("careful"))
    more = (Rule(predicate=below, action=for_good), Rule(predicate=AlwaysTrue(), action=skill))
    control = Control((*CONTROL.rules, *more))
    assert _judged(control, build_page("nn", duration=timedelta(seconds=4))) == [DAY, "reject"]
    assert _judged(control, build_page("nn")) == [8 * HOUR, None, 0.0, "reject"]


@pytest.mark.parametrize(
    ("seconds", "task_count", "expected"),
    [
        (4, 4, [DAY, "reject"]),
        (5, 4, [8 * HOUR, "accept"]),
        (24, 4, [8 * HOUR, "accept"]),
        (25, 4, ["accept"]),
        (28, 4, ["accept"]),
        (7, 2, [8 * HOUR, "accept"]),
        (7, 1, ["accept"]),
        (5, 10, [DAY, "reject"]),
        (24, 10, [8 * HOUR, "accept"]),
        (25, 10, [8 * HOUR, "accept"]),
    ],
)
def test_durations_are_compared_with_the_hint_of_this_page(
    seconds: int, task_count: int, expected: list[object]
) -> None:
    """Ten seconds a task: an incomplete page is expected to take less, a page of longer tasks more."""
    control = Control(RuleBuilder().add_static_reward(0).add_speed_control(0.1, 0.6).build())
    fast = build_page("yy", duration=timedelta(seconds=seconds))
    assert _judged(control, fast, hint=timedelta(seconds=10 * task_count)) == expected


def test_a_restriction_counts_from_submission_and_names_its_place() -> None:
    """Deciding later or again gives the same restriction with the same key."""
    wrong = build_page("nn")
    restrict, reject = decide(wrong, CONTROL, page_hint=HINT, lang="RU")
    assert isinstance(restrict, Restrict)
    assert restrict.draft(wrong) == RestrictionDraft(
        key="page/rule-5",
        worker_id=WorkerId("john"),
        scope=RestrictionScope.POOL,
        pool_id=PoolId("pool"),
        until=CREATED + HINT + 8 * HOUR,
        private_comment="fewer than 1 of 2 control answers are right",
    )
    assert reject == Reject(
        public_comment="Есть неверные ответы. Проверьте, пожалуйста, задания 3, 4.", wrong_positions=(2, 3)
    )


@pytest.mark.parametrize(
    ("scope", "pool_id", "project_id"),
    [
        (RestrictionScope.POOL, PoolId("pool"), None),
        (RestrictionScope.PROJECT, None, ProjectId("project")),
        (RestrictionScope.ALL_PROJECTS, None, None),
    ],
)
def test_a_restriction_is_where_the_rule_says(
    scope: RestrictionScope, pool_id: PoolId | None, project_id: ProjectId | None
) -> None:
    """Each scope comes with the id it needs, and a block without a duration is for good."""
    bad = build_page()
    forever = Control([Rule(predicate=AlwaysTrue(), action=BlockUser(scope=scope, private_comment="bye"))])
    restrict = decide(bad, forever, page_hint=HINT, lang="EN")[0]
    assert isinstance(restrict, Restrict)
    draft = restrict.draft(bad)
    assert (draft.pool_id, draft.project_id, draft.until) == (pool_id, project_id, None)


def test_one_page_restricts_once_in_a_scope() -> None:
    """The longest restriction of each scope stands; a block for good is longer than any other."""
    durations = [(RestrictionScope.POOL, HOUR), (RestrictionScope.PROJECT, HOUR), (RestrictionScope.POOL, None)]
    durations += [(RestrictionScope.POOL, DAY), (RestrictionScope.PROJECT, 2 * HOUR)]
    control = Control(
        Rule(predicate=AlwaysTrue(), action=BlockUser(scope=scope, private_comment="", duration=duration))
        for scope, duration in durations
    )
    found = [d for d in decide(build_page(), control, page_hint=HINT, lang="EN") if isinstance(d, Restrict)]
    assert [(d.scope, d.until) for d in found] == [
        (RestrictionScope.POOL, None),
        (RestrictionScope.PROJECT, CREATED + HINT + 2 * HOUR),
    ]


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ("nn", ["reject"]),
        ("yn", ["accept", Money("0.01")]),
        ("yyn", ["accept", Money("0.02")]),
        ("yy", ["accept", Money("0.03")]),
        ("", ["accept"]),
    ],
)
def test_a_bonus_follows_an_accepted_page(right: str, expected: list[object]) -> None:
    """The band of the accuracy pays; without control tasks there is no bonus."""
    assert _judged(BONUS, build_page(right)) == expected


def test_only_the_largest_bonus_is_paid() -> None:
    """Bonuses do not add up, so that the most a page may bring is known beforehand."""
    good = build_page("yy")
    amounts = (Money("0.02"), Money("0.05"), Money("0.03"))
    control = Control(Rule(predicate=AlwaysTrue(), action=GiveBonusToUser(amount=amount)) for amount in amounts)
    accept, bonus = decide(good, control, page_hint=HINT, lang="EN")
    assert accept == Accept()
    assert isinstance(bonus, PayBonus)
    assert bonus.draft(good) == BonusDraft(
        key="page/rule-1", worker_id=WorkerId("john"), amount=Money("0.05"), assignment_id=good.id
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [(AssignmentStatus.ACCEPTED, [Money("0.03")]), (AssignmentStatus.REJECTED, [])],
)
def test_a_judged_page_keeps_its_status(status: AssignmentStatus, expected: list[object]) -> None:
    """After a crash the bonus of an accepted page is still owed; a rejected page earns none."""
    assert _judged(BONUS, build_page("yy", status=status)) == expected


@pytest.mark.parametrize("status", [AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED])
def test_a_fast_page_that_was_judged_already_goes_on(status: AssignmentStatus) -> None:
    """A page accepted by the clock or by hand may be too fast for the rules; only the restriction follows."""
    assert _judged(CONTROL, build_page("yy", duration=timedelta(seconds=3), status=status)) == [DAY]


@pytest.mark.parametrize(
    ("value", "right", "expected"),
    [
        (None, "yn", [0.5, "accept"]),
        (0.9, "yn", [0.9, "accept"]),
        (0.9, "", [0.9, "accept"]),
        (None, "", ["accept"]),
    ],
    ids=["accuracy", "fixed", "fixed without control tasks", "no accuracy"],
)
def test_a_skill_is_set_to_a_value_or_to_the_accuracy(value: float | None, right: str, expected: list[object]) -> None:
    """A page without control tasks says nothing of the worker's accuracy."""
    action = SetWorkerSkill(skill_id=SkillId("careful"), value=value)
    assert _judged(Control([Rule(predicate=AlwaysTrue(), action=action)]), build_page(right)) == expected


def test_the_first_status_rule_that_holds_counts() -> None:
    """The order of the rules decides between verdicts."""
    control = Control(
        Rule(predicate=AlwaysTrue(), action=SetAssignmentStatus(status=status))
        for status in (AssignmentStatus.REJECTED, AssignmentStatus.ACCEPTED)
    )
    assert _judged(control, build_page()) == ["reject"]


def test_another_evaluation_can_be_given() -> None:
    """Pages without control tasks may be judged by checks of their solutions."""
    checks = PageEvaluation(correct_count=0, control_count=2, wrong_positions=(0, 1))
    decisions = decide(build_page(), CONTROL, page_hint=HINT, lang="EN", evaluation=checks)
    assert decisions[-1] == Reject(
        public_comment="Some answers are wrong. Please check tasks 1, 2.", wrong_positions=(0, 1)
    )


def test_a_page_in_work_is_not_judged() -> None:
    """The error names the page and its state."""
    active = replace(build_page(), status=AssignmentStatus.ACTIVE, solutions=(), submitted=None)
    with pytest.raises(WrongState, match="assignment page is ACTIVE"):
        decide(active, CONTROL, page_hint=HINT, lang="EN")


ACTIONS: list[Action] = [
    *(
        BlockUser(scope=scope, private_comment="", duration=duration)
        for scope in RestrictionScope
        for duration in (HOUR, None)
    ),
    SetAssignmentStatus(status=AssignmentStatus.ACCEPTED),
    SetAssignmentStatus(status=AssignmentStatus.REJECTED),
    GiveBonusToUser(amount=Money("0.01")),
    SetWorkerSkill(skill_id=SkillId("careful")),
]
PREDICATES = [
    AlwaysTrue(),
    AssignmentDurationPredicate(ratio=0.3, comparison=Comparison.LTE),
    *(rule.predicate for rule in CONTROL.rules),
]
CONTROLS = st.lists(st.builds(Rule, predicate=st.sampled_from(PREDICATES), action=st.sampled_from(ACTIONS))).map(
    Control
)
PAGES = st.builds(
    build_page,
    st.text("yn", max_size=3),
    duration=st.integers(0, 60).map(lambda seconds: timedelta(seconds=seconds)),
    status=st.sampled_from([AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED]),
)
ORDER = {Restrict: 0, SetSkill: 1, Accept: 2, Reject: 2, PayBonus: 3}


@given(assignment=PAGES, control=CONTROLS)
def test_any_rules_give_one_verdict_in_a_safe_order(assignment: Assignment, control: Control) -> None:
    """Restrictions come before the verdict and bonuses after it; keys differ; a submitted page gets one verdict, a judged one none."""
    decisions = decide(assignment, control, page_hint=HINT, lang="EN")
    kinds = [ORDER[type(decision)] for decision in decisions]
    keys = [decision.key for decision in decisions if isinstance(decision, Restrict | PayBonus)]
    scopes = [decision.scope for decision in decisions if isinstance(decision, Restrict)]
    assert kinds == sorted(kinds)
    assert kinds.count(2) == (assignment.status is AssignmentStatus.SUBMITTED)
    assert len(set(keys)) == len(keys)
    assert len(set(scopes)) == len(scopes)
    assert not (any(isinstance(d, Reject) for d in decisions) and any(isinstance(d, PayBonus) for d in decisions))
    assert decisions == decide(assignment, control, page_hint=HINT, lang="EN")
