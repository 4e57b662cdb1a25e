"""A clock that nobody has to wait for, and the list of what will happen on it."""

import heapq
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from manyhands.errors import InvalidInput

__all__ = ["VirtualClock"]

Action = Callable[[], None]

#: Where a simulation begins unless told otherwise: a fixed Monday, so that two runs agree in every moment.
_DEFAULT_START = datetime(2026, 1, 5, 9, tzinfo=UTC)

#: A paced clock that is late by more than this (a prompt, a suspended machine) goes on from where it is instead of hurrying after the wall.
_FORGIVEN_LAG_S = 1.0


class VirtualClock:
    """A `Clock` whose time passes only while somebody waits on it, and a scheduler of what happens then.

    Actions are carried out one by one, in the order of (moment, order of scheduling), in the thread of whoever waits. While an action runs, time
    stands still, so that a run with one waiting thread is the same every time. Thread-safe.

    Args:
        start: the first moment, aware.
        pace: virtual seconds per second on the wall; None goes as fast as possible.

    Raises:
        InvalidInput: `start` is naive, or `pace` is not above zero.

    Example:
        >>> clock = VirtualClock(datetime(2026, 1, 5, 9, tzinfo=UTC))
        >>> clock.call_in(timedelta(seconds=90), lambda: print("a page is submitted"))
        >>> clock.run_until(clock.now() + timedelta(minutes=2))
        a page is submitted
        >>> clock.now().isoformat()
        '2026-01-05T09:02:00+00:00'
    """

    def __init__(self, start: datetime = _DEFAULT_START, pace: float | None = None) -> None:
        if start.tzinfo is None:
            raise InvalidInput(f"The clock starts at {start}, which has no time zone; write datetime(..., tzinfo=UTC).")
        if pace is not None and pace <= 0:
            raise InvalidInput(
                f"The pace of the clock is {pace}; expected virtual seconds per second above 0, or None."
            )
        self._now = start.astimezone(UTC)
        self._pace = pace
        self._anchor_s, self._anchor = time.monotonic(), self._now
        self._scheduled: list[tuple[datetime, int, Action]] = []
        self._sequence = count()
        self._sleeping: list[datetime | None] = []
        self._lock = threading.Lock()
        self._turn = threading.RLock()

    def now(self) -> datetime:
        """Return the current moment in UTC; with a pace it moves smoothly while somebody waits."""
        with self._lock:
            if self._sleeping and self._pace is not None:
                limits = [moment for moment in (*self._sleeping, self._first_scheduled()) if moment is not None]
                self._now = max(self._now, min([self._paced_now(self._pace), *limits]))
            return self._now

    def call_at(self, moment: datetime, action: Action) -> None:
        """Have `action` carried out at `moment`, or as soon as possible if it is over.

        A thread that sleeps because nothing was scheduled notices it after its own patience.
        """
        with self._lock:
            heapq.heappush(self._scheduled, (moment, next(self._sequence), action))

    def call_in(self, delay: timedelta, action: Action) -> None:
        """Have `action` carried out `delay` from now."""
        self.call_at(self.now() + delay, action)

    def next_moment(self) -> datetime | None:
        """Return the moment of the first scheduled action; None if nothing is scheduled."""
        with self._lock:
            return self._first_scheduled()

    def wait(self, changed: threading.Condition, *, until: datetime | None, patience: timedelta) -> None:
        """Move to the next scheduled action or to `until`, whichever comes first, and carry the action out with `changed` released.

        With nothing scheduled and no `until`, sleep until `changed` is notified, at most `patience`. With a pace, sleep first for as long as the way
        takes on the wall; if that is longer than `patience` or `changed` is notified, return on the way. An error of the action comes out here.
        """
        with self._lock:
            target = self._target(until)
            pause_s = self._pause_before(target)
        if pause_s > 0:
            self._sleep(changed, target, min(pause_s, patience.total_seconds(), threading.TIMEOUT_MAX))
        if target is not None and self._is_reachable(target):
            changed.release()
            try:
                self._carry_out(until, patience)
            finally:
                changed.acquire()

    def run_until(self, moment: datetime) -> None:
        """Carry out everything that is scheduled up to `moment`, in order, and move there."""
        alone = threading.Condition()
        with alone:
            while self.now() < moment or self._is_due(moment):
                self.wait(alone, until=moment, patience=timedelta.max)

    def _target(self, until: datetime | None) -> datetime | None:
        first = self._first_scheduled()
        return min(first, until) if first is not None and until is not None else first or until

    def _first_scheduled(self) -> datetime | None:
        return self._scheduled[0][0] if self._scheduled else None

    def _is_due(self, moment: datetime) -> bool:
        first = self.next_moment()
        return first is not None and first <= moment

    def _paced_now(self, pace: float) -> datetime:
        return self._anchor + timedelta(seconds=(time.monotonic() - self._anchor_s) * pace)

    def _pause_before(self, target: datetime | None) -> float:
        """Return the seconds on the wall until `target`; infinite without a target."""
        if self._pace is None:
            return 0.0 if target is not None else float("inf")
        lag = self._paced_now(self._pace) - self._now
        if lag.total_seconds() > _FORGIVEN_LAG_S * self._pace:
            self._anchor_s, self._anchor = time.monotonic(), self._now
        if target is None:
            return float("inf")
        return max(0.0, (target - self._paced_now(self._pace)).total_seconds() / self._pace)

    def _sleep(self, changed: threading.Condition, target: datetime | None, pause_s: float) -> None:
        with self._lock:
            self._sleeping.append(target)
        changed.wait(pause_s)
        self.now()
        with self._lock:
            self._sleeping.remove(target)

    def _is_reachable(self, target: datetime) -> bool:
        with self._lock:
            return self._pace is None or self._paced_now(self._pace) >= target

    def _carry_out(self, until: datetime | None, patience: timedelta) -> None:
        if not self._turn.acquire(blocking=False):
            # Another thread is in the middle of an action, which may schedule something sooner: let it end, then look again.
            if self._turn.acquire(timeout=min(patience.total_seconds(), threading.TIMEOUT_MAX)):
                self._turn.release()
            return
        try:
            action = self._move(until)
            if action is not None:
                action()
        finally:
            self._turn.release()

    def _move(self, until: datetime | None) -> Action | None:
        """Move to the next action up to `until` and return it, or to `until`."""
        with self._lock:
            target, first = self._target(until), self._first_scheduled()
            if target is not None:
                self._now = max(self._now, target)
            return heapq.heappop(self._scheduled)[2] if first is not None and first == target else None
