"""Conditions on one page: how right and how fast it was."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from operator import eq, ge, gt, le, lt, ne

from manyhands.crowd import Comparison
from manyhands.errors import InvalidParams

__all__ = [
    "AlwaysTrue",
    "AssignmentAccuracyPredicate",
    "AssignmentDurationPredicate",
    "BooleanOperator",
    "PageFacts",
    "Predicate",
    "PredicateExpression",
    "can_hold",
    "holds",
    "is_about_speed",
]

_COMPARISONS: Mapping[Comparison, Callable[[float | timedelta, float | timedelta], bool]] = {
    Comparison.EQ: eq,
    Comparison.NE: ne,
    Comparison.GT: gt,
    Comparison.GTE: ge,
    Comparison.LT: lt,
    Comparison.LTE: le,
}


class BooleanOperator(StrEnum):
    """How the parts of an expression are joined."""

    #: Every part has to hold.
    AND = "and"
    #: One part has to hold.
    OR = "or"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What predicates may ask about a page.

    Attributes:
        accuracy: share of right control answers in [0, 1]; None when the page had no control task.
        duration: from taking to submitting.
        page_hint: the expected duration of this page.
    """

    accuracy: float | None
    duration: timedelta
    page_hint: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentAccuracyPredicate:
    """Compares the share of right control answers of the page with `threshold` in [0, 1]; without control tasks it does not hold.

    Raises:
        InvalidParams: the threshold is outside [0, 1].
    """

    threshold: float
    comparison: Comparison

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 1:
            message = f"the accuracy threshold is {self.threshold!r}; expected a share from 0 to 1"
            raise InvalidParams("A predicate is wrong.", [message])


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentDurationPredicate:
    """Compares the duration of the page with `ratio` times the page's hint.

    Raises:
        InvalidParams: the ratio is negative or not finite.
    """

    ratio: float
    comparison: Comparison

    def __post_init__(self) -> None:
        if not (math.isfinite(self.ratio) and self.ratio >= 0):
            message = f"the duration ratio is {self.ratio!r}; expected a part of the page's hint, such as 0.1"
            raise InvalidParams("A predicate is wrong.", [message])


@dataclass(frozen=True, slots=True, kw_only=True)
class AlwaysTrue:
    """Holds for every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredicateExpression:
    """Joins predicates, which may be expressions themselves.

    Raises:
        InvalidParams: there are no predicates to join.
    """

    boolean_operator: BooleanOperator
    predicates: tuple["Predicate", ...]

    def __post_init__(self) -> None:
        if not self.predicates:
            raise InvalidParams(
                "A predicate is wrong.", ["the expression joins nothing; expected one predicate or more"]
            )


Predicate = AssignmentAccuracyPredicate | AssignmentDurationPredicate | AlwaysTrue | PredicateExpression


def holds(predicate: Predicate, facts: PageFacts) -> bool:
    """Return whether the predicate holds for a page.

    Example:
        >>> quick = AssignmentDurationPredicate(ratio=0.1, comparison=Comparison.LTE)
        >>> holds(quick, PageFacts(accuracy=None, duration=timedelta(seconds=4), page_hint=timedelta(seconds=40)))
        True
    """
    match predicate:
        case AlwaysTrue():
            return True
        case AssignmentAccuracyPredicate(threshold=threshold, comparison=comparison):
            return facts.accuracy is not None and _COMPARISONS[comparison](facts.accuracy, threshold)
        case AssignmentDurationPredicate(ratio=ratio, comparison=comparison):
            return _COMPARISONS[comparison](facts.duration, facts.page_hint * ratio)
        case PredicateExpression(boolean_operator=operator, predicates=parts):
            join = all if operator is BooleanOperator.AND else any
            return join(holds(part, facts) for part in parts)


def is_about_speed(predicate: Predicate) -> bool:
    """Return whether the predicate asks about nothing but the duration, so that it can be decided before the answers are looked at."""
    match predicate:
        case PredicateExpression(predicates=parts):
            return all(is_about_speed(part) for part in parts)
        case _:
            return isinstance(predicate, AssignmentDurationPredicate)


def can_hold(predicate: Predicate) -> bool:
    """Return whether some page could fulfil the predicate, as far as its single comparisons tell.

    Nothing is less accurate than 0 or quicker than 0, so a threshold of 0 switches such a rule off.
    """
    match predicate:
        case PredicateExpression(boolean_operator=operator, predicates=parts):
            join = all if operator is BooleanOperator.AND else any
            return join(can_hold(part) for part in parts)
        case AssignmentAccuracyPredicate(threshold=threshold, comparison=comparison):
            return not (threshold == 0 and comparison is Comparison.LT)
        case AssignmentDurationPredicate(ratio=ratio, comparison=comparison):
            return not (ratio == 0 and comparison in (Comparison.LT, Comparison.LTE))
        case AlwaysTrue():
            return True
