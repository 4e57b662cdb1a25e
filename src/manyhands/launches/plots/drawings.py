"""What can be drawn of a launch."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from manyhands.launches import ConfusionCount, Timeline
from manyhands.results import (
    CONFIDENCE_FIELD,
    OVERLAP_FIELD,
    ClassificationResults,
    calibration_bins,
    calibration_gap,
    confidence_bars,
    duration_bars,
    overlap_bars,
)

from .axes import Line, draw_bars, draw_calibration, draw_lines, draw_matrix
from .matplotlib_parts import Axes, Figure
from .plot import Plot

__all__ = [
    "Measured",
    "plot_calibration",
    "plot_confidences",
    "plot_confusion",
    "plot_durations",
    "plot_launch",
    "plot_money",
    "plot_overlaps",
    "plot_pages",
    "plot_progress",
]

_SIZE_INCHES = (6.4, 4.0)
_GRID_COLUMNS = 3
_Draw = Callable[[Axes], None]


class Measured(Protocol):
    """What was measured of a launch; `Progress` and `Findings` have it."""

    @property
    def name(self) -> str:
        """The name of the launch."""
        ...

    @property
    def task_durations(self) -> Sequence[float]:
        """Seconds per task of every submitted page."""
        ...

    @property
    def duration_hint(self) -> timedelta | None:
        """The expected time for one task; None where it is not known."""
        ...

    @property
    def confidences(self) -> Sequence[float]:
        """Probability of the label of every answered object."""
        ...

    @property
    def overlaps(self) -> Mapping[int, int]:
        """Accepted answers per object → number of objects."""
        ...

    @property
    def confusion(self) -> Sequence[ConfusionCount]:
        """Answers to control tasks by right label."""
        ...


def plot_confusion(measured: Measured) -> Plot:
    """Return which labels were answered to control tasks of which right label: a row per right label, shares by colour, counts in words."""
    return _single(_confusion(measured))


def plot_durations(measured: Measured) -> Plot:
    """Return how many pages took how long per task, with the expected time marked."""
    return _single(_durations(measured))


def plot_overlaps(measured: Measured | ClassificationResults) -> Plot:
    """Return how many objects have how many accepted answers."""
    return _single(_overlaps(measured))


def plot_confidences(measured: Measured | ClassificationResults) -> Plot:
    """Return how many labels are how sure."""
    return _single(_confidences(measured))


def plot_calibration(judged: Sequence[tuple[float, bool]]) -> Plot:
    """Return whether labels are right as often as their confidence says: points on the diagonal are, points below it are too sure.

    Args:
        judged: confidence in [0, 1] of labels whose truth is known, and whether each is right; such as `Findings.judged_controls`.
    """
    return _single(_calibration(judged))


def plot_progress(timeline: Timeline) -> Plot:
    """Return accepted answers, and finished objects where they are known, over time."""
    return _single(_progress(timeline))


def plot_pages(timeline: Timeline) -> Plot:
    """Return the pages by state over time."""
    return _single(_pages(timeline))


def plot_money(timeline: Timeline) -> Plot:
    """Return what was paid and reserved over time, in US dollars."""
    return _single(_money(timeline))


def plot_launch(
    measured: Measured, timeline: Timeline | None = None, judged: Sequence[tuple[float, bool]] | None = None
) -> Plot:
    """Return everything about a launch in one drawing.

    Args:
        measured: progress or findings.
        timeline: how it went; None leaves out what happened over time.
        judged: see `plot_calibration`; None leaves it out.
    """
    over_time = [] if timeline is None else [_progress(timeline), _pages(timeline), _money(timeline)]
    draws = [*over_time, _durations(measured), _overlaps(measured), _confidences(measured), _confusion(measured)]
    if judged is not None:
        draws.append(_calibration(judged))
    return _grid(draws, title=measured.name)


def _single(draw: _Draw) -> Plot:
    figure = Figure(figsize=_SIZE_INCHES, layout="constrained")
    draw(figure.add_subplot())
    return Plot(figure)


def _grid(draws: Sequence[_Draw], *, title: str) -> Plot:
    row_count = -(-len(draws) // _GRID_COLUMNS)
    width, height = _SIZE_INCHES
    figure = Figure(figsize=(width * _GRID_COLUMNS * 0.8, height * row_count * 0.8), layout="constrained")
    figure.suptitle(title)
    for place, draw in enumerate(draws, start=1):
        draw(figure.add_subplot(row_count, _GRID_COLUMNS, place))
    return Plot(figure)


def _confusion(measured: Measured) -> _Draw:
    def draw(axes: Axes) -> None:
        draw_matrix(axes, measured.confusion, title="Answers to control tasks")

    return draw


def _durations(measured: Measured) -> _Draw:
    hint = measured.duration_hint
    bars = duration_bars(measured.task_durations, hint or timedelta(0))

    def draw(axes: Axes) -> None:
        draw_bars(axes, bars, title="Seconds a task", unit="pages", mark="expected" if hint else "")

    return draw


def _overlaps(measured: Measured | ClassificationResults) -> _Draw:
    def draw(axes: Axes) -> None:
        draw_bars(axes, overlap_bars(_overlaps_of(measured)), title="Answers per object", unit="objects")

    return draw


def _confidences(measured: Measured | ClassificationResults) -> _Draw:
    def draw(axes: Axes) -> None:
        draw_bars(axes, confidence_bars(_confidences_of(measured)), title="Confidence of labels", unit="objects")

    return draw


def _calibration(judged: Sequence[tuple[float, bool]]) -> _Draw:
    def draw(axes: Axes) -> None:
        draw_calibration(axes, calibration_bins(judged), gap=calibration_gap(judged))

    return draw


def _progress(timeline: Timeline) -> _Draw:
    lines = [Line(name="accepted answers", values=timeline.answers)]
    lines += [Line(name="finished objects", values=timeline.finished)] if timeline.finished else []

    def draw(axes: Axes) -> None:
        draw_lines(axes, timeline.moments, lines, title="Progress")

    return draw


def _pages(timeline: Timeline) -> _Draw:
    lines = [
        Line(name="in work", values=timeline.active),
        Line(name="in review", values=timeline.submitted),
        Line(name="accepted", values=timeline.accepted),
        Line(name="rejected", values=timeline.rejected),
        Line(name="given back or expired", values=timeline.returned),
    ]

    def draw(axes: Axes) -> None:
        draw_lines(axes, timeline.moments, lines, title="Pages by state")

    return draw


def _money(timeline: Timeline) -> _Draw:
    lines = [Line(name="paid", values=timeline.paid), Line(name="reserved", values=timeline.reserved)]

    def draw(axes: Axes) -> None:
        draw_lines(axes, timeline.moments, lines, title="Money", unit="US dollars")

    return draw


def _overlaps_of(measured: Measured | ClassificationResults) -> Mapping[int, int]:
    if not isinstance(measured, ClassificationResults):
        return measured.overlaps
    return Counter(measured.predict()[OVERLAP_FIELD].tolist())


def _confidences_of(measured: Measured | ClassificationResults) -> Sequence[float]:
    if not isinstance(measured, ClassificationResults):
        return measured.confidences
    frame = measured.predict()
    return frame.loc[frame[OVERLAP_FIELD] > 0, CONFIDENCE_FIELD].tolist()
