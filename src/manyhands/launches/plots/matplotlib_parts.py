"""What is used of matplotlib. Needs the extra ``manyhands[plots]``."""

from manyhands.errors import MissingExtra

try:
    from matplotlib.axes import Axes
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.figure import Figure
    from matplotlib.ticker import PercentFormatter
except ImportError as error:
    message = "Plots need matplotlib; install it with: pip install 'manyhands[plots]'"
    raise MissingExtra(message) from error

__all__ = ["AutoDateLocator", "Axes", "ConciseDateFormatter", "Figure", "PercentFormatter"]
