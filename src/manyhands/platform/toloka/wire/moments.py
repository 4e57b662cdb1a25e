"""Moments of the API: ISO 8601 without a zone, always UTC."""

from datetime import UTC, datetime

__all__ = ["parse_moment", "write_moment"]

_MICROSECONDS_PER_MILLISECOND = 1000


def write_moment(moment: datetime) -> str:
    """Return a moment in UTC as the API writes it, to the millisecond, or to the microsecond where it needs that.

    Example:
        >>> write_moment(datetime(2026, 11, 22, 9, 8, 0, 267000, tzinfo=UTC))
        '2026-11-22T09:08:00.267'
    """
    naive = moment.astimezone(UTC).replace(tzinfo=None)
    if not naive.microsecond:
        return naive.isoformat(timespec="seconds")
    is_whole = naive.microsecond % _MICROSECONDS_PER_MILLISECOND == 0
    return naive.isoformat(timespec="milliseconds" if is_whole else "microseconds")


def parse_moment(text: str) -> datetime:
    """Return the moment that a text names: a date, or a date and a time with any number of decimals; without a zone it is UTC.

    Raises:
        ValueError: the text is no moment in ISO 8601.

    Example:
        >>> parse_moment("2022-12-01").isoformat()
        '2022-12-01T00:00:00+00:00'
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
