"""Launches on a screen: progress and preflights in, tables, pages and a yes or no out.

In a terminal, a pipe or a notebook. It reads what launches say of themselves and changes nothing about them.
"""

from .confirmation import confirm
from .confusion_matrix import confusion_matrix
from .preflight_summary import preflight_summary
from .progress_page import progress_page
from .progress_table import progress_table
from .project_update import ask_message_to_workers, confirm_update, difference_text
from .watching import Watched, watch

__all__ = [
    "Watched",
    "ask_message_to_workers",
    "confirm",
    "confirm_update",
    "confusion_matrix",
    "difference_text",
    "preflight_summary",
    "progress_page",
    "progress_table",
    "watch",
]
