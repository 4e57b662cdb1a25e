"""Restrictions of workers in the requester API."""

import uuid

from manyhands.crowd import Restriction, RestrictionId
from manyhands.errors import NotFound
from manyhands.platform.toloka.wire import USER_RESTRICTIONS, decode_restriction_draft, encode_restriction
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

__all__ = ["RESTRICTION_DOORS"]

_FIELDS: Fields[Restriction] = {
    "id": lambda restriction: restriction.id,
    "created": lambda restriction: restriction.created,
    "scope": lambda restriction: restriction.scope.value,
    "user_id": lambda restriction: restriction.worker_id,
    "project_id": lambda restriction: restriction.project_id,
    "pool_id": lambda restriction: restriction.pool_id,
}


def list_restrictions(desk: RequesterDesk, call: Call) -> Answer:
    """List the restrictions that are in force."""
    return Listing(call, USER_RESTRICTIONS, _FIELDS, desk.settings).answer(_in_force(desk), encode_restriction)


def get_restriction(desk: RequesterDesk, call: Call) -> Answer:
    """Show one restriction that is in force."""
    return Answer(payload=encode_restriction(_find(desk, call)))


def put_restriction(desk: RequesterDesk, call: Call) -> Answer:
    """Restrict a worker; what holds in the same place is changed."""
    draft = decode_restriction_draft(call.json(), key=f"api-{uuid.uuid4().hex}")
    return Answer(payload=encode_restriction(desk.platform.put_restriction(draft)))


def delete_restriction(desk: RequesterDesk, call: Call) -> Answer:
    """End a restriction."""
    desk.platform.lift_restriction(_find(desk, call).id)
    return Answer(status=204)


def _find(desk: RequesterDesk, call: Call) -> Restriction:
    restriction_id = RestrictionId(call.path["id"])
    found = next((restriction for restriction in _in_force(desk) if restriction.id == restriction_id), None)
    if found is None:
        raise NotFound(f"requester {desk.requester!r} has no restriction {restriction_id} in force")
    return found


def _in_force(desk: RequesterDesk) -> list[Restriction]:
    now = desk.platform.clock.now()
    return [found for found in desk.platform.list_restrictions() if found.until is None or found.until > now]


RESTRICTION_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/user-restrictions", handle=list_restrictions),
    Door(method="PUT", path="/api/v1/user-restrictions", handle=put_restriction),
    Door(method="GET", path="/api/v1/user-restrictions/{id}", handle=get_restriction),
    Door(method="DELETE", path="/api/v1/user-restrictions/{id}", handle=delete_restriction),
)
