"""Bonuses that rise with the accuracy of a page."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from manyhands.crowd import Comparison, Money

from .predicates import AssignmentAccuracyPredicate, BooleanOperator, PredicateExpression
from .rules import GiveBonusToUser, Rule

__all__ = ["DynamicReward"]

_CENTS_PER_DOLLAR = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DynamicReward:
    """Bands of equal width from an accuracy up to 1, each with its bonus.

    Attributes:
        min_bonus: bonus in the lowest band, whole cents.
        max_bonus: bonus in the highest band, whole cents.
        bonus_from: accuracy in [0, 1] at which the lowest band begins.
        accept_from: accuracy in [0, 1] below which pages are rejected.
        band_count: number of bands.
    """

    min_bonus: Money
    max_bonus: Money
    bonus_from: float
    accept_from: float
    band_count: int

    def find_problems(self) -> list[str]:
        """Return what is wrong, in the requester's words; an empty list when nothing is."""
        low, high = self.min_bonus, self.max_bonus
        bonus_from, accept_from, count = self.bonus_from, self.accept_from, self.band_count
        cents = (_cents(low), _cents(high))
        checks = [
            (cents[0] >= 1, f"min_bonus_amount_usd is {low}; expected at least $0.01"),
            (low <= high, f"max_bonus_amount_usd is {high}; expected at least min_bonus_amount_usd, {low}"),
            (all(amount == int(amount) for amount in cents), f"the bonuses are {low} and {high}; expected whole cents"),
            (0 <= accept_from <= 1, f"min_accuracy_for_accept is {accept_from!r}; expected a share from 0 to 1"),
            (0 <= bonus_from <= 1, f"min_accuracy_for_bonus is {bonus_from!r}; expected a share from 0 to 1"),
            (
                accept_from <= bonus_from,
                f"min_accuracy_for_accept is {accept_from!r}; expected at most min_accuracy_for_bonus, {bonus_from!r}",
            ),
            (count >= 1, f"bonus_granularity_num is {count!r}; expected at least 1"),
            (
                low > high or count - 1 <= cents[1] - cents[0],
                f"bonus_granularity_num is {count!r}; expected no more bands than there are cents from {low} to {high}",
            ),
            (
                count != 1 or bonus_from > 0,
                "min_accuracy_for_bonus is 0 with one band, so that every page would earn the same; expected more than 0",
            ),
        ]
        return [problem for is_fine, problem in checks if not is_fine]

    def bonus_rules(self) -> list[Rule]:
        """Return one rule for each band, lowest first; a band holds its lower edge, the last one has no upper edge."""
        edges = self._edges()
        low, high = int(_cents(self.min_bonus)), int(_cents(self.max_bonus))
        rules = []
        for place, edge in enumerate(edges):
            cents = low + (high - low) * place // max(self.band_count - 1, 1)
            amount = Money(Decimal(cents) / _CENTS_PER_DOLLAR)
            rules.append(Rule(predicate=_band([edge, *edges[place + 1 :][:1]]), action=GiveBonusToUser(amount=amount)))
        return rules

    def _edges(self) -> list[float]:
        # In fractions of the number as written, so that .6 in four bands gives .7 and not .7000000000000001.
        first = Fraction(str(self.bonus_from))
        return [float(first + (1 - first) * place / self.band_count) for place in range(self.band_count)]


def _band(edges: list[float]) -> PredicateExpression:
    comparisons = (Comparison.GTE, Comparison.LT)
    bounds = tuple(
        AssignmentAccuracyPredicate(threshold=edge, comparison=comparison)
        for edge, comparison in zip(edges, comparisons, strict=False)
    )
    return PredicateExpression(boolean_operator=BooleanOperator.AND, predicates=bounds)


def _cents(amount: Money) -> Decimal:
    return amount.usd * _CENTS_PER_DOLLAR
