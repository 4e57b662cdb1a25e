"""The kinds of values in the API's documents, and how each is read."""

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from manyhands.crowd import Money
from manyhands.errors import InvalidInput

from .amounts import to_share
from .moments import parse_moment
from .problems import ProblemCode
from .reading import Kind, Place, Reader

__all__ = [
    "ANYTHING",
    "DAYS",
    "DOLLARS",
    "FLAG",
    "IDENTIFIER",
    "INTEGER",
    "MOMENT",
    "NUMBER",
    "OBJECT",
    "SECONDS",
    "SHARE",
    "TEXT",
    "choice",
    "integer",
    "list_of",
    "number",
    "object_of",
    "text",
]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
#: Seconds that a timedelta can hold; more are no duration that anybody means.
_MAX_SECONDS = 2**31 - 1
_MAX_DAYS = 100_000
_MAX_PERCENT = 100


def text(*, most: int | None = None) -> Kind[str]:
    """Return the kind of strings of up to `most` characters that can be stored."""
    return Kind(read=lambda value, place: _read_text(value, place, most), blank="")


def integer(*, least: int | None = None, most: int | None = None) -> Kind[int]:
    """Return the kind of whole numbers from `least` to `most`."""
    return Kind(read=lambda value, place: int(_read_number(value, place, least, most, is_whole=True)), blank=least or 0)


def number(*, least: float | None = None, most: float | None = None) -> Kind[float]:
    """Return the kind of numbers from `least` to `most`."""
    return Kind(read=lambda value, place: _read_number(value, place, least, most, is_whole=False), blank=least or 0.0)


def choice(words: type[E], blank: E) -> Kind[E]:
    """Return the kind of strings that are members of `words`."""

    def read(value: Any, place: Place) -> E:
        if not isinstance(value, str):
            _refuse_type(value, place, ProblemCode.STRING_EXPECTED, "a string")
            return blank
        if value not in words.__members__.values():
            known = [str(word) for word in words]
            message = f"expected one of {', '.join(known)}, found {value!r}"
            place.refuse(ProblemCode.UNKNOWN_ENUM_VALUE, message, values=known)
            return blank
        return words(value)

    return Kind(read=read, blank=blank)


def list_of(kind: Kind[T], *, least: int = 0, most: int | None = None) -> Kind[tuple[T, ...]]:
    """Return the kind of lists of `least` to `most` values of one kind."""

    def read(value: Any, place: Place) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            _refuse_type(value, place, ProblemCode.ARRAY_EXPECTED, "a list")
            return ()
        if len(value) < least:
            message = f"expected at least {least} entries, found {len(value)}"
            place.refuse(ProblemCode.ARRAY_SIZE_LESS_THAN_MIN, message, min=least)
        if most is not None and len(value) > most:
            message = f"expected at most {most} entries, found {len(value)}"
            place.refuse(ProblemCode.ARRAY_SIZE_GREATER_THAN_MAX, message, max=most)
        return tuple(kind.read(entry, place.inside(position)) for position, entry in enumerate(value))

    return Kind(read=read, blank=())


def object_of(read: Callable[[Reader], T], blank: T) -> Kind[T]:
    """Return the kind of objects that `read` reads."""

    def read_object(value: Any, place: Place) -> T:
        if not isinstance(value, dict):
            _refuse_type(value, place, ProblemCode.OBJECT_EXPECTED, "an object")
            return blank
        return read(Reader(value, place))

    return Kind(read=read_object, blank=blank)


def _read_text(value: Any, place: Place, most: int | None) -> str:
    if not isinstance(value, str):
        _refuse_type(value, place, ProblemCode.STRING_EXPECTED, "a string")
        return ""
    if most is not None and len(value) > most:
        message = f"expected at most {most} characters, found {len(value)}"
        place.refuse(ProblemCode.STRING_LENGTH_GREATER_THAN_MAX, message, max=most)
    if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
        place.refuse(ProblemCode.CHARACTER_NOT_ALLOWED, "expected whole characters, found half of one")
    elif "\x00" in value:
        place.refuse(ProblemCode.CHARACTER_NOT_ALLOWED, "expected characters that can be stored, found NUL")
    return value


