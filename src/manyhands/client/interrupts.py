"""Ctrl-C and SIGTERM as a wish that launches end, for as long as a call waits for them."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

__all__ = ["interrupt_event"]

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupt_event() -> Iterator[Event]:
    """Yield an event that is set by Ctrl-C and SIGTERM instead of breaking off what is being done, however often they come.

    Raising an exception at whatever line is being carried out would lose results, or leave a launch behind that nobody waits for. Outside of the main
    thread, which alone receives signals, nothing sets the event.

    Example:
        >>> with interrupt_event() as interrupted:
        ...     signal.raise_signal(signal.SIGINT)
        ...     signal.raise_signal(signal.SIGINT)
        ...     interrupted.is_set()
        True
    """
    interrupted, is_noted = Event(), False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal is_noted
        # A second signal may come while the event is being set, which it cannot be twice at once by one thread.
        if not is_noted:
            is_noted = True
            interrupted.set()

    if threading.current_thread() is not threading.main_thread():
        yield interrupted
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    try:
        for number in _SIGNALS:
            signal.signal(number, note)
        yield interrupted
    finally:
        for number, handler in before.items():
            # A handler that was not installed by Python is not known to it.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
