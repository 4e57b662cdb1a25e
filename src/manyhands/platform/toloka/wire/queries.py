"""Query parameters of lists: which records, in which order, how many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from manyhands.crowd import Comparison

from .problems import ProblemCode, Problems
from .reading import Kind, Place
from .texts import COUNT, write_text

__all__ = ["Bound", "ListQuery", "ListShape", "SortKey", "format_query", "parse_query"]

_COMPARISONS: Mapping[str, Comparison] = {
    "gt": Comparison.GT,
    "gte": Comparison.GTE,
    "lt": Comparison.LT,
    "lte": Comparison.LTE,
}
_SUFFIXES: Mapping[Comparison, str] = {comparison: suffix for suffix, comparison in _COMPARISONS.items()}
_DESCENDING = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKey:
    """One field to sort by."""

    name: str
    is_descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One end of a range: ``name comparison value``, such as ``id GT "7"``; ids are compared as strings."""

    name: str
    comparison: Comparison
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a requester wants to see of a list.

    Attributes:
        equals: field → values, one of which the record has.
        differs: field → values, none of which the record has.
        bounds: ranges; all of them hold.
        order: the fields to sort by, first one first; empty leaves the order open.
        limit: most records on a page; None leaves it to the platform.
    """

    equals: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    differs: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()
    order: tuple[SortKey, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListShape:
    """What may be asked of a list.

    Attributes:
        name: of the list, such as ``pools``.
        equals: field → how its text is read.
        differs: the fields that may be excluded by ``<field>_ne``, and how their text is read.
        lists: the fields that may name several values, with commas between them.
        bounds: the fields that have ``_gt``, ``_gte``, ``_lt`` and ``_lte``, and how their text is read.
        sortable: the fields to sort by.
        default_limit: records on a page when nothing is asked for.
        max_limit: most records on a page.
        required: fields of which one must be asked for.
    """

    name: str
    equals: Mapping[str, Kind[Any]] = field(default_factory=dict)
    differs: Mapping[str, Kind[Any]] = field(default_factory=dict)
    lists: frozenset[str] = frozenset()
    bounds: Mapping[str, Kind[Any]] = field(default_factory=dict)
    sortable: frozenset[str] = frozenset()
    default_limit: int
    max_limit: int
    required: tuple[str, ...] = ()


def parse_query(parameters: Mapping[str, str], shape: ListShape) -> ListQuery:
    """Return what query parameters ask for.

    Args:
        parameters: name → text, decoded. Empty texts count as absent.
        shape: of the list.

    Raises:
        InvalidInput: a parameter is unknown or wrong; every problem has its parameter and code.

    Example:
        >>> from .shapes import POOLS
        >>> parse_query({"status": "OPEN", "sort": "-created,id"}, POOLS).order
        (SortKey(name='created', is_descending=True), SortKey(name='id', is_descending=False))
    """
    problems = Problems()
    said = {name: text for name, text in parameters.items() if text}
    parts = _Parts()
    for name, text in said.items():
        _read_parameter(name, text, shape=shape, parts=parts, place=Place(name, problems))
    if shape.required and not any(name in said for name in shape.required):
        message = f"expected one of {', '.join(shape.required)}, found none"
        problems.add(shape.required[0], ProblemCode.VALUE_REQUIRED, message=message, params={})
    problems.refuse_if_any(f"The list of {shape.name} cannot be asked like this.")
    return ListQuery(
        equals=parts.equals,
        differs=parts.differs,
        bounds=tuple(parts.bounds),
        order=parts.order,
        limit=parts.limit,
    )


def format_query(query: ListQuery) -> dict[str, str]:
    """Return the query parameters that ask for this.

    Example:
        >>> format_query(ListQuery(bounds=(Bound(name="id", comparison=Comparison.GT, value="7"),), limit=300))
        {'id_gt': '7', 'limit': '300'}
    """
    parameters = {name: _join(values) for name, values in query.equals.items()}
    parameters.update({f"{name}_ne": _join(values) for name, values in query.differs.items()})
    for bound in query.bounds:
        parameters[f"{bound.name}_{_SUFFIXES[bound.comparison]}"] = write_text(bound.value)
    if query.order:
        keys = [f"{_DESCENDING if key.is_descending else ''}{key.name}" for key in query.order]
        parameters["sort"] = ",".join(keys)
    return parameters if query.limit is None else {**parameters, "limit": str(query.limit)}


@dataclass(slots=True, kw_only=True)
class _Parts:
    equals: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    differs: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    bounds: list[Bound] = field(default_factory=list)
    order: tuple[SortKey, ...] = ()
    limit: int | None = None


def _read_parameter(name: str, text: str, *, shape: ListShape, parts: _Parts, place: Place) -> None:
    stem, _, suffix = name.rpartition("_")
    if name == "sort":
        parts.order = _read_order(text, shape, place)
    elif name == "limit":
        parts.limit = _read_limit(text, shape, place)
    elif name in shape.equals:
        parts.equals[name] = _read_values(_split(text, name, shape), shape.equals[name], place)
    elif suffix == "ne" and stem in shape.differs:
        parts.differs[stem] = _read_values(_split(text, stem, shape), shape.differs[stem], place)
    elif suffix in _COMPARISONS and stem in shape.bounds:
        value = shape.bounds[stem].read(text, place)
        parts.bounds.append(Bound(name=stem, comparison=_COMPARISONS[suffix], value=value))
    else:
        place.refuse(ProblemCode.VALUE_NOT_ALLOWED, f"there is no such parameter of {shape.name}")


def _read_order(text: str, shape: ListShape, place: Place) -> tuple[SortKey, ...]:
    keys = tuple(
        SortKey(name=part.strip().removeprefix(_DESCENDING), is_descending=part.strip().startswith(_DESCENDING))
        for part in text.split(",")
    )
    for key in keys:
        if key.name not in shape.sortable:
            message = f"expected fields among {', '.join(sorted(shape.sortable))}, found {key.name!r}"
            place.refuse(ProblemCode.VALUE_NOT_ALLOWED, message)
    return keys


def _read_limit(text: str, shape: ListShape, place: Place) -> int:
    # More than the most is no mistake: the client pages on.
    return min(COUNT.read(text, place), shape.max_limit)


def _split(text: str, name: str, shape: ListShape) -> list[str]:
    # Names and comments may have commas of their own.
    return [part.strip() for part in text.split(",")] if name in shape.lists else [text]


def _read_values(texts: Iterable[str], kind: Kind[Any], place: Place) -> tuple[Any, ...]:
    return tuple(kind.read(text, place) for text in texts)


def _join(values: Iterable[Any]) -> str:
    return ",".join(write_text(value) for value in values)
