"""Showing launches until they are over."""

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from typing import Protocol

from rich.console import Console

from manyhands.crowd import Clock, SystemClock
from manyhands.errors import LaunchFailed, PlatformError
from manyhands.launches import Progress

from .screens import LineScreen, LiveScreen, Screen

__all__ = ["DEFAULT_REFRESH", "Watched", "watch"]

DEFAULT_REFRESH = timedelta(milliseconds=250)

#: Looking at very many launches takes a while; a pause this many times as long leaves nine tenths of a processor to them.
_PAUSE_PER_LOOK = 9


class Watched(Protocol):
    """What is shown of a launch; `LaunchHandle` has it."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens."""
        ...

    def progress(self) -> Progress:
        """Return how the launch is doing now.

        Raises:
            PlatformError: the platform does not tell.
        """
        ...

    def wait(self, timeout: timedelta | None = None) -> object:
        """Return when the launch is over.

        Raises:
            LaunchFailed: the launch ended by an error.
            TimeoutError: the launch is not over after `timeout`.
        """
        ...


def watch(
    handles: Sequence[Watched],
    *,
    console: Console | None = None,
    refresh: timedelta = DEFAULT_REFRESH,
    clock: Clock | None = None,
) -> None:
    """Show launches until all of them are over, however they end.

    A terminal shows one table that is overwritten, a notebook one output that is replaced; anything else, and a thread that is not the
    main one, gets a line at most every ten seconds and the table in the end. Each launch is read once per refresh and not any more when it is
    over; while its platform does not answer, what was known last is shown. An interrupt passes through to the caller and leaves the terminal
    clean.

    Args:
        handles: the launches, in the order of the rows.
        console: where to show them; None means the standard output.
        refresh: time between two looks; longer when looking at all launches takes long.
        clock: the clock of the platform, from which the time left is counted; None means the clock on the wall.

    Raises:
        MissingExtra: this is a notebook and IPython is not installed.
    """
    if not handles:
        return
    clock = clock or SystemClock()
    launches = _Launches(handles)
    with _screen(console or Console()) as screen:
        start = time.monotonic()
        while not launches.read():
            screen.show(launches.progresses, clock.now())
            launches.wait(max(refresh, _PAUSE_PER_LOOK * timedelta(seconds=time.monotonic() - start)))
            start = time.monotonic()
    screen.conclude(launches.progresses, clock.now())


class _Launches:
    """What is known of the launches that are watched."""

    def __init__(self, handles: Sequence[Watched]) -> None:
        self._handles = handles
        self._known: dict[int, Progress] = {}
        self._open = list(range(len(handles)))

    @property
    def progresses(self) -> list[Progress]:
        """What was read last of each launch, in order; launches that could not be read yet are left out."""
        return [self._known[number] for number in sorted(self._known)]

    def read(self) -> bool:
        """Look at every launch that was not over at the last look, and return whether all are over."""
        # Whether launches are over is asked first, so that the last reading of each is of its end.
        still_open = [number for number in self._open if not self._handles[number].is_over]
        for number in self._open:
            with suppress(PlatformError):
                self._known[number] = self._handles[number].progress()
        self._renew_budgets()
        self._open = still_open
        return not still_open

    def _renew_budgets(self) -> None:
        """Let launches that are over show what the others have left of the budget they share."""
        read = [self._known[number].budget for number in self._open if number in self._known]
        newest = {budget.id: budget for budget in read if budget is not None}
        for number, progress in self._known.items():
            if progress.budget is not None:
                self._known[number] = replace(progress, budget=newest.get(progress.budget.id, progress.budget))

    def wait(self, pause: timedelta) -> None:
        """Wait that long, or until the first of the launches that were not over is over."""
        with suppress(LaunchFailed, TimeoutError):
            self._handles[self._open[0]].wait(pause)


def _screen(console: Console) -> Screen:
    if console.is_jupyter:
        # Imported here, for IPython is an extra; in a notebook it is there.
        screen: Screen = import_module(".notebook", __package__).NotebookScreen()
        return screen
    if console.is_terminal and not console.is_dumb_terminal and _is_main_thread():
        return LiveScreen(console)
    return LineScreen(console)


def _is_main_thread() -> bool:
    # Two tables that are overwritten side by side in one terminal would destroy each other.
    return threading.current_thread() is threading.main_thread()
