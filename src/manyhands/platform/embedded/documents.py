"""Configs and profiles as JSON documents, and back."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any, Literal, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from manyhands.crowd import Money

from .moments import to_microseconds

__all__ = ["read_document", "read_fields", "read_json", "write_document", "write_fields", "write_json"]

T = TypeVar("T")
#: Where several record types may stand, this entry names the one that does.
_TYPE = "type"


def write_json(value: object) -> str:
    """Return a JSON value as text."""
    return msgspec.json.encode(value).decode()


def read_json(text: str) -> Any:
    """Return the JSON value of a text."""
    return msgspec.json.decode(text)


def write_fields(values: Mapping[str, Any]) -> str | None:
    """Return fields as text; none at all is None."""
    return write_json(values) if values else None


def read_fields(text: str | None) -> dict[str, Any]:
    """Return the fields that `write_fields` wrote."""
    return {} if text is None else read_json(text)


def write_document(record: object) -> str:
    """Return a record (a dataclass of the crowd's vocabulary) as JSON text; equal records give equal texts."""
    return write_json(_simplify(record))


def read_document(text: str, record_type: type[T]) -> T:
    """Return the record that `write_document` wrote.

    Example:
        >>> from manyhands.crowd import MixerConfig
        >>> read_document(write_document(MixerConfig(real_count=3)), MixerConfig).real_count
        3
    """
    record: T = _restore(read_json(text), record_type)
    return record


def _simplify(value: object) -> object:
    match value:
        case Money():
            return str(value.usd)
        case timedelta():
            return to_microseconds(value)
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case frozenset() | set():
            return sorted((_simplify(part) for part in value), key=repr)
        case list() | tuple():
            return [_simplify(part) for part in value]
        case Mapping():
            return {str(key): _simplify(part) for key, part in value.items()}
        case _ if is_dataclass(value):
            parts = {entry.name: _simplify(getattr(value, entry.name)) for entry in fields(value)}
            return {_TYPE: type(value).__name__, **parts} if _is_union_member(value) else parts
        case _:
            return value


def _is_union_member(value: object) -> bool:
    """Return whether the record stands where others may: it has no field that its name would cover."""
    return is_dataclass(value) and all(entry.name != _TYPE for entry in fields(value))


def _restore(value: Any, hint: Any) -> Any:
    if isinstance(hint, NewType):
        return _restore(value, hint.__supertype__)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _restore_union(value, parts)
    if origin in (tuple, frozenset):
        return origin(_restore(part, parts[0]) for part in value)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return {key: _restore(part, parts[1]) for key, part in value.items()}
    return _restore_plain(value, hint)


def _restore_union(value: Any, parts: tuple[Any, ...]) -> Any:
    if value is None:
        return None
    if isinstance(value, dict) and _TYPE in value:
        return _restore(value, next(part for part in parts if getattr(part, "__name__", "") == value[_TYPE]))
    return _restore(value, next(part for part in parts if part is not type(None)))


def _restore_plain(value: Any, hint: Any) -> Any:
    if hint is Money:
        return Money(value)
    if hint is timedelta:
        return timedelta(microseconds=value)
    if not isinstance(hint, type):
        return value
    if issubclass(hint, date):
        return hint.fromisoformat(value)
    if issubclass(hint, Enum):
        return hint(value)
    if is_dataclass(hint):
        return hint(**{name: _restore(value[name], part) for name, part in _hints(hint).items() if name in value})
    return value


@cache
def _hints(record_type: type) -> dict[str, Any]:
    hints = get_type_hints(record_type)
    return {entry.name: hints[entry.name] for entry in fields(record_type)}
