"""Pages for tests: every field has a default."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    IssuedTask,
    KnownSolution,
    Money,
    PoolId,
    ProjectId,
    Solution,
    TaskId,
    TaskKind,
    WorkerId,
)

__all__ = ["NOON", "make_page"]

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
_LABELS = ("even", "odd")


def make_page(
    number: int = 1,
    status: AssignmentStatus = AssignmentStatus.SUBMITTED,
    *,
    objects: Sequence[int] = (),
    controls: Sequence[int] = (1000,),
    wrong: int = 0,
    seconds: float = 60,
    **changes: Any,
) -> Assignment:
    """Return a page about even and odd numbers, of whose control answers the first `wrong` are wrong."""
    is_answered = status not in (AssignmentStatus.ACTIVE, AssignmentStatus.SKIPPED, AssignmentStatus.EXPIRED)
    answers = [_LABELS[(value + (place < wrong)) % 2] for place, value in enumerate(controls)]
    answers += [_LABELS[value % 2] for value in objects]
    values: dict[str, Any] = {
        "id": AssignmentId(f"page-{number}"),
        "pool_id": PoolId("pool"),
        "project_id": ProjectId("project"),
        "worker_id": WorkerId("ann"),
        "status": status,
        "reward": Money("0.05"),
        "tasks": (
            *(_task(value, TaskKind.CONTROL) for value in controls),
            *(_task(value, TaskKind.REAL) for value in objects),
        ),
        "solutions": tuple(Solution(output_values={"choice": answer}) for answer in answers) if is_answered else (),
        "created": NOON,
        "deadline": NOON + timedelta(hours=1),
        "submitted": NOON + timedelta(seconds=seconds) if is_answered else None,
    }
    return Assignment(**{**values, **changes})


def _task(value: int, kind: TaskKind) -> IssuedTask:
    known = (KnownSolution(output_values={"choice": _LABELS[value % 2]}),) if kind is TaskKind.CONTROL else ()
    return IssuedTask(
        id=TaskId(f"task-{value}"),
        key=f"key-{value}",
        kind=kind,
        input_values={"text": str(value)},
        known_solutions=known,
    )
