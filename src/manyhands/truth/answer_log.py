"""Answers that keep coming: an appendable log with the answers of each task and of each worker at hand."""

from array import array

import numpy as np
import numpy.typing as npt

from manyhands.errors import InvalidInput

from .answers import Answers, checked_indices
from .arrays import IntArray

__all__ = ["AnswerLog"]

_NONE = -1


class AnswerLog:
    """Collects answers one by one or a page at a time, in amortised constant time per answer.

    Tasks and workers need no registration: their counts grow to the largest index seen + 1. A worker who answers a task
    twice counts twice (see `Answers`). Not safe for use by several threads at once.

    Attributes:
        label_count: number of labels that can be answered.
        task_count: number of tasks so far.
        worker_count: number of workers so far.

    >>> log = AnswerLog(2)
    >>> log.append(0, 0, label=1)
    >>> log.extend([0, 1], [1, 1], label=[1, 0])
    >>> log.answers().answer_count, log.labels_of_task(0).tolist()
    (3, [1, 1])
    """

    def __init__(self, label_count: int, *, task_count: int = 0, worker_count: int = 0) -> None:
        if label_count < 1:
            raise InvalidInput(f"The number of labels is {label_count}; a task needs at least one.")
        self.label_count = label_count
        self.task_count = task_count
        self.worker_count = worker_count
        self._task, self._worker, self._label = array("i"), array("i"), array("i")
        # Two linked lists run through the log: from an answer to the previous one of its task, and of its worker.
        self._last_of_task, self._previous_in_task = array("i"), array("i")
        self._last_of_worker, self._previous_in_worker = array("i"), array("i")
        self._snapshot: Answers | None = None

    @property
    def answer_count(self) -> int:
        """Number of answers so far, repeats included."""
        return len(self._task)

    def append(self, task: int, worker: int, *, label: int) -> None:
        """Add one answer.

        Raises:
            InvalidInput: an index is negative, or the label is not below label_count; nothing was added.
        """
        if task < 0 or worker < 0 or not 0 <= label < self.label_count:
            raise InvalidInput(
                f"The answer (task {task}, worker {worker}, label {label}) is out of range; expected tasks and workers "
                f"from 0 and a label in 0..{self.label_count - 1}."
            )
        self._link(self._last_of_task, self._previous_in_task, index=task)
        self._link(self._last_of_worker, self._previous_in_worker, index=worker)
        self._task.append(task)
        self._worker.append(worker)
        self._label.append(label)
        self.task_count = max(self.task_count, task + 1)
        self.worker_count = max(self.worker_count, worker + 1)
        self._snapshot = None

    def extend(self, task: npt.ArrayLike, worker: npt.ArrayLike, *, label: npt.ArrayLike) -> None:
        """Add the answers of three parallel integer columns, all or none.

        Raises:
            InvalidInput: as `append`, or the columns differ in length; nothing was added.
        """
        tasks, workers, labels = (
            checked_indices(task, "task"),
            checked_indices(worker, "worker"),
            checked_indices(label, "label"),
        )
        if not tasks.size == workers.size == labels.size or int(labels.max(initial=0)) >= self.label_count:
            raise InvalidInput(
                f"The columns hold {tasks.size} tasks, {workers.size} workers and {labels.size} labels up to "
                f"{int(labels.max(initial=0))}; expected equally long columns and labels in 0..{self.label_count - 1}."
            )
        for one_task, one_worker, one_label in zip(tasks.tolist(), workers.tolist(), labels.tolist(), strict=True):
            self.append(one_task, one_worker, label=one_label)

    def answers(self) -> Answers:
        """Return all answers so far, in the order in which they came; a copy that later answers leave alone."""
        if self._snapshot is None:
            self._snapshot = Answers(
                task=np.array(self._task, dtype=np.int32),
                worker=np.array(self._worker, dtype=np.int32),
                label=np.array(self._label, dtype=np.int32),
                task_count=self.task_count,
                worker_count=self.worker_count,
                label_count=self.label_count,
            )
        return self._snapshot

    def workers_of_task(self, task: int) -> IntArray:
        """Return who answered the task, in the order of `labels_of_task`: int32, empty for an unknown task."""
        return self._column(self._worker, self._rows(self._last_of_task, self._previous_in_task, index=task))

    def labels_of_task(self, task: int) -> IntArray:
        """Return the task's labels in the order in which they came: int32, empty for an unknown task."""
        return self._column(self._label, self._rows(self._last_of_task, self._previous_in_task, index=task))

    def tasks_of_worker(self, worker: int) -> IntArray:
        """Return the tasks the worker answered, in the order in which they came: int32, empty for an unknown worker."""
        return self._column(self._task, self._rows(self._last_of_worker, self._previous_in_worker, index=worker))

    def _link(self, last: "array[int]", previous: "array[int]", *, index: int) -> None:
        if index >= len(last):
            last.extend([_NONE] * (index + 1 - len(last)))
        previous.append(last[index])
        last[index] = len(self._task)

    @staticmethod
    def _rows(last: "array[int]", previous: "array[int]", *, index: int) -> list[int]:
        rows: list[int] = []
        row = last[index] if 0 <= index < len(last) else _NONE
        while row != _NONE:
            rows.append(row)
            row = previous[row]
        rows.reverse()
        return rows

    @staticmethod
    def _column(column: "array[int]", rows: list[int]) -> IntArray:
        return np.array([column[row] for row in rows], dtype=np.int32)
