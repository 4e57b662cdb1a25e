"""The store on SQLite: in a file, or in memory for one process."""

import sqlite3
import threading
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType

from manyhands.errors import PlatformUnavailable

from .database_file import refuse_foreign_file, refuse_foreign_tables
from .migrations import migrate
from .ports import Row, SqlValue, Transaction
from .statements import Dialect, load_statements

__all__ = ["SqliteStore"]

#: Other processes hold the file for milliseconds; only adding very many tasks takes longer.
_BUSY_TIMEOUT_S = 60.0
#: Enough for the hot pages of a pool with a million tasks (in KiB, hence negative).
_CACHE_SIZE_KIB = -65_536


class SqliteStore:
    """A store in one SQLite database.

    One connection serves all threads under a lock: SQLite has one writer at a time anyway, and a lock of the process is handed over at
    once, whereas connections that meet in the file sleep and try again.

    Args:
        path: the file, made when it is not there; None keeps everything in memory.

    Raises:
        InvalidInput: there is something else at `path`.
        PlatformUnavailable: the file cannot be opened, or was written by a newer manyhands.

    Example:
        >>> store = SqliteStore(None)
        >>> with store.writing() as transaction:
        ...     transaction.find("create_launch", {"name": "red", "document": "{}"})["name"]
        'red'
    """

    def __init__(self, path: Path | None) -> None:
        self._changed = threading.Condition()
        self._path = path
        self._line = _Line(_open(path), path)
        self._reading = _Turn(self._line)
        self._writing = _Turn(self._line, begin="BEGIN IMMEDIATE", commit="COMMIT", roll_back="ROLLBACK")
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            with self.writing():
                refuse_foreign_tables(self._line.connection, path)
                migrate(self._line.connection.execute, Dialect.SQLITE)
            on_failure.pop_all()

    @property
    def changed(self) -> threading.Condition:
        """For those who wait for each other's changes in this process."""
        return self._changed

    @property
    def is_shared(self) -> bool:
        """Whether other processes may change the database: they may when it is a file."""
        return self._path is not None

    @property
    def writer_count(self) -> int:
        """How many transactions can write at the same time: one."""
        return 1

    def writing(self) -> AbstractContextManager[Transaction]:
        """Return a transaction; it waits for its turn."""
        return self._writing

    def reading(self) -> AbstractContextManager[Transaction]:
        """Return a transaction that only reads."""
        return self._reading

    def close(self) -> None:
        """Close the database."""
        self._line.close()


class _Line:
    """The one connection, its lock, and its mistakes in words."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self.lock = threading.RLock()
        self.connection = connection
        self.transaction = _SqliteTransaction(connection)
        self._name = path or "in memory"
        self._is_open = True

    def close(self) -> None:
        with self.lock:
            self._is_open = False
            self.connection.close()

    def check_is_open(self) -> None:
        if not self._is_open:
            raise PlatformUnavailable(f"the database {self._name} is closed; open the platform again")

    def translate(self, error: BaseException) -> None:
        # The first two are mistakes of ours; to try again would not help.
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)
        ):
            raise PlatformUnavailable(f"the database {self._name} failed: {error}") from error


class _Turn:
    """A turn at the connection, taken by one thread at a time; no generator, because that would cost as much as a short transaction."""

    def __init__(self, line: _Line, *, begin: str = "", commit: str = "", roll_back: str = "") -> None:
        self._line = line
        self._begin = begin
        self._commit = commit
        self._roll_back = roll_back

    def __enter__(self) -> Transaction:
        line = self._line
        line.lock.acquire()
        try:
            line.check_is_open()
            if self._begin:
                line.connection.execute(self._begin)
        except BaseException as error:
            line.lock.release()
            line.translate(error)
            raise
        return line.transaction

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        line = self._line
        try:
            if self._commit:
                line.connection.execute(self._commit if error is None else self._roll_back)
        except sqlite3.DatabaseError as failure:
            line.translate(failure)
            raise
        finally:
            line.lock.release()
        if error is not None:
            line.translate(error)


def _open(path: Path | None) -> sqlite3.Connection:
    try:
        if path is not None:
            refuse_foreign_file(path)
        return _connect(path)
    except (OSError, sqlite3.DatabaseError) as error:
        message = f"the database {path} cannot be opened: {error}; see that it is whole and that you may write to it and its folder"
        raise PlatformUnavailable(message) from error


def _connect(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        ":memory:" if path is None else path,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )
    with ExitStack() as on_failure:
        on_failure.callback(connection.close)
        _configure(connection)
        on_failure.pop_all()
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    # NORMAL: what is committed survives the death of the process at any moment, and the file stays whole when the power fails; only the
    # last moments before a power cut may be missing. FULL would wait for the disk at every page taken and submitted.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = {_CACHE_SIZE_KIB}")


class _SqliteTransaction:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._statements = load_statements(Dialect.SQLITE)

    def run(self, statement: str, values: Mapping[str, SqlValue]) -> None:
        self._connection.execute(self._statements[statement], values)

    def run_many(self, statement: str, values: Iterable[Mapping[str, SqlValue]]) -> None:
        self._connection.executemany(self._statements[statement], values)

    def find(self, statement: str, values: Mapping[str, SqlValue]) -> Row | None:
        # All rows are fetched: a statement that is not read to its end keeps the transaction open.
        rows: list[Row] = self._connection.execute(self._statements[statement], values).fetchall()
        return rows[0] if rows else None

    def rows(self, statement: str, values: Mapping[str, SqlValue]) -> list[Row]:
        return self._connection.execute(self._statements[statement], values).fetchall()
