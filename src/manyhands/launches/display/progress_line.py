"""Launches in one line of text."""

from collections.abc import Sequence
from datetime import datetime

from manyhands.launches import Progress

from .progress_notes import heading
from .progress_rows import ProgressRow, row_of, total_of, whole_name
from .progress_words import amount, moment_in_words, share

__all__ = ["progress_line"]


def progress_line(progresses: Sequence[Progress], *, now: datetime) -> str:
    """Return how the launches are doing, all in one line.

    Args:
        progresses: the launches.
        now: the moment from which the time left is counted.
    """
    if len(progresses) == 1:
        row = row_of(progresses[0])
        return f"{row.name}: {row.state_text}; {_numbers(row, now)}"
    whole = whole_name(progresses)
    return f"{whole}{', ' if whole else ''}{heading(progresses)}; {_numbers(total_of(progresses), now)}"


def _numbers(row: ProgressRow, now: datetime) -> str:
    parts = [
        f"{share(row.completion)} of {row.object_count:,} objects done",
        f"{row.answer_count:,} answers",
        f"{amount(row.paid)} paid",
    ]
    if not row.is_over and row.eta is not None:
        parts.append(f"ETA {moment_in_words(row.eta, now)}")
    return ", ".join(parts)
