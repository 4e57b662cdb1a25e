"""Pools of the requester API."""

import uuid
from typing import Any

from manyhands.crowd import Pool, PoolId, PoolType, ProjectId
from manyhands.platform.toloka.wire import POOLS, OperationType, decode_pool_patch, encode_pool
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

from .forms import read_pool_change, read_pool_form
from .lifecycle import archive, clone, close, close_for_update, open_up

__all__ = ["POOL_DOORS", "POOL_FIELDS"]

_SUBJECT = "pool_id"

#: What lists of pools and of trainings can be filtered and sorted by.
POOL_FIELDS: Fields[Pool] = {
    "id": lambda pool: pool.id,
    "created": lambda pool: pool.created,
    "last_started": lambda pool: pool.last_started,
    "status": lambda pool: pool.status.value,
    "project_id": lambda pool: pool.config.project_id,
}


def list_pools(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's regular pools."""
    project_id = call.query.get("project_id")
    pools = desk.records.pools(None if project_id is None else ProjectId(project_id))
    regular = [pool for pool in pools if pool.config.type is PoolType.REGULAR]
    return Listing(call, POOLS, POOL_FIELDS, desk.settings).answer(regular, lambda pool: _write(pool, call))


def create_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Create a pool; one without a key of ours is a new one each time."""
    config = read_pool_form(call, key=f"api-{uuid.uuid4().hex}")
    return Answer(status=201, payload=_write(desk.platform.create_pool(config), call))


def get_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Show one pool, or a training as the pool that it is."""
    return Answer(payload=_write(_find(desk, call), call))


def replace_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Replace everything that may be changed of a closed pool."""
    pool = _find(desk, call)
    config = read_pool_change(call, pool)
    return Answer(payload=_write(desk.platform.update_pool(pool.id, config), call))


def patch_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Change the priority of a pool."""
    pool = _find(desk, call)
    return Answer(payload=_write(desk.platform.set_priority(pool.id, decode_pool_patch(call.json())), call))


def open_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Open a pool; nothing is answered when it is open."""
    return open_up(desk, _find(desk, call), kind=OperationType.POOL_OPEN, subject=_SUBJECT)


def close_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Close a pool; nothing is answered when it is closed."""
    return close(desk, _find(desk, call), kind=OperationType.POOL_CLOSE, subject=_SUBJECT)


def close_pool_for_update(desk: RequesterDesk, call: Call) -> Answer:
    """Close a pool until it is changed; nothing is answered when it is closed."""
    return close_for_update(desk, _find(desk, call), kind=OperationType.POOL_CLOSE, subject=_SUBJECT)


def archive_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Archive a pool; nothing is answered when it is archived."""
    return archive(desk, _find(desk, call), kind=OperationType.POOL_ARCHIVE, subject=_SUBJECT)


def clone_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Make a pool of the same config, without tasks."""
    return clone(desk, _find(desk, call), kind=OperationType.POOL_CLONE, subject=_SUBJECT)


def _find(desk: RequesterDesk, call: Call) -> Pool:
    return desk.platform.get_pool(PoolId(call.path["id"]))


def _write(pool: Pool, call: Call) -> dict[str, Any]:
    return encode_pool(pool, is_extended=call.is_extended)


POOL_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/pools/{id}", handle=get_pool),
    Door(method="GET", path="/api/v1/pools", handle=list_pools),
    Door(method="POST", path="/api/v1/pools", handle=create_pool),
    Door(method="PUT", path="/api/v1/pools/{id}", handle=replace_pool),
    Door(method="PATCH", path="/api/v1/pools/{id}", handle=patch_pool),
    Door(method="POST", path="/api/v1/pools/{id}/open", handle=open_pool),
    Door(method="POST", path="/api/v1/pools/{id}/close", handle=close_pool),
    Door(method="POST", path="/api/v1/pools/{id}/close-for-update", handle=close_pool_for_update),
    Door(method="POST", path="/api/v1/pools/{id}/archive", handle=archive_pool),
    Door(method="POST", path="/api/v1/pools/{id}/clone", handle=clone_pool),
)
