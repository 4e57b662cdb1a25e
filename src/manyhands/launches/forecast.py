"""When a launch will be over, if it goes on as it did."""

from datetime import datetime

__all__ = ["estimate_end"]


def estimate_end(*, started: datetime | None, now: datetime, done_count: int, left_count: int) -> datetime | None:
    """Return the moment at which `left_count` more answers are in, at the mean pace so far; None before the first answer.

    Example:
        >>> from datetime import UTC, datetime, timedelta
        >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
        >>> estimate_end(started=noon, now=noon + timedelta(minutes=10), done_count=50, left_count=25).isoformat()
        '2026-11-22T12:15:00+00:00'
    """
    if started is None or done_count == 0:
        return None
    return now + (now - started) * left_count / done_count
