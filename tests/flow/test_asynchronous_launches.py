"""The cells of the page *Asynchronous launches* run word for word, to the end and into an interrupt."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "asynchronous_launches.py"
SEED = ROOT.parent / "shared" / "seed" / "asynchronous_launches.md"
BASKETS = ("red", "green", "blue")

#: Put in front of the example: a clock that runs so slowly that the launches are in the middle when the interrupt comes, and a report at the end.
_SLOW = """
import functools, threading, time, manyhands as mh
mh.VirtualClock = functools.partial(mh.VirtualClock, pace=60.0)

def tell_the_middle():
    while True:
        time.sleep(0.05)
        entries = mh.connect_to(toloka_client).journal.list() if "toloka_client" in globals() else []
        pools = [entry["pool_id"] for _, entry in entries if "pool_id" in entry]
        if sum(page.status == "ACCEPTED" for pool in pools for page in toloka_client.list_assignments(pool)) >= 10:
            print("middle", flush=True)
            return

threading.Thread(target=tell_the_middle, daemon=True).start()
"""
_REPORT = """
import json, sys
pools = [pool for pool in (toloka_client.get_pool(entry["pool_id"]) for _, entry in mh.connect_to(toloka_client).journal.list())]
pages = [page for pool in pools for page in toloka_client.list_assignments(pool.id, limit=100000)]
print(json.dumps({"pools": [pool.status for pool in pools], "pages": [page.status for page in pages]}))
"""


def read_cells(text: str) -> list[str]:
    """Return the cells of the page."""
    return [cell.strip("\n") for cell in re.split(r"^In \[None\]:\n", text, flags=re.MULTILINE)[1:]]


def run_example(folder: Path, *, before: str = "", after: str = "") -> "subprocess.Popen[str]":
    """Start the example in a folder of its own, with code before and after it."""
    script = folder / "run.py"
    script.write_text(f"{before}\nexec(compile(open({str(EXAMPLE)!r}).read(), {str(EXAMPLE)!r}, 'exec'))\n{after}")
    return subprocess.Popen(
        [sys.executable, str(script)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def read_results(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that each basket's file holds."""
    return {basket: json.loads((folder / f"{basket}_results.json").read_text()) for basket in BASKETS}


def test_the_example_holds_the_cells_word_for_word() -> None:
    """Every cell of the page stands in the example, in its order, with nothing between the lines of a cell."""
    if not SEED.exists():
        pytest.skip(f"the page is not beside this checkout ({SEED})")
    example, place = EXAMPLE.read_text(), 0
    for cell in read_cells(SEED.read_text()):
        place = example.index(cell, place) + len(cell)


def test_the_cells_label_three_baskets(tmp_path: Path) -> None:
    """Each basket gets its file with a label for each of its hundred pairs, and every pool is closed."""
    process = run_example(tmp_path, after=_REPORT)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    results = read_results(tmp_path)
    assert {basket: len(rows) for basket, rows in results.items()} == dict.fromkeys(BASKETS, 100)
    assert all(row["result"] in ("yes", "no") and row["overlap"] >= 2 for rows in results.values() for row in rows)
    report = json.loads(output)
    assert set(report["pools"]) == {"CLOSED"}
    assert not {"SUBMITTED", "ACTIVE"} & set(report["pages"])


def test_an_interrupt_in_the_middle_saves_what_is_known(tmp_path: Path) -> None:
    """After a real SIGINT every file is there with what is known, every pool is closed, submitted pages are judged, all within two seconds."""
    process = run_example(tmp_path, before=_SLOW, after=_REPORT)
    assert process.stdout is not None
    assert process.stdout.readline() == "middle\n"
    sent_s = time.monotonic()
    os.kill(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    stop_s = time.monotonic() - sent_s
    assert process.returncode == 0, errors
    results = read_results(tmp_path)
    answered = [row for rows in results.values() for row in rows if row["overlap"]]
    assert {basket: len(rows) for basket, rows in results.items()} == dict.fromkeys(BASKETS, 100)
    assert 0 < len(answered) < 300
    report = json.loads(output)
    assert set(report["pools"]) == {"CLOSED"}
    assert "SUBMITTED" not in report["pages"]
    # The two seconds of the promise, and as much again for a busy machine that starts writing files.
    assert stop_s < 4
