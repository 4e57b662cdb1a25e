"""What happened in pools, in order, put together from what a platform shows of their pages."""

import threading
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    CloseReason,
    Event,
    EventKind,
    EventPage,
    Pool,
    PoolId,
    PoolStatus,
)

__all__ = ["PageLog", "is_later"]

_Status = AssignmentStatus
#: From the state last seen (None: the page is new) and the state seen now: what happened in between.
_TAKEN, _SUBMITTED = EventKind.TAKEN, EventKind.SUBMITTED
_STEPS: Mapping[AssignmentStatus, tuple[EventKind, ...]] = {
    _Status.ACTIVE: (_TAKEN,),
    _Status.SUBMITTED: (_TAKEN, _SUBMITTED),
    _Status.ACCEPTED: (_TAKEN, _SUBMITTED, EventKind.ACCEPTED),
    _Status.REJECTED: (_TAKEN, _SUBMITTED, EventKind.REJECTED),
    _Status.SKIPPED: (_TAKEN, EventKind.SKIPPED),
    _Status.EXPIRED: (_TAKEN, EventKind.EXPIRED),
}
#: A page never goes to a state of lower or equal rank, so that late answers are recognised.
_RANKS: Mapping[AssignmentStatus, int] = {
    _Status.ACTIVE: 0,
    _Status.SUBMITTED: 1,
    _Status.REJECTED: 2,
    _Status.ACCEPTED: 3,
    _Status.SKIPPED: 3,
    _Status.EXPIRED: 3,
}


def is_later(status: AssignmentStatus, than: AssignmentStatus) -> bool:
    """Return whether a page of this status is known better than one of that status, which may have been asked for earlier and heard of later.

    Example:
        >>> is_later(AssignmentStatus.SUBMITTED, AssignmentStatus.ACTIVE), is_later(AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED)
        (True, False)
    """
    return _RANKS[status] > _RANKS[than]


@dataclass(frozen=True, slots=True)
class _Entry:
    position: int
    kind: EventKind
    at: datetime
    pool_id: PoolId
    assignment_id: AssignmentId | None
    close_reason: CloseReason | None


