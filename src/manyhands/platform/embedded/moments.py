"""Moments as the store keeps them: whole microseconds since 1970 in UTC."""

from datetime import UTC, datetime, timedelta

__all__ = ["find_moment", "find_stamp", "to_duration", "to_microseconds", "to_moment", "to_stamp"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_stamp(moment: datetime) -> int:
    """Return the stamp of an aware moment.

    Example:
        >>> to_stamp(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
        1000000
    """
    return (moment - _EPOCH) // _MICROSECOND


def to_moment(stamp: int) -> datetime:
    """Return the moment of a stamp, in UTC."""
    return _EPOCH + timedelta(microseconds=stamp)


def find_stamp(moment: datetime | None) -> int | None:
    """Return the stamp of a moment, or None for None."""
    return None if moment is None else to_stamp(moment)


def find_moment(stamp: int | None) -> datetime | None:
    """Return the moment of a stamp, or None for None."""
    return None if stamp is None else to_moment(stamp)


def to_duration(microseconds: int) -> timedelta:
    """Return a duration of so many microseconds."""
    return timedelta(microseconds=microseconds)


def to_microseconds(duration: timedelta) -> int:
    """Return a duration in whole microseconds."""
    return duration // _MICROSECOND
