"""The usual rules, from a few numbers."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from manyhands.crowd import AssignmentStatus, Comparison, Money, RestrictionScope
from manyhands.errors import InvalidParams

from .block_time import BlockTimePicker
from .dynamic_reward import DynamicReward
from .predicates import (
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BooleanOperator,
    Predicate,
    PredicateExpression,
)
from .rules import BlockUser, Rule, SetAssignmentStatus

__all__ = ["RuleBuilder"]

#: How long a worker stays away who answered at random, worked carelessly, or failed a few control tasks.
_RANDOM_BLOCK = timedelta(days=1)
_HARD_BLOCK = timedelta(hours=8)
_SOFT_BLOCK = timedelta(hours=1)


class RuleBuilder:
    """Collects rules; `build` returns them, or names everything that was wrong.

    Thresholds of 0 switch a rule off. Exactly one of the two reward methods has to be called.

    Args:
        scope: where a worker is blocked by the rules of this builder.

    Example:
        >>> builder = RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3).add_control_task_control(2, 1, 2)
        >>> len(builder.build())
        7
    """

    def __init__(self, scope: RestrictionScope = RestrictionScope.POOL) -> None:
        self._scope = scope
        self._rules: list[Rule] = []
        self._problems: list[str] = []
        self._reward_count = 0

    def add_static_reward(self, threshold: float) -> "RuleBuilder":
        """Accept a page when at least `threshold` (in [0, 1]) of its control answers are right, else reject it."""
        self._reward_count += 1
        if not 0 <= threshold <= 1:
            self._problems.append(f"add_static_reward: threshold is {threshold!r}; expected a share from 0 to 1")
            return self
        self._add_status_rules(threshold)
        return self

    def add_dynamic_reward(
        self,
        min_bonus_amount_usd: Decimal | float,
        max_bonus_amount_usd: Decimal | float,
        min_accuracy_for_bonus: float = 0.0,
        min_accuracy_for_accept: float = 0.0,
        bonus_granularity_num: int = 3,
    ) -> "RuleBuilder":
        """Accept a page from an accuracy on, and pay better pages a bonus.

        Args:
            min_bonus_amount_usd: bonus in the lowest band, at least one cent.
            max_bonus_amount_usd: bonus in the highest band. In between it rises evenly, rounded down to cents. One band alone brings the least.
            min_accuracy_for_bonus: where the lowest band begins.
            min_accuracy_for_accept: pages below are rejected; at most `min_accuracy_for_bonus`.
            bonus_granularity_num: how many bands of equal width lie between `min_accuracy_for_bonus` and 1.
        """
        self._reward_count += 1
        reward = DynamicReward(
            min_bonus=Money(min_bonus_amount_usd),
            max_bonus=Money(max_bonus_amount_usd),
            bonus_from=min_accuracy_for_bonus,
            accept_from=min_accuracy_for_accept,
            band_count=bonus_granularity_num,
        )
        problems = reward.find_problems()
        self._problems += [f"add_dynamic_reward: {problem}" for problem in problems]
        if not problems:
            self._add_status_rules(min_accuracy_for_accept)
            self._rules += reward.bonus_rules()
        return self

    def add_speed_control(self, ratio_rand: float, ratio_poor: float) -> "RuleBuilder":
        """Block for a day and reject up to `ratio_rand` of the page's hint; block for 8 hours up to `ratio_poor`."""
        problems = [
            f"add_speed_control: {name} is {ratio!r}; expected a part of the page's hint from 0 to 1"
            for name, ratio in (("ratio_rand", ratio_rand), ("ratio_poor", ratio_poor))
            if not 0 <= ratio <= 1
        ]
        if 0 < ratio_poor <= ratio_rand:
            problems.append(
                f"add_speed_control: ratio_poor is {ratio_poor!r}; expected more than ratio_rand, {ratio_rand!r}"
            )
        self._problems += problems
        if problems:
            return self
        rand = BlockTimePicker(ratio_rand, _RANDOM_BLOCK, reject=True)
        return self.add_complex_speed_control([rand, BlockTimePicker(ratio_poor, _HARD_BLOCK)])

    def add_complex_speed_control(self, blocks: Iterable[BlockTimePicker]) -> "RuleBuilder":
        """Block (and reject where a row asks for it) in bands of duration that end at the rows' ratios, in any order."""
        rows = sorted((row for row in blocks if row.ratio > 0), key=lambda row: row.ratio)
        repeated = sorted({row.ratio for row, following in pairwise(rows) if row.ratio == following.ratio})
        self._problems += [
            f"add_complex_speed_control: ratio {ratio!r} occurs twice; expected it once" for ratio in repeated
        ]
        floor = 0.0
        for row in rows:
            self._add_speed_rules(row, floor)
            floor = row.ratio
        return self

    def add_control_task_control(
        self,
        control_task_count: int,
        control_task_correct_count_for_hard_block: int,
        control_task_correct_count_for_soft_block: int,
    ) -> "RuleBuilder":
        """Block for 8 hours below the hard count of right control answers on a page, for 1 hour below the soft count.

        A count of 0 switches its block off; without control tasks both have to be 0.
        """
        count, hard, soft = (
            control_task_count,
            control_task_correct_count_for_hard_block,
            control_task_correct_count_for_soft_block,
        )
        problems = _find_control_problems(count, hard, soft=soft)
        self._problems += [f"add_control_task_control: {problem}" for problem in problems]
        if problems:
            return self
        if hard > 0:
            self._add_block(
                _below(hard / count), _HARD_BLOCK, f"fewer than {hard} of {count} control answers are right"
            )
        if soft > hard:
            band = PredicateExpression(
                boolean_operator=BooleanOperator.AND, predicates=(_at_least(hard / count), _below(soft / count))
            )
            self._add_block(band, _SOFT_BLOCK, f"fewer than {soft} of {count} control answers are right")
        return self

    def build(self) -> list[Rule]:
        """Return the rules in the order in which they were added.

        Raises:
            InvalidParams: an argument was wrong, or not exactly one reward method was called; every problem is named.
        """
        problems = list(self._problems)
        if self._reward_count != 1:
            problems.append(
                f"{self._reward_count} reward methods were called; expected one of add_static_reward and add_dynamic_reward"
            )
        if problems:
            raise InvalidParams("The rules cannot work; nothing was published.", problems)
        return list(self._rules)

    def _add_status_rules(self, threshold: float) -> None:
        self._rules.append(_status_rule(_at_least(threshold), AssignmentStatus.ACCEPTED))
        if threshold > 0:
            self._rules.append(_status_rule(_below(threshold), AssignmentStatus.REJECTED))

    def _add_speed_rules(self, row: BlockTimePicker, floor: float) -> None:
        predicate: Predicate = AssignmentDurationPredicate(ratio=row.ratio, comparison=Comparison.LTE)
        comment = f"the page took at most {row.ratio:g} of its hint"
        if floor > 0:
            slower = AssignmentDurationPredicate(ratio=floor, comparison=Comparison.GT)
            predicate = PredicateExpression(boolean_operator=BooleanOperator.AND, predicates=(slower, predicate))
            comment = f"the page took more than {floor:g} and at most {row.ratio:g} of its hint"
        self._add_block(predicate, row.duration, comment)
        if row.reject:
            self._rules.append(_status_rule(predicate, AssignmentStatus.REJECTED))

    def _add_block(self, predicate: Predicate, duration: timedelta, comment: str) -> None:
        action = BlockUser(scope=self._scope, private_comment=comment, duration=duration)
        self._rules.append(Rule(predicate=predicate, action=action))


def _find_control_problems(count: int, hard: int, *, soft: int) -> list[str]:
    problems = [
        f"{name} is {number!r}; expected 0 or more"
        for name, number in (
            ("control_task_count", count),
            ("control_task_correct_count_for_hard_block", hard),
            ("control_task_correct_count_for_soft_block", soft),
        )
        if number < 0
    ]
    if max(hard, soft) > count >= 0:
        problems.append(
            f"blocks below {hard} (hard) and {soft} (soft) right answers with {count} control tasks on a page; expected at most {count}"
        )
    if 0 < soft < hard:
        problems.append(
            f"the soft block is below {soft} right answers; expected 0, or at least the hard block's {hard}"
        )
    return problems


def _at_least(threshold: float) -> AssignmentAccuracyPredicate:
    return AssignmentAccuracyPredicate(threshold=threshold, comparison=Comparison.GTE)


def _below(threshold: float) -> AssignmentAccuracyPredicate:
    return AssignmentAccuracyPredicate(threshold=threshold, comparison=Comparison.LT)


def _status_rule(predicate: Predicate, status: Literal[AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED]) -> Rule:
    return Rule(predicate=predicate, action=SetAssignmentStatus(status=status))
