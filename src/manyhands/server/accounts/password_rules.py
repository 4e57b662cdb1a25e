"""Which user names and passwords are taken. Pure."""

import re
import unicodedata
from itertools import pairwise

__all__ = ["LONGEST_PASSWORD", "SHORTEST_PASSWORD", "find_name_problem", "find_password_problem", "fold_name", "tidy"]

#: A password alone opens an account, so it has the length that NIST SP 800-63B-4 asks for then; nothing is said about its characters.
SHORTEST_PASSWORD = 15
#: Enough for a sentence; a limit, so that nobody keeps the server busy with a megabyte.
LONGEST_PASSWORD = 256
_NAME = re.compile(r"[\w.@+-]{3,64}")
_FEWEST_CHARACTERS = 6
#: Characters that have to remain when the user name and the name of this site are taken out.
_FEWEST_OWN = 8
_SITE = "manyhands"
#: What a finger does without a thought: rows of keyboards, the alphabet.
_ROWS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
)
_STEPS = frozenset(pair for row in _ROWS for way in (row, row[::-1]) for pair in pairwise(way))
_MOST_STEPS = 0.8


def tidy(text: str) -> str:
    """Return a name or a password as it is compared, whatever the keyboard makes of the same characters."""
    return unicodedata.normalize("NFKC", text)


def fold_name(name: str) -> str:
    """Return what is equal for names that differ in case only.

    Example:
        >>> fold_name("Ada") == fold_name("ADA")
        True
    """
    return tidy(tidy(name).casefold())


def find_name_problem(name: str) -> str | None:
    """Return what is wrong with a user name; None if it can be taken."""
    if _NAME.fullmatch(tidy(name)) is None:
        return "expected 3 to 64 letters, digits and . _ - + @, without spaces"
    return None


def find_password_problem(password: str, *, name: str) -> str | None:
    """Return why a password is not taken; None if it is good enough.

    Example:
        >>> find_password_problem("red horse, green stair", name="ada")
        >>> find_password_problem("passwordpassword", name="ada")
        'it is one part repeated, and easy to guess'
    """
    text = tidy(password)
    if len(text) < SHORTEST_PASSWORD:
        return f"expected at least {SHORTEST_PASSWORD} characters; a few words are enough"
    if len(text) > LONGEST_PASSWORD:
        return f"expected at most {LONGEST_PASSWORD} characters"
    return _find_pattern(text.casefold(), fold_name(name))


def _find_pattern(text: str, name: str) -> str | None:
    if len(set(text)) < _FEWEST_CHARACTERS:
        return "it has too few different characters, and is easy to guess"
    if _is_repeated(text):
        return "it is one part repeated, and easy to guess"
    steps = [pair in _STEPS for pair in pairwise(text)]
    if sum(steps) / len(steps) > _MOST_STEPS:
        return "it is a row of neighbours on the keyboard or in the alphabet, and easy to guess"
    if len(text.replace(name, "").replace(_SITE, "")) < _FEWEST_OWN:
        return "it is little more than your user name, and easy to guess"
    return None


def _is_repeated(text: str) -> bool:
    return any(text.startswith(text[size:]) for size in range(1, len(text) // 2 + 1))
