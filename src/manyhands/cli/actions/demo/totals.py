"""The demo as a whole."""

from collections.abc import Sequence
from functools import reduce
from operator import add

from manyhands.cli.actions.outcomes import as_usd
from manyhands.crowd import Money

from .basket_reports import BasketReport
from .entailment import BUDGET
from .people import CARELESS_COUNT
from .play import Play

__all__ = ["Totals", "describe"]


class Totals:
    """Sums and means over baskets of equal size."""

    def __init__(self, reports: Sequence[BasketReport]) -> None:
        self._reports = reports

    @property
    def is_finished(self) -> bool:
        """Whether every pair has the answers that were wanted."""
        return all(report.outcome.results.is_finished for report in self._reports)

    @property
    def accuracy(self) -> float:
        """Mean accuracy, in [0, 1]."""
        return sum(report.accuracy for report in self._reports) / len(self._reports)

    @property
    def majority_accuracy(self) -> float:
        """Mean accuracy of plain majority at the same cost, in [0, 1]."""
        return sum(report.majority_accuracy for report in self._reports) / len(self._reports)

    @property
    def object_count(self) -> int:
        """Pairs."""
        return sum(report.outcome.progress.object_count for report in self._reports)

    @property
    def answer_count(self) -> int:
        """Accepted answers to pairs."""
        return sum(report.answer_count for report in self._reports)

    @property
    def majority_answer_count(self) -> int:
        """Answers that the same money buys without control tasks."""
        return sum(report.majority_answer_count for report in self._reports)

    @property
    def paid(self) -> Money:
        """Rewards and fees."""
        return reduce(add, (report.paid for report in self._reports), Money())

    @property
    def rejected_count(self) -> int:
        """Rejected pages."""
        return sum(report.rejected_count for report in self._reports)

    @property
    def restriction_count(self) -> int:
        """Restrictions given."""
        return sum(len(report.restrictions) for report in self._reports)

    @property
    def restricted_workers(self) -> frozenset[str]:
        """Who was restricted anywhere."""
        return frozenset[str]().union(*(report.restricted_workers for report in self._reports))

    @property
    def caught(self) -> frozenset[str]:
        """The made-up careless workers among them."""
        return frozenset[str]().union(*(report.caught for report in self._reports))


def describe(play: Play, *, seed: int) -> dict[str, object]:
    """Return the demo as plain JSON values."""
    totals = Totals(play.reports)
    return {
        "seed": seed,
        "simulated_minutes": play.duration.total_seconds() / 60,
        "baskets": [report.describe() for report in play.reports],
        "total": {
            "object_count": totals.object_count,
            "accuracy": totals.accuracy,
            "majority_accuracy_at_same_cost": totals.majority_accuracy,
            "answer_count": totals.answer_count,
            "majority_answer_count": totals.majority_answer_count,
            "paid_usd": as_usd(totals.paid),
            "budget_usd": as_usd(BUDGET),
            "rejected_page_count": totals.rejected_count,
            "restriction_count": totals.restriction_count,
            "restricted_worker_count": len(totals.restricted_workers),
            "careless_count": CARELESS_COUNT,
            "careless_caught": sorted(totals.caught),
        },
    }
