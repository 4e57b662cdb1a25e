"""Aggregation in the requester API: accepted answers of a pool go in, one answer with a confidence per task comes out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from manyhands.crowd import Assignment, AssignmentStatus, PoolId, Solution, TaskId, TaskKind, WorkerId
from manyhands.errors import NotFound
from manyhands.platform.toloka.wire import (
    AGGREGATED_SOLUTIONS,
    AggregatedSolution,
    AggregationForm,
    AggregationType,
    OperationType,
    decode_aggregation_form,
    encode_aggregated_solution,
    encode_json,
    encode_operation,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing
from manyhands.server.refusals import Refused
from manyhands.truth import Answers, DawidSkene, Posterior, WeightedLikelihood

__all__ = ["AGGREGATION_DOORS"]

_FIELDS: Fields[dict[str, Any]] = {"task_id": lambda solution: solution["task_id"]}
#: A posterior needs something to choose from.
_LEAST_LABELS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Answers with what their numbers stand for."""

    answers: Answers
    tasks: list[TaskId]
    workers: list[WorkerId]
    labels: list[dict[str, Any]]


def aggregate_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Aggregate the answers of a pool, as an operation."""
    form = decode_aggregation_form(call.json())
    operation = desk.operations.begin(OperationType.SOLUTION_AGGREGATE, {"pool_id": form.pool_id})
    found = [encode_aggregated_solution(solution) for solution in _aggregate(desk, form)]
    finished = desk.operations.finish(operation.id, details={}, log=encode_json(found))
    return Answer(status=201, payload=encode_operation(finished))


def aggregate_task(desk: RequesterDesk, call: Call) -> Answer:
    """Aggregate the answers to one task."""
    form = decode_aggregation_form(call.json())
    if form.task_id is None:
        raise Refused.field("task_id", "VALUE_REQUIRED", message="expected the id of a task, found none")
    found = next((solution for solution in _aggregate(desk, form) if solution.task_id == form.task_id), None)
    if found is None:
        raise NotFound(f"task {form.task_id} has no accepted answers")
    return Answer(status=201, payload=encode_aggregated_solution(found))


def list_aggregated(desk: RequesterDesk, call: Call) -> Answer:
    """List what an operation aggregated."""
    operation = desk.operations.get(call.path["operation_id"])
    if operation.type != OperationType.SOLUTION_AGGREGATE:
        raise NotFound(f"operation {operation.id} has aggregated nothing")
    solutions: list[dict[str, Any]] = msgspec.json.decode(desk.operations.log(operation.id))
    return Listing(call, AGGREGATED_SOLUTIONS, _FIELDS, desk.settings).answer(solutions, dict)


def _aggregate(desk: RequesterDesk, form: AggregationForm) -> list[AggregatedSolution]:
    desk.platform.get_pool(form.pool_id)
    table = _tabulate(desk.records.assignments(form.pool_id), [field.name for field in form.fields])
    if not table.tasks:
        return []
    posterior = _fit(desk, form, table)
    labels, confidences = posterior.labels().tolist(), posterior.confidences().tolist()
    solutions = [
        AggregatedSolution(
            pool_id=PoolId(form.pool_id),
            task_id=task_id,
            confidence=confidence,
            output_values=table.labels[label],
        )
        for task_id, label, confidence in zip(table.tasks, labels, confidences, strict=True)
    ]
    return sorted(solutions, key=lambda solution: solution.task_id)


def _fit(desk: RequesterDesk, form: AggregationForm, table: _Table) -> Posterior:
    if form.type is AggregationType.DAWID_SKENE:
        return DawidSkene().fit(table.answers)
    weights = [_find_skill(desk, worker, form) for worker in table.workers]
    return WeightedLikelihood().fit(table.answers, weights=weights)


def _find_skill(desk: RequesterDesk, worker_id: WorkerId, form: AggregationForm) -> float:
    skills = {skill.skill_id: skill.value for skill in desk.platform.list_skills(worker_id)}
    return skills.get(form.answer_weight_skill_id, float("nan")) if form.answer_weight_skill_id else float("nan")


def _tabulate(pages: Iterable[Assignment], fields: list[str]) -> _Table:
    tasks: dict[TaskId, int] = {}
    workers: dict[WorkerId, int] = {}
    labels: dict[bytes, int] = {}
    values: list[dict[str, Any]] = []
    rows: list[tuple[int, int, int]] = []
    for page in pages:
        if page.status is not AssignmentStatus.ACCEPTED:
            continue
        for task, solution in zip(page.tasks, page.solutions, strict=True):
            if task.kind is not TaskKind.REAL:
                continue
            value = _pick(solution, fields)
            name = msgspec.json.encode(value, order="deterministic")
            if name not in labels:
                values.append(value)
            row = (_number(tasks, task.id), _number(workers, page.worker_id), labels.setdefault(name, len(labels)))
            rows.append(row)
    answers = Answers.from_rows(rows, label_count=max(_LEAST_LABELS, len(labels)))
    return _Table(answers=answers, tasks=list(tasks), workers=list(workers), labels=values)


def _pick(solution: Solution, fields: list[str]) -> dict[str, Any]:
    return {name: solution.output_values.get(name) for name in fields}


def _number(numbers: dict[Any, int], thing: Any) -> int:
    return numbers.setdefault(thing, len(numbers))


AGGREGATION_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="POST", path="/api/v1/aggregated-solutions/aggregate-by-pool", handle=aggregate_pool),
    Door(method="POST", path="/api/v1/aggregated-solutions/aggregate-by-task", handle=aggregate_task),
    Door(method="GET", path="/api/v1/aggregated-solutions/{operation_id}", handle=list_aggregated),
)
