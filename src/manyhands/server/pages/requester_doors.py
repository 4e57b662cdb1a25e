"""What the requester's page asks beyond the requester API: launches in detail, review by hand, budgets, preview, export."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, Money, PoolId, Restriction, TaskKind, WorkerId
from manyhands.errors import InvalidInput, NotFound
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.native.records import Done
from manyhands.server.refusals import Refused, Word

from .detail_records import (
    AnswerEntry,
    BudgetForm,
    ControlEntry,
    ControlList,
    JudgeForm,
    ObjectEntry,
    ObjectList,
    Preview,
    PreviewTask,
    ReviewEntry,
    ReviewList,
    ReviewTask,
    WorkerEntry,
    WorkerList,
)
from .launch_facts import AnswerFact, ControlFact, ObjectFact, WorkerFact, is_right
from .watch import facts_of, own_launches

__all__ = ["WATCH_DOORS"]

_PAGE_SIZE = 50
_REVIEW_SIZE = 100
#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def list_objects(desk: RequesterDesk, call: Call) -> Answer:
    """List objects with their answers, the least sure first."""
    pool_id = _pool_id(desk, call)
    facts = facts_of(desk, pool_id)
    ranked = sorted(facts.objects.values(), key=_doubt)
    offset = _offset(call)
    shown = _shown_fields(desk, pool_id)
    items = [_object(fact, shown) for fact in ranked[offset : offset + _PAGE_SIZE]]
    return Answer(payload=ObjectList(items=items, total=len(ranked)))


def list_workers(desk: RequesterDesk, call: Call) -> Answer:
    """List workers with their accuracy on control tasks and their restrictions."""
    pool_id = _pool_id(desk, call)
    facts = facts_of(desk, pool_id)
    restrictions = _restrictions(desk, pool_id)
    ranked = sorted(facts.workers.values(), key=lambda worker: -worker.pages.total())
    return Answer(payload=WorkerList(items=[_worker(fact, restrictions.get(fact.worker_id)) for fact in ranked]))


def list_controls(desk: RequesterDesk, call: Call) -> Answer:
    """List control tasks with how they were answered."""
    pool_id = _pool_id(desk, call)
    facts = facts_of(desk, pool_id)
    ranked = sorted(facts.controls.values(), key=lambda fact: (not fact.is_suspicious, fact.right_share))
    return Answer(payload=ControlList(items=[_control(fact, _shown_fields(desk, pool_id)) for fact in ranked]))


def list_reviews(desk: RequesterDesk, call: Call) -> Answer:
    """List pages that may be judged by hand."""
    pool_id = _pool_id(desk, call)
    pages, names = list(desk.records.assignments(pool_id)), _shown_fields(desk, pool_id)
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


def stop_launch(desk: RequesterDesk, call: Call) -> Answer:
    """Ask whoever runs the launch of a pool to stop it."""
    pool_id = _pool_id(desk, call)
    name = next((name for name, document in own_launches(desk) if document["pool_id"] == pool_id), None)
    if name is None:
        raise NotFound(f"no launch works in pool {pool_id}")
    desk.journal.request_stop(name)
    return Answer(payload=Done())


def set_budget(desk: RequesterDesk, call: Call) -> Answer:
    """Set the ceiling of the budget that pays a launch, and all launches that share it."""
    budget_id = desk.platform.get_pool(_pool_id(desk, call)).config.budget_id
    if budget_id is None:
        raise Refused(Word.VALIDATION_ERROR, f"Pool {call.path['id']} has no budget that could be changed.")
    try:
        ceiling = Money(call.read(BudgetForm).ceiling)
    except InvalidInput as error:
        raise Refused.field("ceiling", "INVALID_VALUE", message=str(error)) from error
    desk.platform.put_budget(desk.platform.get_budget(budget_id).key, ceiling)
    return Answer(payload=Done())


def preview(desk: RequesterDesk, call: Call) -> Answer:
    """Show a page of the launch as workers see it."""
    pool = desk.platform.get_pool(_pool_id(desk, call))
    config = desk.platform.get_project_of_pool(pool.id).config
    shown = _shown_fields(desk, pool.id)
    real = (task for task in desk.records.tasks(pool.id) if task.kind is TaskKind.REAL)
    page_size = max(1, 0 if pool.config.mixer is None else pool.config.mixer.real_count)
    tasks = [
        PreviewTask(id=task.id, input_values=_only(task.input_values, shown))
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


def export_answers(desk: RequesterDesk, call: Call) -> Answer:
    """Give all submitted answers as CSV: one row per answer to an object, with what is concluded from the accepted ones."""
    facts = facts_of(desk, _pool_id(desk, call))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["task", "input", "worker", "answer", "status", "submitted", "label", "confidence"])
    for fact in facts.objects.values():
        writer.writerows([_safe(cell) for cell in _cells(fact, answer)] for answer in fact.answers)
    headers = {"content-disposition": 'attachment; filename="answers.csv"', "cache-control": "no-store"}
    return Answer(content=text.getvalue().encode(), media_type="text/csv", headers=headers)


def _pool_id(desk: RequesterDesk, call: Call) -> PoolId:
    return desk.platform.get_pool(PoolId(call.path["id"])).id


def _offset(call: Call) -> int:
    text = call.query.get("offset", "0")
    if not text.isdecimal():
        raise Refused.field("offset", "INVALID_VALUE", message=f"expected a whole number from 0, found {text!r}")
    return int(text)


def _shown_fields(desk: RequesterDesk, pool_id: PoolId) -> list[str]:
    config = desk.platform.get_project_of_pool(pool_id).config
    return [name for name, spec in config.input_spec.items() if not spec.hidden]


def _doubt(fact: ObjectFact) -> tuple[bool, float, int]:
    """Order objects: answered before unanswered, the least sure first."""
    return not fact.answers, fact.confidence if fact.confidence is not None else 0.0, -len(fact.answers)


def _object(fact: ObjectFact, shown: Sequence[str]) -> ObjectEntry:
    return ObjectEntry(
        id=fact.task.id,
        input_values=_only(fact.task.input_values, shown),
        label=None if fact.label is None else dict(fact.label),
        confidence=fact.confidence,
        is_finished=fact.is_finished,
        in_hand_count=fact.in_hand_count,
        answers=[
            AnswerEntry(
                worker_id=answer.worker_id,
                values=dict(answer.values),
                status=answer.status.value,
                submitted=answer.submitted,
            )
            for answer in fact.answers
        ],
    )


def _restrictions(desk: RequesterDesk, pool_id: PoolId) -> dict[WorkerId, Restriction]:
    """Return the restriction that keeps each worker out of the pool now; of several the latest."""
    now, project_id = desk.platform.clock.now(), desk.platform.get_pool(pool_id).config.project_id
    return {
        restriction.worker_id: restriction
        for restriction in desk.platform.list_restrictions()
        if (restriction.until is None or restriction.until > now)
        and restriction.pool_id in {None, pool_id}
        and restriction.project_id in {None, project_id}
    }


def _worker(fact: WorkerFact, restriction: Restriction | None) -> WorkerEntry:
    seconds = fact.task_seconds
    return WorkerEntry(
        worker_id=fact.worker_id,
        pages={status.value: count for status, count in fact.pages.items()},
        control_count=fact.control_count,
        control_accuracy=fact.control_accuracy,
        task_seconds=sum(seconds) / len(seconds) if seconds else None,
        last_seen=fact.last_seen,
        is_restricted=restriction is not None,
        restricted_until=None if restriction is None else restriction.until,
        reason="" if restriction is None else restriction.private_comment,
    )


def _control(fact: ControlFact, shown: Sequence[str]) -> ControlEntry:
    usual = Counter(msgspec.json.encode(values, order="deterministic") for _, values in fact.answers).most_common(1)
    return ControlEntry(
        id=fact.task.id,
        input_values=_only(fact.task.input_values, shown),
        known=dict(fact.task.known_solutions[0].output_values),
        answer_count=len(fact.answers),
        right_count=fact.right_count,
        is_suspicious=fact.is_suspicious,
        usual=msgspec.json.decode(usual[0][0]),
    )


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
                input_values=_only(task.input_values, shown),
                values=dict(solution.output_values),
                known=dict(task.known_solutions[0].output_values) if task.known_solutions else None,
                is_right=is_right(task, solution.output_values) if task.known_solutions else None,
            )
            for task, solution in zip(page.tasks, page.solutions, strict=True)
        ],
    )


def _only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _cells(fact: ObjectFact, answer: AnswerFact) -> list[str]:
    return [
        fact.task.key,
        msgspec.json.encode(fact.task.input_values).decode(),
        answer.worker_id,
        msgspec.json.encode(answer.values).decode(),
        answer.status.value,
        "" if answer.submitted is None else answer.submitted.isoformat(),
        "" if fact.label is None else msgspec.json.encode(fact.label).decode(),
        "" if fact.confidence is None else f"{fact.confidence:.4f}",
    ]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


_POOL = "/api/requester/pools/{id}"
WATCH_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path=f"{_POOL}/objects", handle=list_objects, gives=ObjectList, query=("offset",)),
    Door(method="GET", path=f"{_POOL}/workers", handle=list_workers, gives=WorkerList),
    Door(method="GET", path=f"{_POOL}/controls", handle=list_controls, gives=ControlList),
    Door(method="GET", path=f"{_POOL}/reviews", handle=list_reviews, gives=ReviewList),
    Door(method="GET", path=f"{_POOL}/preview", handle=preview, gives=Preview, query=("offset",)),
    Door(method="GET", path=f"{_POOL}/answers.csv", handle=export_answers),
    Door(method="POST", path=f"{_POOL}/stop", handle=stop_launch, gives=Done),
    Door(method="PUT", path=f"{_POOL}/budget", handle=set_budget, takes=BudgetForm, gives=Done),
    Door(method="POST", path="/api/requester/pages/{id}/accept", handle=accept_page, takes=JudgeForm, gives=Done),
    Door(method="POST", path="/api/requester/pages/{id}/reject", handle=reject_page, takes=JudgeForm, gives=Done),
)
