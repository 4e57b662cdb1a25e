"""How simulated workers spend their time: speed, fatigue, breaks, patience."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

import numpy as np

from manyhands.errors import InvalidInput

__all__ = ["Fatigue", "Habits", "LognormalSpeed", "SpeedModel", "UniformSpeed"]


class SpeedModel(Protocol):
    """Draws how long a page takes, as a multiple of what the requester expects."""

    def draw_ratio(self, rng: np.random.Generator) -> float:
        """Return the duration of a page over its expected duration, above 0."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class UniformSpeed:
    """Every ratio between `low` and `high` is as likely as the next.

    Example:
        >>> 0.9 <= UniformSpeed(low=0.9, high=1.1).draw_ratio(np.random.default_rng(7)) <= 1.1
        True

    Raises:
        InvalidInput: the ends are not above 0 or not in order.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.high:
            raise InvalidInput(f"The speed ratios lie between {self.low} and {self.high}; expected 0 < low <= high.")

    def draw_ratio(self, rng: np.random.Generator) -> float:
        """Return a ratio between `low` and `high`."""
        return self.low + (self.high - self.low) * rng.random()


@dataclass(frozen=True, slots=True, kw_only=True)
class LognormalSpeed:
    """Ratios around `median` with a long tail of slow pages; `sigma` is the standard deviation of the logarithm."""

    median: float = 1.0
    sigma: float = 0.3

    def __post_init__(self) -> None:
        if not (self.median > 0 and self.sigma >= 0):
            raise InvalidInput(
                f"The speed has median {self.median} and sigma {self.sigma}; expected median > 0 and sigma >= 0."
            )

    def draw_ratio(self, rng: np.random.Generator) -> float:
        """Return a ratio around the median."""
        return float(self.median * np.exp(self.sigma * rng.standard_normal()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fatigue:
    """Attention that wanes with every page until the next break.

    Attributes:
        decay: share of the attention, in [0, 1], that one page costs.
        lowest_attention: in [0, 1]; it does not wane further.
        break_after: pages from one break to the next; None means no breaks.
        break_duration: how long a break takes; it brings the attention back to 1.
    """

    decay: float = 0.0
    lowest_attention: float = 0.0
    break_after: int | None = None
    break_duration: timedelta = timedelta(minutes=10)

    def attention(self, page_count: int) -> float:
        """Return the attention, in [0, 1], after `page_count` pages since the last break."""
        return max(self.lowest_attention, (1.0 - self.decay) ** page_count)

    def is_break_due(self, page_count: int) -> bool:
        """Return whether it is time for a break after `page_count` pages since the last one."""
        return self.break_after is not None and page_count >= self.break_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a worker does besides answering.

    Attributes:
        skip_probability: chance that a page is given back at once.
        abandon_probability: chance that a page is left to expire.
        fatigue: how attention wanes.
        page_limit: pages after which the worker leaves; None means no limit.
        time_limit: time after the arrival when the worker leaves, with the page in hand done; None means no limit.
        pause: shortest and longest time between two pages.
        first_idle: shortest and longest time until a worker without work looks again; it doubles each time, up to `longest_idle`.
        longest_idle: longest time until a worker without work looks again.
        patience: time without work after which the worker leaves; None means never.
        returns_after: time after which a worker tries a pool again that restricted or filtered them; None means never: they leave when all open pools
            have done so.
    """

    skip_probability: float = 0.0
    abandon_probability: float = 0.0
    fatigue: Fatigue = field(default_factory=Fatigue)
    page_limit: int | None = None
    time_limit: timedelta | None = None
    pause: tuple[timedelta, timedelta] = (timedelta(seconds=1), timedelta(seconds=3))
    first_idle: tuple[timedelta, timedelta] = (timedelta(seconds=10), timedelta(seconds=20))
    longest_idle: timedelta = timedelta(minutes=10)
    patience: timedelta | None = timedelta(hours=12)
    returns_after: timedelta | None = timedelta(hours=1)
