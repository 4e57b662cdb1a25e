"""Asking the requester before anything is published."""

from collections.abc import Sequence

from rich.console import Console
from rich.prompt import Confirm

from manyhands.launches import Preflight

from .preflight_summary import preflight_summary, price_of_all
from .progress_words import count

__all__ = ["confirm"]


def confirm(preflights: Sequence[Preflight], *, console: Console | None = None) -> bool:
    """Show what is about to be launched and at which price, and return whether the requester agrees.

    No is the answer to a bare return key, as the question says, and to the end of the input; anything else but yes or no is asked again.

    Args:
        preflights: the launches, checked; without any nothing is asked and the answer is yes.
        console: where to ask; None means the standard output and input.
    """
    if not preflights:
        return True
    console = console or Console()
    console.print(preflight_summary(preflights))
    try:
        return _YesOrNo.ask(_question(preflights), console=console, default=False)
    except EOFError:
        console.print("\nNobody is there to answer, so nothing is published.")
        return False


class _YesOrNo(Confirm):
    """Takes whole words, too."""

    validate_error_message = "[prompt.invalid]Please answer y for yes or n for no."

    def process_response(self, value: str) -> bool:
        """Return the answer as a bool."""
        word = value.strip().lower()
        return super().process_response({"yes": "y", "no": "n"}.get(word, word))


def _question(preflights: Sequence[Preflight]) -> str:
    objects = count(sum(preflight.plan.object_count for preflight in preflights), "object")
    launches = f" in {count(len(preflights), 'launch', 'launches')}" if len(preflights) > 1 else ""
    price = price_of_all(preflights)
    return f"Publish {objects}{launches} {f'for {price}' if price.most else 'without payment'}?"
