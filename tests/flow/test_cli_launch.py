"""`manyhands launch`, seen from one terminal: dry runs, questions, rehearsals."""

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from manyhands.cli.app import app
from manyhands.cli.exits import ExitCode
from tests.patience import PATIENCE_S
from tests.unit.cli.actions.launch_files.example_files import write_example

EXAMPLES = Path(__file__).parents[2] / "examples"

TRUTH = 'threshold = 0.5\n[rehearsal]\ntruth = "inputs.csv"'

runner = CliRunner()


@pytest.fixture(autouse=True)
def _in_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_dry_run_shows_the_price_and_makes_nothing(tmp_path: Path) -> None:
    """Three objects, two a page, two to three answers: 4 to 6 pages of five cents; no database appears."""
    path = write_example(tmp_path)
    before = set(tmp_path.iterdir())
    result = runner.invoke(app, ["launch", str(path), "--dry-run", "--json"])
    assert result.exit_code == ExitCode.FINISHED
    assert json.loads(result.stdout)["launches"] == [
        {
            "name": "weather",
            "object_count": 3,
            "control_count": 2,
            "least_price_usd": "0.2",
            "most_price_usd": "0.3",
            "budget_usd": "5",
            "advice": json.loads(result.stdout)["launches"][0]["advice"],
        }
    ]
    assert set(tmp_path.iterdir()) == before
    shown = runner.invoke(app, ["launch", str(path), "--dry-run"])
    assert "$0.20 to $0.30" in shown.stdout
    assert "nothing was published" in shown.stdout


def test_all_baskets_are_checked_before_anything_is_published(tmp_path: Path) -> None:
    """Two baskets with a control object among their inputs: both are named, exit code 2, no database."""
    for basket in ("red", "blue"):
        (tmp_path / f"{basket}.csv").write_text("text\nWater is wet.\n", encoding="utf-8")
    path = write_example(
        tmp_path, ('inputs = "inputs.csv"\n', ""), ("[data]", '[baskets]\nred = "red.csv"\nblue = "blue.csv"\n[data]')
    )
    result = runner.invoke(app, ["launch", str(path), "--yes"])
    assert result.exit_code == ExitCode.WRONG_INPUT
    assert "weather/red: " in result.stderr
    assert "weather/blue: " in result.stderr
    assert not (tmp_path / "weather.db").exists()


def test_nobody_there_to_agree_publishes_nothing(tmp_path: Path) -> None:
    """Without a terminal and without --yes the launch is refused instead of hanging."""
    result = runner.invoke(app, ["launch", str(write_example(tmp_path))])
    assert (result.exit_code, result.stdout) == (ExitCode.WRONG_INPUT, "")
    assert "--yes" in result.stderr


@pytest.mark.parametrize("answer", ["n\n", "\n", "\x03"], ids=["no", "a bare return key", "Ctrl-C"])
def test_a_requester_who_declines_publishes_nothing(tmp_path: Path, answer: str) -> None:
    """In a terminal the price is shown and the question asked; no, nothing and Ctrl-C all mean no."""
    path = write_example(tmp_path)
    code, shown = _talk([sys.executable, "-c", "from manyhands.cli import main; main()", "launch", str(path)], answer)
    assert code == ExitCode.DECLINED
    assert re.search(r"Publish 3 objects for \$0\.20 to \$0\.30\?", shown)
    assert not (tmp_path / "weather.db").exists()


def _talk(command: list[str], answer: str) -> tuple[int, str]:
    """Run a command in a terminal, answer its question, and return its exit code and what it showed."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env={**os.environ, "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = ""
    while "(n)" not in shown:
        shown += os.read(ours, 4096).decode()
    try:
        if answer == "\x03":
            code = _interrupt(process)
        else:
            os.write(ours, answer.encode())
            code = process.wait(timeout=PATIENCE_S)
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    return code, shown


def _interrupt(process: subprocess.Popen[bytes]) -> int:
    """Press Ctrl-C until the command ends.

    Once is not enough at times: Python notes a signal that arrives just before it blocks in reading a terminal, and
    looks at the note only when the read returns.
    """
    for _ in range(10):
        process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            # A second one in the middle of the end would cut it short.
            return process.wait(timeout=20)
    raise AssertionError("the command went on after ten interrupts")


def test_a_rehearsal_with_known_truth_finds_it(tmp_path: Path) -> None:
    """The example of the repository is rehearsed to its end, writes its files, and finds most of the experts' labels."""
    result = runner.invoke(
        app, ["launch", str(EXAMPLES / "entailment.toml"), "--rehearse", "--json", "--output", "out"]
    )
    assert (result.exit_code, result.stderr) == (ExitCode.FINISHED, "")
    summary = json.loads(result.stdout)
    launch = summary["launches"][0]
    assert (summary["is_truth_known"], launch["state"], launch["finished_count"]) == (True, "finished", 60)
    assert float(launch["paid_usd"]) <= 20
    assert launch["accuracy"] > 0.75
    predictions = json.loads((tmp_path / "out" / "entailment_results.json").read_text(encoding="utf-8"))
    labels = pd.read_csv(tmp_path / "out" / "entailment_worker_labels.csv")
    assert [len(predictions), len(labels)] == [60, launch["answer_count"]]
    assert not (EXAMPLES / "entailment.db").exists()


