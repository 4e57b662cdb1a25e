"""Clocks that a test moves."""

import threading
from datetime import UTC, datetime, timedelta

from manyhands.crowd import SystemClock

__all__ = ["SettableClock", "ShiftedClock"]


class SettableClock:
    """The time is what the test says; waiting waits on the wall, for somebody else has to move the clock."""

    def __init__(self) -> None:
        self._now = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the time that was set."""
        return self._now

    def move(self, **duration: float) -> datetime:
        """Move forward by a duration (`timedelta` arguments) and return the new time."""
        self._now += timedelta(**duration)
        return self._now

    def wait(self, changed: threading.Condition, *, until: datetime | None, patience: timedelta) -> None:
        """Wait until `changed` is notified, or `patience` is over."""
        if until is None or until > self._now:
            changed.wait(patience.total_seconds())


class ShiftedClock(SystemClock):
    """The clock on the wall, and what the test adds to it."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def now(self) -> datetime:
        """Return the moment on the wall and what was added."""
        return super().now() + self._ahead

    def move(self, ahead: timedelta) -> None:
        """Move forward."""
        self._ahead += ahead
