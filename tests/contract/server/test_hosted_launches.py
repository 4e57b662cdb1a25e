"""Launches that outlive the process that launched them, and every server that goes on with them."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

import manyhands as mh
from manyhands.crowd import AssignmentStatus, PoolId, Solution, WorkerId, WorkerProfile
from manyhands.errors import NoWork
from manyhands.store import SqliteStore
from tests.contract.server.live_server import LiveServer, options
from tests.web.site import wait_until

_LAUNCH = """
import sys
from datetime import timedelta
from dataclasses import replace
import manyhands as mh
from tests.flow.parity import CONTROLS, PARAMS, SPEC, numbers

control = mh.Control(mh.RuleBuilder().add_static_reward(0.5).build())
mh.launch(SPEC, replace(PARAMS, control=control), numbers(0, 12), CONTROLS, sys.argv[1], name="red", budget=10)
"""
_ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the file of a store on which a launch was begun by a process that was killed."""
    file = tmp_path / "server.db"
    process = subprocess.Popen([sys.executable, "-c", _LAUNCH, str(file)], cwd=_ROOT)
    with mh.EmbeddedPlatform.in_file(file) as platform:
        wait_until(lambda: bool(platform.list_open_pools()))
    process.kill()
    process.wait()
    _let_time_pass(file)
    return file


def _let_time_pass(file: Path) -> None:
    """Forget what was heard of runners, as if it were long ago."""
    with SqliteStore(file).writing() as transaction:
        transaction.run("remove_runners_before", {"seen": time.time_ns()})


def _work(file: Path, name: str, page_count: int) -> None:
    """Let a worker answer some pages right."""
    with mh.EmbeddedPlatform.in_file(file) as platform:
        worker = WorkerId(name)
        platform.register_worker(worker, WorkerProfile())
        pool = PoolId((platform.journal.find("red") or {})["pool_id"])
        for _ in range(page_count):
            try:
                page = platform.take(worker, pool)
            except NoWork:
                return
            labels = ["odd" if int(task.input_values["text"]) % 2 else "even" for task in page.tasks]
            solutions = [Solution(output_values={"choice": label}) for label in labels]
            platform.submit(page.assignment_id, worker, solutions=solutions)


def _accepted_count(file: Path) -> int:
    with mh.EmbeddedPlatform.in_file(file) as platform:
        pool = PoolId((platform.journal.find("red") or {})["pool_id"])
        return [page.status for page in platform.list_assignments(pool)].count(AssignmentStatus.ACCEPTED)


def _state(file: Path) -> str:
    with mh.EmbeddedPlatform.in_file(file) as platform:
        return str((platform.journal.find("red") or {})["state"])


def _resume(server: LiveServer) -> httpx.Response:
    (pool,) = httpx.get(f"{server.address}/api/v1/pools", **options()).json()["items"]
    return httpx.post(f"{server.address}/api/requester/pools/{pool['id']}/resume", **options())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "ended"])
def test_a_launch_goes_on_through_the_death_of_everybody(file: Path, how: signal.Signals) -> None:
    """A server judges what a dead process has published; the next server goes on unasked, and the launch finishes."""
    with LiveServer(file) as server:
        _work(file, "ann", 1)
        assert _resume(server).json() == {"success": True}
        wait_until(lambda: _accepted_count(file) == 1)
        assert _resume(server).status_code == 400
        server.end(how)
        if how is signal.SIGKILL:
            _let_time_pass(file)
        assert _state(file) == "running"
        _work(file, "bob", 1)
        assert _accepted_count(file) == 1
        with LiveServer(file):
            wait_until(lambda: _accepted_count(file) == 2)
            for name in ("ann", "bob", "cid", "dan", "eve"):
                _work(file, name, 3)
            wait_until(lambda: _state(file) == "finished")
    with mh.EmbeddedPlatform.in_file(file) as platform:
        findings = mh.find_out("red", platform)
    assert findings.facts.finished_count == 12
    assert float(findings.timeline.paid[-1]) == pytest.approx(0.05 * _accepted_count(file))


def test_a_server_that_ends_in_order_leaves_a_launch_to_the_next_at_once(file: Path) -> None:
    """Nobody waits until it is taken for dead."""
    with LiveServer(file) as server:
        _resume(server)
        wait_until(lambda: _state(file) == "running")
        server.end(signal.SIGTERM)
    with SqliteStore(file).reading() as transaction:
        assert transaction.rows("list_attended_launches", {}) == []


def test_of_two_servers_one_goes_on(file: Path) -> None:
    """Both are asked, and the launch has one runner."""
    with LiveServer(file) as first, LiveServer(file) as second:
        answers = [_resume(server).status_code for server in (first, second)]
        _work(file, "ann", 1)
        wait_until(lambda: _accepted_count(file) == 1)
        with mh.EmbeddedPlatform.in_file(file) as platform:
            steps = [entry.kind for entry in platform.journal.entries("red")]
    assert 200 in answers
    # Once by the process that was killed, once by a server.
    assert steps.count("running") == 2
