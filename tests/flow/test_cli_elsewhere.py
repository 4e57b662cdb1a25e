"""Launches seen from other terminals: status, stop, resume and results while another process launches, or none any more."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from manyhands.cli.app import app
from manyhands.cli.exits import ExitCode
from manyhands.crowd import AssignmentStatus, PoolId
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import SqliteStore
from tests.patience import PATIENCE_S
from tests.unit.cli.actions.launch_files.example_files import write_example
from tests.unit.cli.people_at_work import answer_pages, take_page

#: Generous, because the machine may be busy; nothing waits longer than it has to.

#: Pause between two looks at what another process does.
_LOOK_EVERY_S = 0.05

PROGRAM = [sys.executable, "-c", "from manyhands.cli import main; main()"]


class House:
    """A folder with a launch file and a database, and the programs that work on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "weather.db"
        self.running: list[subprocess.Popen[str]] = []

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start a program and return it."""
        process = subprocess.Popen(
            [*PROGRAM, *arguments], cwd=self.folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.running.append(process)
        return process

    def run(self, *arguments: str) -> tuple[int, Any]:
        """Carry a command out in this process, which is another one than that of the launch; return its exit code and its JSON."""
        result = self.call(*arguments, "--json")
        return result.exit_code, json.loads(result.stdout)

    def call(self, *arguments: str) -> Result:
        """Carry a command out in this process, on the database of the house."""
        return CliRunner().invoke(app, [*arguments, "--platform", str(self.database)])

    def status(self, name: str = "weather") -> dict[str, Any]:
        """Return the status of a launch."""
        return next(one for one in self.run("status")[1] if one["name"] == name)

    def let_time_pass(self) -> None:
        """Forget what was heard of runners, as if it were long ago."""
        with SqliteStore(self.database).writing() as transaction:
            transaction.run("remove_runners_before", {"seen": time.time_ns()})

    def wait_until_open(self) -> None:
        """Wait until pages can be taken."""
        self._wait(lambda platform: bool(platform.list_open_pools()))

    def wait_until_paid(self, page_count: int) -> None:
        """Wait until so many pages of the launch are accepted."""
        self._wait(lambda platform: self._page_count(platform, AssignmentStatus.ACCEPTED) >= page_count)

    def _page_count(self, platform: EmbeddedPlatform, status: AssignmentStatus) -> int:
        pool_id = PoolId((platform.journal.find("weather") or {})["pool_id"])
        return sum(page.status is status for page in platform.list_assignments(pool_id))

    def _wait(self, is_there: Callable[[EmbeddedPlatform], bool]) -> None:
        deadline_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline_s:
            if self.database.exists():
                with EmbeddedPlatform.in_file(self.database) as platform:
                    if is_there(platform):
                        return
            time.sleep(_LOOK_EVERY_S)
        message = f"it did not happen in {PATIENCE_S} s"
        raise TimeoutError(message)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Return a folder with the example launch file; programs that still run are ended afterwards."""
    write_example(tmp_path)
    house = House(tmp_path)
    yield house
    for process in house.running:
        process.kill()
        process.communicate()


def results_in(house: House) -> list[dict[str, Any]]:
    """Return the rows of the results file."""
    rows: list[dict[str, Any]] = json.loads(
        (house.folder / "weather-results" / "weather_results.json").read_text(encoding="utf-8")
    )
    return rows


