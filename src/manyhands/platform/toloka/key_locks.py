"""One lock for each thing, so that only what concerns the same thing waits."""

import threading

__all__ = ["KeyLocks"]


class KeyLocks:
    """Locks by name, each of which a thread may take again while it has it. Thread-safe.

    Example:
        >>> locks = KeyLocks()
        >>> locks.of("pool", "7") is locks.of("pool", "7")
        True
        >>> locks.of("pool", "7") is locks.of("pool", "8")
        False
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[tuple[str, ...], threading.RLock] = {}

    def of(self, *name: str) -> "threading.RLock":
        """Return the lock of this name."""
        with self._lock:
            return self._locks.setdefault(name, threading.RLock())
