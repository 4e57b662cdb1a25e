"""Values as texts of query parameters."""

from datetime import datetime
from typing import Any

from .kinds import INTEGER, integer
from .moments import write_moment
from .problems import ProblemCode
from .reading import Kind, Place

__all__ = ["COUNT", "FLAG_TEXT", "INTEGER_TEXT", "write_text"]


def write_text(value: Any) -> str:
    """Return a value as the API wants it in a query: ``true``, ``2026-11-22T09:08:00``, or what it is called.

    Example:
        >>> write_text(True), write_text(3)
        ('true', '3')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return write_moment(value)
        case _:
            return str(value)


def _number_text(kind: Kind[int]) -> Kind[int]:
    return Kind(read=lambda text, place: kind.read(_to_int(text), place), blank=kind.blank)


def _to_int(text: str) -> Any:
    # A text that is no number is refused as what it is.
    return int(text) if text.lstrip("-").isdecimal() and len(text) < _MAX_DIGITS else text


def _read_flag(text: Any, place: Place) -> bool:
    word = str(text).lower()
    if word not in _FLAGS:
        place.refuse(ProblemCode.BOOLEAN_EXPECTED, f"expected true or false, found {text!r:.60}")
    return _FLAGS.get(word, False)


_FLAGS = {"true": True, "false": False}
_MAX_DIGITS = 20
#: A whole number.
INTEGER_TEXT = _number_text(INTEGER)
#: A whole number, one at least.
COUNT = _number_text(integer(least=1))
#: true or false.
FLAG_TEXT: Kind[bool] = Kind(read=_read_flag, blank=False)
