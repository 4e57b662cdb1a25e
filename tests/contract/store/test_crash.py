"""A process that dies at any moment leaves a platform that goes on."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from manyhands.crowd import AssignmentId, AssignmentStatus
from manyhands.store import SqliteStore
from tests.unit.platform.house import House, reals

#: Works until it is killed, and says what was acknowledged.
WORKER = """
import sys
from pathlib import Path
from tests.unit.platform.house import House
from manyhands.store import SqliteStore

house = House(SqliteStore(Path(sys.argv[1])))
pool = house.platform.list_open_pools()[0]
for name in (f"w{number}" for number in range(100)):
    house.worker(name)
    for turn in range(50):
        page = house.take(name, pool)
        if turn % 5 == 4:
            house.platform.skip(page.assignment_id, page.worker_id)
            continue
        house.hand_in(page)
        print("submitted", page.assignment_id, flush=True)
        house.accept(page)
        print("accepted", page.assignment_id, flush=True)
"""


@pytest.mark.parametrize("life_s", [0.02, 0.11, 0.23])
def test_what_was_acknowledged_survives_kill(tmp_path: Path, life_s: float) -> None:
    """After kill -9 every acknowledged page is there, and everything that always holds still holds."""
    path = tmp_path / "platform.db"
    house = House(SqliteStore(path))
    pool = house.pool(*reals(200, overlap=100), budget_id=house.budget("1000"))
    house.platform.close()
    acknowledged = run_and_kill(path, life_s)
    house = House(SqliteStore(path))
    house.audit()
    status = {page.id: page.status for page in house.platform.list_assignments(pool.id, limit=100_000)}
    done = {AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED}
    for word, page_id in acknowledged:
        assert status[AssignmentId(page_id)] in (done if word == "submitted" else {AssignmentStatus.ACCEPTED})
    house.worker("late")
    house.accept(house.work("late", pool))
    house.audit()
    house.platform.close()


def run_and_kill(path: Path, life_s: float) -> list[list[str]]:
    """Let a process work for a while after its first page, kill it, and return what it had acknowledged."""
    command = [sys.executable, "-c", WORKER, str(path)]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(life_s)
        process.send_signal(signal.SIGKILL)
        lines = [first, *process.stdout.read().splitlines()]
    # The last line may be cut short.
    return [line.split() for line in lines if len(line.split()) == 2 and len(line.split()[1]) == 36]
