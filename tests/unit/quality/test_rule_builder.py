"""The usual rules from a few numbers."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from manyhands.crowd import AssignmentStatus, Comparison, Money, RestrictionScope
from manyhands.errors import InvalidParams
from manyhands.quality import (
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BlockTimePicker,
    BlockUser,
    BooleanOperator,
    Control,
    GiveBonusToUser,
    Predicate,
    PredicateExpression,
    Rule,
    RuleBuilder,
    SetAssignmentStatus,
)

ACCEPT = SetAssignmentStatus(status=AssignmentStatus.ACCEPTED)
REJECT = SetAssignmentStatus(status=AssignmentStatus.REJECTED)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _at_least(threshold: float) -> Predicate:
    return AssignmentAccuracyPredicate(threshold=threshold, comparison=Comparison.GTE)


def _below(threshold: float) -> Predicate:
    return AssignmentAccuracyPredicate(threshold=threshold, comparison=Comparison.LT)


def _within(ratio: float) -> Predicate:
    return AssignmentDurationPredicate(ratio=ratio, comparison=Comparison.LTE)


def _slower(ratio: float) -> Predicate:
    return AssignmentDurationPredicate(ratio=ratio, comparison=Comparison.GT)


def _both(*parts: Predicate) -> Predicate:
    return PredicateExpression(boolean_operator=BooleanOperator.AND, predicates=parts)


def _rules_after_reward(builder: RuleBuilder) -> list[tuple[Predicate, object]]:
    """What the builder adds besides accepting everything: predicate, and how long the block is or else the action."""
    rules = builder.add_static_reward(0).build()
    shown: list[tuple[Predicate, object]] = [
        (r.predicate, r.action.duration if isinstance(r.action, BlockUser) else r.action) for r in rules
    ]
    shown.remove((_at_least(0), ACCEPT))
    return shown


def _bonus_bands(builder: RuleBuilder) -> list[tuple[Predicate, Money]]:
    return [(r.predicate, r.action.amount) for r in builder.build() if isinstance(r.action, GiveBonusToUser)]


def test_static_reward_accepts_from_the_threshold_and_rejects_below() -> None:
    """One rule for each verdict."""
    assert RuleBuilder().add_static_reward(threshold=0.5).build() == [
        Rule(predicate=_at_least(0.5), action=ACCEPT),
        Rule(predicate=_below(0.5), action=REJECT),
    ]


def test_a_reward_threshold_of_zero_rejects_nothing() -> None:
    """No page can be below 0, so there is no rule for it."""
    assert RuleBuilder().add_static_reward(0).build() == [Rule(predicate=_at_least(0), action=ACCEPT)]


@pytest.mark.parametrize(
    ("bonus_from", "edges"),
    [(0.0, (0.0, 0.25, 0.5, 0.75)), (0.6, (0.6, 0.7, 0.8, 0.9))],
    ids=["from zero", "from .6"],
)
def test_dynamic_reward_pays_more_in_higher_bands(bonus_from: float, edges: tuple[float, ...]) -> None:
    """Bands hold their lower edge, the last has no upper one, and the bonus rises by whole cents."""
    builder = RuleBuilder().add_dynamic_reward(
        min_bonus_amount_usd=0.03,
        max_bonus_amount_usd=0.06,
        min_accuracy_for_bonus=bonus_from,
        bonus_granularity_num=4,
    )
    first, second, third, last = edges
    assert _bonus_bands(builder) == [
        (_both(_at_least(first), _below(second)), Money("0.03")),
        (_both(_at_least(second), _below(third)), Money("0.04")),
        (_both(_at_least(third), _below(last)), Money("0.05")),
        (_both(_at_least(last)), Money("0.06")),
    ]
    assert Control(builder.build()).max_bonus == Money("0.06")


def test_one_band_is_open_ended() -> None:
    """With one band everybody from its edge on gets the same."""
    builder = RuleBuilder().add_dynamic_reward(
        0.03, 0.03, min_accuracy_for_bonus=0.7, min_accuracy_for_accept=0.1, bonus_granularity_num=1
    )
    assert _bonus_bands(builder) == [(_both(_at_least(0.7)), Money("0.03"))]
    assert [rule.predicate for rule in builder.build()[:2]] == [_at_least(0.1), _below(0.1)]


def test_speed_control_blocks_and_rejects_in_bands() -> None:
    """The fastest are blocked for a day and rejected, the merely fast blocked for eight hours."""
    assert _rules_after_reward(RuleBuilder().add_speed_control(ratio_rand=0.2, ratio_poor=0.5)) == [
        (_within(0.2), DAY),
        (_within(0.2), REJECT),
        (_both(_slower(0.2), _within(0.5)), 8 * HOUR),
    ]


def test_speed_rows_are_sorted_and_reject_where_asked() -> None:
    """The order in which rows are written does not matter."""
    rows = [
        BlockTimePicker(0.2, "1d", reject=False),
        BlockTimePicker(0.1, "2d", reject=True),
        BlockTimePicker(0.5, "30m", reject=False),
    ]
    assert _rules_after_reward(RuleBuilder().add_complex_speed_control(rows)) == [
        (_within(0.1), 2 * DAY),
        (_within(0.1), REJECT),
        (_both(_slower(0.1), _within(0.2)), DAY),
        (_both(_slower(0.2), _within(0.5)), HOUR / 2),
    ]


@pytest.mark.parametrize(
    ("builder", "expected"),
    [
        (RuleBuilder().add_complex_speed_control([]), []),
        (RuleBuilder().add_speed_control(0, 0), []),
        (RuleBuilder().add_speed_control(0, 0.3), [(_within(0.3), 8 * HOUR)]),
        (RuleBuilder().add_control_task_control(0, 0, 0), []),
        (RuleBuilder().add_control_task_control(10, 0, 0), []),
    ],
    ids=["no rows", "both ratios 0", "first ratio 0", "no control tasks", "both counts 0"],
)
def test_zero_switches_a_rule_off(builder: RuleBuilder, expected: list[tuple[Predicate, object]]) -> None:
    """A ratio or count of 0 leaves no rule behind, and neither does a page without control tasks."""
    assert _rules_after_reward(builder) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((10, 0, 2), [(_both(_at_least(0), _below(0.2)), HOUR)]),
        ((10, 2, 5), [(_below(0.2), 8 * HOUR), (_both(_at_least(0.2), _below(0.5)), HOUR)]),
        ((10, 2, 2), [(_below(0.2), 8 * HOUR)]),
        ((10, 2, 0), [(_below(0.2), 8 * HOUR)]),
    ],
    ids=["soft only", "hard and soft", "empty soft band", "hard only"],
)
def test_control_task_control_blocks_by_right_answers(
    counts: tuple[int, int, int], expected: list[tuple[Predicate, object]]
) -> None:
    """Counts become shares of the page's control tasks."""
    assert _rules_after_reward(RuleBuilder().add_control_task_control(*counts)) == expected


