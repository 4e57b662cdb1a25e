"""What every store promises, whatever database it stands on."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from manyhands.errors import PlatformUnavailable
from manyhands.store import SqlValue, Store, Transaction
from tests.patience import PATIENCE_S

#: For tests that open a database twice: one in memory has a single store.
SHARED = pytest.mark.parametrize("store_url", ["sqlite-file", "postgres"], indirect=True)


class _Stop(Exception):
    """Ends a transaction in the middle."""


def add(transaction: Transaction, name: str) -> None:
    """Add a launch."""
    transaction.find("create_launch", {"name": name, "document": "{}"})


def add_and_stop(transaction: Transaction) -> None:
    """Add a launch and raise."""
    add(transaction, "red")
    raise _Stop


def entry(number: int) -> dict[str, SqlValue]:
    """Return the values of an entry of launch red."""
    return {"name": "red", "number": number, "kind": f"k{number}", "document": "{}"}


def names(store: Store) -> list[str]:
    """Return the names of all launches."""
    with store.reading() as transaction:
        return [row["name"] for row in transaction.rows("list_launches", {})]


def test_what_is_committed_is_there(store: Store) -> None:
    """A transaction whose block ends is kept."""
    with store.writing() as transaction:
        add(transaction, "red")
    assert names(store) == ["red"]


def test_a_block_that_raises_leaves_nothing(store: Store) -> None:
    """A transaction whose block raises changes nothing, and the store works on."""
    with pytest.raises(_Stop), store.writing() as transaction:
        add_and_stop(transaction)
    with store.writing() as transaction:
        add(transaction, "blue")
    assert names(store) == ["blue"]


def test_transactions_that_go_together_are_kept(store: Store) -> None:
    """Each of them is kept; one that raises takes nothing of the others with it."""
    with store.together():
        with store.writing() as transaction:
            add(transaction, "blue")
        with pytest.raises(_Stop), store.writing() as transaction:
            add_and_stop(transaction)
        with store.writing() as transaction:
            add(transaction, "green")
        assert names(store) == ["blue", "green"]
    assert names(store) == ["blue", "green"]


def test_changes_are_announced_when_they_can_be_seen(store: Store) -> None:
    """Who waits for changes and is woken finds them, also when they went together with others."""
    found: list[list[str]] = []
    is_waiting = threading.Event()

    def wait() -> None:
        with store.changed:
            is_waiting.set()
            assert store.changed.wait(PATIENCE_S)
            found.append(names(store))

    waiter = threading.Thread(target=wait)
    waiter.start()
    assert is_waiting.wait(PATIENCE_S)
    with store.together():
        with store.writing() as transaction:
            add(transaction, "red")
        store.announce()
        with store.writing() as transaction:
            add(transaction, "blue")
    waiter.join(PATIENCE_S)
    if store.writer_count == 1:
        assert found == [["blue", "red"]]
    else:
        assert "red" in found[0]


def test_threads_whose_transactions_go_together_wait_for_each_other(store: Store) -> None:
    """However many threads bundle their transactions, nothing is lost."""

    def work(number: int) -> None:
        for part in range(5):
            with store.together():
                for place in range(3):
                    with store.writing() as transaction:
                        add(transaction, f"{number} {part} {place}")
                store.announce()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
    assert len(names(store)) == 8 * 5 * 3


def test_find_returns_none_when_there_is_no_row(store: Store) -> None:
    """A statement without an answer answers None."""
    with store.reading() as transaction:
        assert transaction.find("find_launch", {"name": "red"}) is None


def test_run_many_keeps_the_order(store: Store) -> None:
    """Rows are written in the order in which they come, from a generator too."""
    with store.writing() as transaction:
        add(transaction, "red")
        transaction.run_many("add_launch_entry", (entry(number) for number in range(100)))
        rows = transaction.rows("list_launch_entries", {"name": "red"})
    assert [row["kind"] for row in rows] == [f"k{n}" for n in range(100)]


@pytest.mark.parametrize("value", [0, -1, 2**62, 1.5, "", "Größe 😀 %s :name", None], ids=repr)
def test_values_come_back_as_they_went_in(store: Store, value: float | str | None) -> None:
    """Numbers, texts in any language and nothing are kept exactly."""
    is_text = value is None or isinstance(value, str)
    column, other = ("history", "hits") if is_text else ("hits" if isinstance(value, float) else "since", "total")
    values: dict[str, SqlValue] = {"worker_number": 1, "scope": "s"}
    values |= {"total": 0, "hits": 0.0, "history": None, "since": 0, column: value}
    with store.writing() as transaction:
        transaction.find("lock_tally", {"worker_number": 1, "scope": "s"})
        transaction.run("write_tally", values)
        row = transaction.find("lock_tally", {"worker_number": 1, "scope": "s"})
    assert row is not None
    assert (row[column], row[other]) == (value, 0)


def test_threads_lose_no_update(store: Store) -> None:
    """Counting up from many threads at once counts every one, and gives every number once."""

    def count_up(_: int) -> int:
        with store.writing() as transaction:
            row = transaction.find("next_number", {"name": "test", "first": 1, "count": 1})
        assert row is not None
        return int(row["value"])

    with ThreadPoolExecutor(16) as threads:
        assert sorted(threads.map(count_up, range(200))) == list(range(1, 201))


@SHARED
def test_readers_do_not_see_what_is_not_committed(open_again: Callable[[], Store]) -> None:
    """What another store has begun is seen when it is done, and not before."""
    writer, reader = open_again(), open_again()
    with writer.writing() as transaction:
        add(transaction, "red")
        assert names(reader) == []
    assert names(reader) == ["red"]


@SHARED
def test_two_stores_lose_no_update(open_again: Callable[[], Store]) -> None:
    """Two stores on one database wait for each other, as two processes do."""
    stores = [open_again(), open_again()]

    def count_up(turn: int) -> int:
        with stores[turn % 2].writing() as transaction:
            row = transaction.find("next_number", {"name": "test", "first": 1, "count": 1})
        return 0 if row is None else int(row["value"])

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(count_up, range(60))) == list(range(1, 61))


@SHARED
def test_opening_again_finds_everything(open_again: Callable[[], Store]) -> None:
    """The schema is made once; what was written survives closing."""
    store = open_again()
    with store.writing() as transaction:
        add(transaction, "red")
    store.close()
    assert names(open_again()) == ["red"]


def test_many_processes_may_make_the_schema_at_once(open_again: Callable[[], Store]) -> None:
    """Stores that are opened at the same moment on an empty database all work."""
    barrier = threading.Barrier(4)

    def open_together(_: int) -> list[str]:
        barrier.wait()
        return names(open_again())

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(open_together, range(4))) == [[], [], [], []]


@SHARED
def test_a_newer_schema_is_refused(open_again: Callable[[], Store]) -> None:
    """A database of a newer manyhands is not touched."""
    store = open_again()
    with store.writing() as transaction:
        transaction.run("add_schema_version", {"version": 999})
    with pytest.raises(PlatformUnavailable, match="install a newer manyhands"):
        open_again()


def test_a_closed_store_says_so(store: Store) -> None:
    """Closing twice is fine; using a closed store is unavailable, not a riddle."""
    store.close()
    store.close()
    with pytest.raises(PlatformUnavailable, match="closed"), store.reading() as transaction:
        transaction.rows("list_launches", {})
