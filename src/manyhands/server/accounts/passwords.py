"""Passwords of workers: checked slowly on purpose, kept as what cannot be turned back."""

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from manyhands.crowd import Clock, WorkerId
from manyhands.server.refusals import Refused, Word
from manyhands.server.stamps import to_stamp
from manyhands.store import Row, SqlValue, Store, Transaction

from .password_rules import find_name_problem, find_password_problem, fold_name, tidy

__all__ = ["NewPassword", "PasswordBook"]

#: Argon2id with the parameters that OWASP's cheat sheet on password storage asks for: a server that people work on has little to spare.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
#: The hash of a text that nobody knows, so that an unknown name takes as long as a wrong password.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$r9GfhOyEfrDcdvSM8Av7cg$2yq4pCCq+tttrqMSsH5gtMH7ezo1a7r9xZxMW+lx7/c"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPassword:
    """A user name and the hash of a password, checked and ready to be kept."""

    name: str
    hash: str


class PasswordBook:
    """User names and passwords in a store; a user name belongs to one worker, whatever its case. Thread-safe; every change is durable.

    Args:
        store: where they are kept.
        clock: the time at which things happen.

    Example:
        >>> from manyhands.crowd import SystemClock
        >>> from manyhands.store import SqliteStore
        >>> store = SqliteStore(None)
        >>> book = PasswordBook(store, clock=SystemClock())
        >>> with store.writing() as transaction:
        ...     book.create(transaction, WorkerId("w"), book.prepare("Ada", "red horse, green stair"))
        >>> book.find_worker("ada", "red horse, green stair")
        'w'
    """

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def prepare(self, name: str, password: str) -> NewPassword:
        """Return what is to be kept of a user name and a password. Cost: some hundredths of a second, and 19 MiB.

        Raises:
            Refused: the name cannot be one, or the password is easy to guess.
        """
        problem = find_name_problem(name)
        if problem is not None:
            raise Refused(Word.NAME_UNSUITABLE, f"The user name is not taken: {problem}.")
        return NewPassword(name=tidy(name), hash=_hash(name, password))

    def create(self, transaction: Transaction, worker_id: WorkerId, new: NewPassword) -> None:
        """Give a worker a user name and a password within a transaction.

        Raises:
            Refused: somebody has this name, or the worker has a password already.
        """
        values = {"worker_id": worker_id, "name": new.name, "name_key": fold_name(new.name), "hash": new.hash}
        if transaction.find("create_password", {**values, "now": self._now()}) is None:
            raise Refused(Word.NAME_TAKEN, f"The user name {new.name!r} is taken; choose another one.")

    def find_worker(self, name: str, password: str) -> WorkerId | None:
        """Return whom a name and a password stand for; None if one of them is wrong, after the same time. Cost: like `prepare`."""
        row = self._find_row(name)
        known = _NOBODY if row is None else str(row["hash"])
        if not _is_right(known, password) or row is None:
            return None
        if _HASHER.check_needs_rehash(known):
            values = {"worker_id": row["worker_id"], "old_hash": known, "hash": _HASHER.hash(tidy(password))}
            with self._store.writing() as transaction:
                transaction.run("renew_password_hash", values)
        return WorkerId(row["worker_id"])

    def find_name(self, worker_id: WorkerId) -> str | None:
        """Return a worker's user name; None for a worker without a password."""
        with self._store.reading() as transaction:
            row = transaction.find("find_password", {"worker_id": worker_id})
        return None if row is None else str(row["name"])

    def change(self, worker_id: WorkerId, *, current: str, password: str) -> None:
        """Replace a worker's password. Cost: twice that of `prepare`.

        Raises:
            Refused: the current password is wrong, or the new one is easy to guess.
        """
        with self._store.reading() as transaction:
            row = transaction.find("find_password", {"worker_id": worker_id})
        if row is None or not _is_right(row["hash"], current):
            raise _is_wrong()
        values: dict[str, SqlValue] = {"worker_id": worker_id, "old_hash": row["hash"], "now": self._now()}
        with_hash = {**values, "hash": _hash(row["name"], password)}
        with self._store.writing() as transaction:
            if transaction.find("replace_password_hash", with_hash) is None:
                raise _is_wrong()

    def remove(self, worker_id: WorkerId) -> None:
        """Take a worker's password and user name away; without one nothing changes."""
        with self._store.writing() as transaction:
            transaction.run("remove_password", {"worker_id": worker_id})

    def _find_row(self, name: str) -> Row | None:
        if find_name_problem(name) is not None:
            return None
        with self._store.reading() as transaction:
            return transaction.find("find_password_by_name", {"name_key": fold_name(name)})

    def _now(self) -> int:
        return to_stamp(self._clock.now())


def _hash(name: str, password: str) -> str:
    problem = find_password_problem(password, name=name)
    if problem is not None:
        raise Refused(Word.PASSWORD_UNSUITABLE, f"The password is not taken: {problem}.")
    return _HASHER.hash(tidy(password))


def _is_right(known: str, password: str) -> bool:
    try:
        return _HASHER.verify(known, tidy(password))
    except VerifyMismatchError:
        return False


def _is_wrong() -> Refused:
    return Refused(Word.PASSWORD_WRONG, "The current password is wrong.")