@pytest.mark.parametrize("scope", RestrictionScope)
def test_blocks_have_the_scope_of_the_builder(scope: RestrictionScope) -> None:
    """The requester says once where workers are blocked."""
    rules = (
        RuleBuilder(scope).add_static_reward(0).add_speed_control(0.1, 0.3).add_control_task_control(2, 1, 2).build()
    )
    assert [rule.action.scope for rule in rules if isinstance(rule.action, BlockUser)] == [scope] * 4


@pytest.mark.parametrize(
    ("build", "problem"),
    [
        (lambda b: b, "0 reward methods were called"),
        (lambda b: b.add_static_reward(0.5).add_static_reward(0.5), "2 reward methods were called"),
        (lambda b: b.add_static_reward(0.5).add_dynamic_reward(0.01, 0.03), "2 reward methods were called"),
        (lambda b: b.add_static_reward(1.1), "threshold is 1.1"),
        (lambda b: b.add_dynamic_reward(0.05, 0.03, bonus_granularity_num=1), "max_bonus_amount_usd is $0.03"),
        (lambda b: b.add_dynamic_reward(0.001, 0.03), "min_bonus_amount_usd is $0.001"),
        (lambda b: b.add_dynamic_reward(0.015, 0.03), "whole cents"),
        (lambda b: b.add_dynamic_reward(0.01, 0.03, 0.5, 0.6), "at most min_accuracy_for_bonus"),
        (lambda b: b.add_dynamic_reward(0.01, 0.03, 1.5), "min_accuracy_for_bonus is 1.5"),
        (lambda b: b.add_dynamic_reward(0.01, 0.03, 0.5, -1), "min_accuracy_for_accept is -1"),
        (lambda b: b.add_dynamic_reward(0.01, 0.02, bonus_granularity_num=3), "no more bands than there are cents"),
        (lambda b: b.add_dynamic_reward(0.01, 0.02, bonus_granularity_num=0), "expected at least 1"),
        (lambda b: b.add_dynamic_reward(0.01, 0.02, bonus_granularity_num=1), "with one band"),
        (lambda b: b.add_static_reward(0).add_speed_control(-1, 0.5), "ratio_rand is -1"),
        (lambda b: b.add_static_reward(0).add_speed_control(0.5, 0.2), "expected more than ratio_rand"),
        (lambda b: b.add_static_reward(0).add_complex_speed_control([BlockTimePicker()] * 2), "0.05 occurs twice"),
        (lambda b: b.add_static_reward(0).add_control_task_control(0, 0, 1), "with 0 control tasks"),
        (lambda b: b.add_static_reward(0).add_control_task_control(4, 5, 5), "expected at most 4"),
        (lambda b: b.add_static_reward(0).add_control_task_control(4, 3, 2), "hard block's 3"),
        (lambda b: b.add_static_reward(0).add_control_task_control(-1, 0, 0), "control_task_count is -1"),
    ],
)
def test_what_cannot_work_is_named(build: Callable[[RuleBuilder], RuleBuilder], problem: str) -> None:
    """The error says which argument was wrong and what was expected."""
    with pytest.raises(InvalidParams) as caught:
        build(RuleBuilder()).build()
    assert [text for text in caught.value.problems if problem in text]


