"""What may stand in the fields of tasks and solutions, and what is wrong with values."""

from collections.abc import Mapping
from typing import Any

from manyhands.errors import InvalidTaskSpec
from manyhands.task import FieldSpec, FieldType

from .kinds import ANYTHING, FLAG, INTEGER, NUMBER, TEXT, choice, list_of
from .problems import ProblemCode, WireProblem
from .reading import Kind, Place, Reader

__all__ = ["FIELD_SPEC", "FIELD_SPECS", "find_value_problems"]

_SIZE = INTEGER
_CODES: Mapping[str, ProblemCode] = {
    "missing": ProblemCode.VALUE_REQUIRED,
    "character": ProblemCode.CHARACTER_NOT_ALLOWED,
    "too_short": ProblemCode.STRING_LENGTH_LESS_THAN_MIN,
    "too_long": ProblemCode.STRING_LENGTH_GREATER_THAN_MAX,
    "pattern": ProblemCode.PATTERN_MISMATCH,
    "too_small": ProblemCode.VALUE_LESS_THAN_MIN,
    "too_great": ProblemCode.VALUE_GREATER_THAN_MAX,
    "too_few": ProblemCode.ARRAY_SIZE_LESS_THAN_MIN,
    "too_many": ProblemCode.ARRAY_SIZE_GREATER_THAN_MAX,
    "not_allowed": ProblemCode.VALUE_NOT_ALLOWED,
}
_TYPE_CODES: Mapping[FieldType, ProblemCode] = {
    FieldType.STRING: ProblemCode.STRING_EXPECTED,
    FieldType.URL: ProblemCode.INVALID_URL_SYNTAX,
    FieldType.FILE: ProblemCode.STRING_EXPECTED,
    FieldType.BOOLEAN: ProblemCode.BOOLEAN_EXPECTED,
    FieldType.INTEGER: ProblemCode.INTEGER_EXPECTED,
    FieldType.FLOAT: ProblemCode.FLOAT_EXPECTED,
    FieldType.JSON: ProblemCode.JSON_EXPECTED,
    FieldType.COORDINATES: ProblemCode.INVALID_COORDINATES_SYNTAX,
}
#: Fault → the limit that it passed.
_LIMITS: Mapping[str, str] = {
    "too_short": "min_length",
    "too_long": "max_length",
    "pattern": "pattern",
    "too_small": "min_value",
    "too_great": "max_value",
    "too_few": "min_size",
    "too_many": "max_size",
    "not_allowed": "allowed_values",
}
#: Characters of a wrong value that a message shows.
_SHOWN_LENGTH = 60


def find_value_problems(
    values: Mapping[str, Any], specs: Mapping[str, FieldSpec], *, path: str = "input_values"
) -> list[WireProblem]:
    """Return what is wrong with values, in the order of the specs, then of the values that have none.

    Args:
        values: field name → value.
        specs: field name → what may stand there.
        path: where the values stand in the document.

    Example:
        >>> specs = {"image": FieldSpec(type=FieldType.URL)}
        >>> [problem.code for problem in find_value_problems({"imgae": "x"}, specs)]
        ['VALUE_REQUIRED', 'VALUE_NOT_ALLOWED']
    """
    found = [_find_problem(values.get(name), spec, f"{path}.{name}") for name, spec in specs.items()]
    unknown = [
        WireProblem(
            f"{path}.{name}",
            ProblemCode.VALUE_NOT_ALLOWED,
            message=f"Unknown field name; the fields are {', '.join(specs)}",
        )
        for name in values
        if name not in specs
    ]
    return [problem for problem in found if problem is not None] + unknown


def _find_problem(value: Any, spec: FieldSpec, path: str) -> WireProblem | None:
    fault = spec.find_fault(value)
    if fault is None:
        return None
    limit = _LIMITS.get(fault)
    params = {} if limit is None else {limit: spec.to_json()[limit]}
    message = f"expected {spec.describe_expected()}, found {value!r:.{_SHOWN_LENGTH}}"
    return WireProblem(path, _CODES.get(fault) or _type_code(value, spec), message=message, params=params)


def _type_code(value: Any, spec: FieldSpec) -> ProblemCode:
    if spec.type.is_array and not isinstance(value, list | tuple):
        return ProblemCode.ARRAY_EXPECTED
    is_text_expected = spec.type.element in {FieldType.URL, FieldType.COORDINATES}
    if is_text_expected and not spec.type.is_array and not isinstance(value, str):
        return ProblemCode.STRING_EXPECTED
    return _TYPE_CODES[spec.type.element]


def _read_spec(value: Any, place: Place) -> FieldSpec:
    reader = Reader(value, place)
    try:
        return FieldSpec(
            type=reader.require("type", _FIELD_TYPE),
            required=reader.get("required", FLAG, True),
            hidden=reader.get("hidden", FLAG, False),
            allowed_values=reader.find("allowed_values", _ALLOWED),
            min_length=reader.find("min_length", _SIZE),
            max_length=reader.find("max_length", _SIZE),
            min_value=reader.find("min_value", NUMBER),
            max_value=reader.find("max_value", NUMBER),
            pattern=reader.find("pattern", TEXT),
            min_size=reader.find("min_size", _SIZE),
            max_size=reader.find("max_size", _SIZE),
            current_location=reader.get("current_location", FLAG, False),
        )
    except InvalidTaskSpec as error:
        place.inside("pattern").refuse(ProblemCode.INVALID_REGEX_SYNTAX, str(error).splitlines()[0])
        return _BLANK


def _read_specs(value: Any, place: Place) -> dict[str, FieldSpec]:
    reader = Reader(value, place)
    return {name: reader.require(name, FIELD_SPEC) for name in reader}


def _read_type(value: Any, place: Place) -> FieldType:
    # The API's own examples write "URL".
    return _EXACT_TYPE.read(value.lower() if isinstance(value, str) else value, place)


_BLANK = FieldSpec(type=FieldType.JSON, required=False)
_EXACT_TYPE = choice(FieldType, FieldType.JSON)
_FIELD_TYPE: Kind[FieldType] = Kind(read=_read_type, blank=FieldType.JSON)
_ALLOWED: Kind[tuple[Any, ...]] = list_of(ANYTHING)
#: What may stand in one field.
FIELD_SPEC: Kind[FieldSpec] = Kind(read=_read_spec, blank=_BLANK)
#: Field name → what may stand there.
FIELD_SPECS: Kind[dict[str, FieldSpec]] = Kind(read=_read_specs, blank={})
