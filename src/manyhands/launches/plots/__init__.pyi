from .drawings import (
    Measured,
    plot_calibration,
    plot_confidences,
    plot_confusion,
    plot_durations,
    plot_launch,
    plot_money,
    plot_overlaps,
    plot_pages,
    plot_progress,
)
from .plot import Plot

__all__ = [
    "Measured",
    "Plot",
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
