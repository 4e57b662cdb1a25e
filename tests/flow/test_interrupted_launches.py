"""A blocking call in the main thread returns what is known when it is interrupted, however often and by whichever signal."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_S

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("interrupted_launches.py")

INTERRUPTS = {
    "once": [(signal.SIGINT, 0.0)],
    "twice": [(signal.SIGINT, 0.0), (signal.SIGINT, 0.2)],
    "impatiently": [(signal.SIGINT, 0.001)] * 40,
    "by SIGTERM": [(signal.SIGTERM, 0.0)],
    "by both": [(signal.SIGTERM, 0.0), (signal.SIGINT, 0.01), (signal.SIGTERM, 0.01)],
}


@pytest.mark.parametrize("interrupts", INTERRUPTS.values(), ids=INTERRUPTS)
@pytest.mark.parametrize("what", ["one", "many"])
def test_an_interrupted_call_returns_what_is_known(what: str, interrupts: list[tuple[signal.Signals, float]]) -> None:
    """Every object is in the results, every pool is closed, and no page is left in review."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), what],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "middle\n"
    for number, pause_s in interrupts:
        time.sleep(pause_s)
        process.send_signal(number)
    output, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0, errors
    facts = json.loads(output)
    assert facts["object_count"] == {"one": 1000, "many": 800}[what]
    assert 0 < facts["unfinished_count"] <= facts["object_count"]
    assert facts["pools"] == ["CLOSED"]
    assert facts["in_review_count"] == 0
