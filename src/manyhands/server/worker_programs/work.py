"""Taking pages, handing them in or back."""

from dataclasses import dataclass
from typing import Any

from manyhands.crowd import AssignmentId, Page, PoolId, Solution
from manyhands.platform.toloka.wire import write_moment
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import WorkerDesk
from manyhands.server.doors import Door

__all__ = ["TIME_DOORS", "WORK_DOORS", "write_page"]

_PREFIX = "/api/i-v2/assignment-executions"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    poolId: str  # noqa: N815 - the name in the request


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    solutions: list[Solution]


_DONE = {"success": True}


def take_page(desk: WorkerDesk, call: Call) -> Answer:
    """Issue a page of a pool, or show the one that the worker has in hand."""
    pool_id = PoolId(call.read(_Wish).poolId)
    return Answer(payload=write_page(desk.workplace.take(desk.worker_id, pool_id)))


def submit_page(desk: WorkerDesk, call: Call) -> Answer:
    """Hand a page in."""
    solutions = call.read(_Work).solutions
    desk.workplace.submit(AssignmentId(call.path["id"]), desk.worker_id, solutions=solutions)
    return Answer(payload=_DONE)


def skip_page(desk: WorkerDesk, call: Call) -> Answer:
    """Give a page back."""
    desk.workplace.skip(AssignmentId(call.path["id"]), desk.worker_id)
    return Answer(payload=_DONE)


def expire_page(desk: WorkerDesk, call: Call) -> Answer:
    """Let a page expire before its time."""
    desk.workplace.expire(AssignmentId(call.path["id"]), desk.worker_id)
    return Answer(payload=_DONE)


def write_page(page: Page) -> dict[str, Any]:
    """Return a page as the worker sees it."""
    return {
        "id": page.assignment_id,
        "pool_id": page.pool_id,
        "project_id": page.project_id,
        "user_id": page.worker_id,
        "status": "ACTIVE",
        "reward": page.reward.usd,
        "created": write_moment(page.created),
        "expires_at": write_moment(page.deadline),
        "tasks": [{"id": task.id, "input_values": task.input_values} for task in page.tasks],
    }


WORK_DOORS: tuple[Door[WorkerDesk], ...] = (
    Door(method="POST", path=_PREFIX, handle=take_page, is_short=True),
    Door(method="POST", path=f"{_PREFIX}/{{id}}/submit", handle=submit_page, is_short=True),
    Door(method="POST", path=f"{_PREFIX}/{{id}}/skip", handle=skip_page, is_short=True),
)
#: Only where the server is run for tests: workers must not play with the time of pages.
TIME_DOORS: tuple[Door[WorkerDesk], ...] = (
    Door(method="POST", path=f"{_PREFIX}/{{id}}/expire", handle=expire_page, is_short=True),
)
