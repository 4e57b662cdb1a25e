"""What holds for all tests: every Python block of the README and of docs/ runs, and random cases are the same in every run."""

import signal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

# A busy machine must not fail a test, and a failure must be seen again in the next run.
settings.register_profile("manyhands", deadline=None, derandomize=True)
settings.load_profile("manyhands")

# Whatever runs in the background of a shell ignores interrupts, and so does all that it starts; here some things are there to be interrupted.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

_WEB_TESTS = Path(__file__).parent / "tests" / "web"


# Blocks run in order, page by page, each page in an empty folder of its own.
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


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one process drive the browser: two at once would be slower on two cores, and pages would wait for each other."""
    for item in items:
        if item.path.is_relative_to(_WEB_TESTS):
            item.add_marker(pytest.mark.xdist_group("web"))
