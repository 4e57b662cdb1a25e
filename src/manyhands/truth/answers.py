"""Answers of workers to tasks as three parallel integer arrays."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
import numpy.typing as npt

from manyhands.errors import InvalidInput

from .arrays import BoolArray, IntArray

__all__ = ["Answers", "checked_indices"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answers:
    """Answers, one per position of three parallel arrays; what task 3 or worker 7 stands for is the caller's.

    A worker who answers a task twice counts twice, as in crowd-kit: every algorithm here reads the answers as a
    multiset, so their order never matters. Use `without_repeats` to keep only each worker's first answer to a task.

    Attributes:
        task: shape (answer_count,), int32, in [0, task_count).
        worker: shape (answer_count,), int32, in [0, worker_count).
        label: shape (answer_count,), int32, in [0, label_count).
        task_count: number of tasks, those without answers included.
        worker_count: number of workers, those without answers included.
        label_count: number of labels that could be answered, K.

    >>> answers = Answers.from_rows([(0, 0, 1), (0, 1, 1), (1, 0, 0)], label_count=2)
    >>> answers.answer_count, answers.task_count, answers.worker_count
    (3, 2, 2)
    """

    task: IntArray
    worker: IntArray
    label: IntArray
    task_count: int
    worker_count: int
    label_count: int

    def __post_init__(self) -> None:
        _check(self)
        for column in (self.task, self.worker, self.label):
            column.setflags(write=False)

    @classmethod
    def from_arrays(
        cls,
        task: npt.ArrayLike,
        worker: npt.ArrayLike,
        *,
        label: npt.ArrayLike,
        label_count: int,
        task_count: int = 0,
        worker_count: int = 0,
    ) -> Self:
        """Return answers from three equally long integer sequences; int32 arrays are copied, never frozen in place.

        Args:
            task: task indices, from 0.
            worker: worker indices, from 0.
            label: label indices, in [0, label_count).
            label_count: number of labels that could be answered.
            task_count: at least this many tasks; raised to the largest index seen + 1.
            worker_count: at least this many workers; raised likewise.

        Raises:
            InvalidInput: the columns differ in length, are not whole numbers, or hold an index out of range.
        """
        tasks, workers = checked_indices(task, "task"), checked_indices(worker, "worker")
        return cls(
            task=tasks,
            worker=workers,
            label=checked_indices(label, "label"),
            task_count=max(task_count, int(tasks.max(initial=-1)) + 1),
            worker_count=max(worker_count, int(workers.max(initial=-1)) + 1),
            label_count=label_count,
        )

    @classmethod
    def from_rows(
        cls, rows: Iterable[tuple[int, int, int]], *, label_count: int, task_count: int = 0, worker_count: int = 0
    ) -> Self:
        """Return answers from rows (task, worker, label); see `from_arrays`."""
        table = np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, 3)
        return cls.from_arrays(
            table[:, 0],
            table[:, 1],
            label=table[:, 2],
            label_count=label_count,
            task_count=task_count,
            worker_count=worker_count,
        )

    @property
    def answer_count(self) -> int:
        """Number of answers, repeats included."""
        return int(self.task.size)

    def has_answers(self) -> BoolArray:
        """Return which tasks have an answer: shape (task_count,), bool."""
        mask = np.zeros(self.task_count, dtype=np.bool_)
        mask[self.task] = True
        return mask

    def without_repeats(self) -> "Answers":
        """Return the answers with only the first answer of each worker to each task, in the same order."""
        pair = self.task.astype(np.int64) * self.worker_count + self.worker
        first = np.sort(np.unique(pair, return_index=True)[1])
        return Answers(
            task=self.task[first],
            worker=self.worker[first],
            label=self.label[first],
            task_count=self.task_count,
            worker_count=self.worker_count,
            label_count=self.label_count,
        )


def checked_indices(values: npt.ArrayLike, name: str) -> IntArray:
    """Return a fresh int32 copy of non-negative whole numbers.

    Raises:
        InvalidInput: a value is negative, not a whole number, or does not fit in 32 bits; or the shape is not flat.
    """
    column = np.asarray(values)
    if column.size == 0:
        return np.zeros(0, dtype=np.int32)
    if column.ndim != 1 or not np.issubdtype(column.dtype, np.integer):
        message = f"The {name} column has shape {column.shape} and dtype {column.dtype}; give one flat row of integers."
        raise InvalidInput(message)
    lowest, highest = int(column.min()), int(column.max())
    if lowest < 0 or highest >= np.iinfo(np.int32).max:
        position = int(column.argmin() if lowest < 0 else column.argmax())
        message = (
            f"Answer {position} has {name} {int(column[position])}; expected an index from 0 that fits in 32 bits. "
            f"Number the {name}s from 0 first."
        )
        raise InvalidInput(message)
    return column.astype(np.int32)


def _check(answers: Answers) -> None:
    """Raise InvalidInput unless the columns are parallel and in range."""
    sizes = {answers.task.size, answers.worker.size, answers.label.size}
    if len(sizes) > 1:
        raise InvalidInput(
            f"There are {answers.task.size} tasks, {answers.worker.size} workers and {answers.label.size} labels; "
            "give the three columns of the same answers."
        )
    if answers.label_count < 1:
        raise InvalidInput(f"The number of labels is {answers.label_count}; a task needs at least one.")
    for name, column, count in (
        ("task", answers.task, answers.task_count),
        ("worker", answers.worker, answers.worker_count),
        ("label", answers.label, answers.label_count),
    ):
        if column.size and (int(column.min()) < 0 or int(column.max()) >= count):
            raise InvalidInput(
                f"A {name} index is outside 0..{count - 1}; raise {name}_count or fix the {name} column."
            )
