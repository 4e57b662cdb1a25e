"""Answers to control tasks, in a terminal."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from manyhands.launches import ConfusionCount

from .confusion_matrix import ConfusionMatrix, confusion_matrix
from .progress_words import share

__all__ = ["draw_confusion"]

#: More labels do not fit side by side; then the most frequent mistakes are listed.
_MATRIX_LABEL_LIMIT = 4
_MISTAKE_LIMIT = 7
_LABEL_WIDTH = 10

#: Share of wrong answers from which a cell is shown as a warning.
_MANY_MISTAKES = 0.1


def draw_confusion(cells: Sequence[ConfusionCount]) -> Table:
    """Return a table with a row for each right label and a column for each answer, or with the mistakes when there are many labels."""
    matrix = confusion_matrix(cells)
    return _matrix_table(matrix) if len(matrix.labels) <= _MATRIX_LABEL_LIMIT else _mistake_table(matrix)


def _matrix_table(matrix: ConfusionMatrix) -> Table:
    table = _table("right ↓ answer →")
    for label in matrix.labels:
        table.add_column(label, justify="right", max_width=_LABEL_WIDTH, no_wrap=True)
    table.add_column("right", justify="right")
    for truth, label in enumerate(matrix.labels):
        counts = [_cell(matrix, truth, answer) for answer in range(len(matrix.labels))]
        table.add_row(Text(label, overflow="ellipsis"), *counts, share(matrix.share(truth, truth)))
    return table


def _mistake_table(matrix: ConfusionMatrix) -> Table:
    table = _table("right → answered instead")
    table.add_column("times", justify="right")
    table.add_column("share", justify="right")
    for mistake in matrix.mistakes(_MISTAKE_LIMIT):
        table.add_row(f"{mistake.truth} → {mistake.answer}", f"{mistake.count:,}", share(mistake.share))
    return table


def _table(first_title: str) -> Table:
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first_title, no_wrap=True, overflow="ellipsis")
    return table


def _cell(matrix: ConfusionMatrix, truth: int, answer: int) -> Text:
    number = matrix.counts[truth][answer]
    if not number:
        return Text("·", style="dim")
    if truth == answer:
        return Text(f"{number:,}", style="green")
    return Text(f"{number:,}", style="red" if matrix.share(truth, answer) >= _MANY_MISTAKES else "")
