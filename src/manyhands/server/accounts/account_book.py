"""Who may come in: requesters' accounts, and tokens of which only the digest is kept."""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from manyhands.crowd import Clock, Money
from manyhands.errors import NotFound
from manyhands.server.stamps import find_moment, to_moment, to_stamp, to_ticks
from manyhands.store import Row, SqlValue, Store

__all__ = [
    "SESSION_REST",
    "AccessToken",
    "AccountBook",
    "Holder",
    "HolderKind",
    "RequesterAccount",
    "digest_of_token",
    "token_id_of",
]

#: 256 bits cannot be guessed, so a digest without salt and stretching gives nothing away.
_TOKEN_BYTES = 32
#: As many as the statements compare that end a token.
_SHOWN_DIGITS = 12
#: A session that nobody used for so long has ended.
SESSION_REST = timedelta(days=90)
#: The last use of a session is kept this exactly, so that using it costs no writing.
_USE_STEP = timedelta(hours=1)
_TOKENS_REMEMBERED = 50_000


class HolderKind(StrEnum):
    """Whom a token stands for, and so which doors it opens."""

    #: Somebody who publishes and pays.
    REQUESTER = "requester"
    #: Somebody who answers.
    WORKER = "worker"
    #: Somebody who may give out money on a testing server.
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a valid token stands for: the name of a requester or an administrator, the id of a worker."""

    kind: HolderKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterAccount:
    """A requester; `balance` is what was credited and not spent, and may be negative: budgets limit spending, not balances."""

    requester: str
    name: str
    created: datetime
    balance: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    """What is known of a token.

    Attributes:
        id: the first digits of its digest; names it, opens nothing.
        revoked: since when it opens nothing; None while it is valid.
    """

    id: str
    holder: Holder
    label: str
    created: datetime
    revoked: datetime | None


class AccountBook:
    """Accounts of requesters, and everybody's tokens, in a store. Thread-safe; every change is durable.

    Args:
        store: where they are kept.
        clock: the time at which things happen.
        memory_s: seconds for which a valid token is believed to be valid still.

    Example:
        >>> from manyhands.crowd import SystemClock
        >>> from manyhands.store import SqliteStore
        >>> book = AccountBook(SqliteStore(None), clock=SystemClock())
        >>> token = book.issue_token(Holder(HolderKind.REQUESTER, "default"), label="notebook")
        >>> book.find_holder(token).name
        'default'
    """

    def __init__(self, store: Store, *, clock: Clock, memory_s: float = 0.0) -> None:
        self._store = store
        self._clock = clock
        self._memory_s = memory_s
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, Holder]] = {}

    def put_requester(self, requester: str, name: str = "") -> RequesterAccount:
        """Return the account of a requester, made if it is not there."""
        values: dict[str, SqlValue] = {"requester": requester, "name": name or requester, "created": self._now()}
        with self._store.writing() as transaction:
            transaction.run("create_requester_account", values)
        return self.get_requester(requester)

    def get_requester(self, requester: str) -> RequesterAccount:
        """Return the account of a requester, with its balance as it is now.

        Raises:
            NotFound: there is no such account.
        """
        with self._store.reading() as transaction:
            row = transaction.find("find_requester_account", {"requester": requester})
            costs = transaction.find("find_requester_costs", {"requester": requester})
        if row is None or costs is None:
            raise NotFound(f"there is no account of requester {requester!r}")
        return RequesterAccount(
            requester=requester,
            name=row["name"],
            created=to_moment(row["created"]),
            balance=Money.from_units(row["credit"] - int(costs["pools"]) - int(costs["bonuses"])),
        )

    def credit(self, requester: str, amount: Money) -> None:
        """Add to a requester's balance; a negative amount takes away.

        Raises:
            NotFound: there is no such account.
        """
        with self._store.writing() as transaction:
            values: dict[str, SqlValue] = {"requester": requester, "amount": amount.units}
            if transaction.find("change_requester_credit", values) is None:
                raise NotFound(f"there is no account of requester {requester!r}")

    def issue_token(self, holder: Holder, *, label: str = "") -> str:
        """Make a token and return it; it cannot be shown again."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self.put_token(token, holder, label=label)
        return token

    def put_token(self, token: str, holder: Holder, *, label: str = "") -> None:
        """Make a token valid that was chosen elsewhere; one that is known stays as it is, also when it was revoked."""
        values = {"digest": digest_of_token(token), "kind": holder.kind.value, "owner": holder.name, "label": label}
        with self._store.writing() as transaction:
            transaction.run("create_access_token", {**values, "created": self._now()})

    def recall_holder(self, token: str) -> Holder | None:
        """Return whom a token stands for, if it was asked for a moment ago; costs no look into the store."""
        known = self._known.get(digest_of_token(token))
        return known[1] if known is not None and known[0] > time.monotonic() else None

    def find_holder(self, token: str) -> Holder | None:
        """Return whom a token stands for; None if it is unknown, revoked, or a session that has rested for too long."""
        digest, now = digest_of_token(token), time.monotonic()
        with self._store.reading() as transaction:
            row = transaction.find("find_access_token", {"digest": digest})
        if row is None or row["revoked"] is not None or not self._is_fresh(row):
            return None
        holder = _holder(row)
        self._remember(digest, holder, until=now + self._memory_s)
        return holder

    def list_tokens(self, name: str) -> list[AccessToken]:
        """Return the tokens of a requester, worker or administrator in order of creation, revoked ones too."""
        with self._store.reading() as transaction:
            rows = transaction.rows("list_access_tokens", {"owner": name})
        return [_token(row) for row in rows]

    def revoke_token(self, token_id: str) -> None:
        """End a token; one that has ended stays as it is.

        Raises:
            NotFound: there is no valid token of this id.
        """
        with self._store.writing() as transaction:
            values: dict[str, SqlValue] = {"token_id": token_id, "now": self._now()}
            if transaction.find("revoke_access_token", values) is None:
                raise NotFound(f"there is no valid token {token_id!r}; list the tokens to see their ids")
        self.forget()

    def forget(self) -> None:
        """Forget which tokens were valid a moment ago, because one of them has ended."""
        with self._lock:
            self._known.clear()

    def new_name(self) -> str:
        """Return a name for somebody new, such as a worker's id: 32 hexadecimal digits that nobody can guess."""
        return secrets.token_hex(16)

    def _is_fresh(self, row: Row) -> bool:
        """Return whether a token is no session, or one that was used not long ago; then note that it is used."""
        if not row["is_session"]:
            return True
        now = self._now()
        rest = now - row["used"]
        if to_ticks(_USE_STEP) <= rest < to_ticks(SESSION_REST):
            with self._store.writing() as transaction:
                transaction.run("note_token_use", {"digest": row["digest"], "now": now})
        return bool(rest < to_ticks(SESSION_REST))

    def _remember(self, digest: str, holder: Holder, *, until: float) -> None:
        with self._lock:
            if len(self._known) >= _TOKENS_REMEMBERED:
                self._known.clear()
            self._known[digest] = (until, holder)

    def _now(self) -> int:
        return to_stamp(self._clock.now())


def digest_of_token(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_id_of(digest: str) -> str:
    """Return the id of the token with this digest."""
    return digest[:_SHOWN_DIGITS]


def _holder(row: Row) -> Holder:
    return Holder(HolderKind(row["kind"]), row["owner"])


def _token(row: Row) -> AccessToken:
    return AccessToken(
        id=token_id_of(row["digest"]),
        holder=_holder(row),
        label=row["label"],
        created=to_moment(row["created"]),
        revoked=find_moment(row["revoked"]),
    )
