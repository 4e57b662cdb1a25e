"""One launch in detail, as HTML."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from math import sqrt

from manyhands.launches import Progress
from manyhands.results import Bar, confidence_bars, duration_bars, overlap_bars

from .confusion_matrix import ConfusionMatrix, confusion_matrix
from .page_svg import bar_svg
from .progress_facts import facts_of
from .progress_words import PAGE_SIGNS, PAGE_WORDS, in_words, share

__all__ = ["page_panels"]

#: More labels do not fit side by side; then the most frequent mistakes are listed.
_MATRIX_LABEL_LIMIT = 6
_MISTAKE_LIMIT = 8

#: Colours of right and wrong answers, red, green and blue; a cell is the more opaque the larger its share is.
_RIGHT_COLOUR, _WRONG_COLOUR = "44,154,85", "220,74,67"
_MOST_OPAQUE = 0.55


def page_panels(progress: Progress, *, now: datetime) -> str:
    """Return pages by state, seconds per task, confidence, overlap, control tasks and money as HTML."""
    return f'<div class="mh-panels">{"".join(_panels(progress, now))}</div>'


def _panels(progress: Progress, now: datetime) -> Iterator[str]:
    mean, hint = progress.mean_task_duration, in_words(progress.duration_hint)
    durations = duration_bars(progress.task_durations, progress.duration_hint)
    yield _panel(
        "Time per task",
        _bars(durations, mark=f"hint {hint}"),
        summary="" if mean is None else f"mean {mean.total_seconds():.1f} s",
    )
    confidence = progress.mean_confidence
    yield _panel(
        "Confidence",
        _bars(confidence_bars(progress.confidences)),
        summary="" if confidence is None else f"mean {share(confidence)}",
    )
    yield _panel(
        "Answers per object", _bars(overlap_bars(progress.overlaps)), summary=f"mean {progress.mean_overlap:.2f}"
    )
    yield _panel("Pages", _bars(_page_bars(progress)), summary=f"{sum(progress.pages.values()):,}")
    accuracy = progress.control_accuracy
    yield _panel("Control tasks", _confusion(progress), summary="" if accuracy is None else f"{share(accuracy)} right")
    yield _panel("Money and workers", _facts(progress, now))


def _panel(title: str, content: str, *, summary: str = "") -> str:
    span = f"<span>{escape(summary)}</span>" if summary else ""
    body = content or '<p class="mh-aside">nothing yet</p>'
    return f'<div class="mh-panel"><h4>{escape(title)}{span}</h4>{body}</div>'


def _bars(bars: Sequence[Bar], *, mark: str = "") -> str:
    if not bars:
        return ""
    most = max(1, *(bar.count for bar in bars))
    return f'<div class="mh-bars">{"".join(_bar(bar, most, mark) for bar in bars)}</div>'


def _bar(bar: Bar, most: int, mark: str) -> str:
    hint = f'<span class="mh-hint">◂ {escape(mark)}</span>' if bar.is_marked else ""
    svg = bar_svg(bar.count / most, style="mh-bar", has_rest=False)
    return f"<i>{escape(bar.label)}</i>{svg}<span>{bar.count:,}{hint}</span>"


def _page_bars(progress: Progress) -> list[Bar]:
    return [
        Bar(label=f"{word} {PAGE_SIGNS[status]}", count=progress.pages.get(status, 0))
        for status, word in PAGE_WORDS.items()
    ]


def _confusion(progress: Progress) -> str:
    if not progress.confusion:
        return ""
    matrix = confusion_matrix(progress.confusion)
    table = _matrix(matrix) if len(matrix.labels) <= _MATRIX_LABEL_LIMIT else _mistakes(matrix)
    return f'<div class="mh-scroll"><table class="mh-confusion">{table}</table></div>'


def _matrix(matrix: ConfusionMatrix) -> str:
    numbers = range(len(matrix.labels))
    answers = "".join(map(_label_cell, matrix.labels))
    rows = (
        f"<tr>{_label_cell(matrix.labels[truth])}{''.join(_matrix_cell(matrix, truth, answer) for answer in numbers)}"
        f"<td>{share(matrix.share(truth, truth))}</td></tr>"
        for truth in numbers
    )
    return f"<tr><th>right ↓ answer →</th>{answers}<th>right</th></tr>{''.join(rows)}"


def _label_cell(label: str) -> str:
    return f'<th title="{escape(label)}">{escape(label)}</th>'


def _matrix_cell(matrix: ConfusionMatrix, truth: int, answer: int) -> str:
    colour = _RIGHT_COLOUR if truth == answer else _WRONG_COLOUR
    # The root lets rare mistakes be seen beside the many right answers.
    opacity = sqrt(matrix.share(truth, answer)) * _MOST_OPAQUE
    return f'<td style="background:rgba({colour},{opacity:.3f})">{matrix.counts[truth][answer]:,}</td>'


def _mistakes(matrix: ConfusionMatrix) -> str:
    rows = (
        f"<tr><th>{escape(mistake.truth)} → {escape(mistake.answer)}</th><td>{mistake.count:,}</td><td>{share(mistake.share)}</td></tr>"
        for mistake in matrix.mistakes(_MISTAKE_LIMIT)
    )
    return f"<tr><th>right → answered instead</th><th>times</th><th>share</th></tr>{''.join(rows)}"


def _facts(progress: Progress, now: datetime) -> str:
    pairs = (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts_of(progress, now=now))
    return f"<dl>{''.join(pairs)}</dl>"
