"""The server's time, as its answers tell it."""

import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

__all__ = ["ServerClock"]

#: A date in a header says no more than the second.
_HEADER_WIDTH = timedelta(seconds=1)
_NONE = timedelta()
#: Time that was ahead goes on at one part in so many until it is caught up with: whoever waits for a moment sees it come.
_SLOWED = 2


class ServerClock:
    """A `Clock` that runs with the machine's own, put right by what the server says. Thread-safe.

    Each answer tells within which bounds the server is ahead of this machine; the bounds of many answers together are narrow. Clocks that may agree
    are taken to agree. When this one turns out to be ahead, or the server's is set back, it runs at half the pace until it is right again: time
    neither goes back nor stands still.

    Example:
        >>> clock = ServerClock()
        >>> sent = datetime(2026, 11, 22, 9, tzinfo=UTC)
        >>> clock.see(sent + timedelta(minutes=5), sent=sent, received=sent, width=timedelta())
        >>> clock.ahead
        datetime.timedelta(seconds=300)
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._bounds: tuple[timedelta, timedelta] | None = None
        self._ahead = _NONE
        self._is_told_exactly = False
        self._last = datetime.min.replace(tzinfo=UTC)
        self._last_s = time.monotonic()

    @property
    def ahead(self) -> timedelta:
        """How far the server's clock is ahead of this machine's."""
        return self._ahead

    def now(self) -> datetime:
        """Return the current moment in UTC; it never goes back and never stands still."""
        with self._lock:
            now_s = time.monotonic()
            at_least = self._last + timedelta(seconds=now_s - self._last_s) / _SLOWED
            self._last, self._last_s = max(at_least, datetime.now(UTC) + self._ahead), now_s
            return self._last

    def wait(self, changed: threading.Condition, *, until: datetime | None, patience: timedelta) -> None:
        """Sleep until `changed` is notified, `until` is reached or `patience` is over."""
        pause = patience if until is None else min(patience, until - self.now())
        if pause > _NONE:
            changed.wait(pause.total_seconds())

    def see(self, told: datetime, *, sent: datetime, received: datetime, width: timedelta = _HEADER_WIDTH) -> None:
        """Hear the server's time.

        Args:
            told: what the server said, rounded down.
            sent: when the request left, on this machine's clock.
            received: when the answer came, on this machine's clock.
            width: how much `told` was rounded at most; dates in headers do not count any more after something exact was told.
        """
        self._is_told_exactly = self._is_told_exactly or not width
        lowest, highest = told - received, told + width - sent
        with self._lock:
            if self._bounds is not None:
                lowest, highest = _narrow(self._bounds, (lowest, highest))
            self._bounds = (lowest, highest)
            self._ahead = min(max(_NONE, lowest), highest)

    def see_header(self, text: str | None, *, sent: datetime, received: datetime) -> None:
        """Hear the server's time from the ``Date`` of an answer; a text that is no date is passed over."""
        if text is None or self._is_told_exactly:
            return
        try:
            told = parsedate_to_datetime(text)
        except ValueError:
            return
        if told.tzinfo is not None:
            self.see(told, sent=sent, received=received)


def _narrow(old: tuple[timedelta, timedelta], new: tuple[timedelta, timedelta]) -> tuple[timedelta, timedelta]:
    lowest, highest = max(old[0], new[0]), min(old[1], new[1])
    # Bounds that contradict each other mean that one of the clocks was set.
    return (lowest, highest) if lowest <= highest else new
