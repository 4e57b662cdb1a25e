"""The commands around the server; what they do is loaded when they are carried out."""

from pathlib import Path
from typing import Annotated

import typer

from . import actions
from .options import JsonOption

__all__ = ["DEFAULT_STORE", "StoreOption", "issue_token", "list_tokens", "revoke_token", "serve", "token"]

token = typer.Typer(help="Give out, list and revoke the tokens with which requesters sign in.", no_args_is_help=True)

StoreOption = Annotated[
    str,
    typer.Option(
        "--store",
        envvar="MANYHANDS_STORE",
        metavar="URL",
        help="Where everything is kept: sqlite:///file.db or postgresql://host/name.",
    ),
]
DEFAULT_STORE = "sqlite:///manyhands.db"


def serve(
    *,
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[
        str, typer.Option(help="The address to listen on; 127.0.0.1 can be reached from this machine only.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.", min=0, max=65535)] = 8000,
    tls_cert: Annotated[
        Path | None,
        typer.Option(help="Certificates in PEM; with them the server speaks HTTPS only.", show_default=False),
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option(help="The key in PEM, if it is not beside the certificates.", show_default=False)
    ] = None,
    open_sign_up: Annotated[
        bool,
        typer.Option("--open-sign-up", help="Let anybody become a worker, with a password or a passkey, uninvited."),
    ] = False,
    consent: Annotated[
        Path | None,
        typer.Option(
            help="What workers agree to before they begin, in Markdown: a file, or a folder with en.md, ru.md and so on.",
            show_default=False,
        ),
    ] = None,
    testing: Annotated[
        bool,
        typer.Option("--testing", help="Let programs register as workers. Never on a server that others can reach."),
    ] = False,
    private_webhooks: Annotated[
        bool,
        typer.Option(
            "--private-webhooks",
            help="Let webhooks point to this machine and its private network. Only where you trust every requester.",
        ),
    ] = False,
) -> None:
    """Serve the API for requesters and workers, until Ctrl-C.

    Prints its addresses. The first requester's token is taken from MANYHANDS_REQUESTER_TOKEN; otherwise one is made and shown once.
    """
    switches = actions.ServerSwitches(
        is_testing=testing,
        are_private_webhooks_allowed=private_webhooks,
        is_sign_up_open=open_sign_up,
        consent=consent,
    )
    actions.serve(store, host=host, port=port, tls_cert=tls_cert, tls_key=tls_key, switches=switches)


@token.command("new")
def issue_token(
    requester: Annotated[str, typer.Argument(help="The requester's account; it is made if there is none.")],
    *,
    label: Annotated[str, typer.Option(help="What the token is for, so that you find it again.")] = "",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Make a token for a requester and show it, this once."""
    actions.issue_token(store, requester, label=label)


@token.command("list")
def list_tokens(
    requester: Annotated[str, typer.Argument(help="The requester's account.")],
    *,
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """List a requester's tokens; what they are is not kept anywhere."""
    actions.list_tokens(store, requester, is_json=as_json)


@token.command("revoke")
def revoke_token(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="The token's id, as `token list` shows it.")],
    *,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Revoke a token; a running server refuses it within seconds."""
    actions.revoke_token(store, token_id)