class PageLog:
    """Events of pools with rising positions, kept in memory. Thread-safe.

    A page may be noted as often as it is seen, in any order: what is older than what is known changes nothing, and steps that nobody saw are told,
    too.
    """

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self._entries: list[_Entry] = []
        self._of_pool: dict[PoolId, list[_Entry]] = {}
        self._pages: dict[AssignmentId, Assignment] = {}
        self._pools: dict[PoolId, Pool] = {}

    @property
    def last_position(self) -> int:
        """The position of the last event; 0 before the first."""
        return len(self._entries)

    def find_page(self, assignment_id: AssignmentId) -> Assignment | None:
        """Return a page as it was last seen."""
        return self._pages.get(assignment_id)

    def find_pool(self, pool_id: PoolId) -> Pool | None:
        """Return a pool as it was last seen."""
        return self._pools.get(pool_id)

    def is_being_updated(self, pool_id: PoolId) -> bool:
        """Return whether the pool was last seen closed until it is changed."""
        known = self._pools.get(pool_id)
        return known is not None and known.close_reason is CloseReason.FOR_UPDATE

    def pages_of(self, pool_id: PoolId) -> list[Assignment]:
        """Return the pages of a pool as they were last seen, in the order in which they were first seen."""
        with self.changed:
            entries = self._of_pool.get(pool_id, [])
            return [
                self._pages[entry.assignment_id]
                for entry in entries
                if entry.kind is _TAKEN and entry.assignment_id is not None
            ]

    def note_history(self, pool: Pool, pages: Iterable[Assignment]) -> None:
        """Take in a pool that was never looked at, with everything that happened there, in order of time."""
        with self.changed:
            if pool.last_started is not None:
                self._append(EventKind.POOL_OPENED, pool.last_started, pool.id)
            steps = [(at, kind, page) for page in pages for kind, at in _steps_of(page, None)]
            for at, kind, page in sorted(steps, key=lambda step: step[0]):
                self._pages[page.id] = page
                self._append(kind, at, pool.id, assignment_id=page.id)
            if pool.last_started is not None and pool.status is not PoolStatus.OPEN:
                at = pool.last_stopped or pool.last_started
                self._append(EventKind.POOL_CLOSED, at, pool.id, close_reason=pool.close_reason)
            self._pools[pool.id] = pool
            self.changed.notify_all()

    def note_pages(self, pages: Iterable[Assignment]) -> int:
        """Take in pages as they were seen now and return how many of them were news."""
        with self.changed:
            news = [page for page in pages if self._is_news(page)]
            for page in news:
                known = self._pages.get(page.id)
                self._pages[page.id] = page
                for kind, at in _steps_of(page, known):
                    self._append(kind, at, page.pool_id, assignment_id=page.id)
            if news:
                self.changed.notify_all()
            return len(news)

    def note_pool(self, pool: Pool, *, close_reason: CloseReason | None = None) -> None:
        """Take in a pool as it is now.

        Args:
            pool: the pool.
            close_reason: why it is closed, where the platform does not know.
        """
        with self.changed:
            known = self._pools.get(pool.id)
            was_open = known is not None and known.status is PoolStatus.OPEN
            is_open = pool.status is PoolStatus.OPEN
            was_started = (
                known is not None and known.last_started != pool.last_started and pool.last_started is not None
            )
            is_given_up = self.is_being_updated(pool.id) and pool.close_reason is not CloseReason.FOR_UPDATE
            self._pools[pool.id] = pool
            if not was_open and (is_open or was_started):
                self._append(EventKind.POOL_OPENED, pool.last_started or pool.created, pool.id)
                was_open = True
            if (was_open or is_given_up) and not is_open:
                at = pool.last_stopped or pool.last_started or pool.created
                reason = close_reason or pool.close_reason
                self._append(EventKind.POOL_CLOSED, at, pool.id, close_reason=reason)
            self.changed.notify_all()

    def list_events(self, pool_ids: Sequence[PoolId], after: int, *, limit: int) -> EventPage:
        """Return up to `limit` events of these pools behind a position, oldest first."""
        with self.changed:
            if len(pool_ids) == 1:
                entries = self._of_pool.get(pool_ids[0], [])
                start = bisect_right(entries, after, key=lambda entry: entry.position)
                found = entries[start : start + limit + 1]
            else:
                wanted = frozenset(pool_ids)
                # The position of an entry is its place, counted from one.
                found = [entry for entry in self._entries[after:] if entry.pool_id in wanted][: limit + 1]
            events = tuple(self._event_of(entry) for entry in found[:limit])
            newest = max(after, self.last_position)
        has_more = len(found) > limit
        return EventPage(events=events, has_more=has_more, position=events[-1].position if has_more else newest)

    def _is_news(self, page: Assignment) -> bool:
        known = self._pages.get(page.id)
        return known is None or is_later(page.status, known.status)

    def _append(
        self,
        kind: EventKind,
        at: datetime,
        pool_id: PoolId,
        *,
        assignment_id: AssignmentId | None = None,
        close_reason: CloseReason | None = None,
    ) -> None:
        entry = _Entry(len(self._entries) + 1, kind, at, pool_id, assignment_id, close_reason)
        self._entries.append(entry)
        self._of_pool.setdefault(pool_id, []).append(entry)

    def _event_of(self, entry: _Entry) -> Event:
        return Event(
            position=entry.position,
            kind=entry.kind,
            at=entry.at,
            pool_id=entry.pool_id,
            assignment=None if entry.assignment_id is None else self._pages[entry.assignment_id],
            close_reason=entry.close_reason,
        )


def _steps_of(page: Assignment, known: Assignment | None) -> list[tuple[EventKind, datetime]]:
    """Return what happened to a page since it was last seen, and when."""
    moments = {
        EventKind.TAKEN: page.created,
        EventKind.SUBMITTED: page.submitted,
        EventKind.ACCEPTED: page.accepted,
        EventKind.REJECTED: page.rejected,
        EventKind.SKIPPED: page.skipped,
        EventKind.EXPIRED: page.expired,
    }
    seen = () if known is None else _STEPS[known.status]
    return [(kind, moments[kind] or page.created) for kind in _STEPS[page.status] if kind not in seen]
