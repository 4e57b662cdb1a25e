"""How far a share that was counted may be from the true one."""

from typing import NamedTuple

__all__ = ["Interval", "share_interval"]

#: Of the normal distribution: 95 % lie within so many standard deviations.
_NORMAL_95 = 1.96


class Interval(NamedTuple):
    """The ends of a range."""

    low: float
    high: float


def share_interval(hit_count: float, total: float) -> Interval:
    """Return the range in [0, 1] in which the true share lies with 95 % confidence; from 0 to 1 where nothing was counted.

    Wilson (1927), Probable inference, the law of succession, and statistical inference. It is never empty, also at shares of 0 and 1.

    >>> [round(end, 2) for end in share_interval(8, 10)]
    [0.49, 0.94]
    """
    if total <= 0:
        return Interval(0.0, 1.0)
    share, doubt = hit_count / total, _NORMAL_95**2 / total
    centre = (share + doubt / 2) / (1 + doubt)
    half = _NORMAL_95 / (1 + doubt) * (share * (1 - share) / total + doubt / (4 * total)) ** 0.5
    # At shares of 0 and 1 the ends are exact but for rounding.
    return Interval(min(share, max(0.0, centre - half)), max(share, min(1.0, centre + half)))
