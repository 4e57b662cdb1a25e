"""Expectation maximization over workers' errors: the loop that Dawid-Skene and one-coin Dawid-Skene share."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from manyhands.errors import InvalidInput

from .answers import Answers
from .arrays import FloatArray, IntArray
from .posterior import Posterior
from .task_blocks import TaskBlock, TaskBlocks, VotePairs

__all__ = ["EPSILON", "ClassPrior", "ErrorModel", "Fit", "maximize", "occurring_labels", "spread"]

#: Probabilities are kept at least this large before a logarithm; crowd-kit's choice, needed for equal results.
EPSILON = 1e-10


class ClassPrior(StrEnum):
    """How probable a label is before any answer."""

    #: The mean posterior over all tasks, estimated anew in every iteration.
    LEARNED = "learned"
    #: The same for every label in play; it cannot collapse onto one label.
    UNIFORM = "uniform"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """The end of an expectation maximization, in the compact indices of its blocks.

    Attributes:
        blocks: the answers it ran on.
        posterior: shape (tasks with answers, labels in play), from the last expectation step.
        class_prior: shape (labels in play,), sums to 1.
        counts: shape (pair_count, labels in play), expected number of answers per pair and true label.
        errors: shape (pair_count, labels in play), probability of the pair's label from its worker, given the true label.
        losses: per iteration, the evidence lower bound per answer that decides when to stop.
    """

    blocks: TaskBlocks
    posterior: FloatArray
    class_prior: FloatArray
    counts: FloatArray
    errors: FloatArray
    losses: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorModel(ABC):
    """How workers err, and when to stop estimating it.

    Attributes:
        iteration_limit: at most so many iterations.
        tolerance: stop when the loss per answer grows by less.
        smoothing: answers assumed of every worker beforehand, spread evenly; see the algorithm.
        shrinkage: answers assumed of every worker beforehand, spread as all workers together answered. Workers of whom
            little is known are so taken for average ones.
        class_prior: how probable a label is before any answer.
    """

    iteration_limit: int = 100
    tolerance: float = 1e-5
    smoothing: float = 0.0
    shrinkage: float = 0.0
    class_prior: ClassPrior

    def __post_init__(self) -> None:
        if min(self.iteration_limit, self.smoothing, self.shrinkage) < 0:
            raise InvalidInput(
                f"The iteration limit is {self.iteration_limit}, the smoothing {self.smoothing} and the shrinkage "
                f"{self.shrinkage}; none may be negative."
            )

    @abstractmethod
    def errors(self, counts: FloatArray, pairs: VotePairs) -> FloatArray:
        """Return the maximization step: counts as in `Fit.counts` in, errors as in `Fit.errors` out."""

    @abstractmethod
    def labels_in_play(self, answers: Answers, known_labels: Mapping[int, int]) -> IntArray:
        """Return the labels that a task may have: int32, ascending; all that occur are among them."""


def maximize(
    model: ErrorModel,
    answers: Answers,
    *,
    known_labels: Mapping[int, int] | None = None,
    start: Posterior | None = None,
) -> Fit:
    """Return the estimate of workers and tasks after expectation maximization.

    It begins with the majority vote, as crowd-kit does, or with `start`; tasks with a known label keep it throughout.

    Raises:
        InvalidInput: a known label is not in 0..label_count - 1.
    """
    known = _checked(known_labels or {}, answers.label_count)
    blocks = TaskBlocks.of(answers, model.labels_in_play(answers, known))
    return _Maximization(model, blocks, _known_rows(blocks, known)).run(start)


def spread(fit: Fit, answers: Answers) -> Posterior:
    """Return the posterior over all tasks and labels: NaN without answers, 0 for labels out of play."""
    blocks, shape = fit.blocks, (answers.task_count, answers.label_count)
    if fit.posterior.shape == shape:
        return Posterior(probabilities=fit.posterior, has_answers=np.ones(shape[0], dtype=np.bool_))
    probabilities = np.full(shape, np.nan)
    probabilities[blocks.tasks] = 0.0
    probabilities[np.ix_(blocks.tasks, blocks.labels)] = fit.posterior
    return Posterior(probabilities=probabilities, has_answers=answers.has_answers())


def occurring_labels(answers: Answers, known_labels: Mapping[int, int]) -> IntArray:
    """Return the labels that were answered or are known: int32, ascending."""
    occurs = np.zeros(answers.label_count, dtype=np.bool_)
    occurs[answers.label] = True
    occurs[list(known_labels.values())] = True
    return np.flatnonzero(occurs).astype(np.int32)


def _checked(known_labels: Mapping[int, int], label_count: int) -> Mapping[int, int]:
    for task, label in known_labels.items():
        if not 0 <= label < label_count:
            raise InvalidInput(f"Task {task} is known to have label {label}; expected 0..{label_count - 1}.")
    return known_labels


def _known_rows(blocks: TaskBlocks, known_labels: Mapping[int, int]) -> FloatArray:
    """Return a row per task with answers: the right answer's 1 among 0s, or NaN when it is not known; empty for none."""
    if not known_labels:
        return np.zeros((0, blocks.labels.size))
    label = np.full(int(blocks.tasks.max(initial=-1)) + 1, -1, dtype=np.int32)
    for task, known in known_labels.items():
        if task < label.size:
            label[task] = known
    wanted = label[blocks.tasks]
    rows: FloatArray = (wanted[:, np.newaxis] == blocks.labels).astype(np.float64)
    rows[wanted < 0] = np.nan
    return rows


