"""Every Python block of the README and of docs/ runs, in order, page by page, in an empty folder."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser


def _enter_empty_folder(namespace: dict[str, object]) -> None:
    patch, folder = pytest.MonkeyPatch(), TemporaryDirectory()
    patch.chdir(Path(folder.name))
    namespace["_cleaners"] = (patch.undo, folder.cleanup)


def _leave_folder(namespace: dict[str, object]) -> None:
    cleaners = namespace["_cleaners"]
    if isinstance(cleaners, tuple):
        for clean in cleaners:
            clean()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser()],
    patterns=["README.md", "docs/*.md"],
    setup=_enter_empty_folder,
    teardown=_leave_folder,
).pytest()
