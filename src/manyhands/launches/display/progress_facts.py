"""Money, people and time of one launch, in words."""

from collections.abc import Iterator
from datetime import datetime

from manyhands.launches import Progress

from .progress_rows import row_of
from .progress_words import amount, in_words, share

__all__ = ["facts_of"]


def facts_of(progress: Progress, *, now: datetime) -> list[tuple[str, str]]:
    """Return what the launch has cost, who works and since when, as pairs of a name and a value."""
    return [*_money(progress), *_people(progress), *_time(progress, now)]


def _money(progress: Progress) -> Iterator[tuple[str, str]]:
    yield "paid", amount(progress.paid)
    if progress.finished_count:
        yield "per object done", f"${float(progress.paid) / progress.finished_count:.4f}"
    yield "reserved", amount(progress.reserved)
    if progress.budget is not None and progress.budget.ceiling is not None:
        yield "budget left", f"{amount(progress.budget.left)} of {amount(progress.budget.ceiling)}"


def _people(progress: Progress) -> Iterator[tuple[str, str]]:
    yield "workers", f"{progress.worker_count:,}"
    yield "restrictions", f"{progress.restriction_count:,}"
    yield "pages accepted", share(row_of(progress).acceptance)


def _time(progress: Progress, now: datetime) -> Iterator[tuple[str, str]]:
    if progress.started is not None and not progress.state.is_over:
        yield "first page", f"{in_words(now - progress.started)} ago"
