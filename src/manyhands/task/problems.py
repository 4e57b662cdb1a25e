"""Problems of data: many sentences in one error that is still readable."""

from collections.abc import Sequence

from manyhands.errors import InvalidData

#: Problems that one error spells out; more would not be read, and the first ones show the pattern.
SHOWN_PROBLEM_COUNT = 20


def refuse_if_any(problems: Sequence[str], message: str) -> None:
    """Raise `message` with the first problems and the count of the others; do nothing if there are none.

    Raises:
        InvalidData: there are problems.
    """
    if not problems:
        return
    shown = list(problems[:SHOWN_PROBLEM_COUNT])
    if len(problems) > len(shown):
        shown.append(f"… and {len(problems) - len(shown)} more problems")
    raise InvalidData(message, shown)
