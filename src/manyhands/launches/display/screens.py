"""Where the progress of launches is shown: a terminal that can be overwritten, or one that cannot."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from manyhands.launches import Progress

from .encodable import encodable_text
from .progress_line import progress_line
from .progress_table import progress_table

__all__ = ["LineScreen", "LiveScreen", "Screen"]

#: Where nothing can be overwritten, such as in a log file, more lines would be noise.
_SECONDS_BETWEEN_LINES = 10.0


class Screen(Protocol):
    """Shows launches again and again inside ``with``, and a last time after it."""

    def __enter__(self) -> Self:
        """Begin."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take away what would disturb what is written next."""
        ...

    def show(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Show how the launches are doing."""
        ...

    def conclude(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Show how the launches ended; this stays."""
        ...


class LiveScreen:
    """A terminal: one table that is overwritten, as high as the terminal at most, and in the end printed in full."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Self:
        """Hide the cursor and let what others print appear above the table."""
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the table away and give the cursor back."""
        self._live.stop()

    def show(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Overwrite the table."""
        self._live.update(progress_table(progresses, now=now, height=self._console.height), refresh=True)

    def conclude(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Print the table in full."""
        self._console.print(progress_table(progresses, now=now))


class LineScreen:
    """A file, a pipe, or a terminal that somebody else writes to: a line at most every ten seconds, and in the end the table.

    Args:
        console: where to print.
        seconds: tells the time that passes, in seconds.
    """

    def __init__(self, console: Console, seconds: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._seconds = seconds
        self._due = seconds()

    def __enter__(self) -> Self:
        """Do nothing."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: lines disturb nobody."""

    def show(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Print a line, if the last one is not too recent."""
        if self._seconds() >= self._due:
            self._due = self._seconds() + _SECONDS_BETWEEN_LINES
            line = f"{now.astimezone():%H:%M:%S} {progress_line(progresses, now=now)}"
            self._console.print(Text(encodable_text(line, self._console.encoding)), soft_wrap=True)

    def conclude(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Print the table."""
        self._console.print(progress_table(progresses, now=now))
