"""What a worker is told whose page was rejected."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

__all__ = ["rejection_comment"]

_FALLBACK_LANG = "EN"


def rejection_comment(lang: str, wrong_positions: Sequence[int] = (), *, is_too_fast: bool = False) -> str:
    """Return the public comment of a rejection in the language `lang` (upper-case ISO 639-1), or in English where there is none.

    Args:
        lang: the language of the task.
        wrong_positions: places on the page of the tasks answered wrong, from 0; the worker reads them from 1.
        is_too_fast: the page was submitted too fast to have been read.

    Example:
        >>> rejection_comment("EN", [2, 6])
        'Some answers are wrong. Please check tasks 3, 7.'
    """
    texts = _texts(lang)
    if is_too_fast:
        return texts["too_fast"]
    numbers = ", ".join(str(place + 1) for place in wrong_positions)
    match len(wrong_positions):
        case 0:
            return texts["not_careful"]
        case 1:
            return texts["wrong_task"].format(number=numbers)
        case _:
            return texts["wrong_tasks"].format(numbers=numbers)


@cache
def _texts(lang: str) -> Mapping[str, str]:
    locale = files("manyhands.quality") / "locale"
    file = locale / f"{lang.lower()}.json"
    if not file.is_file():
        file = locale / f"{_FALLBACK_LANG.lower()}.json"
    texts: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return texts
