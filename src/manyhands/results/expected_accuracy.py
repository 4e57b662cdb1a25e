"""How right the labels of objects will be, judged by control tasks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import comb

from .intervals import Interval, share_interval

__all__ = ["ExpectedAccuracy", "expected_accuracy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAccuracy:
    """What the control tasks let expect of the objects.

    Attributes:
        share: of right labels, in [0, 1].
        interval: the range in which it lies with 95 % confidence, as far as the number of control tasks tells.
        control_count: control tasks that were answered.
    """

    share: float
    interval: Interval
    control_count: int


def expected_accuracy(
    control_answers: Iterable[tuple[int, int]], overlaps: Mapping[int, int]
) -> ExpectedAccuracy | None:
    """Return how many labels would be right if the control tasks had got as few answers as the objects, and the majority of them counted.

    Every control task stands for an object: of its answers as many are drawn as the objects got, and the label is right when more than half of
    them are; a draw counts half. So tasks that many get wrong together weigh as they do among the objects, which a product of the workers'
    accuracies would hide. An aggregation that knows the workers does better than the majority; control tasks that are easier than the objects
    make the estimate too high.

    Args:
        control_answers: per control task the number of answers, and of right ones.
        overlaps: answers per object → number of objects.

    Returns:
        None when no control task or no object has answers.

    >>> found = expected_accuracy([(10, 9), (10, 8)], {3: 20})
    >>> round(found.share, 3)
    0.967
    """
    controls = [(total, right) for total, right in control_answers if total]
    weights = {number: count for number, count in overlaps.items() if number and count}
    if not controls or not weights:
        return None
    whole = sum(weights.values())
    share = sum(
        count / whole * _mean([_right_majority(total, right, min(number, total)) for total, right in controls])
        for number, count in weights.items()
    )
    interval = share_interval(share * len(controls), len(controls))
    return ExpectedAccuracy(share=share, interval=interval, control_count=len(controls))


def _right_majority(total: int, right: int, drawn: int) -> float:
    """Return how probable it is that of `drawn` answers, taken from `total` of which `right` are right, more than half are right."""
    ways = comb(total, drawn)
    parts = [(hits, comb(right, hits) * comb(total - right, drawn - hits)) for hits in range(min(right, drawn) + 1)]
    return sum(count for hits, count in parts if 2 * hits > drawn) / ways + (
        sum(count for hits, count in parts if 2 * hits == drawn) / ways / 2
    )


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
