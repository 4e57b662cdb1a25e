"""How simulated workers choose a label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from manyhands.errors import InvalidInput

from .truth_book import Label, Question

__all__ = [
    "AlwaysPosition",
    "AnswerModel",
    "ConfusedAnswers",
    "PositionBias",
    "RandomClicks",
    "ReplayedAnswers",
    "UniformErrors",
]


class AnswerModel(Protocol):
    """Chooses a label. All chance comes from the generator, so that the same generator brings the same answers."""

    def can_answer(self, question: Question) -> bool:
        """Return whether the worker has an answer; without one the page is given back."""
        ...

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:
        """Return the worker's answer to a question that they can answer.

        Args:
            question: what is asked.
            rng: the worker's own.
            attention: share of answers, in [0, 1], that the worker thinks about; they guess the others.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UniformErrors:
    """Right with probability `accuracy`, else any other label, each as likely as the next.

    With attention a, difficulty d and K labels the probability to be right is c * accuracy + (1 - c) / K, where c = a * (1 - d).

    Example:
        >>> question = Question(key="1", field="choice", labels=("yes", "no"), right="yes")
        >>> UniformErrors(accuracy=1.0).answer(question, np.random.default_rng(7), attention=1.0)
        'yes'

    Raises:
        InvalidInput: the accuracy is not in [0, 1].
    """

    accuracy: float

    def __post_init__(self) -> None:
        _check_share("accuracy", self.accuracy)

    def can_answer(self, question: Question) -> bool:
        """Return whether the right label is known."""
        return question.right is not None

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:
        """Return the right label or another one."""
        if not _is_thinking(question, rng, attention):
            return _guess(question.labels, rng)
        if rng.random() < self.accuracy:
            return _known(question)
        others = tuple(label for label in question.labels if label != question.right)
        return _guess(others or question.labels, rng)


class ConfusedAnswers:
    """Answers by a confusion matrix.

    Args:
        labels: the labels of the rows and columns.
        matrix: shape (labels, labels), in [0, 1]; row = right label, column = answer; each row sums to 1.

    Raises:
        InvalidInput: the matrix has another shape, or a row is not a distribution.

    Example:
        >>> says_no = ConfusedAnswers(("yes", "no"), [[0.0, 1.0], [0.0, 1.0]])
        >>> question = Question(key="1", field="choice", labels=("yes", "no"), right="yes")
        >>> says_no.answer(question, np.random.default_rng(7), attention=1.0)
        'no'
    """

    def __init__(self, labels: Sequence[Label], matrix: ArrayLike) -> None:
        self.labels = tuple(labels)
        self.matrix: NDArray[np.float64] = np.asarray(matrix, dtype=np.float64)
        self._check()
        self._cumulated = dict(zip(self.labels, np.cumsum(self.matrix, axis=1), strict=True))

    def _check(self) -> None:
        size = len(self.labels)
        if self.matrix.shape != (size, size):
            raise InvalidInput(
                f"The confusion matrix has the shape {self.matrix.shape}; expected {(size, size)} for {size} labels."
            )
        if (self.matrix < 0).any() or not np.allclose(self.matrix.sum(axis=1), 1.0):
            raise InvalidInput(
                f"The rows of the confusion matrix sum to {self.matrix.sum(axis=1)}; expected shares that sum to 1."
            )

    def can_answer(self, question: Question) -> bool:
        """Return whether the right label is known and in the matrix."""
        return question.right in self._cumulated

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:
        """Return a label drawn from the row of the right one."""
        if not _is_thinking(question, rng, attention):
            return _guess(question.labels, rng)
        column = int(np.searchsorted(self._cumulated[_known(question)], rng.random(), side="right"))
        return self.labels[min(column, len(self.labels) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionBias:
    """Takes the label at `position` in a `share` of the answers, without looking; else answers as `otherwise`.

    A position that the question does not have counts from its last label.
    """

    otherwise: AnswerModel
    share: float
    position: int = 0

    def __post_init__(self) -> None:
        _check_share("share of biased answers", self.share)

    def can_answer(self, question: Question) -> bool:
        """Return whether the unbiased worker can."""
        return self.otherwise.can_answer(question)

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:
        """Return the label at the position, or the unbiased answer."""
        if rng.random() < self.share:
            return question.labels[min(self.position, len(question.labels) - 1)]
        return self.otherwise.answer(question, rng, attention=attention)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlwaysPosition:
    """Always takes the label at `position`; one that the question does not have counts as its last label."""

    position: int = 0

    def can_answer(self, question: Question) -> bool:  # noqa: ARG002 - every question will do
        """Return True."""
        return True

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:  # noqa: ARG002 - nothing is left to chance
        """Return the label at the position."""
        return question.labels[min(self.position, len(question.labels) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomClicks:
    """Takes any label, each as likely as the next."""

    def can_answer(self, question: Question) -> bool:  # noqa: ARG002 - every question will do
        """Return True."""
        return True

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:  # noqa: ARG002 - there is none
        """Return any label."""
        return _guess(question.labels, rng)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayedAnswers:
    """Gives the answers that one real person gave, and has none to other questions.

    Attributes:
        labels: key of the question → the person's answer.
    """

    labels: Mapping[str, Label] = field(default_factory=dict)

    def can_answer(self, question: Question) -> bool:
        """Return whether the person answered this question."""
        return question.key in self.labels

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:  # noqa: ARG002 - nothing is left to chance
        """Return what the person answered."""
        return self.labels[question.key]


def _is_thinking(question: Question, rng: np.random.Generator, attention: float) -> bool:
    return rng.random() < attention * (1.0 - question.difficulty)


def _guess(labels: tuple[Label, ...], rng: np.random.Generator) -> Label:
    return labels[int(rng.random() * len(labels))]


def _known(question: Question) -> Label:
    if question.right is None:
        raise InvalidInput(
            f"The question {question.key[:120]} has no right label; expected one, as the worker errs by it."
        )
    return question.right


def _check_share(name: str, share: float) -> None:
    if not 0 <= share <= 1:
        raise InvalidInput(f"The {name} of a simulated worker is {share}; expected a number in [0, 1].")
