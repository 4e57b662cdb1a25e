"""The commands that invite workers; what they do is loaded when they are carried out."""

from typing import Annotated

import typer

from . import actions
from .options import JsonOption
from .server_commands import DEFAULT_STORE, StoreOption

__all__ = ["invitation"]

invitation = typer.Typer(help="Make, list and revoke the links with which people become workers.", no_args_is_help=True)

RequesterOption = Annotated[str, typer.Option("--requester", metavar="NAME", help="Whose invitation it is.")]


@invitation.command("new")
def make_invitation(
    *,
    label: Annotated[str, typer.Option(help="What it is for, so that you find it again.")] = "",
    pool: Annotated[
        str | None, typer.Option(metavar="ID", help="The pool in which they begin to work.", show_default=False)
    ] = None,
    skill: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="A skill that they get with value 1, such as expert; filters ask for it.",
            show_default=False,
        ),
    ] = "",
    lasts: Annotated[
        str | None, typer.Option(metavar="SPAN", help="How long it is valid, such as 12h or 7d.", show_default=False)
    ] = None,
    uses: Annotated[int | None, typer.Option(help="How many people can accept it.", min=1, show_default=False)] = None,
    address: Annotated[
        str, typer.Option(metavar="URL", help="Under which address people reach the server.")
    ] = "http://localhost:8000",
    requester: RequesterOption = "default",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Make an invitation and print its link, this once."""
    wish = actions.InvitationWish(label=label, pool=pool, skill=skill, lasts=lasts, uses=uses)
    actions.make_invitation(store, requester, wish, address=address)


@invitation.command("list")
def list_invitations(
    *,
    requester: RequesterOption = "default",
    store: StoreOption = DEFAULT_STORE,
    as_json: JsonOption = False,
) -> None:
    """List a requester's invitations with how often they were accepted; their links are not kept anywhere."""
    actions.list_invitations(store, requester, is_json=as_json)


@invitation.command("revoke")
def revoke_invitation(
    invitation_id: Annotated[str, typer.Argument(metavar="ID", help="Its id, as `invitation list` shows it.")],
    *,
    requester: RequesterOption = "default",
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Revoke an invitation at once; whoever accepted it stays."""
    actions.revoke_invitation(store, requester, invitation_id)
