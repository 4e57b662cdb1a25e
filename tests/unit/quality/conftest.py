"""Pages to judge, with every field defaulted."""

from datetime import UTC, datetime, timedelta

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

CREATED = datetime(2026, 11, 22, 12, tzinfo=UTC)


def build_page(
    right: str = "",
    *,
    real: tuple[tuple[str, str], ...] = (("t0", "cat"), ("t1", "dog")),
    page_id: str = "page",
    worker: str = "john",
    duration: timedelta = timedelta(seconds=40),
    status: AssignmentStatus = AssignmentStatus.SUBMITTED,
) -> Assignment:
    """Return a page of real tasks, each with its answer, then control tasks: ``right="yn"`` is one answered right and one wrong."""
    known = KnownSolution(output_values={"choice": "cat"})
    tasks = [_task(key, TaskKind.REAL) for key, _ in real]
    tasks += [_task(f"control-{place}", TaskKind.CONTROL, known) for place in range(len(right))]
    labels = [label for _, label in real] + ["cat" if mark == "y" else "dog" for mark in right]
    return Assignment(
        id=AssignmentId(page_id),
        pool_id=PoolId("pool"),
        project_id=ProjectId("project"),
        worker_id=WorkerId(worker),
        status=status,
        reward=Money("0.05"),
        tasks=tuple(tasks),
        solutions=tuple(Solution(output_values={"choice": label}) for label in labels),
        created=CREATED,
        deadline=CREATED + timedelta(hours=1),
        submitted=CREATED + duration,
    )


def _task(key: str, kind: TaskKind, *known: KnownSolution) -> IssuedTask:
    return IssuedTask(id=TaskId(key), key=key, kind=kind, input_values={"image": key}, known_solutions=known)
