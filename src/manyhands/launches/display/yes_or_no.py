"""Questions to the requester."""

from rich.console import Console
from rich.prompt import Confirm

__all__ = ["ask_yes_or_no"]


def ask_yes_or_no(question: str, console: Console, *, if_absent: str) -> bool:
    """Return whether the requester says yes.

    No is the answer to a bare return key, as the question says, and to the end of the input; anything else but yes or no is asked again.

    Args:
        question: what is asked.
        console: where to ask.
        if_absent: what becomes of it when nobody is there to answer, as the rest of a sentence.
    """
    try:
        return _YesOrNo.ask(question, console=console, default=False)
    except EOFError:
        console.print(f"\nNobody is there to answer, so {if_absent}.")
        return False


class _YesOrNo(Confirm):
    """Takes whole words, too."""

    validate_error_message = "[prompt.invalid]Please answer y for yes or n for no."

    def process_response(self, value: str) -> bool:
        """Return the answer as a bool."""
        word = value.strip().lower()
        return super().process_response({"yes": "y", "no": "n"}.get(word, word))
