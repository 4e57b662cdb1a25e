"""Pools of the requester API."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from manyhands.crowd import Pool, PoolId, PoolStatus, PoolType, ProjectId
from manyhands.platform.toloka.wire import decode_pool_config, encode_pool
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Column, Listing, moment_column
from manyhands.server.operations import OperationKind

from .operations import encode_operation

__all__ = ["POOL_DOORS"]

_COLUMNS: tuple[Column[Pool], ...] = (
    Column(name="id", value=lambda pool: pool.id),
    moment_column("created", lambda pool: pool.created),
    moment_column("last_started", lambda pool: pool.last_started),
    Column(name="status", value=lambda pool: pool.status.value),
    Column(name="project_id", value=lambda pool: pool.config.project_id),
)


def list_pools(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's regular pools."""
    project_id = call.query.get("project_id")
    pools = desk.records.pools(None if project_id is None else ProjectId(project_id))
    regular = [pool for pool in pools if pool.config.type is PoolType.REGULAR]
    return Listing(call, _COLUMNS, desk.settings).answer(regular, lambda pool: _write(pool, call))


def create_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Create a pool; one without a key of ours is a new one each time."""
    config = decode_pool_config(call.json(), key=_new_key())
    return Answer(status=201, payload=_write(desk.platform.create_pool(config), call))


def get_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Show one pool, or a training as the pool that it is."""
    return Answer(payload=_write(_find(desk, call), call))


def open_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Open a pool; nothing is answered when it is open."""
    return _change(desk, call, OperationKind.POOL_OPEN, target=PoolStatus.OPEN, act=desk.platform.open_pool)


def close_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Close a pool; nothing is answered when it is closed."""
    return _change(desk, call, OperationKind.POOL_CLOSE, target=PoolStatus.CLOSED, act=desk.platform.close_pool)


def archive_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Archive a pool; nothing is answered when it is archived."""
    return _change(desk, call, OperationKind.POOL_ARCHIVE, target=PoolStatus.ARCHIVED, act=desk.platform.archive_pool)


def clone_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Make a pool of the same config, without tasks."""
    pool = _find(desk, call)
    copy = desk.platform.create_pool(replace(pool.config, key=_new_key()))
    operation = desk.operations.begin(OperationKind.POOL_CLONE, {"pool_id": pool.id})
    finished = desk.operations.finish(operation.id, details={"pool_id": copy.id})
    return Answer(status=202, payload=encode_operation(finished))


def _change(
    desk: RequesterDesk, call: Call, kind: OperationKind, *, target: PoolStatus, act: Callable[[PoolId], Pool]
) -> Answer:
    pool = _find(desk, call)
    if pool.status is target:
        return Answer(status=204)
    act(pool.id)
    operation = desk.operations.begin(kind, {"pool_id": pool.id})
    return Answer(status=202, payload=encode_operation(desk.operations.finish(operation.id, details={})))


def _find(desk: RequesterDesk, call: Call) -> Pool:
    return desk.platform.get_pool(PoolId(call.path["id"]))


def _write(pool: Pool, call: Call) -> dict[str, Any]:
    return encode_pool(pool, is_extended=call.is_extended)


def _new_key() -> str:
    return f"api-{uuid.uuid4().hex}"


POOL_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/pools/{id}", handle=get_pool),
    Door(method="GET", path="/api/v1/pools", handle=list_pools),
    Door(method="POST", path="/api/v1/pools", handle=create_pool),
    Door(method="POST", path="/api/v1/pools/{id}/open", handle=open_pool),
    Door(method="POST", path="/api/v1/pools/{id}/close", handle=close_pool),
    Door(method="POST", path="/api/v1/pools/{id}/archive", handle=archive_pool),
    Door(method="POST", path="/api/v1/pools/{id}/clone", handle=clone_pool),
)
