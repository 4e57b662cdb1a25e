"""Field specs: what the platform checks about each field of a task and of a solution."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from manyhands.errors import InvalidTaskSpec

#: The hidden input field that carries the key of the task.
TASK_ID_FIELD = "id"


class FieldType(StrEnum):
    """The type of a field's values, in the words of Toloka."""

    #: A string.
    STRING = "string"
    #: A string that the worker's browser loads.
    URL = "url"
    #: true or false.
    BOOLEAN = "boolean"
    #: A whole number.
    INTEGER = "integer"
    #: A number.
    FLOAT = "float"
    #: Any JSON value.
    JSON = "json"
    #: The id of a file that the worker uploaded.
    FILE = "file"
    #: A latitude and a longitude in degrees, such as ``53.91,27.53``.
    COORDINATES = "coordinates"
    #: A list of strings.
    ARRAY_STRING = "array_string"
    #: A list of URLs.
    ARRAY_URL = "array_url"
    #: A list of true and false.
    ARRAY_BOOLEAN = "array_boolean"
    #: A list of whole numbers.
    ARRAY_INTEGER = "array_integer"
    #: A list of numbers.
    ARRAY_FLOAT = "array_float"
    #: A list of any JSON values.
    ARRAY_JSON = "array_json"
    #: A list of ids of files.
    ARRAY_FILE = "array_file"
    #: A list of coordinates.
    ARRAY_COORDINATES = "array_coordinates"

    @property
    def is_array(self) -> bool:
        """Whether the values are lists."""
        return self.value.startswith(_ARRAY_PREFIX)

    @property
    def element(self) -> "FieldType":
        """The type of one element of a list; the type itself when the values are no lists."""
        return FieldType(self.value.removeprefix(_ARRAY_PREFIX))


_ARRAY_PREFIX = "array_"

_PYTHON_TYPES: Mapping[FieldType, tuple[type, ...]] = {
    FieldType.STRING: (str,),
    FieldType.URL: (str,),
    FieldType.BOOLEAN: (bool,),
    FieldType.INTEGER: (int,),
    FieldType.FLOAT: (int, float),
    FieldType.JSON: (object,),
    FieldType.FILE: (str,),
    FieldType.COORDINATES: (str,),
}

_EXPECTED: Mapping[FieldType, str] = {
    FieldType.STRING: "a string",
    FieldType.URL: "a URL",
    FieldType.BOOLEAN: "true or false",
    FieldType.INTEGER: "a whole number",
    FieldType.FLOAT: "a number",
    FieldType.JSON: "a JSON value",
    FieldType.FILE: "the id of a file",
    FieldType.COORDINATES: "a latitude and a longitude such as '53.91,27.53'",
}

#: Types whose empty string is no value.
_NEVER_EMPTY = frozenset({FieldType.URL, FieldType.FILE})


