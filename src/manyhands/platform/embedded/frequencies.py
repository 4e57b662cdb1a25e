"""How many tasks of a kind are due on a worker's next page, by how many tasks the worker has done. Pure."""

from collections.abc import Iterator
from itertools import pairwise

from manyhands.crowd import FrequencyStep, TaskFrequency

__all__ = ["count_due", "find_frequency_problems"]


def count_due(frequency: TaskFrequency, done_count: int, *, page_size: int) -> int:
    """Return how many of the next `page_size` tasks of a worker who has done `done_count` are meant.

    Example:
        >>> from manyhands.crowd import HistoryScope
        >>> often = FrequencyStep(first=1, last=5, every=3)  # the first and the fourth
        >>> seldom = FrequencyStep(first=6, last=None, every=5)  # the sixth, the eleventh, ...
        >>> frequency = TaskFrequency(scope=HistoryScope.POOL, steps=(often, seldom))
        >>> count_due(frequency, 0, page_size=10), count_due(frequency, 10, page_size=10)
        (3, 2)
    """
    places = range(done_count + 1, done_count + page_size + 1)
    return sum(any(_is_meant(step, place) for step in frequency.steps) for place in places)


def find_frequency_problems(frequency: TaskFrequency) -> Iterator[str]:
    """Yield one sentence for everything about a frequency that cannot work."""
    for step in frequency.steps:
        if step.first < 1 or step.every < 1 or (step.last is not None and step.last < step.first):
            yield f"expected steps that begin at 1 or later and do not end before, found {step}"
    ordered = sorted(frequency.steps, key=lambda step: step.first)
    for before, after in pairwise(ordered):
        if before.last is None or before.last >= after.first:
            yield f"expected steps that do not overlap, found {before} and {after}"


def _is_meant(step: FrequencyStep, place: int) -> bool:
    is_within = place >= step.first and (step.last is None or place <= step.last)
    return is_within and (place - step.first) % step.every == 0
