"""Confirming phone numbers that are not there: only where the server is run for tests."""

import threading
from random import Random

from .refusals import Refused

__all__ = ["PhoneBook"]

_CODES = 10_000


class PhoneBook:
    """Codes that were asked for, and who gave theirs back; forgotten when the server ends. Thread-safe.

    Example:
        >>> phones = PhoneBook()
        >>> phones.confirm("worker", code=phones.code_for("worker"))
        >>> phones.is_confirmed("worker")
        True
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._confirmed: set[str] = set()

    def code_for(self, name: str) -> str:
        """Return the code that somebody's phone would receive; always the same one."""
        return f"{Random(name).randrange(_CODES):04}"  # noqa: S311 - it protects nothing

    def confirm(self, name: str, *, code: str) -> None:
        """Take a code back.

        Raises:
            Refused: it is another one.
        """
        if code != self.code_for(name):
            raise Refused.field("code", "VALUE_NOT_ALLOWED", message="expected the code that was sent")
        with self._lock:
            self._confirmed.add(name)

    def is_confirmed(self, name: str) -> bool:
        """Return whether the code was given back."""
        return name in self._confirmed
