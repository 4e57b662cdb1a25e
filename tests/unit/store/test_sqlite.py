"""What SQLite does differently: transactions that share a commit, and the log that is copied beside the work."""

import sqlite3
from pathlib import Path

import pytest

from manyhands.errors import PlatformUnavailable
from manyhands.store import SqliteStore


def _add(store: SqliteStore, name: str, document: str = "{}") -> None:
    with store.writing() as transaction:
        transaction.find("create_launch", {"name": name, "document": document})


def _names(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM launch ORDER BY name")]


class _Stop(Exception):
    """Ends a block in the middle."""


def test_nobody_else_sees_what_goes_together_before_its_end(tmp_path: Path) -> None:
    """Other processes see all of it at once."""
    store = SqliteStore(tmp_path / "store.db")
    with store.together():
        _add(store, "red")
        _add(store, "blue")
        assert _names(tmp_path / "store.db") == []
    assert _names(tmp_path / "store.db") == ["blue", "red"]
    store.close()


def test_a_block_that_raises_takes_everything_back() -> None:
    """Nothing of what went together is left, and the store works on."""
    store = SqliteStore(None)

    def add_and_stop() -> None:
        _add(store, "red")
        raise _Stop

    with pytest.raises(_Stop), store.together():
        add_and_stop()
    _add(store, "blue")
    with store.reading() as transaction:
        assert [row["name"] for row in transaction.rows("list_launches", {})] == ["blue"]


def test_a_full_disk_is_told_and_nothing_of_the_bundle_is_kept(tmp_path: Path) -> None:
    """Who waited for the commit learns that it did not happen; the database stays whole."""
    path = tmp_path / "store.db"
    store = SqliteStore(path)
    _add(store, "first")
    with store.reading():
        pages = store._line.connection.execute("PRAGMA page_count").fetchone()[0]
        store._line.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(PlatformUnavailable, match="full"):
        _add(store, "too large", "x" * 200_000)
    with pytest.raises(PlatformUnavailable), store.together():
        _add(store, "too large", "x" * 200_000)
    assert _names(path) == ["first"]
    store.close()


def test_a_store_that_is_closed_says_so() -> None:
    """Bundles, too."""
    store = SqliteStore(None)
    store.close()
    with pytest.raises(PlatformUnavailable, match="closed"), store.together():
        pass


def test_the_log_is_copied_while_work_goes_on(tmp_path: Path) -> None:
    """After many commits most of what was written stands in the file itself, and closing ends the thread."""
    path = tmp_path / "store.db"
    store = SqliteStore(path)
    before = path.stat().st_size
    for number in range(600):
        _add(store, f"launch {number}", "x" * 1000)
    assert store._checkpoints is not None
    copier = store._checkpoints._thread
    assert copier is not None
    store.close()
    assert not copier.is_alive()
    assert path.stat().st_size > before + 200_000
    assert len(_names(path)) == 600


def test_a_store_with_little_to_do_needs_no_thread(tmp_path: Path) -> None:
    """The copier begins with the first need."""
    store = SqliteStore(tmp_path / "store.db")
    _add(store, "red")
    assert store._checkpoints is not None
    assert store._checkpoints._thread is None
    store.close()
