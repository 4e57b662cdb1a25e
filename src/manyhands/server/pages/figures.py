"""What is kept of a pool while somebody watches all of them: a few figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from manyhands.crowd import AssignmentStatus, PoolType
from manyhands.server.pool_readings import PoolReading

__all__ = ["Eta", "PoolFigures", "estimate_eta", "figures_of"]

#: Before so many finished objects the pace says nothing.
_LEAST_FINISHED = 3
_NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFigures:
    """The figures of a pool; shares are in [0, 1], and None where they are not known.

    Attributes:
        kind: what the pool is for.
        expected: share of right labels that the control tasks let expect, with its 95 % range.
        expected_count: control tasks that tell it.
    """

    name: str
    kind: PoolType
    object_count: int
    finished_count: int
    answer_count: int
    pages: Mapping[str, int]
    worker_count: int
    agreement: float | None
    alpha: float | None
    confidence: float | None
    control_accuracy: float | None
    expected: float | None
    expected_low: float | None
    expected_high: float | None
    expected_count: int
    suspicious_count: int
    started: datetime | None


class Eta(NamedTuple):
    """How long it will take until everything is finished, with a 95 % range as if objects finished independently of each other."""

    middle: timedelta
    low: timedelta
    high: timedelta


def figures_of(reading: PoolReading) -> PoolFigures:
    """Return the figures of a pool that was read."""
    facts, expected = reading.facts, reading.facts.expected_accuracy
    return PoolFigures(
        name=reading.name,
        kind=reading.pool.config.type,
        object_count=len(facts.objects),
        finished_count=facts.finished_count,
        answer_count=facts.answer_count,
        pages={status.value: facts.pages[status] for status in AssignmentStatus},
        worker_count=len(facts.workers),
        agreement=facts.agreement,
        alpha=facts.alpha,
        confidence=facts.confidence,
        control_accuracy=facts.control_accuracy,
        expected=None if expected is None else expected.share,
        expected_low=None if expected is None else expected.interval.low,
        expected_high=None if expected is None else expected.interval.high,
        expected_count=0 if expected is None else expected.control_count,
        suspicious_count=sum(control.is_suspicious for control in facts.controls.values()),
        started=facts.started,
    )


def estimate_eta(*, elapsed: timedelta, finished_count: int, object_count: int) -> Eta | None:
    """Return when everything will be finished at the pace so far; None when that cannot be said.

    >>> estimate_eta(elapsed=timedelta(minutes=10), finished_count=25, object_count=50).middle
    datetime.timedelta(seconds=600)
    """
    if finished_count < _LEAST_FINISHED:
        return None
    middle = elapsed / finished_count * (object_count - finished_count)
    spread = min(_NORMAL_95 / finished_count**0.5, 0.9)
    return Eta(middle=middle, low=middle / (1 + spread), high=middle / (1 - spread))
