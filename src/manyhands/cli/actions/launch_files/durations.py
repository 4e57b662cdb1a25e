"""Durations as people write them."""

import re
from datetime import timedelta

__all__ = ["parse_duration"]

_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", re.ASCII)
_WHOLE = re.compile(rf"(?:{_PART.pattern})+", re.ASCII)
_UNITS = {"s": timedelta(seconds=1), "m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


def parse_duration(text: str) -> timedelta | None:
    """Return the duration written as ``15s``, ``2m``, ``1h 30m`` or ``1.5d``; None when it is written in another way.

    Example:
        >>> parse_duration("1m 30s")
        datetime.timedelta(seconds=90)
    """
    if not _WHOLE.fullmatch(text):
        return None
    return sum((float(number) * _UNITS[unit] for number, unit in _PART.findall(text)), timedelta(0))
