"""The program as a whole: help, version, errors and environment variables."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from manyhands.cli.app import app
from manyhands.cli.exits import ExitCode

COMMANDS = ("demo", "launch", "status", "stop", "resume", "results")

runner = CliRunner()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """Help says what a command does, and every option but help itself has an environment variable."""
    result = runner.invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    options = [line for line in result.stdout.splitlines() if line.startswith("│ --") and "--help" not in line]
    assert result.exit_code == 0
    assert len(options) >= 2
    assert result.stdout.count("[env var: MANYHANDS_") == len(options)


def test_the_program_lists_its_commands_and_the_way_in() -> None:
    """A newcomer reads which commands there are and where to begin."""
    result = runner.invoke(app, ["--help"], env={"COLUMNS": "120"})
    assert all(f" {command} " in result.stdout for command in COMMANDS)
    assert "New here? manyhands demo" in result.stdout


def test_the_version_is_that_of_the_package() -> None:
    """The version is the installed one."""
    result = runner.invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, "manyhands 0.1.0\n")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["lunch"], id="unknown command"),
        pytest.param(["launch"], id="no file"),
        pytest.param(["launch", "x.toml", "--yess"], id="unknown option"),
        pytest.param(["launch", "gone.toml"], id="no such file"),
        pytest.param(["status", "--platform", "gone.db"], id="no such platform"),
        pytest.param(["results", "x", "--platform", "gone.db"], id="nothing to take results from"),
        pytest.param(["stop", "x", "--platform", "ftp://gone"], id="a place of no kind"),
    ],
)
def test_wrong_input_has_exit_code_2(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with the command line is said on the standard error, and no database appears by itself."""
    monkeypatch.chdir(tmp_path)
    result = runner.invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (ExitCode.WRONG_INPUT, "")
    assert result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_error_is_one_message_without_a_traceback(tmp_path: Path) -> None:
    """Somebody who is no developer reads what is wrong; with --traceback a developer sees where."""
    command = [sys.executable, "-c", "from manyhands.cli import main; main()"]
    call = ["status", "--platform", "gone.db"]
    plain = subprocess.run([*command, *call], cwd=tmp_path, capture_output=True, text=True, check=False)
    traced = subprocess.run([*command, "--traceback", *call], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (plain.returncode, plain.stdout) == (2, "")
    assert plain.stderr.startswith("Error: There is no database ")
    assert "Traceback" not in plain.stderr
    assert "Traceback" in traced.stderr


def test_options_come_from_the_environment_too(tmp_path: Path) -> None:
    """An option that is not given is taken from its variable."""
    variables = {
        "MANYHANDS_DEMO_SEED": "3",
        "MANYHANDS_DEMO_OUTPUT": str(tmp_path / "here"),
        "MANYHANDS_JSON": "1",
    }
    result = runner.invoke(app, ["demo"], env=variables)
    assert json.loads(result.stdout)["seed"] == 3
    assert len(list((tmp_path / "here").iterdir())) == 6
