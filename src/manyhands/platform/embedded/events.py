"""Telling what happened, in order, and nothing twice."""

from collections.abc import Collection

from manyhands.crowd import Assignment, CloseReason, Event, EventKind, EventPage
from manyhands.store import Row, Transaction

from .assignments import find_assignment
from .catalogue import Catalogue
from .ids import pool_id_of, task_id_of
from .moments import to_moment
from .records import assignment_of

__all__ = ["last_position", "list_events"]

#: Rows that are read at once when the events of several pools are picked out of all events.
_CHUNK = 1_000


def last_position(transaction: Transaction) -> int:
    """Return the position of the last event of the platform; 0 before the first."""
    row = transaction.find("find_counter", {"name": "event"})
    return 0 if row is None else int(row["value"])


def list_events(
    transaction: Transaction, catalogue: Catalogue, pool_numbers: Collection[int], *, after: int, limit: int
) -> EventPage:
    """Return up to `limit` events of these pools with a position above `after`, oldest first."""
    # Read before the events: what is added in between is then looked for again.
    newest = max(after, last_position(transaction))
    rows = _find_rows(transaction, frozenset(pool_numbers), after=after, limit=limit + 1)
    assignments: dict[int, Assignment] = {}
    events = tuple(_event_of(transaction, catalogue, row, known=assignments) for row in rows[:limit])
    has_more = len(rows) > limit
    # An event that was added after `newest` was read may be among the rows.
    position = events[-1].position if has_more else max([newest, *(event.position for event in events[-1:])])
    return EventPage(events=events, has_more=has_more, position=position)


def _find_rows(transaction: Transaction, pool_numbers: frozenset[int], *, after: int, limit: int) -> list[Row]:
    if len(pool_numbers) == 1:
        values = {"pool_id": next(iter(pool_numbers)), "after": after, "count": limit}
        return transaction.rows("list_events_of_pool", values)
    found: list[Row] = []
    while pool_numbers and len(found) < limit:
        chunk = transaction.rows("list_events", {"after": after, "count": _CHUNK})
        found.extend(row for row in chunk if row["pool_id"] in pool_numbers)
        if len(chunk) < _CHUNK:
            break
        after = chunk[-1]["position"]
    return found[:limit]


def _event_of(transaction: Transaction, catalogue: Catalogue, row: Row, *, known: dict[int, Assignment]) -> Event:
    number = row["assignment_id"]
    if number is not None and number not in known:
        known[number] = assignment_of(transaction, catalogue, find_assignment(transaction, number))
    reason, task = row["close_reason"], row["task_id"]
    return Event(
        position=row["position"],
        kind=EventKind(row["kind"]),
        at=to_moment(row["at"]),
        pool_id=pool_id_of(row["pool_id"]),
        assignment=None if number is None else known[number],
        close_reason=None if reason is None else CloseReason(reason),
        task_id=None if task is None else task_id_of(task),
    )
