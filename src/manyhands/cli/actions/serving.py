"""Running the server, and the tokens that open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from manyhands.cli.screen import print_json
from manyhands.crowd import SystemClock
from manyhands.errors import MissingExtra
from manyhands.store import open_store

try:
    from manyhands.server import AccountBook, Holder, HolderKind, ServerSettings
    from manyhands.server import serve as serve_http
except ModuleNotFoundError as error:
    msg = f"The server needs {error.name}, which is not installed; run: pip install 'manyhands[server]'"
    raise MissingExtra(msg) from error

__all__ = ["issue_token", "list_tokens", "revoke_token", "serve"]


def serve(
    store_url: str,
    *,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    is_testing: bool,
    are_private_webhooks_allowed: bool,
) -> None:
    """Serve until a signal comes."""
    serve_http(
        store_url,
        host=host,
        port=port,
        tls_cert=tls_cert,
        tls_key=tls_key,
        settings=ServerSettings(is_testing=is_testing, are_private_webhooks_allowed=are_private_webhooks_allowed),
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
