"""When a request is sent again, and after how long."""

from collections.abc import Callable
from dataclasses import dataclass
from random import uniform

__all__ = ["RetryPolicy"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and after which pauses a request is repeated.

    The pauses are short: a launch that meets an absent platform is put off by its runner, which has other launches to serve meanwhile.

    Attributes:
        count: repetitions of one request.
        first_pause_s: before the first repetition; each further one is twice as long.
        longest_pause_s: no pause is longer, whatever the server asks for.

    Example:
        >>> RetryPolicy().pause_s(1, chance=lambda low, high: high)
        0.5
    """

    count: int = 3
    first_pause_s: float = 0.25
    longest_pause_s: float = 5.0

    def pause_s(
        self, attempt: int, *, asked_s: float | None = None, chance: Callable[[float, float], float] = uniform
    ) -> float:
        """Return the pause before a repetition: about half of it is left to chance, so that many clients do not come back together.

        Args:
            attempt: repetitions made so far.
            asked_s: what the server asked for; at least as long, up to the longest pause.
            chance: returns a number between two.
        """
        pause = self.first_pause_s * 2**attempt
        return min(self.longest_pause_s, max(chance(pause / 2, pause), asked_s or 0.0))