def _read_number(value: Any, place: Place, least: float | None, most: float | None, *, is_whole: bool) -> float:
    code, expected = (
        (ProblemCode.INTEGER_EXPECTED, "a whole number") if is_whole else (ProblemCode.FLOAT_EXPECTED, "a number")
    )
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not _is_finite(value):
        _refuse_type(value, place, code, expected)
        return least or 0
    if is_whole and value != int(value):
        _refuse_type(value, place, code, expected)
    if least is not None and value < least:
        place.refuse(ProblemCode.VALUE_LESS_THAN_MIN, f"expected at least {least}, found {value}", min=least)
        return least
    if most is not None and value > most:
        place.refuse(ProblemCode.VALUE_GREATER_THAN_MAX, f"expected at most {most}, found {value}", max=most)
        return most
    return float(value) if isinstance(value, Decimal) else value


def _is_finite(value: float | Decimal) -> bool:
    # Python's whole numbers have no end, and the greatest are too much for math.isfinite.
    return isinstance(value, int) or math.isfinite(value)


def _read_flag(value: Any, place: Place) -> bool:
    if not isinstance(value, bool):
        _refuse_type(value, place, ProblemCode.BOOLEAN_EXPECTED, "true or false")
    return value is True


def _read_identifier(value: Any, place: Place) -> str:
    # Requesters write ids as numbers, too; ids are strings.
    return str(value) if type(value) is int else _read_text(value, place, None)


def _read_dollars(value: Any, place: Place) -> Money:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        _refuse_type(value, place, ProblemCode.FLOAT_EXPECTED, "a number of US dollars")
        return Money()
    try:
        amount = Money(value)
    except InvalidInput:
        _refuse_type(value, place, ProblemCode.FLOAT_EXPECTED, "a number of US dollars")
        return Money()
    if amount < Money():
        place.refuse(ProblemCode.VALUE_LESS_THAN_MIN, f"expected at least 0 dollars, found {value}", min=0)
    return amount


def _read_moment(value: Any, place: Place) -> datetime:
    try:
        return parse_moment(value)
    except (TypeError, ValueError, OverflowError):
        message = f"expected a moment such as 2026-11-22T09:08:00.267 in UTC, found {value!r:.60}"
        place.refuse(ProblemCode.INVALID_DATE_TIME_SYNTAX, message)
        return _EPOCH


def _read_object(value: Any, place: Place) -> dict[str, Any]:
    if not isinstance(value, dict):
        _refuse_type(value, place, ProblemCode.OBJECT_EXPECTED, "an object")
        return {}
    return value


def _refuse_type(value: Any, place: Place, code: ProblemCode, expected: str) -> None:
    place.refuse(code, f"expected {expected}, found {value!r:.60}")


_EPOCH = datetime.fromtimestamp(0, UTC)

#: Any string that can be stored.
TEXT = text()
#: A string; a whole number is taken as its digits.
IDENTIFIER: Kind[str] = Kind(read=_read_identifier, blank="")
#: true or false.
FLAG: Kind[bool] = Kind(read=_read_flag, blank=False)
#: Any whole number.
INTEGER = integer()
#: Any number.
NUMBER = number()
#: US dollars, not negative.
DOLLARS: Kind[Money] = Kind(read=_read_dollars, blank=Money())
#: A moment, aware, in UTC.
MOMENT: Kind[datetime] = Kind(read=_read_moment, blank=_EPOCH)
#: Any object, as it stands there.
OBJECT: Kind[dict[str, Any]] = Kind(read=_read_object, blank={})
#: Any value, as it stands there.
ANYTHING: Kind[Any] = Kind(read=lambda value, _: value, blank=None)
#: Percent (0..100), as a share in [0, 1].
SHARE: Kind[float] = Kind(
    read=lambda value, place: to_share(_read_number(value, place, 0, _MAX_PERCENT, is_whole=False)), blank=0.0
)
#: Whole seconds, as a duration.
SECONDS: Kind[timedelta] = Kind(
    read=lambda value, place: timedelta(seconds=_read_number(value, place, 0, _MAX_SECONDS, is_whole=True)),
    blank=timedelta(),
)
#: Whole days, as a duration.
DAYS: Kind[timedelta] = Kind(
    read=lambda value, place: timedelta(days=_read_number(value, place, 0, _MAX_DAYS, is_whole=True)), blank=timedelta()
)