def test_a_launch_is_seen_and_finished_from_other_processes(house: House) -> None:
    """While one process launches and people answer, another one sees status and results; in the end all agree."""
    process = house.begin("launch", "weather.toml", "--yes", "--json")
    house.wait_until_open()
    assert (house.status()["state"], house.status()["file"]) == ("running", str(house.folder / "weather.toml"))
    assert answer_pages(house.database, "ann", page_limit=1) == 1
    house.wait_until_paid(1)
    half = house.run("results", "weather")[1]
    assert sorted(row["overlap"] for row in half) == [0, 1, 1]
    answer_pages(house.database, "ann", "bob", "cid", "dan", "eve")
    printed = process.communicate(timeout=PATIENCE_S)[0]
    launch = json.loads(printed)["launches"][0]
    assert (process.returncode, launch["state"], launch["finished_count"]) == (ExitCode.FINISHED, "finished", 3)
    assert [row["result"] for row in results_in(house)] == ["yes", "no", "no"]
    assert house.run("results", "weather")[1] == results_in(house)
    assert house.status()["paid_usd"] == launch["paid_usd"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminate"])
def test_an_interrupted_launch_pays_closes_and_writes(house: House, number: signal.Signals) -> None:
    """A signal closes the pool, pays what was submitted, and writes what is known; the exit code says that it is unfinished."""
    process = house.begin("launch", "weather.toml", "--yes", "--json")
    house.wait_until_open()
    answer_pages(house.database, "ann", page_limit=1)
    house.wait_until_paid(1)
    take_page(house.database, "bob")
    process.send_signal(number)
    process.send_signal(number)
    launch = json.loads(process.communicate(timeout=PATIENCE_S)[0])["launches"][0]
    assert process.returncode == ExitCode.STOPPED
    assert (launch["state"], launch["stop_reason"], launch["answer_count"]) == ("stopped", "interrupted", 2)
    assert sorted(row["overlap"] for row in results_in(house)) == [0, 1, 1]
    with EmbeddedPlatform.in_file(house.database) as platform:
        assert platform.list_open_pools() == []


def test_stop_reaches_the_process_that_launched(house: House) -> None:
    """`stop` in another terminal ends the launch there, which writes its results and says that it is unfinished."""
    process = house.begin("launch", "weather.toml", "--yes", "--json")
    house.wait_until_open()
    code, stopped = house.run("stop", "weather", "--patience", "30")
    process.communicate(timeout=PATIENCE_S)
    assert (code, process.returncode) == (ExitCode.FINISHED, ExitCode.STOPPED)
    assert stopped == [
        {"name": "weather", "state": "stopped", "was_running": True, "was_dead": False, "pages_to_judge": 0}
    ]
    assert len(results_in(house)) == 3
    assert house.run("stop", "weather")[1][0]["was_running"] is False


def test_a_killed_launch_is_closed_and_resumed_by_name(house: House) -> None:
    """After a kill `stop` closes the pool itself, and `resume` finds the file, judges what waited, and goes on to the end."""
    process = house.begin("launch", "weather.toml", "--yes", "--json")
    house.wait_until_open()
    process.kill()
    process.communicate()
    assert answer_pages(house.database, "ann", page_limit=1) == 1
    _, stopped = house.run("stop", "weather", "--patience", "0.2")
    assert (stopped[0]["was_dead"], stopped[0]["pages_to_judge"], stopped[0]["state"]) == (True, 1, "stopped")
    with EmbeddedPlatform.in_file(house.database) as platform:
        assert platform.list_open_pools() == []
    again = house.begin("resume", "weather", "--platform", "weather.db", "--yes", "--json")
    house.wait_until_open()
    answer_pages(house.database, "ann", "bob", "cid", "dan", "eve")
    launch = json.loads(again.communicate(timeout=PATIENCE_S)[0])["launches"][0]
    assert (again.returncode, launch["state"]) == (ExitCode.FINISHED, "finished")
    assert [row["result"] for row in results_in(house)] == ["yes", "no", "no"]
    assert float(launch["paid_usd"]) == pytest.approx(0.05 * launch["pages"]["accepted"])


def test_a_killed_launch_is_told_and_closed_without_waiting(house: House) -> None:
    """Once its process was silent for a while, `status` says that nobody works on the launch, and `stop` waits for nobody."""
    process = house.begin("launch", "weather.toml", "--yes", "--json")
    house.wait_until_open()
    assert house.status()["is_left_alone"] is False
    process.kill()
    process.communicate()
    house.let_time_pass()
    assert (house.status()["state"], house.status()["is_left_alone"]) == ("running", True)
    told = house.call("status").stdout
    assert "running, left" in told
    assert "Nobody works on weather" in told
    began_s = time.monotonic()
    _, stopped = house.run("stop", "weather", "--patience", "600")
    assert (stopped[0]["was_dead"], stopped[0]["state"]) == (True, "stopped")
    assert time.monotonic() - began_s < PATIENCE_S
    assert "Nobody works on" not in house.call("status").stdout


def test_results_are_written_in_the_format_of_the_file(house: House) -> None:
    """`results` prints CSV, writes what the suffix says, and refuses to print what is no text."""
    process = house.begin("launch", "weather.toml", "--yes", "--json")
    house.wait_until_open()
    answer_pages(house.database, "ann", page_limit=1)
    house.wait_until_paid(1)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_S)
    labels_file = house.folder / "out" / "labels.jsonl"
    plain = house.call("results", "weather")
    written = house.call("results", "weather", "--view", "worker_labels", "--output", str(labels_file))
    parquet = house.call("results", "weather", "--format", "parquet")
    assert plain.stdout.splitlines()[0] == "text,result,confidence,overlap"
    assert len(plain.stdout.splitlines()) == 4
    labels = labels_file.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["worker"] for line in labels] == ["ann", "ann"]
    assert f"2 rows are in {labels_file}" in written.stderr
    assert parquet.exit_code == ExitCode.WRONG_INPUT


def test_results_of_other_data_are_refused(house: House) -> None:
    """When labeled objects have left the data file, the results cannot be put together, and the message says so."""
    process = house.begin("launch", "weather.toml", "--yes", "--json")
    house.wait_until_open()
    answer_pages(house.database, "ann", "bob", "cid", page_limit=3)
    house.wait_until_paid(2)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_S)
    (house.folder / "inputs.csv").write_text("text,choice\nIt thunders.,no\n", encoding="utf-8")
    done = house.call("results", "weather")
    assert (done.exit_code, done.stdout) == (ExitCode.WRONG_INPUT, "")
    assert "has changed since 'weather' was launched" in done.stderr
