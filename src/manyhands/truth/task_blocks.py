"""Answers laid out for expectation maximization: sorted by task, cut into blocks that fit a processor's cache."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

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
    """The answers to a run of neighbouring tasks, as a sparse matrix and its transpose over the same memory.

    Attributes:
        rows: the tasks' positions among `TaskBlocks.tasks`.
        votes: shape (tasks in the block, pair_count): how often the pair's worker gave the pair's label to the task.
        votes_of_pairs: its transpose.
    """

    rows: slice
    votes: "sparse.csr_array[np.float64]"
    votes_of_pairs: "sparse.csc_array[np.float64]"

    def gather(self, table: FloatArray) -> FloatArray:
        """Return for each task the sum of the table's rows over its answers: (pair_count, n) in, (tasks, n) out."""
        return np.asarray(self.votes @ table, dtype=np.float64)

    def scatter(self, rows: FloatArray) -> FloatArray:
        """Return for each pair the sum of the tasks' rows over its answers: (tasks, n) in, (pair_count, n) out."""
        return np.asarray(self.votes_of_pairs @ rows, dtype=np.float64)


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
        if answers.answer_count == 0:
            return cls(tasks=np.zeros(0, dtype=np.int32), labels=labels, pairs=pairs, blocks=[], answer_count=0)
        packed = np.stack([answers.task, pair_of_answer], axis=1)
        del pair_of_answer
        tasks, blocks = _cut(packed, answers.task_count, pair_count=pairs.worker.size)
        return cls(tasks=tasks, labels=labels, pairs=pairs, blocks=blocks, answer_count=answers.answer_count)


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
    codes = np.flatnonzero(occurs)
    worker, label = np.divmod(codes, max(labels.size, 1))
    pairs = VotePairs(worker=worker.astype(np.int32), label=label.astype(np.int32), label_count=labels.size)
    if codes.size < code_count:
        rank = (np.cumsum(occurs) - 1).astype(code.dtype)
        np.take(rank, code, out=code, mode="clip")
    return code.astype(np.int32, copy=False), pairs


def _cut(task_and_pair: IntArray, task_count: int, *, pair_count: int) -> tuple[IntArray, list[TaskBlock]]:
    """Return the tasks with answers and their blocks.

    First all answers are split by ranges of tasks, then each range, now small enough for the cache, by task.
    """
    answer_count = len(task_and_pair)
    width = max(1, task_count * _BLOCK_ANSWERS // answer_count)
    ranges = _grouped(
        task_and_pair.view(np.int64).ravel(),
        task_and_pair[:, 0] // np.int32(width),
        group_count=-(-task_count // width),
    )
    ones = np.ones(int(np.diff(ranges.indptr).max()))
    tasks: list[IntArray] = []
    blocks: list[TaskBlock] = []
    row = 0
    for index, (begin, end) in enumerate(pairwise(ranges.indptr.tolist())):
        if begin == end:
            continue
        task, pair = ranges.data[begin:end].view(np.int32).reshape(-1, 2).T
        by_task = _grouped(pair.copy(), task - np.int32(index * width), group_count=width)
        found = np.flatnonzero(np.diff(by_task.indptr))
        pointers = np.append(by_task.indptr[found], end - begin).astype(np.int32)
        tasks.append((found + index * width).astype(np.int32))
        rows = slice(row, row := row + found.size)
        blocks.append(_block(rows, by_task.data, pointers=pointers, ones=ones[: end - begin], pair_count=pair_count))
    return np.concatenate(tasks), blocks


def _grouped(values: npt.NDArray[Any], group: IntArray, *, group_count: int) -> "sparse.csc_array[Any]":
    """Return a matrix whose only row holds the values; its columns, the groups, list them in their order."""
    # Turning rows into columns is a counting sort: several times faster than comparing.
    # The pointers' type must be the indices', or scipy widens both.
    begin_and_end = np.array([0, values.size], dtype=np.int32 if values.size < np.iinfo(np.int32).max else np.int64)
    return sparse.csr_array((values, group, begin_and_end), shape=(1, group_count), copy=False).tocsc()


def _block(rows: slice, pair: IntArray, *, pointers: IntArray, ones: FloatArray, pair_count: int) -> TaskBlock:
    """Return a block; all blocks share one array of ones."""
    row_count = rows.stop - rows.start
    votes: sparse.csr_array[np.float64] = sparse.csr_array((row_count, pair_count), dtype=np.float64)
    votes_of_pairs: sparse.csc_array[np.float64] = sparse.csc_array((pair_count, row_count), dtype=np.float64)
    # Set one by one, because the constructor copies views of larger arrays.
    for matrix in (votes, votes_of_pairs):
        matrix.data, matrix.indices, matrix.indptr = ones, pair, pointers
    # Ascending within a task, so that not even the last digit depends on the order in which the answers came.
    votes.has_sorted_indices = False
    votes.sort_indices()
    return TaskBlock(rows=rows, votes=votes, votes_of_pairs=votes_of_pairs)
