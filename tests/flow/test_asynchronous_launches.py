"""The cells of the page *Asynchronous launches* run word for word, to the end and into an interrupt."""

import json
import os
import re
import signal
from pathlib import Path

import pytest

from tests.flow.example_runs import BASKETS, EXAMPLE, REPORT, SLOW, read_results, run_example
from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed" / "asynchronous_launches.md"


def read_cells(text: str) -> list[str]:
    """Return the cells of the page."""
    return [cell.strip("\n") for cell in re.split(r"^In \[None\]:\n", text, flags=re.MULTILINE)[1:]]


def test_the_example_holds_the_cells_word_for_word() -> None:
    """Every cell of the page stands in the example, in its order, with nothing between the lines of a cell."""
    if not SEED.exists():
        pytest.skip(f"the page is not beside this checkout ({SEED})")
    example, place = EXAMPLE.read_text(), 0
    for cell in read_cells(SEED.read_text()):
        place = example.index(cell, place) + len(cell)


def test_the_cells_label_three_baskets(tmp_path: Path) -> None:
    """Each basket gets its file with a label for each of its hundred pairs, and every pool is closed."""
    process = run_example(tmp_path, after=REPORT)
    output, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, errors
    results = read_results(tmp_path)
    assert {basket: len(rows) for basket, rows in results.items()} == dict.fromkeys(BASKETS, 100)
    assert all(row["result"] in ("yes", "no") and row["overlap"] >= 2 for rows in results.values() for row in rows)
    report = json.loads(output)
    assert set(report["pools"]) == {"CLOSED"}
    assert not {"SUBMITTED", "ACTIVE"} & set(report["pages"])


def test_an_interrupt_in_the_middle_saves_what_is_known(tmp_path: Path) -> None:
    """After a real SIGINT every file is there with what is known, every pool is closed, submitted pages are judged."""
    process = run_example(tmp_path, before=SLOW, after=REPORT)
    assert process.stdout is not None
    assert process.stdout.readline() == "middle\n"
    os.kill(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, errors
    results = read_results(tmp_path)
    answered = [row for rows in results.values() for row in rows if row["overlap"]]
    assert {basket: len(rows) for basket, rows in results.items()} == dict.fromkeys(BASKETS, 100)
    assert 0 < len(answered) < 300
    report = json.loads(output)
    assert set(report["pools"]) == {"CLOSED"}
    assert "SUBMITTED" not in report["pages"]
