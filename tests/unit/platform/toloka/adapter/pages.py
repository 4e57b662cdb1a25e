"""Pages for tests: every field has a default."""

from datetime import UTC, datetime, timedelta
from typing import Any

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    IssuedTask,
    Money,
    PoolId,
    ProjectId,
    TaskId,
    TaskKind,
    WorkerId,
)

__all__ = ["NOON", "POOL_ID", "make_page"]

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
POOL_ID = PoolId("10000001")
_MOMENTS = {
    AssignmentStatus.SUBMITTED: ("submitted",),
    AssignmentStatus.ACCEPTED: ("submitted", "accepted"),
    AssignmentStatus.REJECTED: ("submitted", "rejected"),
    AssignmentStatus.SKIPPED: ("skipped",),
    AssignmentStatus.EXPIRED: ("expired",),
}


def make_page(
    name: str = "p", status: AssignmentStatus = AssignmentStatus.ACTIVE, *, tasks: tuple[str, ...] = ("a",), **more: Any
) -> Assignment:
    """Return a page in a state, with the moments that belong to it."""
    moments = {
        moment: NOON + timedelta(minutes=place) for place, moment in enumerate(_MOMENTS.get(status, ()), start=1)
    }
    values: dict[str, Any] = {
        "id": AssignmentId(name),
        "pool_id": POOL_ID,
        "project_id": ProjectId("1"),
        "worker_id": WorkerId("ann"),
        "status": status,
        "reward": Money("0.10"),
        "tasks": tuple(IssuedTask(id=TaskId(task), key=task, kind=TaskKind.REAL, input_values={}) for task in tasks),
        "created": NOON,
        "deadline": NOON + timedelta(hours=1),
        **moments,
    }
    return Assignment(**{**values, **more})
