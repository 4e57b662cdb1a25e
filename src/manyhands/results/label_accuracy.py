"""How often labels are right, and which are taken for which."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from manyhands.errors import InvalidData

__all__ = ["ConfusionMatrix", "accuracy", "confusion_matrix", "is_missing"]


def accuracy(predicted: Sequence[object], known: Sequence[object]) -> float | None:
    """Return the share of right labels in [0, 1] among the objects whose label is known; None when none is known.

    Labels are class members or their values. None and NaN are missing: where the known label is missing the object is
    left out, where the predicted one is missing it counts as wrong.

    Args:
        predicted: one label per object, such as the column `result` of `ClassificationResults.predict`.
        known: the right label of each object, in the same order.

    Raises:
        InvalidData: there are not as many predicted labels as known ones.

    >>> accuracy(["cat", "dog", None, "cat"], ["cat", "cat", "dog", None])
    0.3333333333333333
    """
    right = [guess == label for guess, label in _iter_pairs(predicted, known) if not is_missing(label)]
    return sum(right) / len(right) if right else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConfusionMatrix:
    """Which labels are taken for which.

    Attributes:
        labels: the values of the labels, in the order of rows and columns.
        counts: shape (label_count, label_count), int64: rows are the right labels, columns the given ones.
    """

    labels: tuple[str, ...]
    counts: npt.NDArray[np.int64]

    @property
    def accuracy(self) -> float | None:
        """The share of the diagonal in [0, 1]; None when the matrix is empty."""
        total = int(self.counts.sum())
        return int(np.trace(self.counts)) / total if total else None

    def shares(self) -> npt.NDArray[np.float64]:
        """Return the counts divided by the sum of their row: shape (label_count, label_count), NaN in a row without any."""
        totals = self.counts.sum(axis=1, keepdims=True, dtype=np.float64)
        shares = np.full(self.counts.shape, np.nan)
        np.divide(self.counts, totals, out=shares, where=totals > 0)
        return shares


def confusion_matrix(known: Sequence[object], given: Sequence[object], *, labels: Sequence[str]) -> ConfusionMatrix:
    """Return how often each right label was given as each label; pairs with a missing label are left out.

    Args:
        known: the right label of each object or answer.
        given: the predicted label or the worker's answer, in the same order.
        labels: all labels, such as the members of the class; they order rows and columns.

    Raises:
        InvalidData: there are not as many given labels as known ones, or a label is not among `labels`.

    >>> confusion_matrix(["cat", "cat", "dog"], ["cat", "dog", "dog"], labels=["cat", "dog"]).counts.tolist()
    [[1, 1], [0, 1]]
    """
    index: dict[object, int] = {label: position for position, label in enumerate(labels)}
    counts = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for right, guess in _iter_pairs(known, given):
        if is_missing(right) or is_missing(guess):
            continue
        if right not in index or guess not in index:
            message = f"Found the labels {right!r} and {guess!r}; expected two of {', '.join(labels)}."
            raise InvalidData(message)
        counts[index[right], index[guess]] += 1
    return ConfusionMatrix(labels=tuple(str(label) for label in labels), counts=counts)


def is_missing(label: object) -> bool:
    """Return whether there is no label: None or NaN."""
    return label is None or (isinstance(label, float) and math.isnan(label))


def _iter_pairs(left: Sequence[object], right: Sequence[object]) -> Iterator[tuple[object, object]]:
    if len(left) != len(right):
        message = (
            f"There are {len(left)} labels on one side and {len(right)} on the other; pass those of the same objects."
        )
        raise InvalidData(message)
    yield from zip(left, right, strict=True)
