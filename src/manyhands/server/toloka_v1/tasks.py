"""Tasks of the requester API."""

import uuid
from collections.abc import Sequence
from typing import Any

from manyhands.crowd import KnownSolution, PoolId, Task, TaskChange, TaskDraft, TaskId
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    TASKS,
    BatchSubject,
    OperationType,
    decode_overlap_patch,
    decode_task_draft,
    decode_task_patch,
    encode_task,
    find_known_solution_problems,
    find_task_problems,
    parse_creation,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing
from manyhands.server.own_records import id_before

from .batches import Batch, BatchKind, BatchOutcome, answer_batch, read_batch
from .pool_batches import PoolItem, fill_pools

__all__ = ["TASK_BATCH", "TASK_DOORS", "read_cursor"]

_MOST_AT_ONCE = 5000
_FIELDS: Fields[Task] = {
    "id": lambda task: task.id,
    "created": lambda task: task.created,
    "overlap": lambda task: task.overlap,
}


def list_tasks(desk: RequesterDesk, call: Call) -> Answer:
    """List the tasks of a pool."""
    listing = Listing(call, TASKS, _FIELDS, desk.settings)
    pool_id, after = PoolId(call.query["pool_id"]), read_cursor(call)
    # The first look tells whether the pool is the requester's, so that nobody learns of others' pools.
    desk.platform.get_pool(pool_id)
    tasks = desk.records.tasks(pool_id, None if after is None else TaskId(after), chunk=listing.chunk_size)
    return listing.answer_stream(tasks, lambda task: _write(task, call))


def get_task(desk: RequesterDesk, call: Call) -> Answer:
    """Show one task."""
    return Answer(payload=_write(desk.records.get_task(TaskId(call.path["id"])), call))


def create_tasks(desk: RequesterDesk, call: Call) -> Answer:
    """Add tasks to pools, now or as an operation."""
    return answer_batch(desk, call, kind=TASK_BATCH, batch=read_batch(call, new_id=str(uuid.uuid4())))


def patch_task(desk: RequesterDesk, call: Call) -> Answer:
    """Change a task: how often it is wanted, and what is right."""
    task = desk.records.get_task(TaskId(call.path["id"]))
    change = decode_task_patch(call.json())
    if change.known_solutions:
        _check_known_solutions(desk, task, change.known_solutions)
    desk.platform.change_task(task.id, change)
    return _answer_changed(desk, task, call)


def set_overlap_or_min(desk: RequesterDesk, call: Call) -> Answer:
    """Set a task's overlap to what is asked for, or to what was handed out and did not come back."""
    task = desk.records.get_task(TaskId(call.path["id"]))
    patch = decode_overlap_patch(call.json())
    if patch.overlap is None or patch.infinite_overlap:
        desk.platform.change_task(task.id, TaskChange(is_endless=patch.infinite_overlap))
    else:
        desk.platform.raise_overlaps(task.pool_id, {task.id: patch.overlap})
    return _answer_changed(desk, task, call)


def read_cursor(call: Call) -> str | None:
    """Return the id behind which a list of tasks or assignments begins, as far as the query tells.

    The list is filtered again afterwards, so that this only saves reading what is not wanted.
    """
    pool_id = call.query.get("pool_id", "")
    prefix = f"{int(pool_id):010x}--" if pool_id.isdecimal() else ""
    candidates = (call.query.get("id_gt"), id_before(call.query.get("id_gte", "")))
    fitting = (found for found in candidates if found and prefix and found.startswith(prefix) and id_before(found))
    return next(fitting, None)


def _check_known_solutions(desk: RequesterDesk, task: Task, known_solutions: Sequence[KnownSolution]) -> None:
    project = desk.platform.get_project_of_pool(task.pool_id).config
    problems = find_known_solution_problems(known_solutions, project.output_spec)
    if problems:
        raise InvalidInput(f"task {task.id} stays as it is", problems)


def _answer_changed(desk: RequesterDesk, task: Task, call: Call) -> Answer:
    if parse_creation(call.query).open_pool:
        desk.platform.open_pool(task.pool_id)
    return Answer(payload=_write(desk.records.get_task(task.id), call))


def _write(task: Task, call: Call) -> dict[str, Any]:
    return encode_task(task, is_extended=call.is_extended)


def _show(desk: RequesterDesk, task_id: str, call: Call) -> dict[str, Any]:
    return _write(desk.records.get_task(TaskId(task_id)), call)


def _make_tasks(desk: RequesterDesk, batch: Batch) -> BatchOutcome:
    return fill_pools(desk, batch, read=_read_draft, add=desk.platform.add_tasks)


def _read_draft(item: PoolItem) -> TaskDraft:
    draft = decode_task_draft(
        item.document,
        key=item.key,
        default_overlap=item.default_overlap,
        is_overlap_required=item.is_overlap_required,
    )
    specs = item.project
    problems = find_task_problems(draft, input_spec=specs.input_spec, output_spec=specs.output_spec)
    if problems:
        raise InvalidInput(f"this is no task of pool {item.pool.id}", problems)
    return draft


TASK_BATCH = BatchKind(
    subject=BatchSubject.TASK,
    operation=OperationType.TASK_BATCH_CREATE,
    make=_make_tasks,
    show=_show,
    most_at_once=_MOST_AT_ONCE,
)

TASK_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/tasks", handle=list_tasks),
    Door(method="POST", path="/api/v1/tasks", handle=create_tasks),
    Door(method="GET", path="/api/v1/tasks/{id}", handle=get_task),
    Door(method="PATCH", path="/api/v1/tasks/{id}", handle=patch_task),
    Door(method="PATCH", path="/api/v1/tasks/{id}/set-overlap-or-min", handle=set_overlap_or_min),
)
