"""Trainings of the requester API: pools of the type TRAINING, in a form of their own."""

import uuid
from typing import Any

from manyhands.crowd import Pool, PoolId, PoolType, ProjectId
from manyhands.errors import NotFound
from manyhands.platform.toloka.wire import (
    TRAININGS,
    OperationType,
    decode_training_change,
    decode_training_config,
    encode_training,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Listing

from .lifecycle import archive, clone, close, close_for_update, open_up
from .pools import POOL_FIELDS

__all__ = ["TRAINING_DOORS"]

_SUBJECT = "training_id"


def list_trainings(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's trainings."""
    project_id = call.query.get("project_id")
    pools = desk.records.pools(None if project_id is None else ProjectId(project_id))
    trainings = [pool for pool in pools if pool.config.type is PoolType.TRAINING]
    return Listing(call, TRAININGS, POOL_FIELDS, desk.settings).answer(trainings, lambda pool: _write(pool, call))


def create_training(desk: RequesterDesk, call: Call) -> Answer:
    """Create a training."""
    config = decode_training_config(call.json(), key=f"api-{uuid.uuid4().hex}")
    return Answer(status=201, payload=_write(desk.platform.create_pool(config), call))


def get_training(desk: RequesterDesk, call: Call) -> Answer:
    """Show one training."""
    return Answer(payload=_write(_find(desk, call), call))


def replace_training(desk: RequesterDesk, call: Call) -> Answer:
    """Replace everything that may be changed of a closed training."""
    training = _find(desk, call)
    config = decode_training_change(call.json(), training.config)
    return Answer(payload=_write(desk.platform.update_pool(training.id, config), call))


def open_training(desk: RequesterDesk, call: Call) -> Answer:
    """Open a training; nothing is answered when it is open."""
    return open_up(desk, _find(desk, call), kind=OperationType.TRAINING_OPEN, subject=_SUBJECT)


def close_training(desk: RequesterDesk, call: Call) -> Answer:
    """Close a training; nothing is answered when it is closed."""
    return close(desk, _find(desk, call), kind=OperationType.TRAINING_CLOSE, subject=_SUBJECT)


def close_training_for_update(desk: RequesterDesk, call: Call) -> Answer:
    """Close a training until it is changed; nothing is answered when it is closed."""
    return close_for_update(desk, _find(desk, call), kind=OperationType.TRAINING_CLOSE, subject=_SUBJECT)


def archive_training(desk: RequesterDesk, call: Call) -> Answer:
    """Archive a training; nothing is answered when it is archived."""
    return archive(desk, _find(desk, call), kind=OperationType.TRAINING_ARCHIVE, subject=_SUBJECT)


def clone_training(desk: RequesterDesk, call: Call) -> Answer:
    """Make a training of the same config, without tasks."""
    return clone(desk, _find(desk, call), kind=OperationType.TRAINING_CLONE, subject=_SUBJECT)


def _find(desk: RequesterDesk, call: Call) -> Pool:
    pool = desk.platform.get_pool(PoolId(call.path["id"]))
    if pool.config.type is not PoolType.TRAINING:
        raise NotFound(f"pool {pool.id} is no training")
    return pool


def _write(pool: Pool, call: Call) -> dict[str, Any]:
    return encode_training(pool, is_extended=call.is_extended)


TRAINING_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/trainings", handle=list_trainings),
    Door(method="POST", path="/api/v1/trainings", handle=create_training),
    Door(method="GET", path="/api/v1/trainings/{id}", handle=get_training),
    Door(method="PUT", path="/api/v1/trainings/{id}", handle=replace_training),
    Door(method="POST", path="/api/v1/trainings/{id}/open", handle=open_training),
    Door(method="POST", path="/api/v1/trainings/{id}/close", handle=close_training),
    Door(method="POST", path="/api/v1/trainings/{id}/close-for-update", handle=close_training_for_update),
    Door(method="POST", path="/api/v1/trainings/{id}/archive", handle=archive_training),
    Door(method="POST", path="/api/v1/trainings/{id}/clone", handle=clone_training),
)
