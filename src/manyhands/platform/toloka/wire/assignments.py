"""Assignments: one worker doing one page of tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    IssuedTask,
    Money,
    PoolId,
    ProjectId,
    Solution,
    TaskDraft,
    TaskId,
    TaskSuiteId,
    WorkerId,
)
from manyhands.task import TASK_ID_FIELD

from .amounts import to_dollars
from .foreign import keep_empty, with_foreign
from .kinds import DOLLARS, FLAG, IDENTIFIER, MOMENT, OBJECT, TEXT, choice, list_of, object_of, text
from .moments import write_moment
from .reading import Reader
from .solutions import KNOWN_SOLUTIONS, encode_known_solution, encode_solution

__all__ = [
    "AssignmentPatch",
    "decode_assignment",
    "decode_assignment_patch",
    "encode_assignment",
    "encode_assignment_patch",
]

_STATUS = choice(AssignmentStatus, AssignmentStatus.ACTIVE)
#: What was answered first on a page with training tasks, where some of it was wrong.
_FIRST = "first_declined_solution_attempt"
_MOMENTS = ("submitted", "accepted", "rejected", "skipped", "expired")
#: Characters of what a worker is told.
_COMMENT = text(most=2048)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentPatch:
    """What a requester changes on an assignment; None changes nothing."""

    status: AssignmentStatus | None = None
    public_comment: str | None = None


def encode_assignment(assignment: Assignment) -> dict[str, Any]:
    """Return an assignment as the requester sees it: with known solutions.

    What only the API knows, such as the ids of bonuses, comes from the assignment's `foreign`; there, tasks and solutions are lists
    parallel to the assignment's own, with what the API says beyond our records.
    """
    foreign = assignment.foreign
    moments: dict[str, datetime | None] = {name: getattr(assignment, name) for name in _MOMENTS}
    document = {
        "id": assignment.id,
        "pool_id": assignment.pool_id,
        "user_id": assignment.worker_id,
        "task_suite_id": assignment.task_suite_id,
        "mixed": assignment.is_mixed,
        "status": assignment.status.value,
        "reward": to_dollars(assignment.reward),
        "tasks": _merge([_encode_task(task) for task in assignment.tasks], foreign.get("tasks", ())),
        "solutions": _encode_solutions(assignment.solutions, foreign.get("solutions", ())),
        "created": write_moment(assignment.created),
        **{name: write_moment(moment) for name, moment in moments.items() if moment is not None},
        "public_comment": assignment.public_comment or foreign.get("public_comment"),
        _FIRST: _encode_solutions(assignment.first_solutions, foreign.get(_FIRST, ())),
    }
    return with_foreign(document, foreign)


def decode_assignment(document: object, *, project_id: ProjectId, duration: timedelta) -> Assignment:
    """Return an assignment that a platform shows.

    Args:
        document: the assignment.
        project_id: of its pool; the document does not say it.
        duration: time for a page of its pool, which gives the deadline; the document does not say that either.

    Raises:
        InvalidInput: the document is no assignment.
    """
    reader = Reader.open(document)
    foreign: dict[str, Any] = {}
    pairs = reader.get("tasks", _TASKS, ())
    answers = reader.get("solutions", _SOLUTIONS, ())
    first = reader.get(_FIRST, _SOLUTIONS, ())
    created = reader.require("created", MOMENT)
    moments = {name: reader.find(name, MOMENT) for name in _MOMENTS}
    suite_id = reader.find("task_suite_id", IDENTIFIER)
    keep_empty(foreign, reader, ["public_comment"])
    assignment = Assignment(
        id=AssignmentId(reader.require("id", IDENTIFIER)),
        pool_id=PoolId(reader.require("pool_id", IDENTIFIER)),
        project_id=project_id,
        worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
        status=reader.require("status", _STATUS),
        reward=reader.get("reward", DOLLARS, Money()),
        tasks=tuple(task for task, _ in pairs),
        solutions=tuple(solution for solution, _ in answers),
        created=created,
        deadline=created + duration,
        submitted=moments["submitted"],
        accepted=moments["accepted"],
        rejected=moments["rejected"],
        skipped=moments["skipped"],
        expired=moments["expired"],
        public_comment=reader.get("public_comment", TEXT, ""),
        task_suite_id=None if suite_id is None else TaskSuiteId(suite_id),
        is_mixed=reader.get("mixed", FLAG, False),
        first_solutions=tuple(solution for solution, _ in first),
        foreign=foreign,
    )
    _keep_beside(foreign, "tasks", [beside for _, beside in pairs])
    _keep_beside(foreign, "solutions", [beside for _, beside in answers])
    _keep_beside(foreign, _FIRST, [beside for _, beside in first])
    foreign.update(reader.rest())
    reader.close("assignment")
    return assignment


def encode_assignment_patch(patch: AssignmentPatch) -> dict[str, Any]:
    """Return a change of an assignment; an empty comment is said, too."""
    document = {
        "status": None if patch.status is None else patch.status.value,
        "public_comment": patch.public_comment,
    }
    return with_foreign(document, {})


def decode_assignment_patch(document: object) -> AssignmentPatch:
    """Return the change that a requester wants.

    Raises:
        InvalidInput: the document is no change of an assignment.
    """
    reader = Reader.open(document)
    patch = AssignmentPatch(
        status=reader.find("status", _STATUS), public_comment=reader.find("public_comment", _COMMENT)
    )
    reader.close("change of an assignment")
    return patch


def _encode_task(task: IssuedTask) -> dict[str, Any]:
    document: dict[str, Any] = {"id": task.id, "input_values": dict(task.input_values)}
    if task.known_solutions:
        document["known_solutions"] = [encode_known_solution(solution) for solution in task.known_solutions]
    if task.hint is not None:
        document["message_on_unknown_solution"] = task.hint
    return document


def _read_task(reader: Reader) -> tuple[IssuedTask, dict[str, Any]]:
    input_values = reader.get("input_values", OBJECT, {})
    known_solutions = reader.get("known_solutions", KNOWN_SOLUTIONS, ())
    # The pages of requesters who send whole task suites hold tasks without ids.
    task_id = TaskId(reader.get("id", IDENTIFIER, ""))
    key = input_values.get(TASK_ID_FIELD)
    hint = reader.find("message_on_unknown_solution", TEXT)
    beside = reader.rest()
    task = IssuedTask(
        id=task_id,
        key=key if isinstance(key, str) else task_id,
        kind=TaskDraft(
            key="",
            input_values=input_values,
            known_solutions=known_solutions,
            hint=hint or None,
        ).kind,
        input_values=input_values,
        known_solutions=known_solutions,
        hint=hint,
    )
    return task, beside


def _read_solution(reader: Reader) -> tuple[Solution, dict[str, Any]]:
    solution = Solution(output_values=reader.get("output_values", OBJECT, {}))
    return solution, reader.rest()


def _encode_solutions(solutions: Iterable[Solution], beside: Sequence[dict[str, Any]]) -> list[dict[str, Any]] | None:
    return _merge([encode_solution(solution) for solution in solutions], beside) or None


def _keep_beside(foreign: dict[str, Any], name: str, beside: list[dict[str, Any]]) -> None:
    if any(beside):
        foreign[name] = beside


def _merge(documents: list[dict[str, Any]], beside: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(documents) != len(beside):
        return documents
    return [{**entry, **document} for document, entry in zip(documents, beside, strict=True)]


_NO_TASK: tuple[IssuedTask, dict[str, Any]] = (
    IssuedTask(id=TaskId(""), key="", kind=TaskDraft(key="", input_values={}).kind, input_values={}),
    {},
)
_NO_SOLUTION: tuple[Solution, dict[str, Any]] = (Solution(output_values={}), {})
_TASKS = list_of(object_of(_read_task, _NO_TASK))
_SOLUTIONS = list_of(object_of(_read_solution, _NO_SOLUTION))
