"""Assignments of the requester API."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, PoolId, TaskSuiteId
from manyhands.platform.toloka.wire import ASSIGNMENTS, decode_assignment_patch, encode_assignment
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing
from manyhands.server.own_records import pool_of
from manyhands.server.refusals import Refused

from .tasks import read_cursor

__all__ = ["ASSIGNMENT_DOORS"]

_FIELDS: Fields[Assignment] = {
    "id": lambda page: page.id,
    "status": lambda page: page.status.value,
    "user_id": lambda page: page.worker_id,
    "pool_id": lambda page: page.pool_id,
    "task_suite_id": lambda page: page.task_suite_id,
    "created": lambda page: page.created,
    "submitted": lambda page: page.submitted,
    "accepted": lambda page: page.accepted,
    "rejected": lambda page: page.rejected,
    "skipped": lambda page: page.skipped,
    "expired": lambda page: page.expired,
}


def list_assignments(desk: RequesterDesk, call: Call) -> Answer:
    """List the assignments of a pool, a task suite, or a task."""
    listing = Listing(call, ASSIGNMENTS, _FIELDS, desk.settings)
    task_id = call.query.get("task_id")
    if suite_id := call.query.get("task_suite_id"):
        pages = iter(desk.platform.list_assignments_of_suite(TaskSuiteId(suite_id)))
    else:
        pages = chain.from_iterable(_pages(desk, call, listing, pool_id) for pool_id in _read_pool_ids(call))
    return listing.answer_stream((page for page in pages if not task_id or _holds(page, task_id)), encode_assignment)


def get_assignment(desk: RequesterDesk, call: Call) -> Answer:
    """Show one assignment."""
    return Answer(payload=_find(desk, call))


def patch_assignment(desk: RequesterDesk, call: Call) -> Answer:
    """Accept or reject a page."""
    patch = decode_assignment_patch(call.json())
    assignment_id, comment = AssignmentId(call.path["id"]), patch.public_comment or ""
    match patch.status:
        case AssignmentStatus.ACCEPTED:
            desk.platform.accept([assignment_id], comment)
        case AssignmentStatus.REJECTED:
            desk.platform.reject(assignment_id, comment)
        case _:
            message = f"expected ACCEPTED or REJECTED, found {patch.status}"
            raise Refused.field("status", "VALUE_NOT_ALLOWED", message=message)
    return Answer(payload=_find(desk, call))


def _find(desk: RequesterDesk, call: Call) -> dict[str, Any]:
    return encode_assignment(desk.platform.get_assignment(AssignmentId(call.path["id"])))


def _pages(desk: RequesterDesk, call: Call, listing: Listing[Assignment], pool_id: PoolId) -> Iterator[Assignment]:
    after = read_cursor(call)
    behind = None if after is None else AssignmentId(after)
    statuses = listing.query.equals.get("status")
    if statuses:
        return desk.records.assignments_in(pool_id, statuses, behind, chunk=listing.chunk_size)
    return desk.records.assignments(pool_id, behind, chunk=listing.chunk_size)


def _holds(page: Assignment, task_id: str) -> bool:
    return any(task.id == task_id for task in page.tasks)


def _read_pool_ids(call: Call) -> list[PoolId]:
    if pool_ids := call.query.get("pool_id"):
        return [PoolId(pool_id) for pool_id in sorted(pool_ids.split(","))]
    if task_id := call.query.get("task_id"):
        return [pool_of(task_id, "task")]
    raise Refused.field(
        "pool_id", "VALUE_REQUIRED", message="expected the id of a pool, a task suite or a task, found none"
    )


ASSIGNMENT_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/assignments", handle=list_assignments),
    Door(method="GET", path="/api/v1/assignments/{id}", handle=get_assignment),
    Door(method="PATCH", path="/api/v1/assignments/{id}", handle=patch_assignment),
)
