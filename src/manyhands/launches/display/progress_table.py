"""Launches as a table in a terminal."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from manyhands.launches import LaunchState, Progress

from .bars import DoneBar
from .encodable import Encodable
from .progress_columns import DONE, LAUNCH, PAGES, STATE, Column, columns_for, fit_columns
from .progress_notes import heading, notes_of, rest_note
from .progress_panels import ProgressPanels
from .progress_rows import ProgressRow, busiest, row_of, total_of, whole_name
from .progress_words import page_legend

__all__ = ["ROW_LIMIT", "progress_table"]

#: Rows of launches that a screen holds and a reader can follow.
ROW_LIMIT = 20

_GAP = 2

#: Lines around the rows of several launches: heading, titles, rules, total, what is left out, what the signs mean, and one to spare.
_FRAME_HEIGHT = 9
_ONE_ROW_HEIGHT = 5

_STATE_STYLES: Mapping[LaunchState | None, str] = {
    None: "bold",
    LaunchState.WAITING: "dim",
    LaunchState.PUBLISHING: "blue",
    LaunchState.RUNNING: "cyan",
    LaunchState.STOPPING: "yellow",
    LaunchState.FINISHED: "green",
    LaunchState.STOPPED: "yellow",
    LaunchState.FAILED: "red",
}


def progress_table(progresses: Sequence[Progress], *, now: datetime, height: int | None = None) -> RenderableType:
    """Return launches as something that rich prints: a row for each, their total, and panels below when it is only one.

    Columns leave, the least important first, until the table fits the console. Signs that its encoding lacks are replaced.

    Args:
        progresses: the launches, in the order of the rows.
        now: the moment from which the time left is counted.
        height: lines that there are; None means as many as needed. Of many launches the busiest are shown, at most `ROW_LIMIT`, and the rest is
            counted; of one launch the panels that there is room for.
    """
    notes = [Text(note, style="yellow") for note in notes_of(progresses)]
    room = None if height is None else height - len(notes)
    shown = busiest(progresses, ROW_LIMIT if room is None else min(ROW_LIMIT, max(1, room - _FRAME_HEIGHT)))
    drawings: list[RenderableType] = [_Rows(progresses, shown, now), *notes]
    if len(progresses) == 1:
        drawings.append("")
        drawings.append(ProgressPanels(progresses[0], now=now, height=None if room is None else room - _ONE_ROW_HEIGHT))
    return Encodable(Group(*drawings))


class _Rows:
    """Draws the rows with as many columns as there is room for."""

    def __init__(self, progresses: Sequence[Progress], shown: Sequence[Progress], now: datetime) -> None:
        self._has_total = len(progresses) != 1
        self._whole = whole_name(progresses)
        self._heading = heading(progresses) if self._has_total else ""
        self._rest = rest_note(progresses, shown)
        self._rows = [row_of(progress, whole=self._whole) for progress in shown]
        self._total = total_of(progresses)
        self._now = now

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the heading, the table, what it leaves out and what its signs mean."""
        columns = columns_for([*self._rows, self._total])
        natural_widths = {column.title: self._natural_width(column) for column in columns}
        widths = fit_columns(columns, natural_widths, room=options.max_width, gap=_GAP)
        if self._has_total:
            yield Text.assemble((self._whole, "bold"), "  " if self._whole else "", self._heading)
            yield ""
        yield self._table(widths)
        if self._rest:
            yield Text(self._rest, style="dim")
        if self._has_total and PAGES in widths:
            yield Text(page_legend(self._total.pages), style="dim")

    def _table(self, widths: Mapping[Column, int]) -> Table:
        table = Table(
            box=box.SIMPLE,
            show_edge=False,
            pad_edge=False,
            padding=(0, 1, 0, 0),
            header_style="dim",
            border_style="bright_black",
            show_footer=self._has_total,
        )
        for column, width in widths.items():
            table.add_column(
                column.title,
                footer=self._cell(column, self._total, width),
                justify="right" if column.is_number and column is not DONE else "left",
                width=width,
                no_wrap=True,
                overflow="ellipsis",
            )
        for row in self._rows:
            table.add_row(*(self._cell(column, row, width) for column, width in widths.items()))
        return table

    def _cell(self, column: Column, row: ProgressRow, width: int) -> RenderableType:
        text, style = column.text(row, self._now), _STATE_STYLES[row.state]
        if column is DONE:
            return DoneBar(share=row.completion, text=text, style=style)
        if column is STATE:
            return Text(text if cell_len(text) <= width else row.state_word, style=style)
        return Text(text, style="bold" if column is LAUNCH or row.state is None else "")

    def _natural_width(self, column: Column) -> int:
        if column is DONE:
            return DONE.most_width or 0
        texts = (column.text(row, self._now) for row in [*self._rows, self._total])
        return max(map(cell_len, [column.title, *texts]))