class FieldFault(StrEnum):
    """Why a value may not stand in a field."""

    #: There is no value where one is required.
    MISSING = "missing"
    #: The value, or an element of the list, is of another type.
    TYPE = "type"
    #: The text cannot be stored: a NUL or half a character is in it.
    CHARACTER = "character"
    #: The text is shorter than `min_length`.
    TOO_SHORT = "too_short"
    #: The text is longer than `max_length`.
    TOO_LONG = "too_long"
    #: The text does not match `pattern`.
    PATTERN = "pattern"
    #: The number is smaller than `min_value`.
    TOO_SMALL = "too_small"
    #: The number is greater than `max_value`.
    TOO_GREAT = "too_great"
    #: The list has fewer elements than `min_size`.
    TOO_FEW = "too_few"
    #: The list has more elements than `max_size`.
    TOO_MANY = "too_many"
    #: The value is none of `allowed_values`.
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What the values of one field must be.

    What is said of texts, numbers and allowed values holds for each element when the type is a list. A limit of None is no limit.

    Attributes:
        type: the type of the values.
        required: whether the field must be there.
        hidden: whether the field is kept from the worker's page.
        allowed_values: the only values allowed, sorted; None allows all of the type.
        min_length: the fewest characters of a text.
        max_length: the most characters of a text.
        min_value: the smallest number.
        max_value: the greatest number.
        pattern: a regular expression that the whole text must match.
        min_size: the fewest elements of a list.
        max_size: the most elements of a list.
        current_location: whether the worker's place is filled in; for coordinates only.

    Raises:
        InvalidTaskSpec: `pattern` is not a regular expression.

    >>> FieldSpec(type=FieldType.STRING, allowed_values=("no", "yes")).to_json()
    {'type': 'string', 'required': True, 'hidden': False, 'allowed_values': ['no', 'yes']}
    """

    type: FieldType
    required: bool = True
    hidden: bool = False
    allowed_values: tuple[str | bool | int | float, ...] | None = None
    min_length: int | None = None
    max_length: int | None = None
    min_value: float | None = None
    max_value: float | None = None
    pattern: str | None = None
    min_size: int | None = None
    max_size: int | None = None
    current_location: bool = False

    def __post_init__(self) -> None:
        if self.pattern is not None:
            _compiled(self.pattern)

    def describe_expected(self) -> str:
        """Return in words what is expected, to end a sentence that begins with "expected"."""
        if self.allowed_values is not None:
            choice = f"one of {', '.join(repr(value) for value in self.allowed_values)}"
        else:
            choice = _EXPECTED[self.type.element]
        parts = [f"a list with, in each place, {choice}" if self.type.is_array else choice, *self._describe_limits()]
        return ", ".join(parts)

    def accepts(self, value: object) -> bool:
        """Return whether `value` may stand in this field; None is a missing value."""
        return self.find_fault(value) is None

    def find_fault(self, value: object) -> FieldFault | None:
        """Return the first reason why `value` may not stand in this field; None if it may.

        >>> FieldSpec(type=FieldType.INTEGER, max_value=5).find_fault(6)
        <FieldFault.TOO_GREAT: 'too_great'>
        """
        if value is None:
            return FieldFault.MISSING if self.required else None
        if not self.type.is_array:
            return self._find_element_fault(value)
        if not isinstance(value, list | tuple):
            return FieldFault.TYPE
        size_fault = _find_range_fault(len(value), self.min_size, self.max_size, faults=_SIZE_FAULTS)
        return size_fault or next(filter(None, map(self._find_element_fault, value)), None)

    def to_json(self) -> dict[str, object]:
        """Return the spec as Toloka writes it."""
        spec: dict[str, object] = {"type": self.type.value, "required": self.required, "hidden": self.hidden}
        if self.allowed_values is not None:
            spec["allowed_values"] = list(self.allowed_values)
        limits = {name: getattr(self, name) for name in _LIMITS}
        spec.update({name: limit for name, limit in limits.items() if limit is not None})
        return {**spec, "current_location": True} if self.current_location else spec

    def _describe_limits(self) -> list[str]:
        bounds = (
            (self.min_length, self.max_length, "characters"),
            (self.min_value, self.max_value, "in value"),
            (self.min_size, self.max_size, "elements"),
        )
        limits = [_describe_range(low, high, unit=unit) for low, high, unit in bounds]
        return [limit for limit in limits if limit] + ([f"matching {self.pattern!r}"] if self.pattern else [])

    def _find_element_fault(self, value: object) -> FieldFault | None:
        kind = self.type.element
        # True is an int in Python but not a number in JSON.
        is_wrong_bool = isinstance(value, bool) and kind not in {FieldType.BOOLEAN, FieldType.JSON}
        if value is None or is_wrong_bool or not isinstance(value, _PYTHON_TYPES[kind]):
            return FieldFault.TYPE
        fault = None
        if isinstance(value, str):
            fault = self._find_text_fault(value, kind)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            fault = self._find_number_fault(value)
        if fault is None and self.allowed_values is not None and value not in self.allowed_values:
            return FieldFault.NOT_ALLOWED
        return fault

    def _find_text_fault(self, text: str, kind: FieldType) -> FieldFault | None:
        if not _is_storable(text):
            return FieldFault.CHARACTER
        if (not text and kind in _NEVER_EMPTY) or (kind is FieldType.COORDINATES and not _is_place(text)):
            return FieldFault.TYPE
        fault = _find_range_fault(len(text), self.min_length, self.max_length, faults=_LENGTH_FAULTS)
        if fault is None and self.pattern is not None and not _compiled(self.pattern).fullmatch(text):
            return FieldFault.PATTERN
        return fault

    def _find_number_fault(self, number: float) -> FieldFault | None:
        if not math.isfinite(number):
            return FieldFault.TYPE
        return _find_range_fault(number, self.min_value, self.max_value, faults=_VALUE_FAULTS)


_LIMITS = ("min_length", "max_length", "min_value", "max_value", "pattern", "min_size", "max_size")
_LENGTH_FAULTS = (FieldFault.TOO_SHORT, FieldFault.TOO_LONG)
_VALUE_FAULTS = (FieldFault.TOO_SMALL, FieldFault.TOO_GREAT)
_SIZE_FAULTS = (FieldFault.TOO_FEW, FieldFault.TOO_MANY)
#: Degrees from the equator and from Greenwich.
_MAX_LATITUDE, _MAX_LONGITUDE = 90, 180


def _find_range_fault(
    found: float, low: float | None, high: float | None, *, faults: tuple[FieldFault, FieldFault]
) -> FieldFault | None:
    if low is not None and found < low:
        return faults[0]
    return faults[1] if high is not None and found > high else None


def _describe_range(low: float | None, high: float | None, *, unit: str) -> str:
    match low, high:
        case None, None:
            return ""
        case _, None:
            return f"at least {low} {unit}"
        case None, _:
            return f"at most {high} {unit}"
        case _:
            return f"{low} to {high} {unit}"


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        msg = f"pattern: expected a regular expression, found {pattern!r}, which cannot be read: {error}"
        raise InvalidTaskSpec(msg) from error


def _is_place(text: str) -> bool:
    try:
        latitude, longitude = (float(part) for part in text.split(","))
    except ValueError:
        return False
    return abs(latitude) <= _MAX_LATITUDE and abs(longitude) <= _MAX_LONGITUDE


def find_field_problems(values: Mapping[str, object], specs: Mapping[str, FieldSpec]) -> list[str]:
    """Return one sentence for each field that is missing, not known, or has a wrong value; none if all is well."""
    problems = [
        f"{name}: expected {spec.describe_expected()}, {describe_found(values.get(name))}"
        for name, spec in specs.items()
        if not spec.accepts(values.get(name))
    ]
    unknown = [name for name in values if name not in specs]
    return problems + [f"{name}: there is no such field; the fields are {', '.join(specs)}" for name in unknown]


def describe_found(value: object) -> str:
    """Return in words what was found instead, short enough for a message."""
    if value is None:
        return "but it is missing"
    shown = repr(value)
    if len(shown) > _SHOWN_LENGTH:
        shown = f"{shown[:_SHOWN_LENGTH]}…"
    note = "" if not isinstance(value, str) or _is_storable(value) else ", with a NUL or half a character in it"
    return f"found {shown} ({type(value).__name__}{note})"


def _is_storable(text: str) -> bool:
    # Half of a surrogate pair is left where an emoji was cut in two; no database and no JSON parser takes it.
    # PostgreSQL refuses the NUL character.
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


#: Characters of a wrong value that a message shows: enough to recognise it, few enough for one line.
_SHOWN_LENGTH = 60
