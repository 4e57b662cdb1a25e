"""Aggregation that keeps up with the answers: pages go in, the posteriors of their tasks are at once up to date."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from .answer_log import AnswerLog
from .answers import Answers
from .arrays import FloatArray, IntArray
from .posterior import Posterior

__all__ = ["Aggregation"]


class Aggregation(ABC):
    """An incremental algorithm: the same posteriors as its batch algorithm, kept current while answers arrive.

    Indices are the caller's; counts of tasks and workers grow with the largest index seen. The order in which answers
    arrive never matters. Not safe for use by several threads at once.

    Args:
        label_count: number of labels that can be answered, K.
        task_count: report at least this many tasks in `posteriors`.
        worker_count: expect at least this many workers.

    Raises:
        InvalidInput: label_count is not positive.
    """

    def __init__(self, label_count: int, *, task_count: int = 0, worker_count: int = 0) -> None:
        self._log = AnswerLog(label_count, task_count=task_count, worker_count=worker_count)

    @property
    def label_count(self) -> int:
        """Number of labels that can be answered, K."""
        return self._log.label_count

    @property
    def task_count(self) -> int:
        """Number of tasks so far, those without answers included."""
        return self._log.task_count

    @property
    def worker_count(self) -> int:
        """Number of workers so far."""
        return self._log.worker_count

    @property
    def answer_count(self) -> int:
        """Number of answers so far, repeats included."""
        return self._log.answer_count

    def add(self, task: int, worker: int, *, label: int) -> None:
        """Add one answer; `posterior` of its task reflects it from now on. Cost: constant.

        Raises:
            InvalidInput: an index is out of range; nothing was added.
        """
        self._log.append(task, worker, label=label)
        self._touch((task,))

    def add_many(self, task: npt.ArrayLike, worker: npt.ArrayLike, *, label: npt.ArrayLike) -> IntArray:
        """Add the answers of three parallel integer columns, all or none, and return the tasks they touch.

        Returns:
            The tasks whose posterior changed: int32, ascending, each once.

        Raises:
            InvalidInput: an index is out of range or the columns differ in length; nothing was added.
        """
        self._log.extend(task, worker, label=label)
        touched = np.unique(np.asarray(task, dtype=np.int32))
        self._touch(touched.tolist())
        return touched

    def answers(self) -> Answers:
        """Return all answers so far, as the batch algorithms take them."""
        return self._log.answers()

    def posterior(self, task: int) -> FloatArray | None:
        """Return the task's probabilities now: shape (label_count,), float64; None without answers.

        Cost: proportional to the answers of this one task.
        """
        labels = self._log.labels_of_task(task)
        if labels.size == 0:
            return None
        return self._task_posterior(task, self._log.workers_of_task(task), labels=labels)

    @abstractmethod
    def read(self, workers: IntArray, *, labels: IntArray) -> FloatArray:
        """Return the probabilities of a task that had just these answers, by what is known of the workers now; nothing is added.

        Args:
            workers: worker per answer; those that are not known yet count as new ones.
            labels: label per answer, at least one.
        """

    @abstractmethod
    def posteriors(self) -> Posterior:
        """Return the probabilities of all tasks now. Cost: one pass over all answers."""

    def set_worker_weights(self, weights: npt.ArrayLike) -> IntArray:  # noqa: ARG002 - for those that use weights
        """Take the weights that control answers gave the workers; algorithms that estimate workers ignore them.

        Args:
            weights: weight per worker index, in [0, 1]; NaN, and workers past the end, count as unknown.

        Returns:
            The tasks whose posterior changed: int32, ascending, each once.

        Raises:
            InvalidInput: a weight is outside [0, 1]; nothing changed.
        """
        return np.zeros(0, dtype=np.int32)

    def set_known_labels(self, known_labels: Mapping[int, int]) -> None:  # noqa: B027 - for those that use them
        """Take the right labels of control tasks, by task; used at the next `refresh` by algorithms that estimate workers.

        Others ignore them: they learn about workers through `set_worker_weights`.

        Raises:
            InvalidInput: a label is not in 0..label_count - 1.
        """

    def refresh(self, *, warm: bool = False) -> None:  # noqa: B027 - for those that estimate workers
        """Estimate the workers again from all answers; nothing to do for algorithms that do not.

        Args:
            warm: start from the posteriors of now instead of from the majority vote: fewer iterations, and maybe another
                local optimum. False gives exactly the batch result.
        """

    @abstractmethod
    def _task_posterior(self, task: int, workers: IntArray, *, labels: IntArray) -> FloatArray:
        """Return the probabilities of one task from all its answers."""

    def _touch(self, tasks: "tuple[int, ...] | list[int]") -> None:  # noqa: B027 - for those that remember posteriors
        """Hear that these tasks got answers."""
