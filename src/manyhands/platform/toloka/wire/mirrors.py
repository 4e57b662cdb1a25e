"""Records that mirror a JSON object field by field.

Their fields have the names of the JSON object; where the name is a word of Python, the field's metadata says it under ``name``. A field
of None is not written. A field called ``foreign`` gets everything that the record does not name.
"""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from manyhands.crowd import Money

from .amounts import to_dollars
from .kinds import ANYTHING, DOLLARS, FLAG, IDENTIFIER, INTEGER, MOMENT, NUMBER, OBJECT, TEXT, choice, list_of
from .moments import write_moment
from .problems import Problems
from .reading import Kind, Place, Reader

__all__ = ["decode_mirror", "encode_mirror", "mirror_of"]

T = TypeVar("T")
_FOREIGN = "foreign"
_KINDS: Mapping[Any, Kind[Any]] = {
    str: TEXT,
    bool: FLAG,
    int: INTEGER,
    float: NUMBER,
    Money: DOLLARS,
    datetime: MOMENT,
    Any: ANYTHING,
}


def encode_mirror(record: Any) -> dict[str, Any]:
    """Return the JSON object that a record mirrors."""
    document = {_name(entry): _encode(getattr(record, entry.name)) for entry in _own_fields(type(record))}
    said = {name: value for name, value in document.items() if value is not None}
    return {**getattr(record, _FOREIGN, {}), **said}


def decode_mirror(document: object, record_type: type[T], *, what: str) -> T:
    """Return the record that mirrors a JSON object.

    Args:
        document: the object.
        record_type: a dataclass.
        what: what it is, for the message.

    Raises:
        InvalidInput: the object does not fit; every problem has its field and code.
    """
    problems = Problems()
    record = mirror_of(record_type).read(document, Place("", problems))
    problems.refuse_if_any(f"The {what} is not as expected; nothing was changed.")
    return record


def mirror_of(record_type: type[T]) -> Kind[T]:
    """Return the kind of objects that records of this type mirror."""
    cache_key: Any = record_type
    kind: Kind[T] = _build_kind(cache_key)
    return kind


@lru_cache(maxsize=256)
def _build_kind(record_type: Any) -> Kind[Any]:
    hints = get_type_hints(record_type)
    entries = [(entry, _kind_of(hints[entry.name])) for entry in _own_fields(record_type)]
    has_foreign = any(entry.name == _FOREIGN for entry in fields(record_type))

    def read(value: Any, place: Place) -> Any:
        reader = Reader(value, place)
        values = {entry.name: _read(reader, entry, kind) for entry, kind in entries}
        if has_foreign:
            values[_FOREIGN] = reader.rest()
        return record_type(**values)

    blank = {entry.name: kind.blank for entry, kind in entries if not _is_optional(entry)}
    return Kind(read=read, blank=record_type(**blank))


def _read(reader: Reader, entry: "Field[Any]", kind: Kind[Any]) -> Any:
    name = _name(entry)
    if not _is_optional(entry):
        return reader.require(name, kind)
    return reader.get(name, kind, entry.default)


def _kind_of(hint: Any) -> Kind[Any]:
    if isinstance(hint, NewType):
        return IDENTIFIER
    if hint in _KINDS:
        return _KINDS[hint]
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _kind_of(next(part for part in parts if part is not type(None)))
    if origin is tuple:
        return list_of(_kind_of(parts[0]))
    if origin is not None and issubclass(origin, Mapping):
        return OBJECT
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return choice(hint, next(iter(hint)))
    return mirror_of(hint)


def _encode(value: Any) -> Any:
    match value:
        case Money():
            return to_dollars(value)
        case datetime():
            return write_moment(value)
        case StrEnum():
            return value.value
        case tuple():
            return [_encode(part) for part in value]
        case _ if is_dataclass(value):
            return encode_mirror(value)
        case _:
            return value


def _own_fields(record_type: Any) -> "list[Field[Any]]":
    return [entry for entry in fields(record_type) if entry.name != _FOREIGN]


def _name(entry: "Field[Any]") -> str:
    name: str = entry.metadata.get("name", entry.name)
    return name


def _is_optional(entry: "Field[Any]") -> bool:
    return entry.default is not MISSING
