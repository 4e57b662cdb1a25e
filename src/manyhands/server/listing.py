"""Lists as the API gives them: filtered, sorted and cut into pages that stay in place while records are added."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Generic, TypeVar

from manyhands.crowd import Comparison
from manyhands.platform.toloka.wire import ListQuery, ListShape, SortKey, encode_list, parse_query

from .calls import Answer, Call
from .settings import ServerSettings

__all__ = ["Fields", "Listing"]

T = TypeVar("T")
#: Field → what a record has there; None fails every filter, a frozenset passes the filters that one of its values passes.
Fields = Mapping[str, Callable[[T], Any]]

_COMPARISONS: Mapping[Comparison, Callable[[Any, Any], bool]] = {
    Comparison.EQ: eq,
    Comparison.NE: ne,
    Comparison.GT: gt,
    Comparison.GTE: ge,
    Comparison.LT: lt,
    Comparison.LTE: le,
}


class Listing(Generic[T]):
    """What a request wants of a list.

    Args:
        call: the request.
        shape: what may be asked of the list.
        fields: what records have; a filter on a field that is not here lets everything pass. The first one is the order when none is asked for.
        settings: how long pages are.

    Raises:
        InvalidInput: a filter, the order or the limit cannot be understood.
    """

    def __init__(self, call: Call, shape: ListShape, fields: Fields[T], settings: ServerSettings) -> None:
        self._query = parse_query(call.query, shape)
        self._fields = fields
        self._main_field = next(iter(fields))
        self._tests = list(_make_tests(self._query, fields))
        self._order = self._query.order or (SortKey(name=self._main_field),)
        usual = max(settings.page_size, shape.default_limit)
        self._limit = min(self._query.limit or usual, settings.max_page_size)

    @property
    def query(self) -> ListQuery:
        """What the request asks for."""
        return self._query

    @property
    def chunk_size(self) -> int:
        """How many records to read at a time, so that one read fills the page and tells whether more follow."""
        return self._limit + 1

    def answer(self, records: Iterable[T], write: Callable[[T], Mapping[str, Any]]) -> Answer:
        """Return the page of records that come in any order, as the API writes it."""
        found = [record for record in records if self._admits(record)]
        for key in reversed(self._order):
            found = _sort(found, self._fields[key.name], is_descending=key.is_descending)
        return _write_page(found[: self._limit], write, has_more=len(found) > self._limit)

    def answer_stream(self, records: Iterator[T], write: Callable[[T], Mapping[str, Any]]) -> Answer:
        """Return the page of records that come in rising order of the first field, reading no further than needed."""
        if self._order[0] != SortKey(name=self._main_field):
            return self.answer(records, write)
        found: list[T] = []
        for record in records:
            if self._admits(record):
                if len(found) == self._limit:
                    return _write_page(found, write, has_more=True)
                found.append(record)
        return _write_page(found, write, has_more=False)

    def _admits(self, record: T) -> bool:
        return all(test(record) for test in self._tests)


def _make_tests(query: ListQuery, fields: Fields[T]) -> Iterator[Callable[[T], bool]]:
    for name, values in query.equals.items():
        if name in fields:
            yield _is_among(fields[name], values)
    for name, values in query.differs.items():
        yield _is_not_among(fields[name], values)
    for bound in query.bounds:
        yield _is_within(fields[bound.name], _COMPARISONS[bound.comparison], bound=bound.value)


def _is_among(field: Callable[[T], Any], values: tuple[Any, ...]) -> Callable[[T], bool]:
    def test(record: T) -> bool:
        found = field(record)
        return not found.isdisjoint(values) if isinstance(found, frozenset) else found in values

    return test


def _is_not_among(field: Callable[[T], Any], values: tuple[Any, ...]) -> Callable[[T], bool]:
    is_among = _is_among(field, values)
    return lambda record: not is_among(record)


def _is_within(field: Callable[[T], Any], compare: Callable[[Any, Any], bool], *, bound: Any) -> Callable[[T], bool]:
    def test(record: T) -> bool:
        found = field(record)
        return found is not None and compare(found, bound)

    return test


def _sort(records: list[T], field: Callable[[T], Any], *, is_descending: bool) -> list[T]:
    present = [record for record in records if field(record) is not None]
    absent = [record for record in records if field(record) is None]
    return sorted(present, key=field, reverse=is_descending) + absent


def _write_page(records: list[T], write: Callable[[T], Mapping[str, Any]], *, has_more: bool) -> Answer:
    return Answer(payload=encode_list([write(record) for record in records], has_more=has_more))
