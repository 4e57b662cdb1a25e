"""How often an address may come without a valid token."""

import time
from collections.abc import Callable

from .refusals import Refused, Word

__all__ = ["GuessLimit"]

_WINDOW_S = 60.0
#: Addresses remembered at a time; one more and all are forgotten, so that many addresses cannot fill the memory.
_ADDRESSES_KEPT = 10_000


class GuessLimit:
    """Counts requests without valid credentials by address and minute. Used by one thread.

    Args:
        per_minute: as many are let through.
        seconds: a clock that never goes back.

    Example:
        >>> limit = GuessLimit(1, seconds=lambda: 0.0)
        >>> limit.count("10.0.0.1")
    """

    def __init__(self, per_minute: int, *, seconds: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._seconds = seconds
        self._window = -1
        self._counts: dict[str, int] = {}

    def count(self, address: str) -> None:
        """Count one request.

        Raises:
            Refused: it is one too many.
        """
        window = int(self._seconds() // _WINDOW_S)
        if window != self._window or len(self._counts) >= _ADDRESSES_KEPT:
            self._window, self._counts = window, {}
        self._counts[address] = self._counts.get(address, 0) + 1
        if self._counts[address] > self._per_minute:
            message = f"More than {self._per_minute} requests without a valid token in a minute; wait a minute."
            raise Refused(Word.TOO_MANY_REQUESTS, message)
