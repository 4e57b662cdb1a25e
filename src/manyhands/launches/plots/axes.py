"""Bars, lines, matrices and points on matplotlib's axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from manyhands.launches import ConfusionCount
from manyhands.launches.display import confusion_matrix
from manyhands.results import Bar, CalibrationBin

from .matplotlib_parts import AutoDateLocator, Axes, ConciseDateFormatter, PercentFormatter

__all__ = ["Line", "draw_bars", "draw_calibration", "draw_lines", "draw_matrix"]

_BLUE, _GREEN, _ORANGE, _RED, _GREY = "#1b5e8f", "#1c6a3b", "#b07200", "#ae2a21", "#575d67"
_COLOURS = (_BLUE, _GREEN, _ORANGE, _RED, _GREY)
#: So that lines are told apart without their colours.
_DASHES = ("-", "--", ":", "-.", (0, (1, 3)))
#: Times beside each other that do not touch in the smallest drawing.
_MOST_TICKS = 5
#: More labels do not fit side by side.
_MOST_LABELS = 30
#: Shares above this are dark, and what stands on them is white.
_DARK_SHARE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Numbers over time; `values` are parallel to the moments."""

    name: str
    values: Sequence[float]


def draw_bars(axes: Axes, bars: Sequence[Bar], *, title: str, unit: str, mark: str = "") -> None:
    """Draw bars below each other, the first on top; the marked one has another colour and says what it marks."""
    axes.set_title(title, loc="left")
    if not bars:
        _say_nothing(axes)
        return
    drawn = axes.barh(
        [bar.label for bar in bars],
        [bar.count for bar in bars],
        color=[_GREEN if bar.is_marked and mark else _BLUE for bar in bars],
    )
    names = [f"{bar.count:,} ◂ {mark}" if bar.is_marked and mark else f"{bar.count:,}" for bar in bars]
    axes.bar_label(drawn, labels=names, padding=3)
    axes.invert_yaxis()
    axes.set_xlabel(unit)
    axes.margins(x=0.2)
    _unframe(axes)


def draw_lines(axes: Axes, moments: Sequence[datetime], lines: Sequence[Line], *, title: str, unit: str = "") -> None:
    """Draw lines over time, each with a colour and a dash of its own."""
    axes.set_title(title, loc="left")
    if not moments:
        _say_nothing(axes)
        return
    # Days since 1970, as matplotlib counts them, in UTC like everything else here.
    days = np.array([moment.timestamp() for moment in moments]) / 86_400
    for place, line in enumerate(lines):
        axes.step(days, line.values, where="post", label=line.name, color=_COLOURS[place], linestyle=_DASHES[place])
    locator = AutoDateLocator(minticks=2, maxticks=_MOST_TICKS)  # type: ignore[no-untyped-call]  # matplotlib has no annotations here
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]  # nor here
    axes.set_ylabel(unit)
    axes.set_ylim(bottom=0)
    axes.legend(frameon=False)
    _unframe(axes)


def draw_matrix(axes: Axes, cells: Sequence[ConfusionCount], *, title: str) -> None:
    """Draw how often labels were answered by right label; a cell is the darker the more of its row is in it."""
    axes.set_title(title, loc="left")
    matrix = confusion_matrix(cells)
    if not matrix.labels or len(matrix.labels) > _MOST_LABELS:
        _say_nothing(axes, f"{len(matrix.labels)} labels do not fit" if matrix.labels else "nothing yet")
        return
    places = range(len(matrix.labels))
    shares = [[matrix.share(truth, answer) for answer in places] for truth in places]
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(places, matrix.labels, rotation=0 if len(matrix.labels) <= 6 else 90)
    axes.set_yticks(places, matrix.labels)
    axes.set_xlabel("answered")
    axes.set_ylabel("right")
    for truth in places:
        for answer in places:
            colour = "white" if shares[truth][answer] > _DARK_SHARE else "black"
            axes.text(answer, truth, f"{matrix.counts[truth][answer]:,}", ha="center", va="center", color=colour)


def draw_calibration(axes: Axes, bins: Sequence[CalibrationBin], *, gap: float | None) -> None:
    """Draw the share of right labels against their confidence, with 95 % ranges and the diagonal."""
    axes.set_title("Is confidence right?", loc="left")
    if not bins:
        _say_nothing(axes)
        return
    confidences, shares = [part.mean_confidence for part in bins], [part.right_share for part in bins]
    below = [part.right_share - part.interval.low for part in bins]
    above = [part.interval.high - part.right_share for part in bins]
    low = min(0.5, *confidences, *(part.interval.low for part in bins))
    axes.plot([low, 1], [low, 1], color=_GREY, linestyle=":")
    axes.errorbar(confidences, shares, yerr=[below, above], fmt="o", color=_BLUE, capsize=3)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share that is right")
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    if gap is not None:
        text = f"{abs(gap) * 100:.1f} points too {'high' if gap > 0 else 'low'}"
        axes.set_title(text, loc="right", color=_GREY, fontsize="small")
    _unframe(axes)


def _say_nothing(axes: Axes, text: str = "nothing yet") -> None:
    axes.text(0.5, 0.5, text, ha="center", va="center", color=_GREY, transform=axes.transAxes)
    axes.set_axis_off()


def _unframe(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
