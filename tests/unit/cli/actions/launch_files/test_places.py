"""Places as files and options name them."""

from pathlib import Path

import pytest

from manyhands.cli.actions.launch_files import seen_from


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param("labels.db", "sqlite:////data/labels.db", id="a path"),
        pytest.param("/other/labels.db", "sqlite:////other/labels.db", id="an absolute path"),
        pytest.param("sqlite:///labels.db", "sqlite:////data/labels.db", id="a URL of a relative file"),
        pytest.param("sqlite:////other/labels.db", "sqlite:////other/labels.db", id="a URL of an absolute file"),
        pytest.param("sqlite://", "sqlite://", id="in memory"),
        pytest.param("sqlite:///:memory:", "sqlite:///:memory:", id="in memory, written out"),
        pytest.param("postgresql://host/name", "postgresql://host/name", id="a server"),
    ],
)
def test_only_relative_files_depend_on_the_folder(place: str, expected: str) -> None:
    """A relative SQLite file is looked for in the folder; every other place stays as it is."""
    assert seen_from(Path("/data"), place) == expected
