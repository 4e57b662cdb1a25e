"""Which launches want a turn now, so that nobody has to ask the others."""

import threading
from collections.abc import Iterable
from datetime import datetime
from threading import Event as StopSignal

from .running import RunningLaunch

__all__ = ["Agenda"]

#: A set that keeps its order, so that a seeded rehearsal is the same every time.
_Launches = dict[RunningLaunch, None]


class Agenda:
    """Launches with something to do, and the signals and moments that will give the others something to do.

    A launch that waits for workers costs nothing here: a thousand of them that share a stop signal are one look at it. Thread-safe.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._due: _Launches = {}
        self._timed: _Launches = {}
        self._by_signal: dict[StopSignal, _Launches] = {}
        self._signals: dict[RunningLaunch, list[StopSignal]] = {}

    def put(self, launch: RunningLaunch, signals: Iterable[StopSignal] = ()) -> None:
        """Give the launch a turn now, and another one when one of the signals is set."""
        with self._lock:
            self._due[launch] = None
            for signal in signals:
                self._by_signal.setdefault(signal, {})[launch] = None
                self._signals.setdefault(launch, []).append(signal)

    def put_off(self, launch: RunningLaunch) -> None:
        """Give the launch its next turn at its `next_moment`."""
        with self._lock:
            self._timed[launch] = None

    def drop(self, launch: RunningLaunch) -> None:
        """Forget the launch."""
        with self._lock:
            self._due.pop(launch, None)
            self._timed.pop(launch, None)
            for signal in self._signals.pop(launch, ()):
                waiting = self._by_signal.get(signal, {})
                waiting.pop(launch, None)
                if not waiting:
                    self._by_signal.pop(signal, None)

    def take_signalled(self) -> list[RunningLaunch]:
        """Return the launches that have a signal which was set since the last call."""
        with self._lock:
            signals = [signal for signal in self._by_signal if signal.is_set()]
            return list(dict.fromkeys(launch for signal in signals for launch in self._by_signal.pop(signal)))

    def take_due(self, now: datetime) -> list[RunningLaunch]:
        """Return the launches that have a turn at this moment, each once, and take them off the agenda."""
        with self._lock:
            ripe = [launch for launch in self._timed if (moment := launch.next_moment) is None or moment <= now]
            for launch in ripe:
                del self._timed[launch]
            due = list(self._due | dict.fromkeys(ripe))
            self._due.clear()
            return due

    def find_next_moment(self) -> datetime | None:
        """Return when the next turn is, if nothing happens before; None when never."""
        with self._lock:
            return min((moment for launch in self._timed if (moment := launch.next_moment) is not None), default=None)
