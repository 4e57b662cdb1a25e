"""Where progress is shown."""

import importlib
import json
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from manyhands.errors import MissingExtra
from manyhands.launches.display.screens import LineScreen, LiveScreen
from tests.unit.launches.display.progresses import FINISHED, NOW, RUNNING, make_many

_HIDE_CURSOR, _SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


def make_console(*, is_terminal: bool) -> tuple[Console, StringIO]:
    """Return a console of 100 columns and 24 lines, and what it writes."""
    file = StringIO()
    environment = {"TERM": "xterm-256color"}
    return Console(file=file, width=100, height=24, force_terminal=is_terminal, _environ=environment), file


def test_lines_come_at_most_every_ten_seconds() -> None:
    """A log file is not flooded, however often the launches are looked at."""
    console, file = make_console(is_terminal=False)
    seconds = [0.0]
    with LineScreen(console, lambda: seconds[0]) as screen:
        for second in range(100):
            seconds[0] = second / 4
            screen.show([RUNNING], NOW + timedelta(seconds=second / 4))
    lines = file.getvalue().splitlines()
    assert [line.split(":")[2].split()[0] for line in lines] == ["00", "10", "20"]
    assert all("67% of 100 objects done" in line for line in lines)


def test_a_line_is_not_wrapped_and_has_no_control_codes() -> None:
    """What reads the log finds one launch per line."""
    console, file = make_console(is_terminal=False)
    screen = LineScreen(console)
    screen.show(make_many(50), NOW)
    assert len(file.getvalue().splitlines()) == 1
    screen.conclude([FINISHED], NOW)
    assert "100/100" in file.getvalue()
    assert "\x1b" not in file.getvalue()


def test_a_live_table_is_overwritten_and_taken_away() -> None:
    """In the end the cursor is back and as many lines are erased as were drawn."""
    console, file = make_console(is_terminal=True)
    with LiveScreen(console) as screen:
        screen.show([RUNNING], NOW)
        drawn_count = file.getvalue().count("\n")
        screen.show([FINISHED], NOW)
        assert file.getvalue().count("\x1b[1A") >= drawn_count
    written = file.getvalue()
    assert written.count(_HIDE_CURSOR) == written.count(_SHOW_CURSOR) == 1
    assert drawn_count < console.height
    last = written[written.rindex(_SHOW_CURSOR) :]
    assert last.count("\x1b[2K") >= drawn_count
    assert "entailment" not in last


_IN_A_NOTEBOOK = """
import json
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
shell.display_pub = CapturingDisplayPublisher()
from manyhands.launches.display.notebook import NotebookScreen
from tests.unit.launches.display.progresses import FINISHED, NOW, RUNNING
with NotebookScreen() as screen:
    screen.show([RUNNING], NOW)
    screen.show([RUNNING], NOW)
screen.conclude([FINISHED], NOW)
shown = [(o["update"], o["transient"]["display_id"], o["data"]["text/html"]) for o in shell.display_pub.outputs]
print(json.dumps(shown))
"""


def test_a_notebook_replaces_one_output(tmp_path: Path) -> None:
    """The first page makes an output and every further page updates it, without widgets."""
    pytest.importorskip("IPython")
    environment = {**os.environ, "IPYTHONDIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", _IN_A_NOTEBOOK], check=True, capture_output=True, env=environment)
    shown = json.loads(run.stdout)
    assert [is_update for is_update, _, _ in shown] == [False, True, True]
    assert len({display_id for _, display_id, _ in shown}) == 1
    assert "67%" in shown[0][2]
    assert "100%" in shown[2][2]


def test_a_missing_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without IPython the display of a notebook names the command."""
    monkeypatch.setitem(sys.modules, "IPython.display", None)
    monkeypatch.delitem(sys.modules, "manyhands.launches.display.notebook", raising=False)
    with pytest.raises(MissingExtra, match=r"pip install 'manyhands\[notebook\]'"):
        importlib.import_module("manyhands.launches.display.notebook")
