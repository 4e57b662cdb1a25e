"""Sessions of workers in browsers, and the keys with which they begin elsewhere."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from manyhands.crowd import Clock, WorkerId
from manyhands.errors import NotFound
from manyhands.server.stamps import find_moment, to_moment, to_stamp, to_ticks
from manyhands.store import SqlValue, Store, Transaction

from .account_book import SESSION_REST, AccountBook, Holder, HolderKind, digest_of_token, token_id_of

__all__ = ["SessionBook", "SessionEntry", "WorkerKey"]

_TOKEN_BYTES = 32
#: Browsers call themselves something of a hundred characters.
_LONGEST_DEVICE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEntry:
    """A session that has not ended.

    Attributes:
        id: names it, opens nothing.
        device: what the browser calls itself.
        used: when it was last used, about an hour exact.
        is_here: whether it is the session that asks.
    """

    id: str
    device: str
    created: datetime
    used: datetime
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerKey:
    """A key that has not ended; `used` is when a session last began with it, None for never."""

    id: str
    created: datetime
    used: datetime | None


class SessionBook:
    """Sessions and keys in a store. Thread-safe; every change is durable.

    Args:
        store: where they are kept.
        clock: the time at which things happen.
        accounts: knows all tokens, and is told when one has ended.
    """

    def __init__(self, store: Store, *, clock: Clock, accounts: AccountBook) -> None:
        self._store = store
        self._clock = clock
        self._accounts = accounts

    def begin(self, transaction: Transaction, worker_id: WorkerId, *, device: str, replaced: str = "") -> str:
        """Begin a session and return its token, which cannot be shown again.

        Every session has a token of its own: one that somebody else put into the browser never becomes this worker's.

        Args:
            transaction: within which it begins.
            worker_id: whose session.
            device: what the browser calls itself.
            replaced: the token of the browser's former session, which ends.
        """
        now = to_stamp(self._clock.now())
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        if replaced:
            self._end_here(transaction, replaced)
        transaction.run("remove_idle_sessions", {"worker_id": worker_id, "idle_since": now - to_ticks(SESSION_REST)})
        values: dict[str, SqlValue] = {"digest": digest_of_token(token), "worker_id": worker_id, "now": now}
        transaction.run("create_session", {**values, "device": device[:_LONGEST_DEVICE]})
        return token

    def list_sessions(self, worker_id: WorkerId, *, here: str) -> list[SessionEntry]:
        """Return a worker's sessions in order of beginning; `here` is the token of the one that asks."""
        idle_since = to_stamp(self._clock.now()) - to_ticks(SESSION_REST)
        with self._store.reading() as transaction:
            rows = transaction.rows("list_sessions", {"worker_id": worker_id, "idle_since": idle_since})
        return [
            SessionEntry(
                id=token_id_of(row["digest"]),
                device=row["device"],
                created=to_moment(row["created"]),
                used=to_moment(row["used"]),
                is_here=row["digest"] == digest_of_token(here),
            )
            for row in rows
        ]

    def end(self, worker_id: WorkerId, session_id: str) -> None:
        """End one session.

        Raises:
            NotFound: the worker has no such session.
        """
        with self._store.writing() as transaction:
            if transaction.find("remove_session", {"worker_id": worker_id, "id": session_id}) is None:
                raise NotFound(f"worker {worker_id!r} has no session {session_id!r}")
        self._accounts.forget()

    def end_here(self, token: str) -> None:
        """End the session of a token; a token that is none, or a key, stays as it is."""
        with self._store.writing() as transaction:
            self._end_here(transaction, token)

    def end_all(self, worker_id: WorkerId, *, but: str = "") -> None:
        """End all sessions of a worker but the one of a token."""
        with self._store.writing() as transaction:
            values: dict[str, SqlValue] = {"worker_id": worker_id, "kept": digest_of_token(but) if but else ""}
            transaction.run("remove_other_sessions", values)
        self._accounts.forget()

    def make_key(self, worker_id: WorkerId) -> str:
        """Make a key and return it; it cannot be shown again."""
        return self._accounts.issue_token(Holder(HolderKind.WORKER, worker_id), label="key")

    def find_key_holder(self, key: str) -> WorkerId | None:
        """Return whose key it is; None if it is unknown, revoked, or not a worker's. The use is noted."""
        holder = self._accounts.find_holder(key)
        if holder is None or holder.kind is not HolderKind.WORKER:
            return None
        with self._store.writing() as transaction:
            values: dict[str, SqlValue] = {"digest": digest_of_token(key), "now": to_stamp(self._clock.now())}
            transaction.run("note_token_use", values)
        return WorkerId(holder.name)

    def list_keys(self, worker_id: WorkerId) -> list[WorkerKey]:
        """Return a worker's keys in order of creation."""
        with self._store.reading() as transaction:
            rows = transaction.rows("list_worker_keys", {"worker_id": worker_id})
        return [
            WorkerKey(id=token_id_of(row["digest"]), created=to_moment(row["created"]), used=find_moment(row["used"]))
            for row in rows
        ]

    def end_key(self, worker_id: WorkerId, key_id: str) -> None:
        """End a key; sessions that began with it go on.

        Raises:
            NotFound: the worker has no such key.
        """
        with self._store.writing() as transaction:
            values: dict[str, SqlValue] = {"worker_id": worker_id, "id": key_id, "now": to_stamp(self._clock.now())}
            if transaction.find("revoke_worker_key", values) is None:
                raise NotFound(f"worker {worker_id!r} has no key {key_id!r}")
        self._accounts.forget()

    def _end_here(self, transaction: Transaction, token: str) -> None:
        transaction.run("remove_session_of_token", {"digest": digest_of_token(token)})
        self._accounts.forget()
