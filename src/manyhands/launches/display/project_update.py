"""Asking the requester before a project on a platform is replaced, and what workers are told about it."""

from rich.console import Console, RenderableType
from rich.text import Text

from manyhands.projects import SpecDifference

from .encodable import Encodable
from .yes_or_no import ask_yes_or_no

__all__ = ["ask_message_to_workers", "confirm_update", "difference_text"]

_STYLES = {"-": "red", "+": "green", "@": "cyan"}


def difference_text(difference: SpecDifference) -> RenderableType:
    """Return what differs as something that rich prints: red is on the platform, green in the task spec."""
    lines = Text()
    for part, diff in difference.diffs.items():
        lines.append(f"{part}\n", style="bold")
        for line in diff:
            lines.append(f"  {line}\n", style=_STYLES.get(line[:1], ""))
    return Encodable(lines)


def confirm_update(name: str, difference: SpecDifference, *, console: Console | None = None) -> bool:
    """Show what differs and return whether the requester wants the project replaced.

    Args:
        name: of the project.
        difference: what differs.
        console: where to ask; None means the standard output and input.
    """
    console = console or Console()
    console.print(difference_text(difference))
    return ask_yes_or_no(f"Update project {name} on the platform?", console, if_absent="nothing is changed")


def ask_message_to_workers(lang: str, *, console: Console | None = None) -> str | None:
    """Return what workers are to be told about the update; None when they are to be told nothing.

    Args:
        lang: the language of the task.
        console: where to ask; None means the standard output and input.
    """
    console = console or Console()
    question = f"Tell all workers who speak {lang} about it?"
    if not ask_yes_or_no(question, console, if_absent="nobody is told"):
        return None
    try:
        text = console.input("What do you want to tell them? (nothing, and nobody is told) ").strip()
    except EOFError:
        return None
    return text or None
