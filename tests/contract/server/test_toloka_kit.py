"""An unmodified toloka-kit client, in an environment of its own, against a live server."""

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from manyhands.store import SqliteStore
from tests.contract.kit_environment import find_kit_python
from tests.contract.server.live_server import TOKEN, LiveServer
from tests.unit.server.front_desk import WORK, FrontDesk, recording_form, task_form

_TOUR = Path(__file__).parent / "toloka_kit_tour.py"


def _answer_with_file(desk: FrontDesk) -> str:
    worker, pool_id = desk.worker("zoe"), desk.pool(task_form(), project_id=desk.project(**recording_form()))
    page = desk.take(worker, pool_id)
    file = worker.send(f"/api/worker/pages/{page['id']}/files", b"RIFF....WAVE", name="a.wav").json()
    solutions = [{"output_values": {"record": file["id"]}}]
    worker.ask("POST", f"{WORK}/{page['id']}/submit", {"solutions": solutions})
    return pool_id


@pytest.mark.slow
def test_every_method_of_the_client_works(tmp_path: Path) -> None:
    """What the client sends is understood, and what comes back is what it expects."""
    python = find_kit_python()
    if isinstance(python, str):
        pytest.skip(python)
    file = tmp_path / "kit.db"
    desk = FrontDesk(SqliteStore(file))
    # The live server lives now: pages of long ago would have been accepted by themselves.
    desk.clock.move(seconds=(datetime.now(UTC) - desk.clock.now()).total_seconds())
    pool_id = desk.pool(task_form(overlap=2))
    for name in ("wim", "eva"):
        desk.answer(desk.worker(name), pool_id)
    recording_pool_id = _answer_with_file(desk)
    desk.store.close()
    with LiveServer(file) as server:
        command = [str(python), "-W", "ignore", str(_TOUR), server.address, TOKEN, "wim", pool_id, recording_pool_id]
        environment = {"PATH": "", "NO_PROXY": "127.0.0.1", "PYTHONPATH": ""}
        told = subprocess.run(command, capture_output=True, text=True, timeout=120, env=environment, check=False)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout.splitlines()[-1]) == {}
