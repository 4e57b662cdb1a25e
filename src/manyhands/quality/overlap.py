"""How many accepted answers a task needs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from manyhands.errors import InvalidParams

__all__ = ["DynamicOverlap", "Overlap", "StaticOverlap", "answers_wanted", "overlap_wanted", "parse_overlap"]

#: More answers than this to one task is taken for a slip.
MAX_OVERLAP = 100

_TEXT = re.compile(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class StaticOverlap:
    """The same number of accepted answers for every task.

    Raises:
        InvalidParams: the overlap is not from 1 to 100.

    Example:
        >>> str(StaticOverlap(3))
        '3'
    """

    overlap: int

    def __post_init__(self) -> None:
        if not (_is_whole(self.overlap) and 1 <= self.overlap <= MAX_OVERLAP):
            problem = f"overlap is {self.overlap!r}; expected a whole number from 1 to {MAX_OVERLAP}"
            raise InvalidParams("The overlap is wrong.", [problem])

    @property
    def min_overlap(self) -> int:
        """Answers that every task gets."""
        return self.overlap

    @property
    def max_overlap(self) -> int:
        """Answers that no task passes."""
        return self.overlap

    def __str__(self) -> str:
        return str(self.overlap)


@dataclass(frozen=True, slots=True)
class DynamicOverlap:
    """Accepted answers are asked for until the label is confident enough.

    Args:
        min_overlap: answers that every task gets.
        max_overlap: answers that no task passes.
        confidence: needed probability of the label in [0, 1], for all labels or for each; a label that is left out needs the highest
            of those given.

    Raises:
        InvalidParams: a number is out of range; all are named.

    Example:
        >>> str(DynamicOverlap(2, 4, 0.8))
        '2-4'
    """

    min_overlap: int
    max_overlap: int
    confidence: float | Mapping[str, float]

    def __post_init__(self) -> None:
        problems = []
        are_whole = _is_whole(self.min_overlap) and _is_whole(self.max_overlap)
        if not (are_whole and 1 <= self.min_overlap <= self.max_overlap <= MAX_OVERLAP):
            problems.append(
                f"min_overlap is {self.min_overlap!r} and max_overlap {self.max_overlap!r}; "
                f"expected whole numbers, 1 <= min_overlap <= max_overlap <= {MAX_OVERLAP}"
            )
        wrong = [needed for needed in self._confidences() if not _is_probability(needed)]
        problems += [f"confidence is {needed!r}; expected a probability from 0 to 1" for needed in wrong]
        if not self._confidences():
            problems.append("confidence names no label; expected a probability, or one for each label")
        if problems:
            raise InvalidParams("The overlap is wrong.", problems)

    def required_confidence(self, label: str) -> float:
        """Return the probability that `label` needs before no more answers are asked for."""
        if isinstance(self.confidence, Mapping):
            return self.confidence.get(label, max(self._confidences()))
        return self.confidence

    def _confidences(self) -> list[float]:
        return list(self.confidence.values()) if isinstance(self.confidence, Mapping) else [self.confidence]

    def __str__(self) -> str:
        return f"{self.min_overlap}-{self.max_overlap}"


Overlap = StaticOverlap | DynamicOverlap


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_probability(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def parse_overlap(text: str, confidence: float | Mapping[str, float]) -> Overlap:
    """Return the overlap written as ``3`` or ``3-3`` (static) or ``2-4`` (dynamic, with this needed confidence).

    Raises:
        InvalidParams: the text is something else, or a number is out of range.

    Example:
        >>> parse_overlap("3-3", 0.85)
        StaticOverlap(overlap=3)
    """
    found = _TEXT.fullmatch(text)
    if found is None:
        raise InvalidParams("The overlap is wrong.", [f"overlap is {text!r}; expected a text such as '3' or '2-4'"])
    low, high = int(found[1]), int(found[2] or found[1])
    return StaticOverlap(low) if low == high else DynamicOverlap(low, high, confidence)


def answers_wanted(overlap: Overlap, accepted_count: int, *, label: str | None, confidence: float) -> int:
    """Return how many more accepted answers a task needs now.

    Args:
        overlap: how many answers tasks get.
        accepted_count: accepted answers that the task has.
        label: its most probable label; None while there is none.
        confidence: the probability of that label.

    Example:
        >>> answers_wanted(DynamicOverlap(2, 4, 0.8), 2, label="cat", confidence=0.7)
        1
    """
    missing = overlap.min_overlap - accepted_count
    if missing > 0:
        return missing
    if isinstance(overlap, StaticOverlap) or accepted_count >= overlap.max_overlap:
        return 0
    return 1 if label is None or confidence < overlap.required_confidence(label) else 0


def overlap_wanted(
    overlap: Overlap,
    accepted_count: int,
    *,
    rejected_count: int,
    pending_count: int = 0,
    label: str | None,
    confidence: float,
) -> int:
    """Return the overlap that a platform has to be asked for, so that the task gets the answers it needs and not one more.

    A platform counts every page that was handed out, so rejected answers are added; pages in work and in review (`pending_count`) may
    still bring answers, so nothing is asked for beyond them before they are judged.

    Example:
        >>> overlap_wanted(StaticOverlap(3), 1, rejected_count=2, label=None, confidence=0.0)
        5
    """
    wanted = answers_wanted(overlap, accepted_count, label=label, confidence=confidence)
    return accepted_count + rejected_count + max(pending_count, wanted)