def test_a_rehearsal_without_truth_says_that_it_is_drawn(tmp_path: Path) -> None:
    """Where nobody knows what is right, a newcomer is told that the labels mean nothing."""
    result = runner.invoke(app, ["launch", str(write_example(tmp_path)), "--rehearse", "--workers", "20"])
    assert result.exit_code == ExitCode.FINISHED
    assert "drawn at random (seed 0)" in " ".join(result.stdout.split())
    assert (tmp_path / "weather-rehearsal" / "weather_results.json").exists()


def test_the_same_seed_rehearses_the_same() -> None:
    """A rehearsal is repeatable, and another seed is another rehearsal."""
    command = ["launch", str(EXAMPLES / "entailment_launch.py"), "--rehearse", "--json", "--output", "out"]
    first, again, other = (runner.invoke(app, [*command, "--seed", seed]).stdout for seed in "112")
    assert first == again
    assert first != other
    assert {launch["name"] for launch in json.loads(first)["launches"]} == {
        "entailment_launch/red",
        "entailment_launch/green",
    }


def test_a_rehearsal_that_nobody_finishes_stops_and_says_so(tmp_path: Path) -> None:
    """One worker cannot give two answers to an object: when the crowd has gone home, the launch is stopped and results are written."""
    path = write_example(tmp_path, ("threshold = 0.5", TRUTH))
    result = runner.invoke(app, ["launch", str(path), "--rehearse", "--json", "--workers", "1", "--careless", "0"])
    assert result.exit_code == ExitCode.STOPPED
    launch = json.loads(result.stdout)["launches"][0]
    assert (launch["state"], launch["finished_count"]) == ("stopped", 0)
    assert (tmp_path / "weather-rehearsal" / "weather_results.json").exists()


def test_an_incomplete_truth_is_refused(tmp_path: Path) -> None:
    """A truth that says nothing about some objects would make the rehearsal mean two things at once."""
    (tmp_path / "truth.csv").write_text("text,choice\nIt rains.,yes\n", encoding="utf-8")
    path = write_example(tmp_path, ("threshold = 0.5", TRUTH.replace("inputs.csv", "truth.csv")))
    result = runner.invoke(app, ["launch", str(path), "--rehearse"])
    assert result.exit_code == ExitCode.WRONG_INPUT
    assert "says nothing about 2 input objects" in result.stderr


@pytest.mark.parametrize("option", [["--accuracy", "2"], ["--careless", "-1"]], ids=["accuracy", "careless"])
def test_an_impossible_crowd_is_refused(tmp_path: Path, option: list[str]) -> None:
    """Numbers out of range are wrong input."""
    result = runner.invoke(app, ["launch", str(write_example(tmp_path)), "--rehearse", *option])
    assert result.exit_code == ExitCode.WRONG_INPUT


@pytest.mark.parametrize(
    "arguments",
    [["launch", "{file}", "--yes"], ["launch", "{file}", "--rehearse"], ["demo"]],
    ids=["launch", "rehearsal", "demo"],
)
def test_results_that_could_not_be_written_are_told_before_anything_is_published(
    tmp_path: Path, arguments: list[str]
) -> None:
    """A folder that cannot be made costs no launch: exit code 2, no database, the option that helps."""
    path = write_example(tmp_path)
    before = set(tmp_path.iterdir())
    arguments = [argument.format(file=path) for argument in arguments]
    result = runner.invoke(app, [*arguments, "--output", str(tmp_path / "inputs.csv" / "results")])
    assert (result.exit_code, result.stdout) == (ExitCode.WRONG_INPUT, "")
    assert re.search(r"Results cannot be written to .*results: Not a directory\. Name another folder", result.stderr)
    assert set(tmp_path.iterdir()) == before
