"""Our own doors for requesters: tokens, invitations, launches."""

from typing import Any

from manyhands.crowd import PoolId, PoolStatus
from manyhands.errors import NotFound
from manyhands.platform.embedded import InvitationDraft
from manyhands.server.accounts import Holder, HolderKind
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.refusals import Refused

from .records import (
    Done,
    InvitationChoices,
    InvitationEntry,
    InvitationForm,
    InvitationList,
    Issued,
    LaunchEntry,
    LaunchList,
    PoolChoice,
    TokenEntry,
    TokenForm,
    TokenList,
)

__all__ = ["REQUESTER_DOORS"]

_LONGEST_NAME = 200
#: What launches put before their name to name their pool.
_LAUNCH_PREFIX = "launch:"


def list_launches(desk: RequesterDesk, _call: Call) -> Answer:
    """List the requester's launches that have published something."""
    return Answer(payload=LaunchList(items=[_entry(name, document) for name, document in _own_launches(desk)]))


def stop_launch(desk: RequesterDesk, call: Call) -> Answer:
    """Ask whoever runs a launch to stop it."""
    name = call.path["name"]
    if name not in dict(_own_launches(desk)):
        raise NotFound(f"requester {desk.requester!r} has no launch {name!r}")
    desk.journal.request_stop(name)
    return Answer(payload=Done())


def invite(desk: RequesterDesk, call: Call) -> Answer:
    """Make an invitation; whoever has it may become a worker."""
    form = call.read(InvitationForm)
    for name, text in (("label", form.label), ("skill", form.skill)):
        if len(text) > _LONGEST_NAME or not text.isprintable():
            message = f"expected at most {_LONGEST_NAME} printable characters"
            raise Refused.field(name, "INVALID_VALUE", message=message)
    draft = InvitationDraft(
        label=form.label,
        pool_id=None if form.pool_id is None else PoolId(form.pool_id),
        skill=form.skill.strip(),
        until=form.until,
        max_uses=form.max_uses,
    )
    return Answer(status=201, payload=Issued(token=desk.platform.create_invitation(draft)))


def list_invitations(desk: RequesterDesk, _call: Call) -> Answer:
    """List the requester's invitations."""
    now = desk.platform.clock.now()
    entries = [
        InvitationEntry(
            id=one.id,
            label=one.label,
            pool_id=one.pool_id,
            skill_id=one.skill_id,
            skill=one.skill,
            created=one.created,
            until=one.until,
            max_uses=one.max_uses,
            use_count=one.use_count,
            is_open=one.is_open(now),
        )
        for one in desk.platform.list_invitations()
    ]
    return Answer(payload=InvitationList(items=entries))


def list_choices(desk: RequesterDesk, _call: Call) -> Answer:
    """List what an invitation could bring."""
    titles = {project.id: project.config.name for project in desk.platform.list_projects()}
    pools = [
        PoolChoice(
            id=pool.id,
            # A pool made through the API is called what its requester wrote there.
            name=str(pool.config.foreign.get("private_name") or pool.config.key).removeprefix(_LAUNCH_PREFIX),
            title=titles.get(pool.config.project_id, ""),
        )
        for pool in reversed(desk.records.pools())
        if pool.status is not PoolStatus.ARCHIVED
    ]
    skills = [skill.name for skill in desk.platform.list_own_skills()]
    return Answer(payload=InvitationChoices(pools=pools, skills=skills))


def end_invitation(desk: RequesterDesk, call: Call) -> Answer:
    """End an invitation; whoever accepted it stays."""
    desk.platform.revoke_invitation(call.path["id"])
    return Answer(payload=Done())


def make_token(desk: RequesterDesk, call: Call) -> Answer:
    """Make another token of the same requester."""
    form = call.read(TokenForm)
    token = desk.accounts.issue_token(Holder(HolderKind.REQUESTER, desk.requester), label=form.label)
    return Answer(status=201, payload=Issued(token=token))


def list_tokens(desk: RequesterDesk, _call: Call) -> Answer:
    """List the requester's tokens."""
    entries = [
        TokenEntry(
            id=token.id,
            kind=token.holder.kind.value,
            label=token.label,
            created=token.created,
            is_valid=token.revoked is None,
        )
        for token in desk.accounts.list_tokens(desk.requester)
    ]
    return Answer(payload=TokenList(items=entries))


def revoke_token(desk: RequesterDesk, call: Call) -> Answer:
    """End a token."""
    token_id = call.path["id"]
    if token_id not in {token.id for token in desk.accounts.list_tokens(desk.requester)}:
        raise NotFound(f"requester {desk.requester!r} has no token {token_id!r}")
    desk.accounts.revoke_token(token_id)
    return Answer(payload=Done())


def _own_launches(desk: RequesterDesk) -> list[tuple[str, dict[str, Any]]]:
    # The journal does not say whose a launch is; its pool does.
    own = {pool.id for pool in desk.records.pools()}
    return [(name, document) for name, document in desk.journal.list() if document.get("pool_id") in own]


def _entry(name: str, document: dict[str, Any]) -> LaunchEntry:
    said = {field: str(document.get(field) or "") for field in ("state", "reason", "kind", "pool_id")}
    created = str(document.get("created") or "")
    return LaunchEntry(name=name, **said, created=created, updated=str(document.get("updated") or created))


REQUESTER_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/requester/launches", handle=list_launches, gives=LaunchList),
    Door(method="POST", path="/api/requester/launches/{name}/stop", handle=stop_launch, gives=Done),
    Door(
        method="POST",
        path="/api/requester/invitations",
        handle=invite,
        takes=InvitationForm,
        gives=Issued,
        status=201,
    ),
    Door(method="GET", path="/api/requester/invitations", handle=list_invitations, gives=InvitationList),
    Door(method="GET", path="/api/requester/invitations/choices", handle=list_choices, gives=InvitationChoices),
    Door(method="DELETE", path="/api/requester/invitations/{id}", handle=end_invitation, gives=Done),
    Door(method="POST", path="/api/requester/tokens", handle=make_token, takes=TokenForm, gives=Issued, status=201),
    Door(method="GET", path="/api/requester/tokens", handle=list_tokens, gives=TokenList),
    Door(method="DELETE", path="/api/requester/tokens/{id}", handle=revoke_token, gives=Done),
)
