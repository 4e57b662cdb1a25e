"""Processes of a launch over HTTP: the server with its people, and whoever launches."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.contract.platform.example_cells import BASKETS
from tests.patience import PATIENCE_S

__all__ = ["Works"]

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]
_ENDS_S = 2 * PATIENCE_S


class Works:
    """A folder with a server's file, a journal and results, and the processes that work there.

    Args:
        folder: where everything lies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._port = 0
        # Each server that is started again finds a later day: time does not go back for what is in the file.
        self._day = datetime.now(UTC)
        self._processes: list[subprocess.Popen[str]] = []

    def start_server(self, *, pace: float = 300.0) -> "subprocess.Popen[str]":
        """Start the server, on the port that it had before if there was one, and return when it listens.

        Args:
            pace: seconds on the people's clock for one on the wall.
        """
        self._day += timedelta(days=1)
        arguments = [str(self.folder / "server.db"), str(self._port), self._day.isoformat(), str(pace)]
        server = self._start(sys.executable, "working_server.py", arguments)
        assert server.stdout is not None
        self._port = int(server.stdout.readline())
        return server

    def start_launches(self, way: str, *, python: Path | str = sys.executable) -> "subprocess.Popen[str]":
        """Start the example's cells."""
        return self._start(python, "launching_process.py", [f"http://127.0.0.1:{self._port}", way])

    def wait_for_pages(self, count: int) -> None:
        """Wait until so many pages are accepted."""
        ends_s = time.monotonic() + PATIENCE_S
        while self._count_accepted() < count:
            assert time.monotonic() < ends_s, self._count_accepted()
            time.sleep(0.02)

    def finish(self, launches: "subprocess.Popen[str]") -> None:
        """Wait until the launches are over."""
        _, errors = launches.communicate(timeout=_ENDS_S)
        assert launches.returncode == 0, errors

    def kill(self, process: "subprocess.Popen[str]") -> None:
        """End a process without a chance to put anything in order."""
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def end(self) -> None:
        """Kill what is running."""
        for process in self._processes:
            if process.poll() is None:
                self.kill(process)

    def read_results(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows that each basket's file holds."""
        return {basket: json.loads((self.folder / f"{basket}_results.json").read_text()) for basket in BASKETS}

    def _start(self, python: Path | str, script: str, arguments: list[str]) -> "subprocess.Popen[str]":
        environment = {
            **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
            "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'src'}",
            "PYTHONWARNINGS": "ignore",
            "MANYHANDS_JOURNAL": str(self.folder / "journal"),
        }
        process = subprocess.Popen(
            [str(python), str(_HERE / script), *arguments],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if script == "working_server.py" else subprocess.PIPE,
            text=True,
        )
        self._processes.append(process)
        return process

    def _count_accepted(self) -> int:
        with closing(sqlite3.connect(f"file:{self.folder / 'server.db'}?mode=ro", uri=True, timeout=30)) as connection:
            row = connection.execute("SELECT count(*) FROM assignment WHERE status = 'ACCEPTED'").fetchone()
        return int(row[0])
