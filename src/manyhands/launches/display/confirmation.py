"""Asking the requester before anything is published."""

from collections.abc import Sequence

from rich.console import Console

from manyhands.launches import Preflight

from .preflight_summary import preflight_summary, price_of_all
from .progress_words import count
from .yes_or_no import ask_yes_or_no

__all__ = ["confirm"]


def confirm(preflights: Sequence[Preflight], *, console: Console | None = None) -> bool:
    """Show what is about to be launched and at which price, and return whether the requester agrees.

    Args:
        preflights: the launches, checked; without any nothing is asked and the answer is yes.
        console: where to ask; None means the standard output and input.
    """
    if not preflights:
        return True
    console = console or Console()
    console.print(preflight_summary(preflights))
    return ask_yes_or_no(_question(preflights), console, if_absent="nothing is published")


def _question(preflights: Sequence[Preflight]) -> str:
    objects = count(sum(preflight.plan.object_count for preflight in preflights), "object")
    launches = f" in {count(len(preflights), 'launch', 'launches')}" if len(preflights) > 1 else ""
    price = price_of_all(preflights)
    return f"Publish {objects}{launches} {f'for {price}' if price.most else 'without payment'}?"
