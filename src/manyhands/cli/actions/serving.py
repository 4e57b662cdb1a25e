"""Running the server, and the tokens that open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from manyhands.cli.screen import print_json
from manyhands.crowd import SystemClock
from manyhands.errors import InvalidInput, MissingExtra
from manyhands.store import open_store

try:
    from manyhands.server import AccountBook, ConsentText, Holder, HolderKind, ServerSettings
    from manyhands.server import serve as serve_http
except ModuleNotFoundError as error:
    msg = f"The server needs {error.name}, which is not installed; run: pip install 'manyhands[server]'"
    raise MissingExtra(msg) from error

__all__ = ["ServerSwitches", "issue_token", "list_tokens", "revoke_token", "serve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSwitches:
    """What can be switched on a server; `consent` is a file, or a folder with a file for each language."""

    is_testing: bool
    are_private_webhooks_allowed: bool
    is_sign_up_open: bool
    consent: Path | None


def serve(
    store_url: str, *, host: str, port: int, tls_cert: Path | None, tls_key: Path | None, switches: ServerSwitches
) -> None:
    """Serve until a signal comes."""
    settings = ServerSettings(
        is_testing=switches.is_testing,
        are_private_webhooks_allowed=switches.are_private_webhooks_allowed,
        is_sign_up_open=switches.is_sign_up_open,
        consent=ConsentText() if switches.consent is None else _read_consent(switches.consent),
    )
    serve_http(
        store_url,
        host=host,
        port=port,
        tls_cert=tls_cert,
        tls_key=tls_key,
        settings=settings,
    )


def issue_token(store_url: str, requester: str, *, label: str) -> None:
    """Make a token for a requester, and the account if there is none, and print the token."""
    with _account_book(store_url) as accounts:
        accounts.put_requester(requester)
        print(accounts.issue_token(Holder(HolderKind.REQUESTER, requester), label=label))


def list_tokens(store_url: str, requester: str, *, is_json: bool) -> None:
    """Print the tokens of a requester."""
    with _account_book(store_url) as accounts:
        tokens = accounts.list_tokens(accounts.get_requester(requester).requester)
    rows = [
        {
            "id": token.id,
            "label": token.label,
            "created": token.created.isoformat(timespec="seconds"),
            "revoked": None if token.revoked is None else token.revoked.isoformat(timespec="seconds"),
        }
        for token in tokens
    ]
    if is_json:
        print_json(rows)
        return
    table = Table("id", "label", "created", "revoked", box=None)
    for row in rows:
        table.add_row(*(value or "" for value in row.values()))
    Console().print(table)


def revoke_token(store_url: str, token_id: str) -> None:
    """Revoke a token."""
    with _account_book(store_url) as accounts:
        accounts.revoke_token(token_id)


@contextmanager
def _account_book(store_url: str) -> Iterator[AccountBook]:
    store = open_store(store_url)
    try:
        yield AccountBook(store, clock=SystemClock())
    finally:
        store.close()


def _read_consent(path: Path) -> ConsentText:
    """Return the text of a file for all languages, or those of the files in a folder, each named for its language."""
    files = {file.stem: file for file in sorted(path.glob("*.md"))} if path.is_dir() else {"": path}
    if not files:
        raise InvalidInput(f"--consent {path}: expected files such as en.md in the folder, found none")
    try:
        return ConsentText({language: file.read_text(encoding="utf-8") for language, file in files.items()})
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"--consent {path} cannot be read: {error}") from error
