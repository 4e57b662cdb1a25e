"""What workers answered to control tasks, by right label."""

from collections.abc import Sequence
from dataclasses import dataclass

from manyhands.launches import ConfusionCount

__all__ = ["ConfusionMatrix", "Mistake", "confusion_matrix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """An answer that is not the right label.

    Attributes:
        truth: the right label.
        answer: what was answered instead.
        count: how often.
        share: of the answers to control tasks with that right label, in [0, 1].
    """

    truth: str
    answer: str
    count: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionMatrix:
    """Answers to control tasks.

    Attributes:
        labels: the labels that occur, in order of the counts.
        counts: a row per right label with the number of answers by label, in the same order.
    """

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def share(self, truth: int, answer: int) -> float:
        """Return the share of the answers to control tasks with this right label that chose `answer`, in [0, 1]; 0 without answers."""
        total = sum(self.counts[truth])
        return self.counts[truth][answer] / total if total else 0.0

    def mistakes(self, limit: int) -> list[Mistake]:
        """Return the most frequent wrong answers, the most frequent first."""
        found = [
            Mistake(truth=label, answer=self.labels[answer], count=number, share=self.share(truth, answer))
            for truth, label in enumerate(self.labels)
            for answer, number in enumerate(self.counts[truth])
            if number and answer != truth
        ]
        return sorted(found, key=lambda mistake: -mistake.count)[:limit]


def confusion_matrix(cells: Sequence[ConfusionCount]) -> ConfusionMatrix:
    """Return the answers to control tasks as a square; cells that are not given are zero.

    >>> confusion_matrix([ConfusionCount(truth="cat", answer="dog", count=2)]).counts
    ((0, 2), (0, 0))
    """
    # Right labels first, in their order, so that rows and columns stand as the class is defined whenever every label has a control task.
    labels = tuple(dict.fromkeys([*(cell.truth for cell in cells), *(cell.answer for cell in cells)]))
    found = {(cell.truth, cell.answer): cell.count for cell in cells}
    counts = tuple(tuple(found.get((truth, answer), 0) for answer in labels) for truth in labels)
    return ConfusionMatrix(labels=labels, counts=counts)
