"""What the requester's page asks of pages and tasks: review by hand, and the preview."""

from collections.abc import Sequence
from itertools import islice

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, PoolId, TaskKind
from manyhands.launches.findings import is_right
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.native.records import Done
from manyhands.server.refusals import Refused

from .detail_records import JudgeForm, Preview, PreviewTask, ReviewEntry, ReviewList, ReviewTask
from .shown import only, shown_fields

__all__ = ["REVIEW_DOORS"]

_REVIEW_SIZE = 100


def list_reviews(desk: RequesterDesk, call: Call) -> Answer:
    """List pages that may be judged by hand."""
    pool = desk.platform.get_pool(PoolId(call.path["id"]))
    pages, names = list(desk.records.assignments(pool.id)), shown_fields(desk, pool)
    waiting = [page for page in pages if page.status is AssignmentStatus.SUBMITTED]
    rejected = [page for page in pages if page.status is AssignmentStatus.REJECTED]
    shown = [_review(page, names) for page in [*waiting, *rejected][:_REVIEW_SIZE]]
    return Answer(payload=ReviewList(items=shown, waiting_count=len(waiting), rejected_count=len(rejected)))


def accept_page(desk: RequesterDesk, call: Call) -> Answer:
    """Accept a page and pay it; also one that was rejected."""
    desk.platform.accept([AssignmentId(call.path["id"])], call.read(JudgeForm).reason)
    return Answer(payload=Done())


def reject_page(desk: RequesterDesk, call: Call) -> Answer:
    """Reject a page; the worker is told the reason."""
    reason = call.read(JudgeForm).reason.strip()
    if not reason:
        raise Refused.field(
            "reason", "VALUE_REQUIRED", message="expected the reason that the worker is told, found none"
        )
    desk.platform.reject(AssignmentId(call.path["id"]), reason)
    return Answer(payload=Done())


def preview(desk: RequesterDesk, call: Call) -> Answer:
    """Show a page of the launch as workers see it."""
    pool = desk.platform.get_pool(PoolId(call.path["id"]))
    config = desk.platform.get_project_of_pool(pool.id).config
    shown = shown_fields(desk, pool)
    real = (task for task in desk.records.tasks(pool.id) if task.kind is TaskKind.REAL)
    page_size = max(1, 0 if pool.config.mixer is None else pool.config.mixer.real_count)
    tasks = [
        PreviewTask(id=task.id, input_values=only(task.input_values, shown))
        for task in islice(real, _offset(call), _offset(call) + page_size)
    ]
    view = Preview(
        title=config.name,
        instruction=pool.config.instruction or config.instruction,
        view=dict(config.view),
        reward=float(pool.config.reward),
        tasks=tasks,
    )
    return Answer(payload=view)


def _offset(call: Call) -> int:
    text = call.query.get("offset", "0")
    if not text.isdecimal():
        raise Refused.field("offset", "INVALID_VALUE", message=f"expected a whole number from 0, found {text!r}")
    return int(text)


def _review(page: Assignment, shown: Sequence[str]) -> ReviewEntry:
    return ReviewEntry(
        id=page.id,
        worker_id=page.worker_id,
        status=page.status.value,
        submitted=page.submitted,
        seconds=None if page.duration is None else page.duration.total_seconds(),
        public_comment=page.public_comment,
        tasks=[
            ReviewTask(
                input_values=only(task.input_values, shown),
                values=dict(solution.output_values),
                known=dict(task.known_solutions[0].output_values) if task.known_solutions else None,
                is_right=is_right(task, solution.output_values) if task.known_solutions else None,
            )
            for task, solution in zip(page.tasks, page.solutions, strict=True)
        ],
    )


_POOL = "/api/requester/pools/{id}"
REVIEW_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path=f"{_POOL}/reviews", handle=list_reviews, gives=ReviewList),
    Door(method="GET", path=f"{_POOL}/preview", handle=preview, gives=Preview, query=("offset",)),
    Door(method="POST", path="/api/requester/pages/{id}/accept", handle=accept_page, takes=JudgeForm, gives=Done),
    Door(method="POST", path="/api/requester/pages/{id}/reject", handle=reject_page, takes=JudgeForm, gives=Done),
)
