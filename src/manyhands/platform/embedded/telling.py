"""The requester's side: what happened, and waiting for it."""

import threading
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from manyhands.crowd import Clock, EventPage, PoolId
from manyhands.store import Store

from .due import find_next_due
from .engine import Engine
from .events import last_position, list_events
from .moments import find_moment
from .prices import Tariff

__all__ = ["Telling"]

#: How soon a change made by another process is noticed.
_LOOK_ABOUT = timedelta(milliseconds=250)


class _Seen(threading.local):
    """What one thread has seen: up to which position nothing new follows its cursor, and how many calls to `wake`."""

    cursor = -1
    position = -1
    wake_count = 0


class Telling(Engine):
    """Events of one requester; what the methods promise is written at `Platform`."""

    def __init__(self, store: Store, *, clock: Clock, tariff: Tariff, requester: str, seed: int | None) -> None:
        super().__init__(store, clock=clock, tariff=tariff, requester=requester, seed=seed)
        self._seen = _Seen()
        self._wake_count = 0

    def list_events(self, pool_ids: Sequence[PoolId], after: int = 0, *, limit: int = 1000) -> EventPage:
        """Return up to `limit` events of these pools with a position above `after`, oldest first. Nothing is ever left out."""
        self.settle()
        with self.reading() as transaction:
            numbers = [self.own_pool(transaction, pool_id).number for pool_id in pool_ids]
            page = list_events(transaction, self._catalogue, numbers, after=after, limit=limit)
        if not page.has_more:
            self._seen.cursor = page.events[-1].position if page.events else after
            self._seen.position = page.position
        return page

    def refresh(self, pool_ids: Sequence[PoolId]) -> None:
        """Do nothing: `list_events` knows what has happened until now, always."""

    def wait_for_events(self, after: int, *, until: datetime | None, patience: timedelta) -> None:
        """Return when there may be an event above `after`, when `wake` is called, or when something is due.

        Events of other pools do not end the wait of a thread that has listed its events up to `after`.
        """
        self.settle()
        ends_at = time.monotonic() + patience.total_seconds()
        with self._changed:
            while not self._is_wait_over(after, until=until, ends_at=ends_at):
                self._wait(until, ends_at=ends_at)
        self.settle()

    def wake(self) -> None:
        """Make every `wait_for_events` return at once, also one that is just about to begin."""
        with self._changed:
            self._wake_count += 1
            self._changed.notify_all()

    def _wait(self, until: datetime | None, *, ends_at: float) -> None:
        patience = timedelta(seconds=max(0.0, ends_at - time.monotonic()))
        if self._store.is_shared:
            patience = min(patience, _LOOK_ABOUT)
        self._clock.wait(self._changed, until=self._next_moment(until), patience=patience)

    def _is_wait_over(self, after: int, *, until: datetime | None, ends_at: float) -> bool:
        if self._seen.wake_count != self._wake_count:
            self._seen.wake_count = self._wake_count
            return True
        with self.reading() as transaction:
            position = last_position(transaction)
        seen = self._seen.position if self._seen.cursor == after else after
        moment = self._next_moment(until)
        is_due = moment is not None and moment <= self._clock.now()
        return position > seen or is_due or time.monotonic() >= ends_at

    def _next_moment(self, until: datetime | None) -> datetime | None:
        with self.reading() as transaction:
            due = find_moment(find_next_due(transaction))
        return min((moment for moment in (until, due) if moment is not None), default=None)
