"""Tokens from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from manyhands.cli.app import app
from manyhands.crowd import SystemClock
from manyhands.server import AccountBook, HolderKind
from manyhands.store import open_store


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    """Return the URL of a new store."""
    return f"sqlite:///{tmp_path / 'labels.db'}"


def run(*arguments: str) -> tuple[int, str]:
    """Run a command and return its exit code and what it printed."""
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def holder_of(store_url: str, token: str) -> str | None:
    """Return whom a token opens the door for."""
    store = open_store(store_url)
    holder = AccountBook(store, clock=SystemClock()).find_holder(token)
    store.close()
    return None if holder is None else f"{HolderKind(holder.kind).value} {holder.name}"


def test_a_new_token_opens_the_account_and_is_listed_without_being_shown(store_url: str) -> None:
    """The token is printed once; the list has its id and label."""
    code, output = run("token", "new", "alice", "--label", "notebook", "--store", store_url)
    token = output.strip()
    assert code == 0
    assert holder_of(store_url, token) == f"{HolderKind.REQUESTER.value} alice"
    code, output = run("token", "list", "alice", "--store", store_url, "--json")
    (row,) = json.loads(output)
    assert (code, row["label"], row["revoked"]) == (0, "notebook", None)
    assert token not in output


def test_a_revoked_token_opens_nothing(store_url: str) -> None:
    """Revoking takes the id from the list."""
    token = run("token", "new", "alice", "--store", store_url)[1].strip()
    (row,) = json.loads(run("token", "list", "alice", "--store", store_url, "--json")[1])
    assert run("token", "revoke", row["id"], "--store", store_url)[0] == 0
    assert holder_of(store_url, token) is None


@pytest.mark.parametrize("arguments", [("list", "nobody"), ("revoke", "0000")], ids=["account", "token"])
def test_what_is_not_there_is_named(store_url: str, arguments: tuple[str, str]) -> None:
    """The error names what was looked for."""
    code, output = run("token", *arguments, "--store", store_url)
    assert code == 1
    assert arguments[1] in output
