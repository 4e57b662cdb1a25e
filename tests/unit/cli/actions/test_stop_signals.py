"""Stop signals: Ctrl-C sets an event and breaks nothing off."""

import os
import signal
import threading
from threading import Event

import pytest

from manyhands.cli.actions.stop_signals import stop_signals
from tests.patience import PATIENCE_S


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_sets_the_event_as_often_as_it_comes(number: signal.Signals) -> None:
    """No exception interrupts what is being done, and a second signal is harmless."""
    interrupted = Event()
    with stop_signals(interrupted):
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)
        assert interrupted.wait(timeout=PATIENCE_S)


def test_handlers_are_put_back() -> None:
    """After the launches Ctrl-C means what it meant before."""
    before = signal.getsignal(signal.SIGINT)
    with stop_signals(Event()):
        assert signal.getsignal(signal.SIGINT) is not before
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_change_no_handler() -> None:
    """Only the main thread may set handlers; elsewhere the launches go on without them."""
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def look() -> None:
        with stop_signals(Event()):
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [before]
