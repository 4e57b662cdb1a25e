"""How well each basket of the demo was labeled, and at which cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from manyhands.cli.actions.outcomes import LaunchOutcome, as_usd
from manyhands.crowd import AssignmentStatus, Money, Restriction
from manyhands.results import RESULT_FIELD, accuracy
from manyhands.simulation import RteDataset

from .entailment import PARAMS
from .majority import majority_accuracy
from .people import CARELESS_PREFIX

__all__ = ["BasketReport", "report_on"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketReport:
    """One basket in the end.

    Attributes:
        basket: its name.
        outcome: what its launch brought.
        accuracy: share of labels that agree with the experts, in [0, 1].
        majority_accuracy: the same for plain majority at the same cost, see `majority_accuracy`.
        majority_answer_count: how many answers that cost buys.
        restrictions: the restrictions given in it.
    """

    basket: str
    outcome: LaunchOutcome
    accuracy: float
    majority_accuracy: float
    majority_answer_count: int
    restrictions: tuple[Restriction, ...]

    @property
    def paid(self) -> Money:
        """Rewards and fees."""
        return self.outcome.progress.paid

    @property
    def answer_count(self) -> int:
        """Accepted answers to pairs."""
        return self.outcome.progress.answer_count

    @property
    def rejected_count(self) -> int:
        """Rejected pages."""
        return self.outcome.progress.pages.get(AssignmentStatus.REJECTED, 0)

    @property
    def restricted_workers(self) -> frozenset[str]:
        """Who was restricted."""
        return frozenset(restriction.worker_id for restriction in self.restrictions)

    @property
    def caught(self) -> frozenset[str]:
        """The made-up careless workers among the restricted ones."""
        return frozenset(worker for worker in self.restricted_workers if worker.startswith(CARELESS_PREFIX))

    def describe(self) -> dict[str, object]:
        """Return the report as plain JSON values."""
        return {
            **self.outcome.describe(),
            "basket": self.basket,
            "accuracy": self.accuracy,
            "majority_accuracy_at_same_cost": self.majority_accuracy,
            "majority_answer_count": self.majority_answer_count,
            "paid_usd": as_usd(self.paid),
            "restriction_count": len(self.restrictions),
            "restricted_workers": sorted(self.restricted_workers),
        }


def report_on(
    outcomes: Mapping[str, LaunchOutcome],
    rte: RteDataset,
    *,
    restrictions: Mapping[str, Sequence[Restriction]],
    seed: int,
) -> list[BasketReport]:
    """Return how the baskets were labeled.

    Args:
        outcomes: basket → what its launch brought.
        rte: what the experts and the people say.
        restrictions: basket → the restrictions given in it.
        seed: of the comparison with the majority.
    """
    return [
        _report(basket, outcome, rte, restrictions=restrictions[basket], seed=seed)
        for basket, outcome in outcomes.items()
    ]


def _report(
    basket: str, outcome: LaunchOutcome, rte: RteDataset, *, restrictions: Sequence[Restriction], seed: int
) -> BasketReport:
    labels = outcome.results.predict()[RESULT_FIELD].tolist()
    experts = [rte.gold[pair.task] for pair in rte.list_basket(basket)]
    paid_pages = outcome.progress.pages.get(AssignmentStatus.ACCEPTED, 0)
    # Control tasks cost money, too: the majority gets answers to pairs for it.
    bought = paid_pages * PARAMS.pricing_config.get_tasks_count()
    return BasketReport(
        basket=basket,
        outcome=outcome,
        accuracy=accuracy(labels, experts) or 0.0,
        majority_accuracy=majority_accuracy(rte, basket, answer_count=bought, seed=seed),
        majority_answer_count=bought,
        restrictions=tuple(restrictions),
    )
