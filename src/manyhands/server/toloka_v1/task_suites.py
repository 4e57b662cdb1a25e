"""Task suites of the requester API."""

import uuid
from typing import Any

from manyhands.crowd import PoolId, TaskId, TaskSuite, TaskSuiteChange, TaskSuiteDraft, TaskSuiteId
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    TASK_SUITES,
    BatchSubject,
    OperationType,
    decode_overlap_patch,
    decode_task_suite_draft,
    encode_task_suite,
    find_task_suite_problems,
    parse_creation,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing
from manyhands.server.own_records import pool_of
from manyhands.server.refusals import Refused

from .batches import Batch, BatchKind, BatchOutcome, answer_batch, read_batch
from .pool_batches import PoolItem, fill_pools
from .tasks import read_cursor

__all__ = ["TASK_SUITE_BATCH", "TASK_SUITE_DOORS"]

_MOST_AT_ONCE = 5000
_FIELDS: Fields[TaskSuite] = {
    "id": lambda suite: suite.id,
    "created": lambda suite: suite.created,
    "overlap": lambda suite: suite.overlap,
    "pool_id": lambda suite: suite.pool_id,
}


def list_task_suites(desk: RequesterDesk, call: Call) -> Answer:
    """List the task suites of a pool, or those that hold a task."""
    listing = Listing(call, TASK_SUITES, _FIELDS, desk.settings)
    after, task_id = read_cursor(call), call.query.get("task_id")
    pool_id = pool_of(task_id, "task") if task_id else PoolId(call.query["pool_id"])
    # The first look tells whether the pool is the requester's, so that nobody learns of others' pools.
    desk.platform.get_pool(pool_id)
    suites = desk.records.task_suites(
        pool_id,
        None if after is None else TaskSuiteId(after),
        task_id=TaskId(task_id) if task_id else None,
        chunk=listing.chunk_size,
    )
    return listing.answer_stream(suites, lambda suite: _write(suite, call))


def get_task_suite(desk: RequesterDesk, call: Call) -> Answer:
    """Show one task suite."""
    return Answer(payload=_show(desk, call.path["id"], call))


def create_task_suites(desk: RequesterDesk, call: Call) -> Answer:
    """Add task suites to pools, now or as an operation."""
    return answer_batch(desk, call, kind=TASK_SUITE_BATCH, batch=read_batch(call, new_id=str(uuid.uuid4())))


def patch_task_suite(desk: RequesterDesk, call: Call) -> Answer:
    """Change how often a task suite is wanted, and when it comes."""
    patch = decode_overlap_patch(call.json())
    change = TaskSuiteChange(
        overlap=patch.overlap,
        is_endless=patch.infinite_overlap,
        issuing_order_override=patch.issuing_order_override,
    )
    return _answer_changed(desk, desk.platform.change_task_suite(TaskSuiteId(call.path["id"]), change), call)


def set_overlap_or_min(desk: RequesterDesk, call: Call) -> Answer:
    """Set a task suite's overlap to what is asked for, or to what was handed out and did not come back."""
    patch = decode_overlap_patch(call.json())
    if patch.overlap is None:
        raise Refused.field("overlap", "VALUE_REQUIRED", message="expected an overlap, found none")
    return _answer_changed(desk, desk.platform.raise_suite_overlap(TaskSuiteId(call.path["id"]), patch.overlap), call)


def _answer_changed(desk: RequesterDesk, suite: TaskSuite, call: Call) -> Answer:
    if parse_creation(call.query).open_pool:
        desk.platform.open_pool(suite.pool_id)
    return Answer(payload=_write(suite, call))


def _write(suite: TaskSuite, call: Call) -> dict[str, Any]:
    return encode_task_suite(suite, is_extended=call.is_extended)


def _show(desk: RequesterDesk, suite_id: str, call: Call) -> dict[str, Any]:
    return _write(desk.platform.get_task_suite(TaskSuiteId(suite_id)), call)


def _make_task_suites(desk: RequesterDesk, batch: Batch) -> BatchOutcome:
    return fill_pools(desk, batch, read=_read_draft, add=desk.platform.add_task_suites)


def _read_draft(item: PoolItem) -> TaskSuiteDraft:
    draft = decode_task_suite_draft(
        item.document,
        key=item.key,
        default_overlap=item.default_overlap,
        is_overlap_required=item.is_overlap_required,
    )
    specs = item.project
    problems = find_task_suite_problems(draft, input_spec=specs.input_spec, output_spec=specs.output_spec)
    if problems:
        raise InvalidInput(f"this is no task suite of pool {item.pool.id}", problems)
    return draft


TASK_SUITE_BATCH = BatchKind(
    subject=BatchSubject.TASK_SUITE,
    operation=OperationType.TASK_SUITE_BATCH_CREATE,
    make=_make_task_suites,
    show=_show,
    most_at_once=_MOST_AT_ONCE,
)

TASK_SUITE_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/task-suites", handle=list_task_suites),
    Door(method="POST", path="/api/v1/task-suites", handle=create_task_suites),
    Door(method="GET", path="/api/v1/task-suites/{id}", handle=get_task_suite),
    Door(method="PATCH", path="/api/v1/task-suites/{id}", handle=patch_task_suite),
    Door(method="PATCH", path="/api/v1/task-suites/{id}/set-overlap-or-min", handle=set_overlap_or_min),
)
