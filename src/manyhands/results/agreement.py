"""How far workers agree with each other, by chance and beyond it.

All measures are for labels without order and take a table of counts: shape (task_count, label_count), how many workers
gave each label to each task. Tasks may have different numbers of answers. A measure is None where it is undefined.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from manyhands.errors import InvalidData

from .raw_results import RawPair

__all__ = [
    "Agreement",
    "answer_counts",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "measure_agreement",
    "observed_agreement",
]

_Counts = npt.NDArray[np.int64]

#: Fewer answers than this have nothing to agree with.
_MIN_PAIR = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far the workers of a launch agree; a measure is None where it is undefined.

    Attributes:
        compared_task_count: tasks with at least two answers.
        observed: see `observed_agreement`.
        krippendorff_alpha: see `krippendorff_alpha`.
        fleiss_kappa: see `fleiss_kappa`.
        gwet_ac1: see `gwet_ac1`.
    """

    compared_task_count: int
    observed: float | None
    krippendorff_alpha: float | None
    fleiss_kappa: float | None
    gwet_ac1: float | None


def measure_agreement(raw_results: Sequence[RawPair], labels: Sequence[str]) -> Agreement:
    """Return how far the workers agree, by every measure.

    Args:
        raw_results: what the launch returned.
        labels: all labels that could be given, such as the members of the class.

    Raises:
        InvalidData: a vote has a label that is not among `labels`.
    """
    counts = answer_counts(raw_results, labels)
    return Agreement(
        compared_task_count=len(_compared(counts)),
        observed=observed_agreement(counts),
        krippendorff_alpha=krippendorff_alpha(counts),
        fleiss_kappa=fleiss_kappa(counts),
        gwet_ac1=gwet_ac1(counts),
    )


def answer_counts(raw_results: Sequence[RawPair], labels: Sequence[str]) -> _Counts:
    """Return how often each label was given to each object: shape (object_count, label_count), int64.

    Raises:
        InvalidData: a vote has a label that is not among `labels`.
    """
    index = {label: position for position, label in enumerate(labels)}
    counts = np.zeros((len(raw_results), len(labels)), dtype=np.int64)
    for position, (_, votes) in enumerate(raw_results):
        for label, _ in votes:
            if label not in index:
                message = f"Object {position} has the label {str(label)!r}; expected one of {', '.join(labels)}."
                raise InvalidData(message)
            counts[position, index[label]] += 1
    return counts


def observed_agreement(counts: _Counts) -> float | None:
    """Return the mean share in [0, 1] of pairs of answers to the same task that are equal.

    Every task with at least two answers counts the same; None when there is none.

    >>> observed_agreement(np.array([[2, 0], [1, 1]]))
    0.5
    """
    compared = _compared(counts)
    return float(_equal_pair_shares(compared).mean()) if len(compared) else None


def krippendorff_alpha(counts: _Counts) -> float | None:
    """Return Krippendorff's alpha: 1 for perfect agreement, 0 for that of chance, below 0 for systematic disagreement.

    Tasks with one answer are left out. None when no task has two answers, or when all answers compared are the same
    label: then chance would agree perfectly too.

    Krippendorff (2004), Content Analysis, 2nd ed., ch. 11, nominal data: 1 - D_o / D_e, where D_o weighs each task by its
    number of answers and D_e pairs all answers without replacement.

    >>> krippendorff_alpha(np.array([[2, 0], [0, 2], [1, 1]]))
    0.4444444444444444
    """
    compared = _compared(counts)
    totals = compared.sum(axis=0)
    n = int(totals.sum())
    expected = 1 - float((totals * (totals - 1)).sum()) / (n * (n - 1)) if n else 0.0
    if expected == 0:
        return None
    observed = float(((1 - _equal_pair_shares(compared)) * compared.sum(axis=1)).sum()) / n
    return 1 - observed / expected


def fleiss_kappa(counts: _Counts) -> float | None:
    """Return Fleiss' kappa: 1 for perfect agreement, 0 for that of chance.

    None when no task has two answers, or when all answers are the same label.

    Fleiss (1971), Measuring nominal scale agreement among many raters; for different numbers of answers in the extension
    of Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.: each task with an answer counts the same in the chance
    of a label, each task with two in the observed agreement.
    """
    shares = _label_shares(counts)
    return _beyond_chance(observed_agreement(counts), float((shares**2).sum()))


def gwet_ac1(counts: _Counts) -> float | None:
    """Return Gwet's AC1: 1 for perfect agreement, 0 for that of chance; steady where one label is far more frequent.

    None when no task has two answers or there is only one label to give.

    Gwet (2008), Computing inter-rater reliability and its variance in the presence of high agreement; different numbers of
    answers are treated as in `fleiss_kappa`.
    """
    label_count = counts.shape[1]
    if label_count < _MIN_PAIR:
        return None
    shares = _label_shares(counts)
    return _beyond_chance(observed_agreement(counts), float((shares * (1 - shares)).sum()) / (label_count - 1))


def _compared(counts: _Counts) -> _Counts:
    compared: _Counts = counts[counts.sum(axis=1) >= _MIN_PAIR]
    return compared


def _equal_pair_shares(compared: _Counts) -> npt.NDArray[np.float64]:
    answers = compared.sum(axis=1)
    shares: npt.NDArray[np.float64] = (compared * (compared - 1)).sum(axis=1) / (answers * (answers - 1))
    return shares


def _label_shares(counts: _Counts) -> npt.NDArray[np.float64]:
    answered = counts[counts.sum(axis=1) > 0]
    if not len(answered):
        return np.zeros(counts.shape[1])
    shares: npt.NDArray[np.float64] = (answered / answered.sum(axis=1, keepdims=True)).mean(axis=0)
    return shares


def _beyond_chance(observed: float | None, chance: float) -> float | None:
    # The shares of one label sum up to 1 only to the last bit, and a chance that is 1 but for rounding says nothing.
    if observed is None or np.isclose(chance, 1, rtol=0, atol=1e-12):
        return None
    return (observed - chance) / (1 - chance)
