"""Dawid-Skene: a confusion matrix per worker, estimated together with the labels."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .answers import Answers
from .arrays import FloatArray, IntArray
from .estimate import Estimate
from .expectation_maximization import EPSILON, ClassPrior, ErrorModel, Fit, maximize, occurring_labels, spread
from .posterior import Posterior
from .task_blocks import VotePairs

__all__ = ["ConfusionEstimate", "DawidSkene"]

#: Answers assumed per cell when all workers are pooled into an average one for workers or labels not yet estimated.
_POOLED_SMOOTHING = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DawidSkene(ErrorModel):
    """Estimates, in turns, each worker's confusion matrix and each task's label, beginning with the majority vote.

    A. P. Dawid and A. M. Skene. Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm. Applied
    Statistics 28 (1979), 20-28, https://doi.org/10.2307/2346806. With the defaults, iterations, clipping and the stop
    are those of ``crowdkit.aggregation.DawidSkene``, and so are the results. Labels that nobody answered (and that are not
    known) have probability 0.

    Ties: equal probabilities; `Posterior.labels` takes the smallest label. No answers: NaN, also with a known label. One worker:
    the worker's answers, though smoothing may take a rare one for a slip. Cost: a counting sort of the answers, then one pass per
    iteration; about 20 bytes per answer and 8 per task and label.

    Attributes:
        iteration_limit: at most so many iterations.
        tolerance: stop when the evidence lower bound per answer grows by less.
        smoothing: answers assumed in every cell of every worker's confusion matrix.
        shrinkage: answers assumed of every worker per true label, spread as all workers together answered.
        class_prior: how probable a label is before any answer.

    >>> answers = Answers.from_rows([(0, 0, 1), (0, 1, 1), (0, 2, 0), (1, 0, 0), (1, 1, 0), (1, 2, 0)], label_count=2)
    >>> DawidSkene(iteration_limit=10).fit(answers).labels().tolist()
    [1, 0]
    """

    class_prior: ClassPrior = ClassPrior.LEARNED

    def fit(self, answers: Answers, *, known_labels: Mapping[int, int] | None = None) -> Posterior:
        """Return the posterior of all tasks; see `estimate`."""
        return self.estimate(answers, known_labels=known_labels).posterior

    def estimate(
        self,
        answers: Answers,
        *,
        known_labels: Mapping[int, int] | None = None,
        start: Posterior | None = None,
    ) -> "ConfusionEstimate":
        """Return the posterior of all tasks with the workers' confusion matrices.

        Args:
            answers: the answers.
            known_labels: right label per control task; such a task keeps probability 1 for it, and teaches about workers.
            start: begin with this posterior instead of the majority vote; it has a row for every task with answers.

        Raises:
            InvalidInput: a known label is not in 0..label_count - 1.
        """
        fit = maximize(self, answers, known_labels=known_labels, start=start)
        return _confusion_estimate(fit, answers)

    def errors(self, counts: FloatArray, pairs: VotePairs) -> FloatArray:
        """Return the maximization step: counts as in `Fit.counts` in, errors as in `Fit.errors` out."""
        expected = counts + self.smoothing
        if self.shrinkage:
            expected += self.shrinkage * _pooled(counts, pairs)[pairs.label]
        np.maximum(expected, EPSILON, out=expected)
        first = pairs.first_of_worker()
        if self.smoothing or self.shrinkage:
            # The labels that a worker never gave have no pair, but their assumed answers count in the total.
            totals = np.add.reduceat(counts, first, axis=0) + self.smoothing * pairs.label_count + self.shrinkage
        else:
            totals = np.add.reduceat(expected, first, axis=0)
        expected /= np.repeat(totals, np.diff(first, append=len(expected)), axis=0)
        return expected

    def labels_in_play(self, answers: Answers, known_labels: Mapping[int, int]) -> IntArray:
        """Return the labels that were answered or are known: of others the workers' errors cannot be estimated."""
        return occurring_labels(answers, known_labels)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ConfusionEstimate(Estimate):
    """The posterior with the workers' confusion matrices.

    Attributes:
        pooled: shape (label_count, label_count), row = answered, column = true label: log probability of the answer of
            an average worker.
        pair_code: shape (pair_count,), worker * label_count + label of each pair that occurred, ascending.
        pair_logs: shape (pair_count, label_count): log probability of the pair's label from its worker per true label.
    """

    pooled: FloatArray
    pair_code: npt.NDArray[np.int64]
    pair_logs: FloatArray

    def answer_logs(self, workers: IntArray, labels: IntArray) -> FloatArray:
        """Return the log probability of each answer per true label; an average worker's if the pair never occurred."""
        code = workers.astype(np.int64) * self.class_prior.size + labels
        place = np.searchsorted(self.pair_code, code)
        found = np.append(self.pair_code, -1)[place] == code
        logs = self.pooled[labels]
        logs[found] = self.pair_logs[place[found]]
        return logs

    def confusion(self, worker: int) -> FloatArray:
        """Return the worker's confusion matrix: shape (label_count, label_count), row = true label, column = answered.

        Rows sum to 1 without smoothing; labels that the worker never gave, and all labels out of play, are 0.
        """
        label_count = self.class_prior.size
        begin, end = np.searchsorted(self.pair_code, [worker * label_count, (worker + 1) * label_count])
        matrix = np.zeros((label_count, label_count))
        matrix[:, self.pair_code[begin:end] % label_count] = np.exp(self.pair_logs[begin:end]).T
        matrix[~self.in_play] = 0.0
        return matrix


def _confusion_estimate(fit: Fit, answers: Answers) -> ConfusionEstimate:
    """Return the estimate in the indices of the answers."""
    labels, pairs, label_count = fit.blocks.labels, fit.blocks.pairs, answers.label_count
    in_play = np.zeros(label_count, dtype=np.bool_)
    in_play[labels] = True
    class_prior = np.zeros(label_count)
    class_prior[labels] = fit.class_prior
    pair_logs = np.zeros((pairs.worker.size, label_count))
    pair_logs[:, labels] = np.log(fit.errors)
    pooled = np.zeros((label_count, label_count))
    pooled[np.ix_(labels, labels)] = np.log(_pooled(fit.counts, pairs, smoothing=_POOLED_SMOOTHING))
    return ConfusionEstimate(
        posterior=spread(fit, answers),
        class_prior=class_prior,
        in_play=in_play,
        losses=fit.losses,
        pooled=pooled,
        pair_code=pairs.worker.astype(np.int64) * label_count + labels[pairs.label],
        pair_logs=pair_logs,
    )


def _pooled(counts: FloatArray, pairs: VotePairs, *, smoothing: float = 0.0) -> FloatArray:
    """Return how all workers together answered: row = answered, column = true label; columns sum to 1."""
    together: FloatArray = pairs.own_label().T @ counts + smoothing
    totals = together.sum(axis=0)
    return np.where(totals > 0, together, 1.0) / np.where(totals > 0, totals, pairs.label_count)