class _Maximization:
    """The state of one run: posterior, expected counts, prior and errors, improved in turns."""

    def __init__(self, model: ErrorModel, blocks: TaskBlocks, known: FloatArray) -> None:
        self._model, self._blocks, self._known = model, blocks, known
        row_count, label_count = blocks.tasks.size, blocks.labels.size
        self._posterior = np.zeros((row_count, label_count))
        self._prior = np.full(label_count, 1 / max(label_count, 1))
        self._counts = np.zeros((blocks.pairs.worker.size, label_count))
        self._log_errors = np.zeros_like(self._counts)
        self._label_sums = np.zeros(label_count)
        self._entropy = 0.0

    def run(self, start: Posterior | None) -> Fit:
        if self._blocks.answer_count == 0:
            return self._fit(())
        self._begin(start)
        losses: list[float] = []
        for _ in range(self._model.iteration_limit):
            self._improve()
            losses.append(self._loss())
            if len(losses) > 1 and losses[-1] - losses[-2] < self._model.tolerance:
                break
        return self._fit(tuple(losses))

    def _fit(self, losses: tuple[float, ...]) -> Fit:
        return Fit(
            blocks=self._blocks,
            posterior=self._posterior,
            class_prior=self._prior,
            counts=self._counts,
            errors=np.exp(self._log_errors),
            losses=losses,
        )

    def _begin(self, start: Posterior | None) -> None:
        """Fill in the first posterior, and from it the counts, the prior and the errors."""
        own_label = self._blocks.pairs.own_label()
        for block in self._blocks.blocks:
            if start is None:
                rows = block.gather(own_label)
                rows /= _row_sums(rows)
            else:
                rows = start.probabilities[np.ix_(self._blocks.tasks[block.rows], self._blocks.labels)]
            self._take(block, rows)
        self._maximize()

    def _improve(self) -> None:
        """Go through all answers once: the expectation step block by block, then the maximization step."""
        log_prior = np.log(np.maximum(self._prior, EPSILON))
        self._counts = np.zeros_like(self._counts)
        self._label_sums = np.zeros_like(self._label_sums)
        self._entropy = 0.0
        for block in self._blocks.blocks:
            rows = block.gather(self._log_errors)
            rows += log_prior
            _normalize_logs(rows)
            self._take(block, rows)
            np.maximum(rows, EPSILON, out=rows)
            self._entropy -= _inner(rows, np.log(rows))
        self._maximize()

    def _take(self, block: TaskBlock, rows: FloatArray) -> None:
        """Keep the block's posterior rows and add what they contribute, while they are in the cache."""
        if self._known.size:
            known = self._known[block.rows]
            np.copyto(rows, known, where=~np.isnan(known))
        self._posterior[block.rows] = rows
        self._counts += block.scatter(rows)
        self._label_sums += _column_sums(rows)

    def _maximize(self) -> None:
        if self._model.class_prior is ClassPrior.LEARNED:
            self._prior = self._label_sums / len(self._posterior)
        self._log_errors = np.log(self._model.errors(self._counts, self._blocks.pairs))

    def _loss(self) -> float:
        """Return crowd-kit's evidence lower bound per answer, which adds the prior once per answer, not per task."""
        log_prior = np.log(np.maximum(self._prior, EPSILON))
        expected = _inner(self._counts, self._log_errors) + float((_column_sums(self._counts) * log_prior).sum())
        return (expected + self._entropy) / self._blocks.answer_count


def _normalize_logs(rows: FloatArray) -> None:
    """Turn log scores into probabilities, in place."""
    top = rows[:, 0].copy()
    for column in rows.T[1:]:
        np.maximum(top, column, out=top)
    rows -= top[:, np.newaxis]
    np.exp(rows, out=rows)
    rows /= _row_sums(rows)


# NumPy reduces rows of a few labels slowly, in either direction: running down whole columns is several times faster.


def _row_sums(rows: FloatArray) -> FloatArray:
    """Return the sum of each row: shape (row_count, 1)."""
    total = rows[:, 0].copy()
    for column in rows.T[1:]:
        total += column
    return total[:, np.newaxis]


def _column_sums(rows: FloatArray) -> FloatArray:
    """Return the sum of each column: shape (label_count,)."""
    return np.array([column.sum() for column in rows.T])


def _inner(one: FloatArray, other: FloatArray) -> float:
    """Return the sum of products of two arrays of the same shape."""
    # Not np.vdot: its threads spin between calls as short as these and slow down everything else.
    return float(np.einsum("ij,ij->", one, other))
