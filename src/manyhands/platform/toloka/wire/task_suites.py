"""Task suites: pages that a requester puts together, in pools without smart mixing, or that the platform has put together."""

from collections.abc import Mapping
from typing import Any

from manyhands.crowd import INFINITE_OVERLAP, PoolId, Task, TaskDraft, TaskId, TaskSuite, TaskSuiteDraft, TaskSuiteId
from manyhands.task import FieldSpec

from .foreign import with_foreign
from .keys import EXTENSION
from .kinds import FLAG, IDENTIFIER, MOMENT, TEXT, list_of, number, object_of
from .moments import write_moment
from .problems import ProblemCode, WireProblem
from .reading import Reader
from .task_content import encode_content, encode_reach, read_draft, read_overlap, read_remaining, read_workers
from .tasks import find_task_problems

__all__ = [
    "decode_task_suite",
    "decode_task_suite_draft",
    "encode_task_suite",
    "encode_task_suite_draft",
    "find_task_suite_problems",
]

#: What the platform says of a task suite, and a requester cannot.
_STATE = ("id", "created", "remaining_overlap", EXTENSION)
#: What tasks of a pool have, and tasks of a suite share with their suite.
_SHARED = ("pool_id", "overlap", "infinite_overlap", "reserved_for", "unavailable_for", "created", "remaining_overlap")
_ORDER = number(least=-99_999.99999, most=99_999.99999)


