"""Ctrl-C as a wish to stop gracefully."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

__all__ = ["stop_signals"]

#: Ctrl-C, a request to end, and a terminal that is closed (which not every system has).
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def stop_signals(interrupted: Event) -> Iterator[None]:
    """Set the event on Ctrl-C and its kin, as often as they come, instead of breaking off whatever is being done.

    Outside of the main thread, which alone receives signals, nothing changes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    is_noted = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_noted
        # A second signal may come while the event is being set, which it cannot be twice at once by one thread.
        if not is_noted:
            is_noted = True
            interrupted.set()

    before = {number: signal.signal(number, note) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
