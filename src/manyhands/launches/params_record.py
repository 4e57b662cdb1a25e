"""Params as plain JSON values from which they can be made again, so that whoever has the journal can go on with a launch."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from manyhands.crowd import AssignmentStatus, Comparison, Money, RestrictionScope, SetWorkerSkill
from manyhands.errors import InvalidParams
from manyhands.planning import PoolPricingConfig
from manyhands.quality import (
    AlwaysTrue,
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BlockUser,
    BooleanOperator,
    Control,
    DynamicOverlap,
    GiveBonusToUser,
    PredicateExpression,
    Rule,
    SetAssignmentStatus,
    StaticOverlap,
)

from .params import AggregationAlgorithm, Params
from .worker_filter import WorkerFilter, WorkerGroup

__all__ = ["RECORDS", "find_record", "read_params"]

#: What params are made of. Nothing else is ever made from a record, whoever wrote it.
RECORDS: Mapping[str, type] = {
    record.__name__: record
    for record in (
        Params, PoolPricingConfig, StaticOverlap, DynamicOverlap, Control, Rule, AlwaysTrue, AssignmentAccuracyPredicate,
        AssignmentDurationPredicate, PredicateExpression, BlockUser, SetAssignmentStatus, GiveBonusToUser, SetWorkerSkill, WorkerFilter,
        WorkerGroup,
    )
}  # fmt: skip
_CHOICES: Mapping[str, type[StrEnum]] = {
    choice.__name__: choice
    for choice in (AggregationAlgorithm, AssignmentStatus, BooleanOperator, Comparison, RestrictionScope)
}
_MICROSECOND = timedelta(microseconds=1)


def find_record(params: Params) -> Any:
    """Return the record of the params; None where they hold something of the requester's own, which only the requester can make again.

    Example:
        >>> from manyhands.quality import RuleBuilder
        >>> pricing = PoolPricingConfig(assignment_price=0.05, real_tasks_count=9)
        >>> params = Params(
        ...     task_duration_hint=timedelta(seconds=10), pricing_config=pricing, overlap=StaticOverlap(3), control=Control()
        ... )
        >>> read_params(find_record(params)) == params
        True
    """
    try:
        return _recorded(params)
    except TypeError:
        return None


def read_params(record: Any) -> Params:
    """Return the params of a record.

    Raises:
        InvalidParams: the record is not one that `find_record` has made, or what it holds cannot work any more.
    """
    try:
        params = _made(record)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise InvalidParams("The record of the params cannot be read.", [str(error)]) from error
    if not isinstance(params, Params):
        raise InvalidParams("The record of the params cannot be read.", [f"it holds {params!r:.80}"])
    return params


def _recorded(value: object) -> Any:
    match value:
        case StrEnum() if type(value).__name__ in _CHOICES:
            return {"choice": type(value).__name__, "value": value.value}
        case None | bool() | int() | float():
            return value
        case str():
            # Labels of the requester's own class are known by their value.
            return str.__str__(value)
        case timedelta():
            return {"microseconds": value // _MICROSECOND}
        case Money():
            return {"usd": str(value.usd)}
        case Mapping():
            return {"map": [[_recorded(key), _recorded(item)] for key, item in value.items()]}
        case frozenset():
            return {"set": sorted(map(_recorded, value))}
        case tuple() | list():
            return {"tuple": [_recorded(item) for item in value]}
    if is_dataclass(value) and RECORDS.get(type(value).__name__) is type(value):
        return {
            "record": type(value).__name__,
            "fields": {field.name: _recorded(getattr(value, field.name)) for field in fields(value)},
        }
    message = f"{value!r:.80} has no record"
    raise TypeError(message)


def _made(record: Any) -> Any:
    match record:
        case {"choice": name, "value": value}:
            return _CHOICES[name](value)
        case {"microseconds": count}:
            return timedelta(microseconds=count)
        case {"usd": amount}:
            return Money(amount)
        case {"map": pairs}:
            return {_made(key): _made(item) for key, item in pairs}
        case {"set": items}:
            return frozenset(map(_made, items))
        case {"tuple": items}:
            return tuple(map(_made, items))
        case {"record": name, "fields": values}:
            return RECORDS[name](**{field: _made(value) for field, value in values.items()})
    return record
