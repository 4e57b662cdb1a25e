"""Who may work, as the filters of pools and messages write it."""

from typing import Any, assert_never

from manyhands.crowd import (
    AllOf,
    AnyOf,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    WorkerFilterExpression,
)

from .amounts import to_percent, to_share
from .kinds import ANYTHING, IDENTIFIER, NUMBER, choice, list_of
from .problems import ProblemCode
from .reading import Kind, Place, Reader

__all__ = ["FILTER", "decode_filter", "encode_filter"]

_NOBODY = AnyOf(())
_CATEGORY = choice(FilterCategory, FilterCategory.PROFILE)
_OPERATOR = choice(FilterOperator, FilterOperator.EQ)
#: Levels of a filter; deeper ones are no filters but attacks.
_MAX_DEPTH = 50


def encode_filter(expression: WorkerFilterExpression) -> dict[str, Any]:
    """Return a filter as JSON; skills are written in percent.

    Example:
        >>> encode_filter(FilterCondition(category=FilterCategory.SKILL, key="7", operator=FilterOperator.GTE, value=0.8))
        {'category': 'skill', 'key': '7', 'operator': 'GTE', 'value': 80}
    """
    match expression:
        case AllOf(parts):
            return {"and": [encode_filter(part) for part in parts]}
        case AnyOf(parts):
            return {"or": [encode_filter(part) for part in parts]}
        case FilterCondition():
            return _encode_condition(expression)
        case _:
            assert_never(expression)


def decode_filter(document: object) -> WorkerFilterExpression:
    """Return the filter that a JSON document describes.

    Raises:
        InvalidInput: it is no filter.
    """
    reader = Reader.open({"filter": document})
    expression = reader.require("filter", FILTER)
    reader.close("filter")
    return expression


def _encode_condition(condition: FilterCondition) -> dict[str, Any]:
    document = {
        "category": condition.category.value,
        "key": condition.key,
        "operator": condition.operator.value,
    }
    match condition.value:
        case None:
            return document
        case int() | float() as share if condition.category is FilterCategory.SKILL:
            return {**document, "value": to_percent(share)}
        case tuple() | set() | frozenset() as values:
            return {**document, "value": sorted(values, key=str)}
        case value:
            return {**document, "value": value}


def _read_filter(value: Any, place: Place) -> WorkerFilterExpression:
    reader = Reader(value, place)
    if place.path.count(".") > 2 * _MAX_DEPTH:
        place.refuse(ProblemCode.INVALID_VALUE, f"expected at most {_MAX_DEPTH} levels, found more")
        return _NOBODY
    if (parts := reader.find("and", _PARTS)) is not None:
        return AllOf(parts)
    if (parts := reader.find("or", _PARTS)) is not None:
        return AnyOf(parts)
    return _read_condition(reader) if isinstance(value, dict) else _NOBODY


def _read_condition(reader: Reader) -> FilterCondition:
    category = reader.require("category", _CATEGORY)
    return FilterCondition(
        category=category,
        key=reader.require("key", IDENTIFIER),
        operator=reader.require("operator", _OPERATOR),
        value=reader.find("value", _SKILL_VALUE if category is FilterCategory.SKILL else ANYTHING),
    )


#: A filter: ``and``, ``or``, or one condition; a skill's condition without a value asks whether the worker has the skill at all.
FILTER: Kind[WorkerFilterExpression] = Kind(read=_read_filter, blank=_NOBODY)
_PARTS = list_of(FILTER)
# A comparison may lie outside of 0..100, such as with -1.
_SKILL_VALUE: Kind[float] = Kind(read=lambda value, place: to_share(NUMBER.read(value, place)), blank=0.0)
