"""Answers laid out for expectation maximization: sorted by task, cut into blocks that fit a processor's cache."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from .answers import Answers
from .arrays import FloatArray, IntArray

__all__ = ["TaskBlock", "TaskBlocks", "VotePairs"]

#: Answers per block. A block's posteriors and indices (a few MB) stay in cache between the two halves of an iteration;
#: smaller blocks cost more calls, larger ones more memory traffic.
_BLOCK_ANSWERS = 1 << 17


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VotePairs:
    """The distinct (worker, label) pairs that occur, ascending by worker, then by label.

    Attributes:
        worker: shape (pair_count,), int32, worker index.
        label: shape (pair_count,), int32, position among `TaskBlocks.labels`.
        label_count: number of labels in play.
    """

    worker: IntArray
    label: IntArray
    label_count: int

    def first_of_worker(self) -> IntArray:
        """Return where each occurring worker's pairs begin: int32, ascending."""
        return np.flatnonzero(np.diff(self.worker, prepend=-1)).astype(np.int32)

    def own_label(self) -> FloatArray:
        """Return 1 where a pair's label is the true label, else 0: shape (pair_count, label_count)."""
        return np.eye(self.label_count)[self.label]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaskBlock:
    """The answers to a run of neighbouring tasks.

    Attributes:
        rows: the tasks' positions among `TaskBlocks.tasks`.
        votes: shape (tasks in the block, pair_count): how often the pair's worker gave the pair's label to the task.
    """

    rows: slice
    votes: "sparse.csr_array[np.float64]"

    def gather(self, table: FloatArray) -> FloatArray:
        """Return for each task the sum of the table's rows over its answers: (pair_count, n) in, (tasks, n) out."""
        return np.asarray(self.votes @ table, dtype=np.float64)

    def scatter(self, rows: FloatArray) -> FloatArray:
        """Return for each pair the sum of the tasks' rows over its answers: (tasks, n) in, (pair_count, n) out."""
        return np.asarray(self.votes.T @ rows, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaskBlocks:
    """All answers by task, with tasks and labels that do not occur left out.

    The layout is sorted, so it does not depend on the order in which the answers came.

    Attributes:
        tasks: shape (row_count,), int32, the index of each task that has answers, ascending.
        labels: shape (labels in play,), int32, the index of each label in play, ascending.
        pairs: what the columns of the votes mean.
        blocks: the answers.
        answer_count: number of answers.
    """

    tasks: IntArray
    labels: IntArray
    pairs: VotePairs
    blocks: list[TaskBlock]
    answer_count: int

    @classmethod
    def of(cls, answers: Answers, labels: IntArray) -> "TaskBlocks":
        """Return the answers laid out, with these labels in play; every answered label must be among them."""
        pair_of_answer, pairs = _pairs(answers, labels)
        by_task = _grouped_by_task(answers, pair_of_answer)
        tasks = np.flatnonzero(np.diff(by_task.indptr)).astype(np.int32)
        starts = np.append(by_task.indptr[tasks], answers.answer_count)
        return cls(
            tasks=tasks,
            labels=labels,
            pairs=pairs,
            blocks=_cut(by_task.data, starts, pair_count=pairs.worker.size),
            answer_count=answers.answer_count,
        )


def _pairs(answers: Answers, labels: IntArray) -> tuple[IntArray, VotePairs]:
    """Return the pair of each answer, and what the pairs are."""
    position = np.zeros(answers.label_count, dtype=np.int32)
    position[labels] = np.arange(labels.size, dtype=np.int32)
    code_count = answers.worker_count * labels.size
    code: npt.NDArray[np.signedinteger] = answers.worker.astype(
        np.int32 if code_count < np.iinfo(np.int32).max else np.int64
    )
    code *= labels.size
    code += answers.label if labels.size == answers.label_count else position[answers.label]
    occurs = np.zeros(code_count, dtype=np.bool_)
    occurs[code] = True
    rank = (np.cumsum(occurs) - 1).astype(code.dtype)
    codes = np.flatnonzero(occurs)
    worker, label = np.divmod(codes, max(labels.size, 1))
    pairs = VotePairs(worker=worker.astype(np.int32), label=label.astype(np.int32), label_count=labels.size)
    np.take(rank, code, out=code, mode="clip")
    return code.astype(np.int32, copy=False), pairs


def _grouped_by_task(answers: Answers, pair: IntArray) -> "sparse.csc_array[np.int32]":
    """Return a matrix whose only row holds the pairs; its columns, the tasks, list them in the order of the answers."""
    # Turning rows into columns is a counting sort: several times faster than comparing.
    begin_and_end = np.array([0, pair.size])
    return sparse.csr_array((pair, answers.task, begin_and_end), shape=(1, answers.task_count), copy=False).tocsc()


def _cut(
    columns: IntArray, starts: "np.ndarray[tuple[int], np.dtype[np.int64]]", *, pair_count: int
) -> list[TaskBlock]:
    """Return the blocks, each of whole tasks; they share one array of ones and are views of the columns."""
    edges = np.unique(np.append(np.searchsorted(starts, np.arange(0, columns.size, _BLOCK_ANSWERS)), starts.size - 1))
    ones = np.ones(int(np.diff(starts[edges]).max(initial=0)))
    blocks = []
    for first, last in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        begin, end = int(starts[first]), int(starts[last])
        pointers = (starts[first : last + 1] - begin).astype(np.int32)
        votes = sparse.csr_array(
            (ones[: end - begin], columns[begin:end], pointers), shape=(last - first, pair_count), copy=False
        )
        # Ascending within a task, so that not even the last digit depends on the order in which the answers came.
        votes.has_sorted_indices = False
        votes.sort_indices()
        blocks.append(TaskBlock(rows=slice(first, last), votes=votes))
    return blocks
