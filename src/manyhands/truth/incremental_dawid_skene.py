"""Dawid-Skene that keeps up with the answers: tasks at once, workers at every refresh."""

from collections.abc import Mapping

import numpy as np

from manyhands.errors import InvalidInput

from .aggregation import Aggregation
from .arrays import FloatArray, IntArray
from .dawid_skene import DawidSkene
from .estimate import Estimate
from .majority_vote import MajorityVote
from .one_coin import OneCoinDawidSkene
from .posterior import Posterior

__all__ = ["IncrementalDawidSkene"]


class IncrementalDawidSkene(Aggregation):
    """Dawid-Skene or one-coin Dawid-Skene: an answer changes its task at once, workers are estimated at `refresh`.

    After `refresh()` every posterior equals the batch algorithm's on the same answers. Answers that come later are read
    with the errors estimated then: one expectation step for the tasks they touch. A worker who is new since is taken for
    an average one. Before the first refresh, and for a task with a label that no answer had at the last one, posteriors
    are the majority vote's. A task with answers whose label is known has probability 1 for it.

    Args:
        label_count: number of labels that can be answered, K.
        algorithm: the batch algorithm with its options.
        task_count: report at least this many tasks in `posteriors`.
        worker_count: expect at least this many workers.

    >>> truth = IncrementalDawidSkene(2, DawidSkene(smoothing=0.1))
    >>> truth.add_many([0, 0, 0, 1, 1, 1], [0, 1, 2, 0, 1, 2], label=[1, 1, 0, 0, 0, 0]).tolist()
    [0, 1]
    >>> truth.refresh()
    >>> truth.add(2, 0, label=1)
    >>> truth.posteriors().labels().tolist()
    [1, 0, 1]
    """

    def __init__(
        self,
        label_count: int,
        algorithm: DawidSkene | OneCoinDawidSkene | None = None,
        *,
        task_count: int = 0,
        worker_count: int = 0,
    ) -> None:
        super().__init__(label_count, task_count=task_count, worker_count=worker_count)
        self._algorithm = algorithm or DawidSkene()
        self._known_labels: dict[int, int] = {}
        self._estimate: Estimate | None = None
        self._touched: set[int] = set()

    @property
    def estimate(self) -> Estimate | None:
        """What the last refresh learned about labels and workers; None before the first."""
        return self._estimate

    def read(self, workers: IntArray, *, labels: IntArray) -> FloatArray:
        """Return the probabilities of a task that had just these answers, with the errors that the last refresh estimated."""
        row = None if self._estimate is None else self._estimate.task_posterior(workers, labels)
        return np.bincount(labels, minlength=self.label_count) / labels.size if row is None else row

    def posteriors(self) -> Posterior:
        """Return the probabilities of all tasks now. Cost: proportional to the answers of tasks touched since `refresh`."""
        if self._estimate is None:
            posterior = MajorityVote().fit(self.answers())
            probabilities, recompute = posterior.probabilities, set(self._known_labels)
        else:
            probabilities = np.full((self.task_count, self.label_count), np.nan)
            known = self._estimate.posterior.probabilities
            probabilities[: len(known)] = known
            recompute = self._touched
        for task in recompute:
            row = self.posterior(task)
            if row is not None:
                probabilities[task] = row
        return Posterior(probabilities=probabilities, has_answers=~np.isnan(probabilities[:, 0]))

    def set_known_labels(self, known_labels: Mapping[int, int]) -> None:
        """Take the right labels of control tasks, in place of those known before; workers learn of it at `refresh`.

        Raises:
            InvalidInput: a label is not in 0..label_count - 1; nothing changed.
        """
        for task, label in known_labels.items():
            if not 0 <= label < self.label_count:
                raise InvalidInput(f"Task {task} is known to have label {label}; expected 0..{self.label_count - 1}.")
        self._touched.update(self._known_labels, known_labels)
        self._known_labels = dict(known_labels)

    def refresh(self, *, warm: bool = False) -> None:
        """Estimate the workers again from all answers; see `Aggregation`. Cost: a batch fit.

        Args:
            warm: start from the posteriors of now instead of from the majority vote.
        """
        start = self.posteriors() if warm and self._estimate is not None else None
        self._estimate = self._algorithm.estimate(self.answers(), known_labels=self._known_labels, start=start)
        self._touched.clear()

    def _task_posterior(self, task: int, workers: IntArray, *, labels: IntArray) -> FloatArray:
        if task in self._known_labels:
            known: FloatArray = np.eye(self.label_count)[self._known_labels[task]]
            return known
        if self._estimate is not None and task not in self._touched:
            kept: FloatArray = self._estimate.posterior.probabilities[task].copy()
            return kept
        return self.read(workers, labels=labels)

    def _touch(self, tasks: "tuple[int, ...] | list[int]") -> None:
        self._touched.update(tasks)
