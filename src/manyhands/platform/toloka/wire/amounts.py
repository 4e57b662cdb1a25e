"""Numbers of the API: dollars with five decimals, and percent that are shares here."""

import math
from datetime import timedelta
from decimal import Decimal

from manyhands.crowd import Money

__all__ = ["to_days", "to_dollars", "to_percent", "to_seconds", "to_share", "to_whole_percent"]

_PERCENT = Decimal(100)
_HALF = Decimal("0.5")
_DAY = timedelta(days=1)


def to_dollars(amount: Money) -> float:
    """Return an amount as a JSON number; its shortest text is exact to five decimals.

    Example:
        >>> to_dollars(Money("0.07"))
        0.07
    """
    return float(amount.usd)


def to_share(percent: float | Decimal) -> float:
    """Return percent (0..100) as a share in [0, 1], without the dust of binary fractions.

    Example:
        >>> to_share(59.7)
        0.597
    """
    return float(Decimal(str(percent)) / _PERCENT)


def to_percent(share: float) -> int | float:
    """Return a share in [0, 1] as percent (0..100), whole where it is whole.

    Example:
        >>> to_percent(0.57)
        57
    """
    percent = Decimal(str(share)) * _PERCENT
    return int(percent) if percent == percent.to_integral_value() else float(percent)


def to_whole_percent(share: float) -> int:
    """Return a share in [0, 1] as the nearest whole percent, for the places where the API takes no fractions.

    Example:
        >>> to_whole_percent(0.855)
        86
    """
    return int(Decimal(str(share)) * _PERCENT + _HALF)


def to_seconds(duration: timedelta) -> int:
    """Return whole seconds, rounded up: nobody gets less time than was meant."""
    return math.ceil(duration.total_seconds())


def to_days(duration: timedelta) -> int:
    """Return whole days, rounded up."""
    return -(-duration // _DAY)
