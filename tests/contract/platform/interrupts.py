"""How soon the example's launches are over after Ctrl-C, wherever they run: ``python -m tests.contract.platform.interrupts`` prints it."""

import signal
import subprocess
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from tests.contract.platform.processes import Works
from tests.flow.example_runs import SLOW, run_example

__all__ = ["measure"]

#: A grace of one second, and as much again for everything else.
_LIMIT_S = 2.0
_WAYS = ("embedded", "own server", "public API", "far public API")
_SHOWN = {"far public API": "public API, 150 ms away"}
_RUN_COUNT = 3


def measure(way: str) -> float:
    """Return the seconds from SIGINT to the end of the process, with every file written and every pool closed."""
    with TemporaryDirectory() as folder:
        return _measure_here(Path(folder)) if way == "embedded" else _measure_over_http(Path(folder), way)


def _measure_here(folder: Path) -> float:
    process = run_example(folder, before=SLOW)
    assert process.stdout is not None
    process.stdout.readline()
    return _interrupt(process)


def _measure_over_http(folder: Path, way: str) -> float:
    works = Works(folder)
    try:
        works.start_server(pace=40.0)
        launches = works.start_launches(way)
        works.wait_for_pages(12)
        return _interrupt(launches)
    finally:
        works.end()


def _interrupt(process: "subprocess.Popen[str]") -> float:
    began_s = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    took_s = time.monotonic() - began_s
    assert process.returncode == 0, errors
    return took_s


def main() -> None:
    """Print how long it took."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Whatever runs in the background of a shell ignores interrupts, and so would all that it starts.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    table = Table(title="From SIGINT to the end of the process, three baskets in the middle of the work")
    for column in ("where", "median", "longest", "limit", "longest / limit"):
        table.add_column(column, justify="left" if column == "where" else "right")
    for way in _WAYS:
        took_s = [measure(way) for _ in range(_RUN_COUNT)]
        share = max(took_s) / _LIMIT_S
        table.add_row(
            _SHOWN.get(way, way), f"{median(took_s):.2f} s", f"{max(took_s):.2f} s", f"{_LIMIT_S:.0f} s", f"{share:.2f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
