"""What a requester should know about launches besides the numbers."""

from collections.abc import Iterator, Sequence

from manyhands.launches import Progress

from .progress_rows import short_name, whole_name
from .progress_words import count, states_in_words

__all__ = ["heading", "notes_of", "rest_note"]

_NOTE_LIMIT = 5


def heading(progresses: Sequence[Progress]) -> str:
    """Return how many launches there are and in which state, such as ``3 launches: 2 running, 1 finished``."""
    return f"{count(len(progresses), 'launch', 'launches')}: {states_in_words(item.state for item in progresses)}"


def rest_note(progresses: Sequence[Progress], shown: Sequence[Progress]) -> str:
    """Return what is not shown, such as ``and 980 more: 300 waiting, 680 finished``; empty when everything is."""
    names = {progress.name for progress in shown}
    rest = [progress.state for progress in progresses if progress.name not in names]
    return f"and {len(rest):,} more: {states_in_words(rest)}" if rest else ""


def notes_of(progresses: Sequence[Progress]) -> list[str]:
    """Return what went wrong and which objects were given up, by launch; a few, and the number of further ones."""
    whole = whole_name(progresses)
    notes = [f"{short_name(progress, whole)}: {text}" for progress in progresses for text in _texts(progress)]
    further = len(notes) - _NOTE_LIMIT
    return [*notes[:_NOTE_LIMIT], *([f"and {count(further, 'further note')}"] if further > 0 else [])]


def _texts(progress: Progress) -> Iterator[str]:
    if progress.problem:
        yield progress.problem
    if progress.given_up_count:
        yield f"{count(progress.given_up_count, 'object')} given up, for all attempts are used up"
