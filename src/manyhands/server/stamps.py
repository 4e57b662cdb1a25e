"""Moments as the store keeps them: microseconds since 1970, in UTC."""

from datetime import UTC, datetime, timedelta

__all__ = ["find_moment", "find_stamp", "to_moment", "to_stamp", "to_ticks"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_stamp(moment: datetime) -> int:
    """Return a moment as the store keeps it.

    Example:
        >>> to_moment(to_stamp(datetime(2026, 11, 22, tzinfo=UTC))).year
        2026
    """
    return (moment - _EPOCH) // _MICROSECOND


def to_moment(stamp: int) -> datetime:
    """Return the moment of a stamp, aware, in UTC."""
    return _EPOCH + stamp * _MICROSECOND


def find_moment(stamp: int | None) -> datetime | None:
    """Return the moment of a stamp; None for none."""
    return None if stamp is None else to_moment(stamp)


def find_stamp(moment: datetime | None) -> int | None:
    """Return the stamp of a moment; None for none."""
    return None if moment is None else to_stamp(moment)


def to_ticks(duration: timedelta) -> int:
    """Return a duration in the unit of stamps.

    Example:
        >>> to_ticks(timedelta(seconds=2))
        2000000
    """
    return duration // _MICROSECOND
