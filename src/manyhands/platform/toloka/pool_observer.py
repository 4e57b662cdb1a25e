"""Watching pools of a platform that tells nothing by itself: one look at each pool per poll interval, however many launches wait."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from manyhands.crowd import Assignment, CloseReason, EventPage, Pool, PoolId, PoolStatus
from manyhands.errors import ManyhandsError

from .client import Query
from .page_log import PageLog
from .pool_watch import Look, PoolWatch, Question
from .server_clock import ServerClock

__all__ = ["PoolObserver", "PoolSource"]

_LOG = logging.getLogger("manyhands.platform.toloka")


class PoolSource:
    """Where pools and pages are looked up.

    Args:
        find_pool: returns a pool as it is now.
        list_pages: returns all assignments that a query names.
        on_news: is called after a look at a pool that brought something new.
    """

    def __init__(
        self,
        *,
        find_pool: Callable[[PoolId], Pool],
        list_pages: Callable[[PoolId, Query], Iterable[Assignment]],
        on_news: Callable[[PoolId], None],
    ) -> None:
        self.find_pool = find_pool
        self.list_pages = list_pages
        self.on_news = on_news


class PoolObserver:
    """Keeps a log of pools by asking for them in turn. Thread-safe.

    A pool that is named for the first time is read as a whole, once. Afterwards each pool is asked about at most once per interval, by a few threads
    that end with the last look; nobody is asked about pools that no caller names.

    Args:
        source: where pools and pages are looked up.
        clock: the platform's time.
        interval: between two looks at a pool.
        threads: where looks are carried out.
    """

    def __init__(
        self, source: PoolSource, *, clock: ServerClock, interval: timedelta, threads: ThreadPoolExecutor
    ) -> None:
        self.log = PageLog()
        self._source = source
        self._clock = clock
        self._interval_s = interval.total_seconds()
        self._threads = threads
        self._lock = threading.Lock()
        self._first_look = threading.RLock()
        self._watches: dict[PoolId, PoolWatch] = {}
        self._stamps: dict[PoolId, int] = {}
        self._due_s: dict[PoolId, float] = {}
        self._under_way: set[PoolId] = set()
        self._errors: dict[PoolId, ManyhandsError] = {}
        self._seen = _Seen()
        self._wake_count = 0

    def get_pages(self, pool_id: PoolId) -> list[Assignment]:
        """Return the pages of a pool as they are known, after a first look at it."""
        self._ensure_watch(pool_id)
        return self.log.pages_of(pool_id)

    def ensure_known(self, pool_id: PoolId) -> None:
        """Read the pool as a whole if it was never looked at."""
        self._ensure_watch(pool_id)

    def see_page(self, page: Assignment) -> None:
        """Take in a page that we have judged; a pool that was never looked at will be read as a whole."""
        with self._lock:
            watch = self._watches.get(page.pool_id)
            if watch is not None:
                self.log.note_pages([page])
                watch.see([page])

    def see_pool(self, pool: Pool) -> None:
        """Take in a pool that we have opened or closed; looks that began before do not count."""
        with self._lock:
            self._stamps[pool.id] = self._stamps.get(pool.id, 0) + 1
            watch = self._watches.get(pool.id)
            if watch is None:
                return
            watch.is_open = pool.status is PoolStatus.OPEN
            watch.is_pool_doubtful = watch.is_open
            watch.closing = None
            if pool.close_reason is CloseReason.COMPLETED:
                # It had nothing to issue and closed again by itself.
                self.log.note_pool(replace(pool, status=PoolStatus.OPEN, close_reason=None))
                watch.closing = pool
            else:
                self.log.note_pool(pool)

    def doubt(self, pool_id: PoolId) -> None:
        """Look at the pool itself next: what was asked of it may have changed its state."""
        with self._lock:
            watch = self._watches.get(pool_id)
            if watch is not None:
                watch.is_pool_doubtful = True

    def list_events(self, pool_ids: Sequence[PoolId], after: int, *, limit: int) -> EventPage:
        """Return what is known of these pools behind a position, and have those looked at that are due.

        Raises:
            ManyhandsError: a look failed since the last call.
        """
        for pool_id in pool_ids:
            self._ensure_watch(pool_id)
        self._start_looks(pool_ids)
        self._raise_error(pool_ids)
        page = self.log.list_events(pool_ids, after, limit=limit)
        if not page.has_more:
            self._seen.pool_ids = tuple(pool_ids)
            self._seen.cursor = page.events[-1].position if page.events else after
            self._seen.position = page.position
        return page

    def refresh(self, pool_ids: Sequence[PoolId]) -> None:
        """Look at the live pages of these pools now, in this thread, whenever the last look was.

        Raises:
            ManyhandsError: a look failed.
        """
        for pool_id in pool_ids:
            self._ensure_watch(pool_id)
            with self._lock:
                question, stamp = self._watches[pool_id].ask(Look.LIVE), self._stamps.get(pool_id, 0)
                self._due_s[pool_id] = time.monotonic() + self._interval_s
            if self._answer(pool_id, question, stamp):
                self._source.on_news(pool_id)

    def wait_for_events(self, after: int, *, until: datetime | None, patience: timedelta) -> None:
        """Return when the log has grown behind what this thread has listed, when a look is due, on `wake`, or when the time has come."""
        ends_s = time.monotonic() + patience.total_seconds()
        with self.log.changed:
            while not self._is_wait_over(after, until=until, ends_s=ends_s):
                pause_s = max(0.0, min(ends_s, self._next_due_s()) - time.monotonic())
                self._clock.wait(self.log.changed, until=until, patience=timedelta(seconds=pause_s))

    def wake(self) -> None:
        """Make every `wait_for_events` return at once, also one that is just about to begin."""
        with self.log.changed:
            self._wake_count += 1
            self.log.changed.notify_all()

    def _ensure_watch(self, pool_id: PoolId) -> None:
        if pool_id in self._watches:
            return
        with self._first_look:
            if pool_id in self._watches:
                return
            # The pool before its pages: what happens in between is seen again by the looks that follow.
            pool = self._source.find_pool(pool_id)
            pages = list(self._source.list_pages(pool_id, {}))
            watch = PoolWatch(pool_id, pages)
            watch.is_open = pool.status is PoolStatus.OPEN
            watch.is_pool_doubtful = False
            with self._lock:
                self.log.note_history(pool, pages)
                self._watches[pool_id] = watch
                self._due_s[pool_id] = time.monotonic() + self._interval_s
        self._source.on_news(pool_id)

    def _start_looks(self, pool_ids: Sequence[PoolId]) -> None:
        now_s = time.monotonic()
        with self._lock:
            due = [pool for pool in pool_ids if self._due_s[pool] <= now_s and pool not in self._under_way]
            for pool_id in due:
                self._due_s[pool_id] = now_s + self._interval_s
            self._under_way.update(due)
        for pool_id in due:
            self._threads.submit(self._look, pool_id)

    def _look(self, pool_id: PoolId) -> None:
        try:
            with self._lock:
                question, stamp = self._watches[pool_id].next_question(), self._stamps.get(pool_id, 0)
            if question is not None and self._answer(pool_id, question, stamp):
                self._source.on_news(pool_id)
        except ManyhandsError as error:
            _LOG.warning("pool %s could not be looked at: %s", pool_id, error)
            with self._lock:
                self._errors[pool_id] = error
        finally:
            with self._lock:
                self._under_way.discard(pool_id)

    def _answer(self, pool_id: PoolId, question: Question, stamp: int) -> bool:
        watch = self._watches[pool_id]
        if question.look is Look.POOL:
            pool = self._source.find_pool(pool_id)
            with self._lock:
                if self._stamps.get(pool_id, 0) != stamp or pool.status is PoolStatus.LOCKED:
                    watch.is_pool_doubtful = True
                    return False
                was_open, watch.is_open = watch.is_open, pool.status is PoolStatus.OPEN
                if was_open and not watch.is_open:
                    watch.closing = pool
                elif watch.is_open or self.log.is_being_updated(pool_id):
                    self.log.note_pool(pool)
            return was_open or watch.is_open
        pages = list(self._source.list_pages(pool_id, question.query))
        with self._lock:
            count = self.log.note_pages(pages)
            known = [self.log.find_page(page.id) or page for page in pages]
            watch.hear(question, known)
            if watch.closing is not None and question.look is Look.LIVE and self._stamps.get(pool_id, 0) == stamp:
                self.log.note_pool(watch.closing)
                watch.closing = None
        return count > 0

    def _raise_error(self, pool_ids: Iterable[PoolId]) -> None:
        with self._lock:
            failed = next((pool_id for pool_id in pool_ids if pool_id in self._errors), None)
            error = None if failed is None else self._errors.pop(failed)
        if error is not None:
            raise error

    def _next_due_s(self) -> float:
        # Pools that are being looked at just now will tell when they are done.
        waiting = [self._due_s[pool] for pool in self._seen.pool_ids if pool not in self._under_way]
        return min(waiting, default=float("inf"))

    def _is_wait_over(self, after: int, *, until: datetime | None, ends_s: float) -> bool:
        if self._seen.wake_count != self._wake_count:
            self._seen.wake_count = self._wake_count
            return True
        seen = self._seen.position if self._seen.cursor == after else after
        now_s = time.monotonic()
        is_due = until is not None and until <= self._clock.now()
        return self.log.last_position > seen or is_due or now_s >= min(ends_s, self._next_due_s())


class _Seen(threading.local):
    """What one thread listed last: which pools, up to which position nothing new follows its cursor, and how many calls of `wake` it noticed."""

    pool_ids: tuple[PoolId, ...] = ()
    cursor = -1
    position = -1
    wake_count = 0
