"""The store on SQLite: in a file, or in memory for one process."""

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from manyhands.errors import PlatformUnavailable

from .checkpoints import Checkpoints
from .database_file import refuse_foreign_file, refuse_foreign_tables
from .migrations import migrate
from .ports import Row, SqlValue, Transaction
from .statements import Dialect, load_statements

__all__ = ["SqliteStore"]

#: Other processes hold the file for milliseconds; only adding very many tasks takes longer.
_BUSY_TIMEOUT_S = 60.0
_BUSY_PAUSE_S = 0.01
#: Pages of the log (16 MiB) after which a commit copies it into the file itself, should `Checkpoints` not come to it.
_LONGEST_LOG_PAGES = 4096
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
        self._announcement = _Announcement()
        self._path = path
        self._checkpoints = None if path is None else Checkpoints(path)
        self._line = _Line(_open(path), path, self._checkpoints)
        self._reading = _Reading(self._line)
        self._writing = _Writing(self._line)
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

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make the transactions of the block durable with one commit at its end."""
        line, announcement = self._line, self._announcement
        with line.lock:
            line.begin()
            announcement.is_put_off = True
            try:
                yield
            except BaseException:
                line.end(is_success=False)
                raise
            else:
                line.end(is_success=True)
            finally:
                announcement.is_put_off = False
        # Not before the lock is free: whoever waits for changes looks into the database while holding the condition.
        if announcement.is_due:
            announcement.is_due = False
            self.announce()

    def announce(self) -> None:
        """Wake those who wait for changes; within `together` at its end."""
        if self._announcement.is_put_off:
            self._announcement.is_due = True
            return
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Close the database."""
        if self._checkpoints is not None:
            self._checkpoints.close()
        self._line.close()


class _Announcement(threading.local):
    """Whether a thread has changes to announce, and whether it puts that off."""

    is_put_off = False
    is_due = False


class _Line:
    """The one connection, its lock, and its mistakes in words."""

    def __init__(self, connection: sqlite3.Connection, path: Path | None, checkpoints: Checkpoints | None) -> None:
        self.lock = threading.RLock()
        self.connection = connection
        self.transaction = _SqliteTransaction(connection)
        self._name = path or "in memory"
        self._checkpoints = checkpoints
        self._is_open = True
        #: Whether the thread that holds the lock carries out several transactions together.
        self.is_together = False

    def close(self) -> None:
        with self.lock:
            self._is_open = False
            self.connection.close()

    def begin(self) -> None:
        """Begin several transactions that are committed together; the caller holds the lock."""
        self.check_is_open()
        self.carry_out("BEGIN IMMEDIATE")
        self.is_together = True

    def end(self, *, is_success: bool) -> None:
        """Commit what was begun, or take all of it back."""
        self.is_together = False
        if not self.connection.in_transaction:
            # SQLite takes a whole transaction back by itself when, for example, the disk is full.
            raise PlatformUnavailable(f"the database {self._name} failed: what was changed together was taken back")
        self.finish(is_success=is_success)

    def finish(self, *, is_success: bool) -> None:
        """End a transaction."""
        self.carry_out("COMMIT" if is_success else "ROLLBACK")
        if is_success and self._checkpoints is not None:
            self._checkpoints.note_commit()

    def check_is_open(self) -> None:
        if not self._is_open:
            raise PlatformUnavailable(f"the database {self._name} is closed; open the platform again")

    def carry_out(self, statement: str) -> None:
        try:
            self.connection.execute(statement)
        except sqlite3.DatabaseError as error:
            self.translate(error)
            raise

    def translate(self, error: BaseException) -> None:
        """Raise what callers understand, if the error is one of the database; the two kinds that are left are mistakes of ours."""
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(
            error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)
        ):
            raise PlatformUnavailable(f"the database {self._name} failed: {error}") from error


class _Reading:
    """A turn at the connection, taken by one thread at a time; no generator, because that would cost as much as a short transaction."""

    def __init__(self, line: _Line) -> None:
        self._line = line

    def __enter__(self) -> Transaction:
        line = self._line
        line.lock.acquire()
        try:
            line.check_is_open()
            self._begin(line)
        except BaseException:
            line.lock.release()
            raise
        return line.transaction

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._end(self._line, is_success=error is None)
        finally:
            self._line.lock.release()
        if error is not None:
            self._line.translate(error)

    def _begin(self, line: _Line) -> None:
        """Begin; nothing is needed for reading."""

    def _end(self, line: _Line, *, is_success: bool) -> None:
        """End; nothing is needed for reading."""


class _Writing(_Reading):
    """A turn that changes something."""

    def _begin(self, line: _Line) -> None:
        line.carry_out("SAVEPOINT turn" if line.is_together else "BEGIN IMMEDIATE")

    def _end(self, line: _Line, *, is_success: bool) -> None:
        if not line.is_together:
            line.finish(is_success=is_success)
            return
        if not is_success:
            line.carry_out("ROLLBACK TO turn")
        line.carry_out("RELEASE turn")


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
    _keep_log(connection)
    # NORMAL: what is committed survives the death of the process at any moment, and the file stays whole when the power fails; only the
    # last moments before a power cut may be missing. FULL would wait for the disk at every page taken and submitted.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {_LONGEST_LOG_PAGES}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = {_CACHE_SIZE_KIB}")


def _keep_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; SQLite itself does not wait when several processes do so in a new file at once."""
    ends_at = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > ends_at:
                raise
            time.sleep(_BUSY_PAUSE_S)
        else:
            return


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
