"""Inviting workers from the command line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.console import Console
from rich.table import Table

from manyhands.cli.screen import print_json
from manyhands.crowd import PoolId
from manyhands.errors import InvalidInput
from manyhands.platform.embedded import EmbeddedPlatform, Invitation, InvitationDraft

from .launch_files.durations import parse_duration

__all__ = ["InvitationWish", "list_invitations", "make_invitation", "revoke_invitation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWish:
    """What somebody wants of an invitation; `lasts` is a span such as ``7d``, None is without end."""

    label: str
    pool: str | None
    skill: str
    lasts: str | None
    uses: int | None


def make_invitation(store_url: str, requester: str, wish: InvitationWish, *, address: str) -> None:
    """Make an invitation and print its link."""
    span = None if wish.lasts is None else _read_span(wish.lasts)
    with EmbeddedPlatform.connect(store_url, requester=requester) as platform:
        draft = InvitationDraft(
            label=wish.label,
            pool_id=None if wish.pool is None else PoolId(wish.pool),
            skill=wish.skill,
            until=None if span is None else platform.clock.now() + span,
            max_uses=wish.uses,
        )
        code = platform.create_invitation(draft)
    print(f"{address.rstrip('/')}/#/join/{code}")


def list_invitations(store_url: str, requester: str, *, is_json: bool) -> None:
    """Print the invitations of a requester."""
    with EmbeddedPlatform.connect(store_url, requester=requester) as platform:
        found, now = platform.list_invitations(), platform.clock.now()
    if is_json:
        print_json([_describe(one, now) for one in found])
        return
    table = Table("id", "label", "pool", "skill", "uses", "until", "state", box=None)
    for one in found:
        uses = f"{one.use_count} of {one.max_uses}" if one.max_uses else str(one.use_count)
        state = "open" if one.is_open(now) else "ended"
        table.add_row(one.id, one.label, one.pool_id or "", one.skill, uses, _write_moment(one.until) or "", state)
    Console().print(table)


def revoke_invitation(store_url: str, requester: str, invitation_id: str) -> None:
    """Revoke an invitation."""
    with EmbeddedPlatform.connect(store_url, requester=requester) as platform:
        platform.revoke_invitation(invitation_id)


def _read_span(text: str) -> timedelta:
    span = parse_duration(text)
    if span is None:
        raise InvalidInput(f"--lasts {text}: expected a span such as 12h or 7d")
    return span


def _describe(one: Invitation, now: datetime) -> dict[str, object]:
    return {
        "id": one.id,
        "label": one.label,
        "pool_id": one.pool_id,
        "skill": one.skill,
        "skill_id": one.skill_id,
        "created": _write_moment(one.created),
        "until": _write_moment(one.until),
        "max_uses": one.max_uses,
        "use_count": one.use_count,
        "is_open": one.is_open(now),
    }


def _write_moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")
