"""Majority vote: the share of the answers is the probability."""

from dataclasses import dataclass

import numpy as np

from .answers import Answers
from .arrays import FloatArray
from .posterior import Posterior

__all__ = ["MajorityVote", "vote_counts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorityVote:
    """Gives each label the share of the answers that chose it.

    Ties: equal shares; `Posterior.labels` takes the smallest label. No answers: NaN. One worker: probability 1.
    Cost: one pass over the answers. Same as ``crowdkit.aggregation.MajorityVote`` without skills.

    >>> answers = Answers.from_rows([(0, 0, 1), (0, 1, 1), (0, 2, 0)], label_count=2)
    >>> MajorityVote().fit(answers).labels().tolist()
    [1]
    """

    def fit(self, answers: Answers) -> Posterior:
        """Return the posterior of all tasks."""
        counts = vote_counts(answers)
        totals = counts.sum(axis=1, keepdims=True)
        shares = np.divide(counts, totals, out=np.full_like(counts, np.nan), where=totals > 0)
        return Posterior(probabilities=shares, has_answers=totals[:, 0] > 0)


def vote_counts(answers: Answers, weights: FloatArray | None = None) -> FloatArray:
    """Return how many answers (or how much of their weight) each label of each task got: shape (task_count, K)."""
    cell = answers.task.astype(np.int64) * answers.label_count + answers.label
    counts = np.bincount(cell, weights=weights, minlength=answers.task_count * answers.label_count)
    return counts.astype(np.float64, copy=False).reshape(answers.task_count, answers.label_count)