def encode_task_suite_draft(draft: TaskSuiteDraft, pool_id: PoolId, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a task suite to be created.

    Args:
        draft: the suite; its key is not written, nor are those of its tasks.
        pool_id: where it will be.
        is_extended: whether to add the key, which only a manyhands server understands.
    """
    document = {
        "pool_id": pool_id,
        "tasks": [with_foreign(encode_content(task), task.foreign) for task in draft.tasks],
        **_encode_reach(draft),
    }
    if is_extended:
        document[EXTENSION] = {"key": draft.key}
    return with_foreign(document, draft.foreign)


def decode_task_suite_draft(
    document: object, *, key: str | None = None, default_overlap: int | None = 1, is_overlap_required: bool = False
) -> TaskSuiteDraft:
    """Return the task suite that a requester wants to have.

    Args:
        document: the task suite; its read-only fields are passed over, as are the markers of clients (``__item_idx``).
        key: the draft's key if the document brings none of its own; None leaves it empty.
        default_overlap: the overlap of a suite that names none; None is infinite.
        is_overlap_required: a suite without an overlap of its own is a problem.

    Raises:
        InvalidInput: the document is no task suite; every problem has its field and code.
    """
    reader = Reader.open(document)
    if is_overlap_required and reader.raw("overlap") is None and reader.raw("infinite_overlap") is not True:
        reader.miss("overlap", "expected an overlap, found none")
    reader.require("pool_id", IDENTIFIER)
    tasks = tuple(task for _, task in reader.require("tasks", _TASKS))
    draft = _read_draft(reader, tasks, key=key, default_overlap=default_overlap)
    for place, task in enumerate(draft.tasks):
        if "baseline_solutions" in task.foreign:
            field_name = f"tasks.{place}.baseline_solutions"
            reader.refuse(field_name, ProblemCode.VALUE_NOT_ALLOWED, "tasks of a suite have none")
    reader.close("task suite")
    return draft


def encode_task_suite(suite: TaskSuite, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a task suite as a platform shows it."""
    document = {
        "id": suite.id,
        "pool_id": suite.pool_id,
        "created": write_moment(suite.created),
        "tasks": [_encode_task(task) for task in suite.tasks],
        **_encode_reach(suite),
        "mixed": suite.is_mixed,
        "remaining_overlap": suite.remaining_overlap,
    }
    if is_extended and not suite.is_mixed:
        document[EXTENSION] = {"key": suite.key}
    return with_foreign(document, suite.foreign)


def decode_task_suite(document: object) -> TaskSuite:
    """Return a task suite that a platform shows; its key is the one between manyhands, else its id.

    Raises:
        InvalidInput: the document is no task suite.
    """
    reader = Reader.open(document)
    suite_id, pool_id = reader.require("id", IDENTIFIER), PoolId(reader.require("pool_id", IDENTIFIER))
    created, is_mixed = reader.require("created", MOMENT), reader.get("mixed", FLAG, False)
    tasks = reader.require("tasks", _TASKS)
    draft = _read_draft(reader, tuple(task for _, task in tasks), key=suite_id, default_overlap=INFINITE_OVERLAP)
    remaining = read_remaining(reader, draft.overlap)
    reader.close("task suite")
    return TaskSuite(
        id=TaskSuiteId(suite_id),
        pool_id=pool_id,
        key=draft.key,
        created=created,
        tasks=tuple(
            Task(
                id=task_id,
                pool_id=pool_id,
                key=task.key,
                kind=task.kind,
                created=created,
                input_values=task.input_values,
                known_solutions=task.known_solutions,
                hint=task.hint,
                overlap=draft.overlap,
                remaining_overlap=remaining,
                foreign=task.foreign,
            )
            for task_id, task in tasks
        ),
        overlap=draft.overlap,
        remaining_overlap=remaining,
        reserved_for=draft.reserved_for,
        unavailable_for=draft.unavailable_for,
        issuing_order_override=draft.issuing_order_override,
        is_mixed=is_mixed,
        foreign=draft.foreign,
    )


def find_task_suite_problems(
    draft: TaskSuiteDraft, *, input_spec: Mapping[str, FieldSpec], output_spec: Mapping[str, FieldSpec]
) -> list[WireProblem]:
    """Return what is wrong with the values of the tasks of a suite, under the fields of its document."""
    return [
        WireProblem(f"tasks.{place}.{problem.path}", problem.code, message=problem.message, params=problem.params)
        for place, task in enumerate(draft.tasks)
        for problem in find_task_problems(task, input_spec=input_spec, output_spec=output_spec)
    ]


def _encode_reach(suite: TaskSuite | TaskSuiteDraft) -> dict[str, Any]:
    reach = encode_reach(
        suite.overlap, reserved_for=suite.reserved_for, unavailable_for=suite.unavailable_for, foreign=suite.foreign
    )
    return {**reach, "issuing_order_override": suite.issuing_order_override}


def _encode_task(task: Task) -> dict[str, Any]:
    return with_foreign({"id": task.id or None, **encode_content(task)}, task.foreign)


def _read_draft(
    reader: Reader, tasks: tuple[TaskDraft, ...], *, key: str | None, default_overlap: int | None
) -> TaskSuiteDraft:
    foreign: dict[str, Any] = {}
    own_key = reader.get_object(EXTENSION).find("key", TEXT)
    draft = TaskSuiteDraft(
        key=own_key if own_key is not None else key or "",
        tasks=tasks,
        overlap=read_overlap(reader, default_overlap),
        reserved_for=read_workers(reader, "reserved_for", foreign=foreign),
        unavailable_for=read_workers(reader, "unavailable_for", foreign=foreign),
        issuing_order_override=reader.get("issuing_order_override", _ORDER, 0.0),
        foreign=foreign,
    )
    foreign.update(reader.rest(without=_STATE))
    return draft


def _read_task(reader: Reader) -> tuple[TaskId, TaskDraft]:
    # Platforms that make no tasks of the pool of them show tasks without ids.
    task_id = TaskId(reader.get("id", IDENTIFIER, ""))
    draft = read_draft(reader, key=None, default_overlap=1, read_only=())
    return task_id, TaskDraft(
        key=draft.key,
        input_values=draft.input_values,
        known_solutions=draft.known_solutions,
        hint=draft.hint,
        foreign={name: value for name, value in draft.foreign.items() if name not in _SHARED},
    )


_NO_TASK = TaskId(""), TaskDraft(key="", input_values={})
_TASKS = list_of(object_of(_read_task, _NO_TASK), least=1)
