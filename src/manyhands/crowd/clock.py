"""Time as an argument: the port and the clock on the wall."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Protocol

__all__ = ["Clock", "SystemClock"]


class Clock(Protocol):
    """Tells the time and waits. Thread-safe."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC; it never goes back."""
        ...

    def wait(self, changed: threading.Condition, *, until: datetime | None, patience: timedelta) -> None:
        """Return when `changed` (held by the caller) is notified, when `until` is reached, or earlier.

        Args:
            changed: a condition that the caller holds; it is released while waiting and held again on return.
            until: the next moment at which something is due; None when nothing is.
            patience: the longest time on the wall that the caller can be away.

        The system clock sleeps. A virtual clock does not: it moves to the next thing that is scheduled on it or to `until`, whichever
        comes first, carries it out with `changed` released, and returns. Callers therefore look again at what they wait for.
        """
        ...


class SystemClock:
    """The clock on the wall.

    Example:
        >>> SystemClock().now().tzinfo
        datetime.timezone.utc
    """

    def now(self) -> datetime:
        """Return the current moment in UTC."""
        return datetime.now(UTC)

    def wait(self, changed: threading.Condition, *, until: datetime | None, patience: timedelta) -> None:
        """Sleep until `changed` is notified, `until` is reached or `patience` is over."""
        pause = patience if until is None else min(patience, until - self.now())
        if pause > timedelta(0):
            changed.wait(pause.total_seconds())
