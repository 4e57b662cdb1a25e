"""One launch in detail, in a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from manyhands.launches import Progress
from manyhands.results import Bar, confidence_bars, duration_bars, overlap_bars

from .bars import BarChart
from .confusion_panel import draw_confusion
from .progress_facts import facts_of
from .progress_words import PAGE_SIGNS, PAGE_WORDS, in_words, share

__all__ = ["ProgressPanels"]

#: A panel that is narrower cannot hold its labels and a bar.
_LEAST_PANEL_WIDTH = 36
_MOST_PANELS_IN_LINE = 3

_BORDER_COUNT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawing:
    """What is in a panel.

    Attributes:
        title: what it shows.
        summary: its most important number; empty when there is none.
        body: the drawing.
        line_count: lines of the body.
    """

    title: str
    summary: str = ""
    body: RenderableType
    line_count: int


class ProgressPanels:
    """Draws pages by state, seconds per task, confidence, overlap, control tasks and money, at most three in a line."""

    def __init__(self, progress: Progress, *, now: datetime, height: int | None) -> None:
        self._progress = progress
        self._now = now
        self._height = height

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the panels as a grid, as far down as there is room."""
        drawings = _drawings(self._progress, self._now)
        per_line = max(1, min(_MOST_PANELS_IN_LINE, options.max_width // _LEAST_PANEL_WIDTH))
        grid = Table.grid(expand=True)
        for _ in range(per_line):
            grid.add_column(ratio=1)
        used = 0
        for start in range(0, len(drawings), per_line):
            line = drawings[start : start + per_line]
            height = max(drawing.line_count for drawing in line) + _BORDER_COUNT
            used += height
            if self._height is None or used <= self._height:
                grid.add_row(*(_panel(drawing, height) for drawing in line))
        yield grid


def _panel(drawing: _Drawing, height: int) -> Panel:
    title = Text.assemble((drawing.title, "bold"), (f"  {drawing.summary}" if drawing.summary else "", "default"))
    return Panel(drawing.body, title=title, title_align="left", border_style="bright_black", height=height)


def _drawings(progress: Progress, now: datetime) -> list[_Drawing]:
    return [
        _durations(progress),
        _chart("Confidence", confidence_bars(progress.confidences), summary=_confidence_summary(progress)),
        _chart("Answers per object", overlap_bars(progress.overlaps), summary=f"mean {progress.mean_overlap:.2f}"),
        _pages(progress),
        _control_tasks(progress),
        _facts(progress, now),
    ]


def _durations(progress: Progress) -> _Drawing:
    mean = progress.mean_task_duration
    return _chart(
        "Time per task",
        duration_bars(progress.task_durations, progress.duration_hint),
        summary="" if mean is None else f"mean {mean.total_seconds():.1f} s",
        mark=f"◂ hint {in_words(progress.duration_hint)}",
    )


def _confidence_summary(progress: Progress) -> str:
    return f"mean {share(progress.mean_confidence)}" if progress.confidences else ""


def _pages(progress: Progress) -> _Drawing:
    bars = [
        Bar(label=f"{word} {PAGE_SIGNS[status]}", count=progress.pages.get(status, 0))
        for status, word in PAGE_WORDS.items()
    ]
    return _chart("Pages", bars, summary=f"{sum(progress.pages.values()):,}")


def _chart(title: str, bars: Sequence[Bar], *, summary: str = "", mark: str = "") -> _Drawing:
    if not bars:
        return _Drawing(title=title, body=Text("nothing yet", style="dim"), line_count=1)
    return _Drawing(title=title, summary=summary, body=BarChart(bars=bars, mark=mark), line_count=len(bars))


def _control_tasks(progress: Progress) -> _Drawing:
    if not progress.confusion:
        return _Drawing(title="Control tasks", body=Text("nothing yet", style="dim"), line_count=1)
    drawing = draw_confusion(progress.confusion)
    summary = f"{share(progress.control_accuracy)} right"
    return _Drawing(title="Control tasks", summary=summary, body=drawing, line_count=drawing.row_count + 1)


def _facts(progress: Progress, now: datetime) -> _Drawing:
    grid = Table.grid(padding=(0, 2, 0, 0))
    facts = facts_of(progress, now=now)
    for name, value in facts:
        grid.add_row(Text(name, style="dim"), value)
    return _Drawing(title="Money and workers", body=grid, line_count=len(facts))
