"""Which store a URL means."""

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
    """What cannot be opened is unavailable, and the path is in the message."""
    with pytest.raises(PlatformUnavailable, match="nowhere"):
        open_store(f"sqlite:///{tmp_path / 'nowhere' / 'a.db'}")


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    """A text is not taken for a database."""
    path = tmp_path / "notes.txt"
    path.write_text("buy milk " * 200)
    with pytest.raises(PlatformUnavailable, match=r"notes\.txt"):
        open_store(f"sqlite:///{path}")
