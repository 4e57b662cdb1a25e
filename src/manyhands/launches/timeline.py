"""How a launch went over time: pages, answers and money, read from the pages and bonuses that the platform keeps."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from manyhands.crowd import Assignment, Bonus, Money, Platform, Pool, PoolId, PoolStatus, TaskId, TaskKind

__all__ = ["Timeline", "end_of_timeline", "read_timeline", "timeline_of"]

#: More points than a screen can show would only make files larger.
_MOST_POINTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A launch at some moments, from the first page taken to now; all sequences are parallel.

    Attributes:
        moments: equally far from each other.
        active: pages in work.
        submitted: pages in review.
        accepted: pages accepted so far.
        rejected: pages rejected so far, without those whose rejection was taken back later.
        returned: pages given back or expired so far.
        answers: answers to objects on accepted pages so far.
        finished: objects so far that have the last answer that they got; empty when it was not asked which are finished.
        paid: US dollars paid so far, bonuses and fees included.
        reserved: US dollars promised to pages in work or in review, fees included, bonuses not.
    """

    moments: Sequence[datetime] = ()
    active: Sequence[int] = ()
    submitted: Sequence[int] = ()
    accepted: Sequence[int] = ()
    rejected: Sequence[int] = ()
    returned: Sequence[int] = ()
    answers: Sequence[int] = ()
    finished: Sequence[int] = ()
    paid: Sequence[float] = ()
    reserved: Sequence[float] = ()


def read_timeline(platform: Platform, pool_id: PoolId) -> Timeline:
    """Return the timeline of the launch that works in a pool. Cost: one pass over its pages.

    Args:
        platform: where the pool is.
        pool_id: which.
    """
    pages: list[Assignment] = []
    while found := platform.list_assignments(pool_id, pages[-1].id if pages else None):
        pages += found
    end = end_of_timeline(platform.get_pool(pool_id), pages, now=platform.clock.now())
    return timeline_of(pages, fee=platform.fee, bonuses=platform.list_bonuses(pool_id), now=end)


def end_of_timeline(pool: Pool, pages: Iterable[Assignment], *, now: datetime) -> datetime:
    """Return now while something may happen in the pool, and afterwards the moment at which the last thing did."""
    last = pool.created
    for page in pages:
        end = _end(page)
        if end is None or pool.status is PoolStatus.OPEN:
            return now
        last = max(last, end, page.accepted or end)
    return max(last, pool.last_stopped or last)


def timeline_of(
    pages: Sequence[Assignment],
    *,
    fee: Callable[[Money], Money],
    bonuses: Iterable[Bonus] = (),
    now: datetime,
    finished: frozenset[TaskId] | None = None,
) -> Timeline:
    """Return the timeline of these pages; an empty one without pages.

    Args:
        pages: all pages of the launch.
        fee: what the platform keeps on top of a reward or bonus.
        bonuses: what was paid beside.
        now: the last moment.
        finished: the objects that want no more answers; None when that does not matter.
    """
    if not pages:
        return Timeline()
    start = min(page.created for page in pages)
    moments = _moments(start, max(now, start))
    ends = [(page, _end(page)) for page in pages]
    counted = _Counter(moments)
    return Timeline(
        moments=moments,
        active=counted.between((page.created, page.submitted or end) for page, end in ends),
        submitted=counted.between((page.submitted, end) for page, end in ends if page.submitted is not None),
        accepted=counted.up_to(page.accepted for page in pages),
        rejected=counted.up_to(page.rejected for page in pages if page.accepted is None),
        returned=counted.up_to(page.skipped or page.expired for page in pages),
        answers=counted.up_to(
            page.accepted for page in pages for task in page.tasks if task.kind is TaskKind.REAL and page.accepted
        ),
        finished=[] if finished is None else counted.up_to(_last_answers(pages, finished).values()),
        paid=_sum(counted, _payments(pages, bonuses, fee)),
        reserved=_sum(counted, _promises(ends, fee)),
    )


class _Counter:
    """Counts at fixed moments what has happened by then."""

    def __init__(self, moments: Sequence[datetime]) -> None:
        self._stamps = np.array([moment.timestamp() for moment in moments])

    def up_to(self, moments: Iterable[datetime | None]) -> list[int]:
        """Return how many of the moments have come."""
        stamps = np.sort(np.array([moment.timestamp() for moment in moments if moment is not None]))
        counts: list[int] = np.searchsorted(stamps, self._stamps, side="right").tolist()
        return counts

    def between(self, spans: Iterable[tuple[datetime, datetime | None]]) -> list[int]:
        """Return how many of the spans have begun and not ended; an end of None has not come."""
        found = list(spans)
        begun, ended = self.up_to(start for start, _ in found), self.up_to(end for _, end in found)
        return [first - last for first, last in zip(begun, ended, strict=True)]

    def sum_up_to(self, movements: Iterable[tuple[datetime, float]]) -> npt.NDArray[np.float64]:
        """Return the sum of the amounts whose moment has come."""
        ordered = sorted((moment.timestamp(), amount) for moment, amount in movements)
        sums = np.concatenate([[0.0], np.cumsum([amount for _, amount in ordered])])
        places = np.searchsorted(np.array([stamp for stamp, _ in ordered]), self._stamps, side="right")
        amounts: npt.NDArray[np.float64] = sums[places]
        return amounts


def _moments(start: datetime, end: datetime) -> list[datetime]:
    if start == end:
        return [start]
    return [start + (end - start) * place / (_MOST_POINTS - 1) for place in range(_MOST_POINTS)]


def _end(page: Assignment) -> datetime | None:
    """Return when nobody had to do anything about a page any more: judged first, given back or expired."""
    moments = (page.accepted, page.rejected, page.skipped, page.expired)
    return min((moment for moment in moments if moment is not None), default=None)


def _last_answers(pages: Sequence[Assignment], finished: frozenset[TaskId]) -> Mapping[TaskId, datetime]:
    last: dict[TaskId, datetime] = {}
    for page in pages:
        for task in page.tasks if page.accepted is not None else ():
            if task.id in finished and page.accepted is not None:
                last[task.id] = max(page.accepted, last.get(task.id, page.accepted))
    return last


def _payments(
    pages: Sequence[Assignment], bonuses: Iterable[Bonus], fee: Callable[[Money], Money]
) -> Iterable[tuple[datetime, float]]:
    for page in pages:
        if page.accepted is not None:
            yield page.accepted, _cost(page.reward, fee)
    for bonus in bonuses:
        yield bonus.created, _cost(bonus.amount, fee)


def _promises(
    ends: Iterable[tuple[Assignment, datetime | None]], fee: Callable[[Money], Money]
) -> Iterable[tuple[datetime, float]]:
    for page, end in ends:
        cost = _cost(page.reward, fee)
        yield page.created, cost
        if end is not None:
            yield end, -cost


def _cost(amount: Money, fee: Callable[[Money], Money]) -> float:
    return float((amount + fee(amount)).usd)


def _sum(counted: _Counter, movements: Iterable[tuple[datetime, float]]) -> list[float]:
    # Sums of floats that should meet at zero miss it by a hair.
    return [round(amount, 5) + 0.0 for amount in counted.sum_up_to(movements).tolist()]
