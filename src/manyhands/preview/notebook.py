"""Showing HTML in a notebook. Needs the extra ``manyhands[notebook]``."""

from collections.abc import Callable

from manyhands.errors import MissingExtra

try:
    from IPython.display import HTML, display
except ImportError as error:
    message = "A preview in a notebook needs IPython; install it with: pip install 'manyhands[notebook]'"
    raise MissingExtra(message) from error

__all__ = ["show_html"]

# IPython has no annotations.
_html: Callable[[str], object] = HTML
_display: Callable[[object], object] = display


def show_html(html: str) -> None:
    """Show HTML below the cell."""
    _display(_html(html))
