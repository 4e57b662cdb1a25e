"""Opening, closing, archiving and cloning pools and trainings: operations that are over when they are answered."""

import uuid
from collections.abc import Callable
from dataclasses import replace

from manyhands.crowd import CloseReason, Pool, PoolId, PoolStatus
from manyhands.platform.toloka.wire import OperationType, encode_operation
from manyhands.server.calls import Answer
from manyhands.server.desks import RequesterDesk

__all__ = ["archive", "clone", "close", "close_for_update", "open_up"]

#: The pool is in the wanted state already.
_NOTHING = Answer(status=204)


def open_up(desk: RequesterDesk, pool: Pool, *, kind: OperationType, subject: str) -> Answer:
    """Open a pool or training; nothing is answered when it is open.

    Args:
        desk: the requester's.
        pool: which.
        kind: what the operation is called.
        subject: how the operation's parameters call the id.
    """
    if pool.status is PoolStatus.OPEN:
        return _NOTHING
    return _change(desk, pool, kind=kind, subject=subject, act=desk.platform.open_pool)


def close(desk: RequesterDesk, pool: Pool, *, kind: OperationType, subject: str) -> Answer:
    """Close a pool or training; nothing is answered when it is closed, unless it is for an update only."""
    if pool.status is PoolStatus.CLOSED and pool.close_reason is not CloseReason.FOR_UPDATE:
        return _NOTHING
    return _change(desk, pool, kind=kind, subject=subject, act=desk.platform.close_pool)


def close_for_update(desk: RequesterDesk, pool: Pool, *, kind: OperationType, subject: str) -> Answer:
    """Close a pool or training until it is changed; nothing is answered when it is closed."""
    if pool.status is PoolStatus.CLOSED:
        return _NOTHING
    return _change(desk, pool, kind=kind, subject=subject, act=desk.platform.close_pool_for_update)


def archive(desk: RequesterDesk, pool: Pool, *, kind: OperationType, subject: str) -> Answer:
    """Archive a pool or training; nothing is answered when it is archived."""
    if pool.status is PoolStatus.ARCHIVED:
        return _NOTHING
    return _change(desk, pool, kind=kind, subject=subject, act=desk.platform.archive_pool)


def clone(desk: RequesterDesk, pool: Pool, *, kind: OperationType, subject: str) -> Answer:
    """Make a pool or training of the same config, without tasks."""
    copy = desk.platform.create_pool(replace(pool.config, key=f"api-{uuid.uuid4().hex}"))
    return _finish(desk, pool.id, kind=kind, subject=subject, details={subject: copy.id})


def _change(
    desk: RequesterDesk, pool: Pool, *, kind: OperationType, subject: str, act: Callable[[PoolId], Pool]
) -> Answer:
    act(pool.id)
    return _finish(desk, pool.id, kind=kind, subject=subject, details={})


def _finish(
    desk: RequesterDesk, pool_id: PoolId, *, kind: OperationType, subject: str, details: dict[str, str]
) -> Answer:
    operation = desk.operations.begin(kind, {subject: pool_id})
    finished = desk.operations.finish(operation.id, details=details)
    return Answer(status=202, payload=encode_operation(finished))
