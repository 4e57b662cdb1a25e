"""What the launch runner has to remember across crashes and the platform cannot tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from manyhands.errors import NotFound

from .ports import SqlValue, Store

__all__ = ["JournalEntry", "LaunchJournal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One entry of a launch: its number (from 1, rising), its kind, and its JSON document."""

    number: int
    kind: str
    document: dict[str, Any]


class LaunchJournal:
    """The journal of launches: one document per launch, entries in order, and requests to stop. Thread-safe; every call is durable.

    Example:
        >>> from manyhands.store import SqliteStore
        >>> journal = LaunchJournal(SqliteStore(None))
        >>> journal.create("red", {"state": "new"})
        True
        >>> journal.append("red", "pool_created", {"pool_id": "10000001"})
        1
        >>> journal.find("red")
        {'state': 'new'}
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def create(self, name: str, document: Mapping[str, Any]) -> bool:
        """Begin the journal of a launch; return False, and change nothing, when there is one already."""
        with self._store.writing() as transaction:
            return transaction.find("create_launch", {"name": name, "document": _encode(document)}) is not None

    def find(self, name: str) -> dict[str, Any] | None:
        """Return the document of the launch, or None."""
        with self._store.reading() as transaction:
            row = transaction.find("find_launch", {"name": name})
        return None if row is None else _decode(row["document"])

    def update(self, name: str, document: Mapping[str, Any]) -> None:
        """Replace the document of the launch.

        Raises:
            NotFound: there is no launch of this name.
        """
        with self._store.writing() as transaction:
            if transaction.find("update_launch", {"name": name, "document": _encode(document)}) is None:
                raise _unknown(name)

    def append(self, name: str, kind: str, document: Mapping[str, Any]) -> int:
        """Add an entry to the launch and return its number.

        Raises:
            NotFound: there is no launch of this name.
        """
        with self._store.writing() as transaction:
            row = transaction.find("next_launch_entry", {"name": name})
            if row is None:
                raise _unknown(name)
            number: int = row["entry_count"]
            values: dict[str, SqlValue] = {
                "name": name,
                "number": number,
                "kind": kind,
                "document": _encode(document),
            }
            transaction.run("add_launch_entry", values)
        return number

    def entries(self, name: str) -> list[JournalEntry]:
        """Return the entries of the launch in order; none when there is no such launch."""
        with self._store.reading() as transaction:
            rows = transaction.rows("list_launch_entries", {"name": name})
        return [JournalEntry(number=row["number"], kind=row["kind"], document=_decode(row["document"])) for row in rows]

    def request_stop(self, name: str) -> None:
        """Ask whoever runs the launch, in whatever process, to stop it; asking again changes nothing.

        Raises:
            NotFound: there is no launch of this name.
        """
        self._set_stop(name, is_requested=True)

    def stop_requests(self) -> frozenset[str]:
        """Return the names of the launches that were asked to stop."""
        with self._store.reading() as transaction:
            return frozenset(row["name"] for row in transaction.rows("list_launch_stops", {}))

    def clear_stop(self, name: str) -> None:
        """Forget that the launch was asked to stop.

        Raises:
            NotFound: there is no launch of this name.
        """
        self._set_stop(name, is_requested=False)

    def list(self) -> list[tuple[str, dict[str, Any]]]:
        """Return name and document of every launch in order of name."""
        with self._store.reading() as transaction:
            rows = transaction.rows("list_launches", {})
        return [(row["name"], _decode(row["document"])) for row in rows]

    def _set_stop(self, name: str, *, is_requested: bool) -> None:
        with self._store.writing() as transaction:
            if transaction.find("set_launch_stop", {"name": name, "is_requested": int(is_requested)}) is None:
                raise _unknown(name)


def _unknown(name: str) -> NotFound:
    return NotFound(f"there is no launch {name!r} in the journal; create it first")


def _encode(document: Mapping[str, Any]) -> str:
    return msgspec.json.encode(document).decode()


def _decode(text: str) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(text)
    return document
