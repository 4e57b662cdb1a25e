"""What a page should pay so that an hour of work earns a wage."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import ROUND_HALF_DOWN, Decimal
from types import MappingProxyType

from manyhands.crowd import Money

from .pool_pricing import MIN_ASSIGNMENT_PRICE

__all__ = ["HOURLY_WAGES", "hourly_wage", "page_reward"]

#: The wage for an hour of work by language, as usual on Toloka when Crowdom was written; pass your own where it is too low.
HOURLY_WAGES: Mapping[str, Money] = MappingProxyType(
    {"EN": Money("1.0"), "RU": Money("0.6"), "TR": Money("1.2"), "KK": Money("0.8")}
)

_FALLBACK_LANG = "EN"
_HOUR = timedelta(hours=1)
_SMALL_STEP = Decimal("0.001")
_LARGE_STEP = Decimal("0.01")


def hourly_wage(lang: str) -> Money:
    """Return the usual wage for an hour of work in this language (ISO 639-1, upper case); that of EN where none is known."""
    return HOURLY_WAGES.get(lang, HOURLY_WAGES[_FALLBACK_LANG])


def page_reward(task_duration_hint: timedelta, tasks_count: int, *, wage: Money) -> Money:
    """Return the reward for a page of `tasks_count` tasks, real and control together, that pays `wage` for an hour.

    It is rounded to $0.001 up to one dollar and to $0.01 above, a half downwards, and is at least `MIN_ASSIGNMENT_PRICE`.

    >>> page_reward(timedelta(seconds=10), 16, wage=hourly_wage("EN"))
    Money('0.044')
    """
    page_duration = task_duration_hint * tasks_count
    microseconds = page_duration // timedelta(microseconds=1)
    exact = wage.usd * microseconds / (_HOUR // timedelta(microseconds=1))
    step = _SMALL_STEP if exact <= 1 else _LARGE_STEP
    return max(MIN_ASSIGNMENT_PRICE, Money(exact.quantize(step, rounding=ROUND_HALF_DOWN)))
