"""What the embedded platform and the journal need of a database."""

import threading
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Any, Protocol

__all__ = ["Row", "SqlValue", "Store", "Transaction"]

#: What a statement takes.
SqlValue = int | float | str | bytes | None


class Row(Protocol):
    """A row of an answer: column name → value."""

    def __getitem__(self, column: str, /) -> Any:
        """Return the value of a column."""
        ...


class Transaction(Protocol):
    """Runs named statements (see `load_statements`) within one transaction; used by one thread, within its `with` block."""

    def run(self, statement: str, values: Mapping[str, SqlValue]) -> None:
        """Run a statement whose answer nobody needs; it may be sent together with those that follow."""
        ...

    def run_many(self, statement: str, values: Iterable[Mapping[str, SqlValue]]) -> None:
        """Run a statement once for each set of values, in order."""
        ...

    def find(self, statement: str, values: Mapping[str, SqlValue]) -> Row | None:
        """Run a statement and return its first row, or None."""
        ...

    def rows(self, statement: str, values: Mapping[str, SqlValue]) -> list[Row]:
        """Run a statement and return its rows, in order."""
        ...


class Store(Protocol):
    """A database with the schema of manyhands. Thread-safe.

    Every method raises `PlatformUnavailable` when the database does not answer.
    """

    @property
    def changed(self) -> threading.Condition:
        """For those who wait for each other's changes in this process; whoever changes something that is waited for calls `announce`."""
        ...

    @property
    def is_shared(self) -> bool:
        """Whether other processes may change the database."""
        ...

    @property
    def writer_count(self) -> int:
        """How many transactions can write at the same time; more threads than that only wait for each other."""
        ...

    def writing(self) -> AbstractContextManager[Transaction]:
        """Return a transaction that is committed at the end of its block, or rolled back when the block raises.

        Transactions that change the same pool wait for each other. They do not nest.
        """
        ...

    def reading(self) -> AbstractContextManager[Transaction]:
        """Return a transaction that only reads; it sees what was committed when it began, or later."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """Let the transactions of this thread within the block become durable together at its end, if that is faster.

        A transaction that fails takes nothing of the others with it. What they changed must not be told to anybody before the block has ended: when
        the block raises, nothing of it was done.
        """
        ...

    def announce(self) -> None:
        """Wake those who wait for changes in this process; within `together` they are woken at its end."""
        ...

    def close(self) -> None:
        """Release the database; closing it again does nothing."""
        ...
