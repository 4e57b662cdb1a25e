"""Answers with many items: pages of lists, and the outcome of creating many things at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from manyhands.errors import InvalidInput

from .kinds import ANYTHING, FLAG, OBJECT, list_of
from .problems import ProblemCode, describe_problems
from .reading import Reader

__all__ = ["Batch", "ListPage", "decode_batch", "decode_items", "decode_list", "encode_batch", "encode_list"]

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Generic[T]):
    """Some items of a list, and whether there are more behind the last one."""

    items: tuple[T, ...]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Generic[T]):
    """What became of many items sent together.

    Attributes:
        items: place in the request → item, for the good ones.
        validation_errors: place in the request → field → code, message and params, for the others.
    """

    items: Mapping[int, T]
    validation_errors: Mapping[int, Mapping[str, Any]]


def encode_list(items: Iterable[Mapping[str, Any]], *, has_more: bool) -> dict[str, Any]:
    """Return a page of a list.

    Example:
        >>> encode_list([{"id": "1"}], has_more=False)
        {'items': [{'id': '1'}], 'has_more': False}
    """
    return {"items": list(items), "has_more": has_more}


def decode_list(document: object, decode: Callable[[Any], T]) -> ListPage[T]:
    """Return a page of a list; `decode` reads one item.

    Raises:
        InvalidInput: the document is no list, or an item is wrong.
    """
    reader = Reader.open(document)
    items = reader.require("items", _ITEMS)
    has_more = reader.get("has_more", FLAG, False)
    reader.close("list")
    return ListPage(items=tuple(decode(item) for item in items), has_more=has_more)


def decode_items(documents: Sequence[S], decode: Callable[[S], T]) -> Batch[T]:
    """Return the items that `decode` understands, and what is wrong with the others.

    Example:
        >>> from .tasks import decode_task_draft
        >>> batch = decode_items([{"input_values": {}}, {"input_values": 1}], decode_task_draft)
        >>> list(batch.items), {place: list(fields) for place, fields in batch.validation_errors.items()}
        ([0], {1: ['input_values']})
    """
    items: dict[int, T] = {}
    errors: dict[int, Mapping[str, Any]] = {}
    for place, document in enumerate(documents):
        try:
            items[place] = decode(document)
        except InvalidInput as error:
            errors[place] = describe_problems(error.problems or [str(error)])
    return Batch(items=items, validation_errors=errors)


def encode_batch(batch: Batch[T], encode: Callable[[T], Mapping[str, Any]]) -> dict[str, Any]:
    """Return the outcome of creating many things, under their places in the request."""
    return {
        "items": {str(place): dict(encode(item)) for place, item in batch.items.items()},
        "validation_errors": {str(place): dict(fields) for place, fields in batch.validation_errors.items()},
    }


def decode_batch(document: object, decode: Callable[[Any], T]) -> Batch[T]:
    """Return the outcome of creating many things.

    Raises:
        InvalidInput: the document is no such outcome.
    """
    reader = Reader.open(document)
    items, errors = _read_places(reader, "items"), _read_places(reader, "validation_errors")
    reader.close("batch")
    return Batch(items={place: decode(item) for place, item in items.items()}, validation_errors=errors)


def _read_places(reader: Reader, name: str) -> dict[int, dict[str, Any]]:
    entries = reader.get_object(name)
    for place in entries:
        if not place.isdecimal():
            entries.refuse(place, ProblemCode.INTEGER_EXPECTED, f"expected a place in the request, found {place!r:.60}")
    return {int(place): entries.require(place, OBJECT) for place in entries if place.isdecimal()}


_ITEMS = list_of(ANYTHING)
