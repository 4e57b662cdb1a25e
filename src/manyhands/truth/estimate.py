"""What an estimation of workers leaves behind: the posterior, and how to read answers that came after it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from .arrays import BoolArray, FloatArray, IntArray
from .expectation_maximization import EPSILON
from .posterior import Posterior, normalized_logs

__all__ = ["Estimate"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Estimate(ABC):
    """The posterior of all tasks and what was learned about labels and workers on the way.

    Attributes:
        posterior: probabilities per task, from the last expectation step.
        class_prior: shape (label_count,), probability of a label before any answer; sums to 1.
        in_play: shape (label_count,), bool; the labels that a task may have. Others have probability 0.
        losses: per iteration, the evidence lower bound per answer that decides when to stop.
    """

    posterior: Posterior
    class_prior: FloatArray
    in_play: BoolArray
    losses: tuple[float, ...]

    @abstractmethod
    def answer_logs(self, workers: IntArray, labels: IntArray) -> FloatArray:
        """Return the log probability of each answer under each true label: shape (answers, label_count), finite.

        Columns of labels out of play mean nothing. Workers without an estimate are taken for average ones.
        """

    def task_posterior(self, workers: IntArray, labels: IntArray) -> FloatArray | None:
        """Return the probabilities of a task with these answers, one expectation step on: shape (label_count,).

        None when a label is out of play: this estimate cannot say anything about it.
        """
        if not self.in_play[labels].all():
            return None
        log_prior = np.where(self.in_play, np.log(np.maximum(self.class_prior, EPSILON)), -np.inf)
        return normalized_logs(log_prior + self.answer_logs(workers, labels).sum(axis=0))
