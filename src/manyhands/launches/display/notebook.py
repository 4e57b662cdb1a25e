"""A place in a notebook's output that can be written anew, without widgets. Needs the extra ``manyhands[notebook]``."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self

from manyhands.errors import MissingExtra
from manyhands.launches import Progress

from .progress_page import progress_page

try:
    from IPython.display import HTML, display
except ImportError as error:
    message = "A display in a notebook needs IPython; install it with: pip install 'manyhands[notebook]'"
    raise MissingExtra(message) from error

__all__ = ["NotebookScreen"]


class _Output(Protocol):
    """A place in the output of a cell."""

    def update(self, page: object, /) -> None:
        """Replace what is there."""
        ...


# IPython has no annotations.
_html: Callable[[str], object] = HTML
_place: Callable[..., _Output] = display


class NotebookScreen:
    """One output of a cell; what is shown replaces what was shown before, and stays when the cell is done."""

    def __init__(self) -> None:
        self._output: _Output | None = None

    def __enter__(self) -> Self:
        """Do nothing: the output appears with the first page."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: what the cell prints next comes below."""

    def show(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Replace the page."""
        page = _html(progress_page(progresses, now=now))
        if self._output is None:
            self._output = _place(page, display_id=True)
        else:
            self._output.update(page)

    def conclude(self, progresses: Sequence[Progress], now: datetime) -> None:
        """Replace the page a last time."""
        self.show(progresses, now)
