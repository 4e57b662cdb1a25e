"""Field specs: what the platform checks about each field of a task and of a solution."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

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


_PYTHON_TYPES: Mapping[FieldType, tuple[type, ...]] = {
    FieldType.STRING: (str,),
    FieldType.URL: (str,),
    FieldType.BOOLEAN: (bool,),
    FieldType.INTEGER: (int,),
    FieldType.FLOAT: (int, float),
    FieldType.JSON: (object,),
}

_EXPECTED: Mapping[FieldType, str] = {
    FieldType.STRING: "a string",
    FieldType.URL: "a URL",
    FieldType.BOOLEAN: "true or false",
    FieldType.INTEGER: "a whole number",
    FieldType.FLOAT: "a number",
    FieldType.JSON: "a JSON value",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """What the values of one field must be.

    Attributes:
        type: the type of the values.
        required: whether the field must be there.
        hidden: whether the field is kept from the worker's page.
        allowed_values: the only values allowed, sorted; None allows all of the type.

    >>> FieldSpec(type=FieldType.STRING, allowed_values=("no", "yes")).to_json()
    {'type': 'string', 'required': True, 'hidden': False, 'allowed_values': ['no', 'yes']}
    """

    type: FieldType
    required: bool = True
    hidden: bool = False
    allowed_values: tuple[str | bool, ...] | None = None

    def describe_expected(self) -> str:
        """Return in words what is expected, to end a sentence that begins with "expected"."""
        if self.allowed_values is not None:
            return f"one of {', '.join(repr(value) for value in self.allowed_values)}"
        return _EXPECTED[self.type]

    def accepts(self, value: object) -> bool:
        """Return whether `value` may stand in this field; None is a missing value."""
        if value is None:
            return not self.required
        # True is an int in Python but not a number in JSON.
        is_wrong_bool = isinstance(value, bool) and self.type not in {FieldType.BOOLEAN, FieldType.JSON}
        if is_wrong_bool or not isinstance(value, _PYTHON_TYPES[self.type]):
            return False
        if isinstance(value, str) and not _is_storable(value):
            return False
        if self.type is FieldType.URL and not value:
            return False
        return self.allowed_values is None or value in self.allowed_values

    def to_json(self) -> dict[str, object]:
        """Return the spec as Toloka writes it."""
        spec: dict[str, object] = {"type": self.type.value, "required": self.required, "hidden": self.hidden}
        if self.allowed_values is not None:
            spec["allowed_values"] = list(self.allowed_values)
        return spec


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
