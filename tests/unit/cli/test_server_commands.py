"""Tokens from the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from manyhands.cli.actions import serving
from manyhands.cli.app import app
from manyhands.crowd import SystemClock
from manyhands.server import AccountBook, ConsentText, HolderKind, ServerSettings
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


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"terms.md": "Be kind."}, {"": "Be kind."}),
        ({"en.md": "Kind.", "ru.md": "Добро."}, {"en": "Kind.", "ru": "Добро."}),
    ],
    ids=["file", "folder"],
)
def test_the_text_to_agree_to_comes_from_a_file_or_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], expected: dict[str, str]
) -> None:
    """One file is for all languages, a folder holds one for each; sign-up is closed unless it is opened."""
    started: list[ServerSettings] = []
    monkeypatch.setattr(serving, "serve_http", lambda _store, **options: started.append(options["settings"]))
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    path = tmp_path if len(files) > 1 else tmp_path / next(iter(files))
    assert run("serve", "--consent", str(path))[0] == 0
    assert run("serve", "--open-sign-up")[0] == 0
    assert [settings.consent for settings in started] == [ConsentText(expected), ConsentText()]
    assert [settings.is_sign_up_open for settings in started] == [False, True]


def test_a_text_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    """The message names the path."""
    for path in (tmp_path, tmp_path / "gone.md"):
        code, output = run("serve", "--consent", str(path))
        assert code == 2
        assert "--consent" in output
