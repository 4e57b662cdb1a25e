"""Conditions on one page."""

from datetime import timedelta

import pytest

from manyhands.crowd import Comparison
from manyhands.errors import InvalidParams
from manyhands.quality import (
    AlwaysTrue,
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BooleanOperator,
    PageFacts,
    Predicate,
    PredicateExpression,
    holds,
)

ALL_COMPARISONS = list(Comparison)


def _accuracy(threshold: float, comparison: Comparison) -> AssignmentAccuracyPredicate:
    return AssignmentAccuracyPredicate(threshold=threshold, comparison=comparison)


def _duration(ratio: float, comparison: Comparison) -> AssignmentDurationPredicate:
    return AssignmentDurationPredicate(ratio=ratio, comparison=comparison)


def _facts(*, share: float | None = 0.5, seconds: float = 10) -> PageFacts:
    return PageFacts(accuracy=share, duration=timedelta(seconds=seconds), page_hint=timedelta(seconds=40))


@pytest.mark.parametrize(
    ("comparison", "below", "equal", "above"),
    [
        (Comparison.EQ, False, True, False),
        (Comparison.NE, True, False, True),
        (Comparison.GT, False, False, True),
        (Comparison.GTE, False, True, True),
        (Comparison.LT, True, False, False),
        (Comparison.LTE, True, True, False),
    ],
    ids=ALL_COMPARISONS,
)
def test_both_facts_are_compared_as_the_comparison_says(
    comparison: Comparison, *, below: bool, equal: bool, above: bool
) -> None:
    """Accuracy is compared with the threshold, duration with the ratio of the page's hint."""
    assert [holds(_accuracy(0.5, comparison), _facts(share=share)) for share in (0.4, 0.5, 0.6)] == [
        below,
        equal,
        above,
    ]
    assert [holds(_duration(0.1, comparison), _facts(seconds=s)) for s in (3.9, 4, 4.1)] == [below, equal, above]


@pytest.mark.parametrize("comparison", ALL_COMPARISONS)
def test_without_control_tasks_no_accuracy_predicate_holds(comparison: Comparison) -> None:
    """A page without control tasks is neither good nor bad, and asking about it does not fail."""
    assert not holds(_accuracy(0.0, comparison), _facts(share=None))


@pytest.mark.parametrize(
    ("predicate", "expected"),
    [
        (AlwaysTrue(), True),
        (
            PredicateExpression(
                boolean_operator=BooleanOperator.AND,
                predicates=(AlwaysTrue(), _duration(0.1, Comparison.LTE)),
            ),
            False,
        ),
        (
            PredicateExpression(
                boolean_operator=BooleanOperator.OR,
                predicates=(
                    _duration(0.1, Comparison.LTE),
                    PredicateExpression(
                        boolean_operator=BooleanOperator.AND,
                        predicates=(_accuracy(0.5, Comparison.GTE), _accuracy(0.6, Comparison.LT)),
                    ),
                ),
            ),
            True,
        ),
    ],
    ids=["always", "and", "nested"],
)
def test_expressions_join_predicates_and_nest(predicate: Predicate, *, expected: bool) -> None:
    """AND wants all parts, OR one, and a part may be an expression."""
    assert holds(predicate, _facts()) is expected


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_an_impossible_accuracy_is_refused(threshold: float) -> None:
    """An accuracy threshold is a share."""
    with pytest.raises(InvalidParams, match="from 0 to 1"):
        _accuracy(threshold, Comparison.GTE)


@pytest.mark.parametrize("ratio", [-0.1, float("inf"), float("nan")])
def test_an_impossible_ratio_is_refused(ratio: float) -> None:
    """A duration ratio is a finite part of the hint."""
    with pytest.raises(InvalidParams, match="part of the page's hint"):
        _duration(ratio, Comparison.LTE)


def test_an_expression_of_nothing_is_refused() -> None:
    """Joining nothing would hold for every page or none, by accident."""
    with pytest.raises(InvalidParams, match="joins nothing"):
        PredicateExpression(boolean_operator=BooleanOperator.AND, predicates=())
