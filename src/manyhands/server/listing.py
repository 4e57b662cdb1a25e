"""Lists as the API gives them: filtered, sorted and cut into pages that stay in place while records are added."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any, Generic, TypeVar

from manyhands.platform.toloka.wire import parse_moment

from .calls import Answer, Call
from .refusals import Refused
from .settings import ServerSettings

__all__ = ["Column", "Listing", "moment_column"]

T = TypeVar("T")
_RANGES: Mapping[str, Callable[[Any, Any], bool]] = {"_gt": gt, "_gte": ge, "_lt": lt, "_lte": le}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[T]):
    """A field that a list can be filtered and sorted by.

    Attributes:
        name: the field in the query.
        value: returns the field of a record; None fails every filter.
        parse: reads the field from the query; raises ValueError when it cannot.
    """

    name: str
    value: Callable[[T], Any]
    parse: Callable[[str], Any] = str


def moment_column(name: str, value: Callable[[T], Any]) -> Column[T]:
    """Return a column of moments."""
    return Column(name=name, value=value, parse=parse_moment)


class Listing(Generic[T]):
    """What a request wants of a list.

    A record is listed when it passes every filter: ``name=a,b`` for one of some values, ``name_gt``, ``name_gte``, ``name_lt``, ``name_lte`` for a
    range. ``sort=-created,id`` sorts, ``limit`` cuts. Ids are compared as text.

    Args:
        call: the request.
        columns: the fields that may be named; the first one is the order when none is asked for.
        settings: how long pages are.

    Raises:
        Refused: a filter, the order or the limit cannot be understood.
    """

    def __init__(self, call: Call, columns: Sequence[Column[T]], settings: ServerSettings) -> None:
        self._columns = {column.name: column for column in columns}
        self._tests = list(_read_tests(call.query, columns))
        self._order = self._read_order(call.query.get("sort", "")) or [(columns[0], False)]
        self.limit = _read_limit(call.query.get("limit", ""), settings)

    @property
    def is_in_default_order(self) -> bool:
        """Whether the records are wanted in rising order of the first column."""
        column, is_falling = self._order[0]
        return column is next(iter(self._columns.values())) and not is_falling

    def admits(self, record: T) -> bool:
        """Return whether the record passes every filter."""
        return all(test(record) for test in self._tests)

    def page(self, records: Iterable[T]) -> tuple[list[T], bool]:
        """Return the records of the page, and whether more follow."""
        found = [record for record in records if self.admits(record)]
        for column, is_falling in reversed(self._order):
            present = [record for record in found if column.value(record) is not None]
            absent = [record for record in found if column.value(record) is None]
            present.sort(key=column.value, reverse=is_falling)
            found = present + absent
        return found[: self.limit], len(found) > self.limit

    def page_of_stream(self, records: Iterator[T]) -> tuple[list[T], bool]:
        """Return the page of records that come in the default order already, reading no further than needed."""
        if not self.is_in_default_order:
            return self.page(records)
        found: list[T] = []
        for record in records:
            if self.admits(record):
                if len(found) == self.limit:
                    return found, True
                found.append(record)
        return found, False

    def answer(self, records: Iterable[T], write: Callable[[T], Any]) -> Answer:
        """Return the page as the API writes it."""
        items, has_more = self.page(records)
        return Answer(payload={"items": [write(item) for item in items], "has_more": has_more})

    def _read_order(self, text: str) -> list[tuple[Column[T], bool]]:
        names = [name for name in text.split(",") if name]
        unknown = [name for name in names if name.removeprefix("-") not in self._columns]
        if unknown:
            known = ", ".join(self._columns)
            message = f"expected fields of {known}, found {', '.join(unknown)}"
            raise Refused.field("sort", "VALUE_NOT_ALLOWED", message=message)
        return [(self._columns[name.removeprefix("-")], name.startswith("-")) for name in names]


def _read_tests(query: Mapping[str, str], columns: Iterable[Column[T]]) -> Iterator[Callable[[T], bool]]:
    for column in columns:
        if query.get(column.name):
            wanted = {_parse(column, part, column.name) for part in query[column.name].split(",")}
            yield _one_of(column, wanted)
        for suffix, compare in _RANGES.items():
            name = column.name + suffix
            if query.get(name):
                yield _within(column, compare, bound=_parse(column, query[name], name))


def _one_of(column: Column[T], wanted: set[Any]) -> Callable[[T], bool]:
    return lambda record: column.value(record) in wanted


def _within(column: Column[T], compare: Callable[[Any, Any], bool], *, bound: Any) -> Callable[[T], bool]:
    def test(record: T) -> bool:
        found = column.value(record)
        return found is not None and compare(found, bound)

    return test


def _parse(column: Column[T], text: str, name: str) -> Any:
    try:
        return column.parse(text)
    except (ValueError, ArithmeticError) as error:
        raise Refused.field(name, "INVALID_VALUE", message=f"{text!r} cannot be read: {error}") from error


def _read_limit(text: str, settings: ServerSettings) -> int:
    if not text:
        return settings.page_size
    if not text.isdecimal() or not int(text) > 0:
        raise Refused.field("limit", "INTEGER_EXPECTED", message=f"expected a whole number from 1, found {text!r}")
    return min(int(text), settings.max_page_size)
