"""What the answers say about the tasks: a probability per label, and from it a label."""

from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray

__all__ = ["NO_LABEL", "TIE_MARGIN", "Posterior", "normalized_logs", "top_labels"]

#: The label of a task without answers.
NO_LABEL = -1

#: Labels whose probabilities differ by less than this are tied. Sums of the same logarithms in another order differ by
#: about 1e-15, and a tie must not be broken by the order in which pages arrived.
TIE_MARGIN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """The probability of every label for every task.

    Attributes:
        probabilities: shape (task_count, label_count), float64 in [0, 1]; a row sums to 1, or is NaN when the task has
            no answers.
        has_answers: shape (task_count,), bool; False where the row is NaN.

    >>> posterior = Posterior(probabilities=np.array([[0.25, 0.75], [0.5, 0.5]]), has_answers=np.array([True, True]))
    >>> posterior.labels().tolist(), posterior.confidences().tolist()
    ([1, 0], [0.75, 0.5])
    """

    probabilities: FloatArray
    has_answers: BoolArray

    def labels(self) -> IntArray:
        """Return the most probable label per task: shape (task_count,), int32; -1 without answers.

        Of tied labels (see `TIE_MARGIN`) the smallest index wins.
        """
        labels = np.full(len(self.probabilities), NO_LABEL, dtype=np.int32)
        labels[self.has_answers] = top_labels(self.probabilities[self.has_answers])
        return labels

    def confidences(self) -> FloatArray:
        """Return the probability of the most probable label per task: shape (task_count,); NaN without answers."""
        confidences: FloatArray = self.probabilities.max(axis=1)
        return confidences


def top_labels(probabilities: FloatArray) -> IntArray:
    """Return the index of the largest value per row, the smallest index among ties: shape (row_count,), int32."""
    if probabilities.size == 0:
        return np.zeros(len(probabilities), dtype=np.int32)
    tied = probabilities >= probabilities.max(axis=1, keepdims=True) - TIE_MARGIN
    labels: IntArray = tied.argmax(axis=1).astype(np.int32)
    return labels


def normalized_logs(log_scores: FloatArray) -> FloatArray:
    """Return exp(log_scores) with every row scaled to sum 1; shape as given, no overflow and no division by zero."""
    shifted = np.exp(log_scores - log_scores.max(axis=-1, keepdims=True))
    scaled: FloatArray = shifted / shifted.sum(axis=-1, keepdims=True)
    return scaled
