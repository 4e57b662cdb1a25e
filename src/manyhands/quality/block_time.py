"""How long a worker who was too fast stays away."""

import re
from dataclasses import dataclass
from datetime import timedelta

from manyhands.errors import InvalidParams

__all__ = ["BlockTimePicker"]

_PART = re.compile(r"\s*(\d+)\s*([mhd])\s*", re.ASCII)
_WHOLE = re.compile(rf"(?:{_PART.pattern})+", re.ASCII)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


# Positional arguments are allowed here because requesters write tables of these.
@dataclass(frozen=True, slots=True)
class BlockTimePicker:
    """One row of a speed control: pages up to `ratio` of the page's hint keep the worker away for `time_value`.

    Args:
        ratio: part of the page's hint in [0, 1]; 0 switches the row off.
        time_value: a duration, or a text such as ``30m``, ``8h``, ``1d`` or ``1d 2h``.
        reject: whether such a page is rejected too.

    Raises:
        InvalidParams: the ratio or the duration is wrong; both are named.

    Example:
        >>> BlockTimePicker(0.1, "1d 2h").duration
        datetime.timedelta(days=1, seconds=7200)
    """

    ratio: float = 0.05
    time_value: str | timedelta = "30m"
    reject: bool = False

    def __post_init__(self) -> None:
        problems = []
        if not 0 <= self.ratio <= 1:
            problems.append(f"ratio is {self.ratio!r}; expected a part of the page's hint from 0 to 1")
        if _find_duration(self.time_value) is None:
            problems.append(
                f"time_value is {self.time_value!r}; expected a positive duration such as '30m', '8h', '1d' or '1d 2h'"
            )
        if problems:
            raise InvalidParams("A row of the speed control is wrong.", problems)

    @property
    def duration(self) -> timedelta:
        """How long the worker stays away."""
        return _find_duration(self.time_value) or timedelta(0)


def _find_duration(time_value: str | timedelta) -> timedelta | None:
    if isinstance(time_value, str):
        parts = _PART.findall(time_value) if _WHOLE.fullmatch(time_value) else []
        time_value = sum((int(number) * _UNITS[unit] for number, unit in parts), timedelta(0))
    return time_value if time_value > timedelta(0) else None
