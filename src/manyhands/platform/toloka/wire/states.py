"""What a platform says of the state of pools and trainings."""

from typing import Any

from manyhands.crowd import CloseReason, Pool, PoolConfig, PoolId, PoolStatus

from .kinds import IDENTIFIER, MOMENT, OBJECT, choice
from .moments import write_moment
from .reading import Reader

__all__ = ["READ_ONLY", "encode_state", "read_pool"]

_STATUS = choice(PoolStatus, PoolStatus.CLOSED)
_CLOSE_REASON = choice(CloseReason, CloseReason.MANUAL)
#: What the platform says, and a requester cannot.
READ_ONLY = ("id", "status", "last_close_reason", "created", "last_started", "last_stopped", "owner")


def encode_state(pool: Pool) -> dict[str, Any]:
    """Return the read-only fields of a pool or training."""
    moments = {"created": pool.created, "last_started": pool.last_started, "last_stopped": pool.last_stopped}
    document = {
        "id": pool.id,
        "status": pool.status.value,
        **{name: write_moment(moment) for name, moment in moments.items() if moment is not None},
        **pool.foreign,
    }
    return document if pool.close_reason is None else {**document, "last_close_reason": pool.close_reason.value}


def read_pool(reader: Reader, config: PoolConfig) -> Pool:
    """Return the pool of this config with the state that the document shows."""
    owner = reader.find("owner", OBJECT)
    return Pool(
        id=PoolId(reader.require("id", IDENTIFIER)),
        status=reader.require("status", _STATUS),
        close_reason=reader.find("last_close_reason", _CLOSE_REASON),
        created=reader.require("created", MOMENT),
        last_started=reader.find("last_started", MOMENT),
        last_stopped=reader.find("last_stopped", MOMENT),
        config=config,
        foreign={} if owner is None else {"owner": owner},
    )
