"""A launch that is killed at any step goes on as if nothing had happened."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("killed_launches.py")
TASK_COUNT = 8 + 30


def problems_of(row: dict[str, Any]) -> list[str]:
    """Return what went wrong with a launch that was killed at one step."""
    checks = {
        "the second call failed": row["second_exit"] == 0,
        "it did not finish": row.get("state") == "finished" and row["unfinished_count"] == 0,
        "tasks are missing or published twice": (row.get("task_count"), row.get("distinct_task_count"))
        == (TASK_COUNT, TASK_COUNT),
        "a page was left in review": row.get("unjudged_count") == 0,
        "an accepted answer was lost or counted twice": row.get("vote_count") == row.get("accepted_answer_count"),
        "a bonus was lost or paid twice": row.get("bonus_count")
        == row.get("bonus_page_count")
        == row.get("accepted_page_count"),
        "somebody was paid twice or not at all": row.get("paid") == row.get("owed"),
        "money stayed reserved": float(row.get("reserved", 1)) == 0,
        "the pool stayed open": row.get("is_pool_closed") is True,
        "a task was given to more workers than asked for": row.get("taken_excess", 1) <= 0,
        "a restriction was given twice": row.get("restriction_count") == row.get("distinct_restriction_count"),
    }
    return [f"step {row['strike']}: {problem}: {row}" for problem, is_right in checks.items() if not is_right]


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_launch_killed_at_any_step_goes_on(tmp_path: Path, moment: str) -> None:
    """After SIGKILL around every changing call: nothing published twice, nobody paid twice, no answer lost."""
    process = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path), moment],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    rows = [json.loads(line) for line in process.stdout.splitlines()]
    *killed, survivor = rows
    assert len(killed) > 40
    assert {row["first_exit"] for row in killed} == {-signal.SIGKILL}
    assert survivor["first_exit"] == 0
    assert [problem for row in rows for problem in problems_of(row)] == []
