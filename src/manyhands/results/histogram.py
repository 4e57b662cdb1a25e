"""Counts by range of values, as bars with labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

import numpy as np

__all__ = ["CONFIDENCE_RANGES", "Bar", "confidence_bars", "confidence_range", "duration_bars", "overlap_bars"]

_DURATION_BAR_COUNT = 8
_OVERLAP_BAR_COUNT = 8

#: Share of the durations that the bars before the last, open one cover; the slowest few would make all others one bar.
_COVERED_SHARE = 0.95

#: Ranges of confidence, in words: steps of ten points from one half on.
CONFIDENCE_RANGES = ("under 50%", "50-60%", "60-70%", "70-80%", "80-90%", "90-100%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """How many values are in one range.

    Attributes:
        label: the range, in words.
        count: values in it.
        is_marked: whether the expected value is in it.
    """

    label: str
    count: int
    is_marked: bool = False


def duration_bars(seconds: Sequence[float], hint: timedelta) -> list[Bar]:
    """Return how many tasks took how long, in ranges of equal width of which the last is open; the one of the hint is marked.

    Args:
        seconds: time per task, in seconds.
        hint: the expected time.

    Returns:
        Bars from the shortest to the longest time; none without durations.

    >>> [(bar.label, bar.count, bar.is_marked) for bar in duration_bars([1.0, 2.0, 2.5, 30.0], timedelta(seconds=3))][:3]
    [('0-5 s', 3, True), ('5-10 s', 0, False), ('10-15 s', 0, False)]
    """
    if not seconds:
        return []
    expected = hint.total_seconds()
    values = np.asarray(seconds)
    step = _round_step(max(float(np.quantile(values, _COVERED_SHARE)), expected) / (_DURATION_BAR_COUNT - 1))
    places = np.minimum(values // step, _DURATION_BAR_COUNT - 1).astype(int)
    counts = np.bincount(places, minlength=_DURATION_BAR_COUNT).tolist()
    # A hint on the border between two ranges marks the one that ends there: tasks were expected to take up to that long.
    marked = min(max(ceil(expected / step) - 1, 0), _DURATION_BAR_COUNT - 1)
    bars = [
        Bar(label=_range_label(place, step), count=number, is_marked=place == marked)
        for place, number in enumerate(counts)
    ]
    return bars[: max(marked, int(places.max())) + 1]


def confidence_bars(confidences: Sequence[float]) -> list[Bar]:
    """Return how many objects have which confidence, in steps of ten points from one half on; none without confidences."""
    if not confidences:
        return []
    counts = np.bincount(list(map(confidence_range, confidences)), minlength=len(CONFIDENCE_RANGES)).tolist()
    return [Bar(label=label, count=number) for label, number in zip(CONFIDENCE_RANGES, counts, strict=True)]


def confidence_range(confidence: float) -> int:
    """Return the place in `CONFIDENCE_RANGES` of a confidence.

    >>> CONFIDENCE_RANGES[confidence_range(0.7)]
    '70-80%'
    """
    # A little more than the rounding errors of floats, so that 0.7 is in "70-80%".
    return min(max(int((confidence + 1e-9) * 10) - 4, 0), len(CONFIDENCE_RANGES) - 1)


def overlap_bars(overlaps: Mapping[int, int]) -> list[Bar]:
    """Return how many objects have how many accepted answers, from none on; many answers share the last bar.

    >>> [(bar.label, bar.count) for bar in overlap_bars({2: 5, 0: 1})]
    [('0', 1), ('1', 0), ('2', 5)]
    """
    if not overlaps:
        return []
    most = max(overlaps)
    last = min(most, _OVERLAP_BAR_COUNT - 1)
    counts = [overlaps.get(number, 0) for number in range(last)]
    rest = sum(number for answers, number in overlaps.items() if answers >= last)
    labels = [*map(str, range(last)), str(last) if most == last else f"{last} or more"]
    return [Bar(label=label, count=number) for label, number in zip(labels, [*counts, rest], strict=True)]


def _round_step(width: float) -> float:
    """Return the next larger width that is 1, 2 or 5 times a power of ten."""
    power = 10.0 ** np.floor(np.log10(width)) if width > 0 else 1.0
    return float(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= width))


def _range_label(place: int, step: float) -> str:
    start, end = f"{place * step:g}", f"{(place + 1) * step:g}"
    return f"{start} s and more" if place == _DURATION_BAR_COUNT - 1 else f"{start}-{end} s"
