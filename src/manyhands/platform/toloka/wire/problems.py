"""What is wrong with a JSON document, field by field, in the API's own codes."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Self

from manyhands.errors import InvalidInput

__all__ = ["ProblemCode", "Problems", "WireProblem", "describe_problems"]


class ProblemCode(StrEnum):
    """Why a field is refused, in the words of the API."""

    #: The field must be there.
    VALUE_REQUIRED = "VALUE_REQUIRED"
    #: The field, or its value, is not one of those that may be there.
    VALUE_NOT_ALLOWED = "VALUE_NOT_ALLOWED"
    #: The value contradicts another one or cannot be understood.
    INVALID_VALUE = "INVALID_VALUE"
    #: A word that is none of the known ones.
    UNKNOWN_ENUM_VALUE = "UNKNOWN_ENUM_VALUE"
    #: No string.
    STRING_EXPECTED = "STRING_EXPECTED"
    #: No true or false.
    BOOLEAN_EXPECTED = "BOOLEAN_EXPECTED"
    #: No whole number.
    INTEGER_EXPECTED = "INTEGER_EXPECTED"
    #: No number.
    FLOAT_EXPECTED = "FLOAT_EXPECTED"
    #: No object.
    OBJECT_EXPECTED = "OBJECT_EXPECTED"
    #: No list.
    ARRAY_EXPECTED = "ARRAY_EXPECTED"
    #: No JSON text.
    JSON_EXPECTED = "JSON_EXPECTED"
    #: No moment in ISO 8601.
    INVALID_DATE_TIME_SYNTAX = "INVALID_DATE_TIME_SYNTAX"
    #: An empty string where something must be said.
    BLANK_STRING_NOT_ALLOWED = "BLANK_STRING_NOT_ALLOWED"
    #: A character that cannot be stored.
    CHARACTER_NOT_ALLOWED = "CHARACTER_NOT_ALLOWED"
    #: A text that is too short.
    STRING_LENGTH_LESS_THAN_MIN = "STRING_LENGTH_LESS_THAN_MIN"
    #: A text that is too long.
    STRING_LENGTH_GREATER_THAN_MAX = "STRING_LENGTH_GREATER_THAN_MAX"
    #: A number that is too small.
    VALUE_LESS_THAN_MIN = "VALUE_LESS_THAN_MIN"
    #: A number that is too great.
    VALUE_GREATER_THAN_MAX = "VALUE_GREATER_THAN_MAX"
    #: A list that is too short.
    ARRAY_SIZE_LESS_THAN_MIN = "ARRAY_SIZE_LESS_THAN_MIN"
    #: A list that is too long.
    ARRAY_SIZE_GREATER_THAN_MAX = "ARRAY_SIZE_GREATER_THAN_MAX"
    #: The same value twice in a list.
    DUPLICATE_VALUE_IN_ARRAY = "DUPLICATE_VALUE_IN_ARRAY"
    #: A text that does not match the pattern.
    PATTERN_MISMATCH = "PATTERN_MISMATCH"
    #: A pattern that is no regular expression.
    INVALID_REGEX_SYNTAX = "INVALID_REGEX_SYNTAX"
    #: A URL that is none.
    INVALID_URL_SYNTAX = "INVALID_URL_SYNTAX"
    #: Coordinates that are none.
    INVALID_COORDINATES_SYNTAX = "INVALID_COORDINATES_SYNTAX"
    #: No UUID.
    UUID_EXPECTED = "UUID_EXPECTED"
    #: An id of nothing that is there.
    ENTITY_DOES_NOT_EXIST = "ENTITY_DOES_NOT_EXIST"


class WireProblem(str):
    """One problem of one field: a sentence that also knows its parts.

    Attributes:
        path: the field, with dots between the levels and numbers for places in lists; empty for the whole document.
        code: one of `ProblemCode`, or another word of the API.
        message: the sentence without the field.
        params: what the code speaks about, such as the limit.

    Example:
        >>> WireProblem("priority", "VALUE_GREATER_THAN_MAX", message="expected at most 100, found 101", params={"max": 100})
        'priority: expected at most 100, found 101'
    """

    __slots__ = ("code", "message", "params", "path")

    code: str
    message: str
    params: Mapping[str, Any]
    path: str

    def __new__(cls, path: str, code: str, *, message: str, params: Mapping[str, Any] | None = None) -> Self:
        """Return the sentence."""
        problem = super().__new__(cls, f"{path}: {message}" if path else message)
        problem.path, problem.code, problem.message, problem.params = path, str(code), message, dict(params or {})
        return problem


class Problems:
    """The problems found so far in one document."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[WireProblem] = []

    def add(self, path: str, code: str, *, message: str, params: Mapping[str, Any]) -> None:
        """Remember a problem."""
        self.found.append(WireProblem(path, code, message=message, params=params))

    def refuse_if_any(self, message: str) -> None:
        """Raise all problems in one error; do nothing if there are none.

        Raises:
            InvalidInput: there are problems; each of its `problems` is a `WireProblem`.
        """
        if self.found:
            raise InvalidInput(message, self.found)


def describe_problems(problems: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return problems as the API writes them: field → code, message and params; the first problem of a field wins.

    Problems that are plain sentences stand under their place.

    Example:
        >>> describe_problems([WireProblem("name", ProblemCode.VALUE_REQUIRED, message="expected a string")])
        {'name': {'code': 'VALUE_REQUIRED', 'message': 'expected a string', 'params': {}}}
    """
    described: dict[str, dict[str, Any]] = {}
    for place, problem in enumerate(problems):
        if isinstance(problem, WireProblem):
            entry = {"code": problem.code, "message": problem.message, "params": dict(problem.params)}
            described.setdefault(problem.path, entry)
        else:
            entry = {"code": ProblemCode.INVALID_VALUE.value, "message": str(problem), "params": {}}
            described.setdefault(str(place), entry)
    return described
