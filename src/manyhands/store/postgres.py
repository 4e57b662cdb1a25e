"""The store on PostgreSQL: for platforms that outgrow one machine."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import Any

from manyhands.errors import MissingExtra, PlatformUnavailable

from .migrations import migrate
from .ports import Row, SqlValue, Transaction
from .statements import Dialect, load_statements

try:
    import psycopg
    from psycopg.rows import dict_row
except ImportError as error:
    raise MissingExtra("PostgreSQL needs psycopg; install it with: pip install 'manyhands[postgres]'") from error

__all__ = ["PostgresStore"]

#: More transactions at once than the server has cores to spare only wait for each other.
_CONNECTION_LIMIT = 8
#: Any number, the same in every process: who holds it changes the schema.
_SCHEMA_LOCK = 7_202_611_22

_Connection = psycopg.Connection[dict[str, Any]]


class PostgresStore:
    """A store in one PostgreSQL database, shared by any number of processes.

    A transaction runs on a connection of its own. Transactions on the same pool wait for each other, because each of them first locks the row
    of its pool; transactions on different pools only meet at their budget and, at their end, at the counter of events.

    Args:
        url: ``postgresql://user@host/name``, or a connection string of libpq.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._idle: list[_Connection] = []
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(_CONNECTION_LIMIT)
        self._changed = threading.Condition()
        self._is_open = True
        with ExitStack() as on_failure:
            on_failure.callback(self.close)
            self._migrate()
            on_failure.pop_all()

    @property
    def changed(self) -> threading.Condition:
        """For those who wait for each other's changes in this process."""
        return self._changed

    @property
    def is_shared(self) -> bool:
        """Whether other processes may change the database: they may."""
        return True

    @property
    def writer_count(self) -> int:
        """How many transactions can write at the same time."""
        return _CONNECTION_LIMIT

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """Return a transaction; what it locks is waited for at the first statement that touches it."""
        with self._connection() as connection, connection.transaction():
            yield _PostgresTransaction(connection)

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """Return a transaction that only reads; each of its statements sees what is committed when it begins."""
        with self._connection() as connection:
            yield _PostgresTransaction(connection)

    def together(self) -> AbstractContextManager[None]:
        """Let the transactions of the block be as they are: each is durable by itself."""
        return nullcontext()

    def announce(self) -> None:
        """Wake those in this process who wait for changes."""
        with self._changed:
            self._changed.notify_all()

    def close(self) -> None:
        """Close the connections that nobody uses; the others are closed when they come back."""
        with self._lock:
            self._is_open = False
            while self._idle:
                self._idle.pop().close()

    def _migrate(self) -> None:
        with self._connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SCHEMA_LOCK,))
            migrate(connection.execute, Dialect.POSTGRES)

    @contextmanager
    def _connection(self) -> Iterator[_Connection]:
        with self._free:
            try:
                connection = self._take()
                try:
                    yield connection
                finally:
                    self._give_back(connection)
            except (psycopg.OperationalError, psycopg.InterfaceError) as error:
                raise PlatformUnavailable(f"PostgreSQL failed: {error}") from error

    def _take(self) -> _Connection:
        with self._lock:
            if not self._is_open:
                raise PlatformUnavailable("the connection to PostgreSQL is closed; open the platform again")
            if self._idle:
                return self._idle.pop()
        return psycopg.connect(self._url, autocommit=True, row_factory=dict_row)

    def _give_back(self, connection: _Connection) -> None:
        with self._lock:
            if self._is_open and not connection.broken:
                self._idle.append(connection)
                return
        connection.close()


class _PostgresTransaction:
    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._statements = load_statements(Dialect.POSTGRES)

    def run(self, statement: str, values: Mapping[str, SqlValue]) -> None:
        self._connection.execute(self._text(statement), values)

    def run_many(self, statement: str, values: Iterable[Mapping[str, SqlValue]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(self._text(statement), values)

    def find(self, statement: str, values: Mapping[str, SqlValue]) -> Row | None:
        return self._connection.execute(self._text(statement), values).fetchone()

    def rows(self, statement: str, values: Mapping[str, SqlValue]) -> list[Row]:
        return [*self._connection.execute(self._text(statement), values).fetchall()]

    def _text(self, statement: str) -> Any:
        return self._statements[statement]