def test_all_problems_come_in_one_error() -> None:
    """Nobody has to correct one thing to learn of the next."""
    builder = RuleBuilder().add_static_reward(2).add_speed_control(-1, 0.5).add_control_task_control(0, 0, 1)
    with pytest.raises(InvalidParams) as caught:
        builder.build()
    assert [problem.partition(":")[0] for problem in caught.value.problems] == [
        "add_static_reward",
        "add_speed_control",
        "add_control_task_control",
    ]


@pytest.mark.parametrize(
    ("time_value", "expected"),
    [
        ("30m", HOUR / 2),
        ("8h", 8 * HOUR),
        ("1d", DAY),
        ("1d 2h", DAY + 2 * HOUR),
        (HOUR, HOUR),
    ],
)
def test_block_times_are_texts_or_durations(time_value: str | timedelta, expected: timedelta) -> None:
    """Minutes, hours and days may be written together."""
    assert BlockTimePicker(ratio=0.1, time_value=time_value).duration == expected


@pytest.mark.parametrize("time_value", ["", "8", "8 hours", "-1d", "0m", timedelta(0), "1d x"])
def test_other_block_times_are_refused(time_value: str | timedelta) -> None:
    """A block without a positive duration is a slip, and so is a wrong ratio: both are named at once."""
    with pytest.raises(InvalidParams) as caught:
        BlockTimePicker(ratio=2, time_value=time_value)
    assert [problem.partition(" is ")[0] for problem in caught.value.problems] == ["ratio", "time_value"]
