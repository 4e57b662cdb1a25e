"""Launches as a piece of HTML that needs no widgets, no scripts and no network."""

from collections.abc import Sequence
from datetime import datetime
from html import escape
from importlib.resources import files

from manyhands.launches import Progress

from .page_panels import page_panels
from .page_svg import bar_svg
from .progress_columns import DONE, LAUNCH, STATE, Column, columns_for
from .progress_notes import heading, notes_of, rest_note
from .progress_rows import ProgressRow, busiest, row_of, total_of, whole_name
from .progress_table import ROW_LIMIT
from .progress_words import page_legend

__all__ = ["progress_page"]


def progress_page(progresses: Sequence[Progress], *, now: datetime) -> str:
    """Return launches as one HTML element with its own style: a table, and panels below when it is only one launch.

    It shows what `progress_table` shows, in every column. Texts are escaped; colours follow the page that it is put into.

    Args:
        progresses: the launches, in the order of the rows.
        now: the moment from which the time left is counted.
    """
    style = files(__package__).joinpath("progress_page.css").read_text(encoding="utf-8")
    panels = page_panels(progresses[0], now=now) if len(progresses) == 1 else ""
    return f'<div class="mh"><style>{style}</style>{_table(progresses, now)}{_notes(progresses)}{panels}</div>'


def _table(progresses: Sequence[Progress], now: datetime) -> str:
    several = len(progresses) != 1
    whole = whole_name(progresses)
    shown = busiest(progresses, ROW_LIMIT)
    rows, total = [row_of(progress, whole=whole) for progress in shown], total_of(progresses)
    columns = columns_for([*rows, total])
    head = "".join(map(_head_cell, columns))
    body = "".join(_row(columns, row, now) for row in rows)
    foot = f"<tfoot>{_row(columns, total, now)}</tfoot>" if several else ""
    title = f"<h3>{escape(whole)}<span>{escape(heading(progresses))}</span></h3>" if several else ""
    table = f'<table class="mh-launches"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>{foot}</table>'
    remarks = [rest_note(progresses, shown), page_legend(total.pages) if several else ""]
    aside = "".join(f'<p class="mh-aside">{escape(remark)}</p>' for remark in remarks if remark)
    return f'{title}<div class="mh-scroll">{table}</div>{aside}'


def _head_cell(column: Column) -> str:
    return f'<th{_alignment(column)} title="{escape(column.meaning)}">{escape(column.title)}</th>'


def _row(columns: Sequence[Column], row: ProgressRow, now: datetime) -> str:
    return f"<tr>{''.join(_cell(column, row, now) for column in columns)}</tr>"


def _cell(column: Column, row: ProgressRow, now: datetime) -> str:
    text = escape(column.text(row, now))
    state = "all" if row.state is None else row.state.value
    if column is DONE:
        return f'<td><div class="mh-done">{bar_svg(row.completion, style=f"mh-{state}")}<b>{text}</b></div></td>'
    if column is LAUNCH:
        return f'<td class="mh-name" title="{text}">{text}</td>'
    return f'<td class="mh-{state}">{text}</td>' if column is STATE else f"<td{_alignment(column)}>{text}</td>"


def _alignment(column: Column) -> str:
    return ' class="mh-number"' if column.is_number and column is not DONE else ""


def _notes(progresses: Sequence[Progress]) -> str:
    return "".join(f'<p class="mh-note">{escape(note)}</p>' for note in notes_of(progresses))
