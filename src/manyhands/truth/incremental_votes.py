"""Majority vote and weighted likelihood that keep up with the answers."""

import numpy as np
import numpy.typing as npt

from .aggregation import Aggregation
from .arrays import FloatArray, IntArray
from .majority_vote import MajorityVote
from .posterior import Posterior, normalized_logs
from .weighted_likelihood import WeightedLikelihood

__all__ = ["IncrementalMajorityVote", "IncrementalWeightedLikelihood"]


class IncrementalMajorityVote(Aggregation):
    """Majority vote, up to date after every answer; equal to `MajorityVote` at any time.

    >>> votes = IncrementalMajorityVote(2)
    >>> votes.add_many([0, 0, 1], [0, 1, 0], label=[1, 1, 0]).tolist()
    [0, 1]
    >>> votes.posterior(0).tolist()
    [0.0, 1.0]
    """

    def posteriors(self) -> Posterior:
        """Return the probabilities of all tasks now. Cost: one pass over all answers."""
        return MajorityVote().fit(self.answers())

    def read(self, workers: IntArray, *, labels: IntArray) -> FloatArray:  # noqa: ARG002 - all workers count the same
        """Return the shares of these answers."""
        return np.bincount(labels, minlength=self.label_count) / labels.size

    def _task_posterior(self, task: int, workers: IntArray, *, labels: IntArray) -> FloatArray:  # noqa: ARG002
        return self.read(workers, labels=labels)


class IncrementalWeightedLikelihood(Aggregation):
    """Weighted likelihood, up to date after every answer and every change of weights; equal to `WeightedLikelihood`.

    Args:
        label_count: number of labels that can be answered, K.
        algorithm: the batch algorithm with its options.
        task_count: report at least this many tasks in `posteriors`.
        worker_count: expect at least this many workers.

    >>> votes = IncrementalWeightedLikelihood(2)
    >>> votes.add(0, 0, label=1)
    >>> votes.set_worker_weights([0.9]).tolist()
    [0]
    >>> votes.posterior(0).round(3).tolist()
    [0.1, 0.9]
    """

    def __init__(
        self,
        label_count: int,
        algorithm: WeightedLikelihood | None = None,
        *,
        task_count: int = 0,
        worker_count: int = 0,
    ) -> None:
        super().__init__(label_count, task_count=task_count, worker_count=worker_count)
        self._algorithm = algorithm or WeightedLikelihood()
        self._weights = np.zeros(0)
        self._evidence = np.zeros(0)

    def posteriors(self) -> Posterior:
        """Return the probabilities of all tasks now. Cost: one pass over all answers."""
        return self._algorithm.fit(self.answers(), self._weights)

    def set_worker_weights(self, weights: npt.ArrayLike) -> IntArray:
        """Take the workers' weights and return the tasks whose posterior changed; see `Aggregation`.

        Cost: proportional to the number of workers and to the answers of those whose weight changed.
        """
        new_weights = np.array(weights, dtype=np.float64)
        worker_count = max(self.worker_count, new_weights.size, self._evidence.size)
        new_evidence = self._evidence_of(new_weights, worker_count)
        changed = np.flatnonzero(new_evidence != self._evidence_of(self._weights, worker_count))
        self._weights, self._evidence = new_weights, new_evidence
        tasks = [self._log.tasks_of_worker(worker) for worker in changed.tolist()]
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int32), *tasks]))

    def read(self, workers: IntArray, *, labels: IntArray) -> FloatArray:
        """Return the probabilities of a task that had just these answers, with the weights of now."""
        count = max(self.worker_count, int(workers.max()) + 1)
        if count > self._evidence.size:
            # Doubled, so that a stream of new workers costs amortised constant time.
            self._evidence = self._evidence_of(self._weights, 2 * count)
        scores = np.bincount(labels, weights=self._evidence[workers], minlength=self.label_count)
        return normalized_logs(scores.astype(np.float64, copy=False))

    def _task_posterior(self, task: int, workers: IntArray, *, labels: IntArray) -> FloatArray:  # noqa: ARG002
        return self.read(workers, labels=labels)

    def _evidence_of(self, weights: FloatArray, worker_count: int) -> FloatArray:
        return self._algorithm.evidence(weights, worker_count=worker_count, label_count=self.label_count)
