"""Which store a URL means."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from manyhands.errors import InvalidInput, PlatformUnavailable
from manyhands.store import open_store


def test_a_file_is_made_where_the_url_says(tmp_path: Path) -> None:
    """Three slashes and a path name a file."""
    store = open_store(f"sqlite:///{tmp_path / 'here.db'}")
    assert store.is_shared
    assert (tmp_path / "here.db").exists()
    store.close()


@pytest.mark.parametrize("url", ["sqlite:", "sqlite://", "sqlite:///:memory:"])
def test_memory_is_not_shared(url: str) -> None:
    """Without a path everything stays in the process."""
    store = open_store(url)
    assert not store.is_shared
    store.close()


@pytest.mark.parametrize("url", ["", "file.db", "mysql://host/name", "sqlite:/file.db"])
def test_another_url_is_refused(url: str) -> None:
    """The error names what is possible."""
    with pytest.raises(InvalidInput, match="expected sqlite:///file"):
        open_store(url)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """No folder is made; the error names the one that is missing."""
    with pytest.raises(InvalidInput, match=r"no folder .*nowhere for the database a\.db"):
        open_store(f"sqlite:///{tmp_path / 'nowhere' / 'a.db'}")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """The error proposes a file in the folder."""
    with pytest.raises(InvalidInput, match=r"is a folder; name a file in it, such as .*labels\.db"):
        open_store(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("text", ["x", "text\nbuy milk\n", "buy milk " * 200], ids=["a letter", "short", "long"])
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, text: str) -> None:
    """A text is not taken for a database, however short, and stays as it is."""
    path = tmp_path / "notes.txt"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=r"notes\.txt is not a SQLite database"):
        open_store(f"sqlite:///{path}")
    assert path.read_text() == text


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_a_database_of_another_program_is_left_alone(tmp_path: Path, mode: str) -> None:
    """No table is added to it and nothing of it changes."""
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("CREATE TABLE photo (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(InvalidInput, match=r"photos\.db is a database of another program"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """What `touch` or `mktemp` made is as good as no file."""
    path = tmp_path / "labels.db"
    path.touch()
    open_store(f"sqlite:///{path}").close()
    open_store(f"sqlite:///{path}").close()


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    """The error says what to look at."""
    path = tmp_path / "labels.db"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises(PlatformUnavailable, match=r"labels\.db cannot be opened: .*; see that it is whole"):
        open_store(f"sqlite:///{path}")
