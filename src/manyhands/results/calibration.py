"""Whether labels are right as often as their confidence says."""

from collections.abc import Iterable
from dataclasses import dataclass

from .histogram import CONFIDENCE_RANGES, confidence_range
from .intervals import Interval, share_interval

__all__ = ["CalibrationBin", "calibration_bins", "calibration_gap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Labels of about the same confidence.

    Attributes:
        label: the range of confidence, in words.
        count: labels in it.
        right_count: right ones among them.
        mean_confidence: their mean confidence, in [0, 1].
    """

    label: str
    count: int
    right_count: int
    mean_confidence: float

    @property
    def right_share(self) -> float:
        """The share of right labels, in [0, 1]."""
        return self.right_count / self.count

    @property
    def interval(self) -> Interval:
        """The range in which the true share lies with 95 % confidence."""
        return share_interval(self.right_count, self.count)


def calibration_bins(judged: Iterable[tuple[float, bool]]) -> list[CalibrationBin]:
    """Return labels whose truth is known by ranges of their confidence, from the lowest; ranges without labels are left out.

    Args:
        judged: confidence in [0, 1], and whether the label is right.

    >>> [(part.label, part.count, part.right_share) for part in calibration_bins([(0.95, True), (0.92, False), (0.6, True)])]
    [('60-70%', 1, 1.0), ('90-100%', 2, 0.5)]
    """
    places: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in judged:
        places.setdefault(confidence_range(confidence), []).append((confidence, is_right))
    return [
        CalibrationBin(
            label=CONFIDENCE_RANGES[place],
            count=len(found),
            right_count=sum(is_right for _, is_right in found),
            mean_confidence=sum(confidence for confidence, _ in found) / len(found),
        )
        for place, found in sorted(places.items())
    ]


def calibration_gap(judged: Iterable[tuple[float, bool]]) -> float | None:
    """Return by how much confidence is higher than the share of right labels; below zero where it is lower, None without labels.

    >>> round(calibration_gap([(0.9, True), (0.9, False)]), 3)
    0.4
    """
    found = list(judged)
    return sum(confidence - is_right for confidence, is_right in found) / len(found) if found else None
