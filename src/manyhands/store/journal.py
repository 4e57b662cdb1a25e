"""What the launch runner has to remember across crashes and the platform cannot tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from manyhands.errors import NotFound

from .ports import SqlValue, Store

__all__ = ["JournalEntry", "LaunchJournal"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: Runners that were not heard of for so long have died without a word, and nobody asks for them any more.
_FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One entry of a launch: its number (from 1, rising), its kind, and its JSON document."""

    number: int
    kind: str
    document: dict[str, Any]


class LaunchJournal:
    """The journal of launches: one document per launch, entries in order, requests to stop or to resume, and who works on what.

    Thread-safe; every call is durable.

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

    def request_resume(self, name: str) -> None:
        """Ask the servers on this store to run the launch until it is over; asking again changes nothing.

        Raises:
            NotFound: there is no launch of this name.
        """
        self._set_resume(name, is_requested=True)

    def resume_requests(self) -> frozenset[str]:
        """Return the names of the launches that servers are asked to run."""
        with self._store.reading() as transaction:
            return frozenset(row["name"] for row in transaction.rows("list_launch_resumes", {}))

    def clear_resume(self, name: str) -> None:
        """Forget that servers were asked to run the launch.

        Raises:
            NotFound: there is no launch of this name.
        """
        self._set_resume(name, is_requested=False)

    def beat(self, runner_id: str, *, now: datetime) -> None:
        """Note that a runner is alive.

        Args:
            runner_id: which; each has an id of its own.
            now: the time on the wall.
        """
        with self._store.writing() as transaction:
            transaction.run("put_runner", {"id": runner_id, "seen": _stamp(now)})
            transaction.run("remove_runners_before", {"seen": _stamp(now - _FORGOTTEN_AFTER)})

    def retire(self, runner_id: str) -> None:
        """Note that a runner has nothing to do any more."""
        with self._store.writing() as transaction:
            transaction.run("remove_runner", {"id": runner_id})

    def attend(self, name: str, runner_id: str) -> None:
        """Note that this runner works on the launch, whoever did before.

        Raises:
            NotFound: there is no launch of this name.
        """
        with self._store.writing() as transaction:
            if transaction.find("attend_launch", {"name": name, "runner_id": runner_id}) is None:
                raise _unknown(name)

    def claim(self, name: str, runner_id: str, *, since: datetime) -> bool:
        """Note that this runner works on the launch unless another one does that was heard of since then; return whether it may.

        Of several that claim the same launch at the same time, one may.

        Raises:
            NotFound: there is no launch of this name.
        """
        with self._store.writing() as transaction:
            # Locked first: what a single statement compares may be older than what another one has just written.
            launch = transaction.find("lock_launch", {"name": name})
            if launch is None:
                raise _unknown(name)
            other = None if launch["runner_id"] == runner_id else launch["runner_id"]
            seen = None if other is None else transaction.find("find_runner", {"id": other})
            if seen is not None and seen["seen"] >= _stamp(since):
                return False
            transaction.find("attend_launch", {"name": name, "runner_id": runner_id})
            return True

    def leave(self, name: str, runner_id: str) -> None:
        """Note that this runner does not work on the launch any more; one that another has taken over stays theirs."""
        with self._store.writing() as transaction:
            transaction.run("leave_launch", {"name": name, "runner_id": runner_id})

    def last_heard(self) -> dict[str, datetime]:
        """Return, for every launch that a runner works on, when that runner was heard of last."""
        with self._store.reading() as transaction:
            rows = transaction.rows("list_attended_launches", {})
        return {row["name"]: _EPOCH + row["seen"] * _MICROSECOND for row in rows}

    def list(self) -> list[tuple[str, dict[str, Any]]]:
        """Return name and document of every launch in order of name."""
        with self._store.reading() as transaction:
            rows = transaction.rows("list_launches", {})
        return [(row["name"], _decode(row["document"])) for row in rows]

    def _set_stop(self, name: str, *, is_requested: bool) -> None:
        with self._store.writing() as transaction:
            if transaction.find("set_launch_stop", {"name": name, "is_requested": int(is_requested)}) is None:
                raise _unknown(name)

    def _set_resume(self, name: str, *, is_requested: bool) -> None:
        with self._store.writing() as transaction:
            if transaction.find("set_launch_resume", {"name": name, "is_requested": int(is_requested)}) is None:
                raise _unknown(name)


def _unknown(name: str) -> NotFound:
    return NotFound(f"there is no launch {name!r} in the journal; create it first")


def _stamp(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _encode(document: Mapping[str, Any]) -> str:
    return msgspec.json.encode(document).decode()


def _decode(text: str) -> dict[str, Any]:
    document: dict[str, Any] = msgspec.json.decode(text)
    return document
