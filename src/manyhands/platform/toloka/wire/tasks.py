"""Tasks."""

from collections.abc import Iterable, Mapping
from typing import Any

from manyhands.crowd import INFINITE_OVERLAP, KnownSolution, PoolId, Task, TaskDraft, TaskId
from manyhands.task import FieldSpec

from .field_specs import find_value_problems
from .foreign import with_foreign
from .keys import EXTENSION
from .kinds import IDENTIFIER, MOMENT
from .moments import write_moment
from .problems import WireProblem
from .reading import Reader
from .task_content import encode_content, encode_reach, read_draft, read_remaining

__all__ = [
    "decode_task",
    "decode_task_draft",
    "encode_task",
    "encode_task_draft",
    "find_known_solution_problems",
    "find_task_problems",
    "read_pool_id",
]

#: What our records of tasks say.
_STATE = ("id", "pool_id", "created", "remaining_overlap", EXTENSION)
#: What the platform says of a task, and a requester cannot.
_READ_ONLY = (*_STATE, "origin_task_id")


def encode_task_draft(draft: TaskDraft, pool_id: PoolId, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a task to be created.

    Args:
        draft: the task; its key is not written, it usually stands in the hidden input field ``id``.
        pool_id: where it will be.
        is_extended: whether to add the key, which only a manyhands server understands.
    """
    document = {"pool_id": pool_id, **_encode(draft)}
    if is_extended:
        document[EXTENSION] = {"key": draft.key}
    return with_foreign(document, draft.foreign) if draft.foreign else document


def encode_task(task: Task, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a task as a platform shows it."""
    document = {
        "id": task.id,
        "pool_id": task.pool_id,
        "created": write_moment(task.created),
        **_encode(task),
    }
    if task.remaining_overlap is not INFINITE_OVERLAP:
        document["remaining_overlap"] = task.remaining_overlap
    if is_extended:
        document[EXTENSION] = {"key": task.key}
    return with_foreign(document, task.foreign) if task.foreign else document


def read_pool_id(document: object) -> PoolId:
    """Return the pool that a new task or task suite belongs to.

    Raises:
        InvalidInput: the document names none.
    """
    reader = Reader.open(document)
    pool_id = PoolId(reader.require("pool_id", IDENTIFIER))
    reader.close("task")
    return pool_id


def decode_task_draft(
    document: object, *, key: str | None = None, default_overlap: int | None = 1, is_overlap_required: bool = False
) -> TaskDraft:
    """Return the task that a requester wants to have.

    Args:
        document: a form, or a whole task, whose read-only fields are passed over, as are the markers of clients (``__item_idx``).
        key: the draft's key if the document brings none of its own; None takes the input value ``id``, else an empty key.
        default_overlap: the overlap of a task that names none; None is infinite.
        is_overlap_required: a task without an overlap of its own is a problem.

    Raises:
        InvalidInput: the document is no task; every problem has its field and code.

    Example:
        >>> decode_task_draft({"pool_id": "1", "input_values": {"id": "a", "image": "http://x.org/1"}, "overlap": 3}).overlap
        3
    """
    reader = Reader.open(document)
    if is_overlap_required and reader.raw("overlap") is None and reader.raw("infinite_overlap") is not True:
        reader.miss("overlap", "expected an overlap, found none")
    draft = read_draft(reader, key=key, default_overlap=default_overlap, read_only=_READ_ONLY)
    reader.close("task")
    return draft


def decode_task(document: object) -> Task:
    """Return a task that a platform shows; its key is the one between manyhands, else the input value ``id``, else its id.

    Raises:
        InvalidInput: the document is no task.
    """
    reader = Reader.open(document)
    draft = read_draft(reader, key=None, default_overlap=INFINITE_OVERLAP, read_only=_STATE)
    task_id = TaskId(reader.require("id", IDENTIFIER))
    task = Task(
        id=task_id,
        pool_id=PoolId(reader.require("pool_id", IDENTIFIER)),
        key=draft.key or task_id,
        kind=draft.kind,
        created=reader.require("created", MOMENT),
        input_values=draft.input_values,
        known_solutions=draft.known_solutions,
        hint=draft.hint,
        overlap=draft.overlap,
        remaining_overlap=read_remaining(reader, draft.overlap),
        reserved_for=draft.reserved_for,
        unavailable_for=draft.unavailable_for,
        foreign=draft.foreign,
    )
    reader.close("task")
    return task


def find_task_problems(
    draft: TaskDraft, *, input_spec: Mapping[str, FieldSpec], output_spec: Mapping[str, FieldSpec]
) -> list[WireProblem]:
    """Return what is wrong with the values of a task, under the fields of its document."""
    return [
        *find_value_problems(draft.input_values, input_spec),
        *find_known_solution_problems(draft.known_solutions, output_spec),
    ]


def find_known_solution_problems(
    known_solutions: Iterable[KnownSolution], output_spec: Mapping[str, FieldSpec]
) -> list[WireProblem]:
    """Return what is wrong with the known solutions of a task, under the fields of its document."""
    return [
        problem
        for place, solution in enumerate(known_solutions)
        for problem in find_value_problems(
            solution.output_values, output_spec, path=f"known_solutions.{place}.output_values"
        )
    ]


def _encode(task: Task | TaskDraft) -> dict[str, Any]:
    reach = encode_reach(
        task.overlap, reserved_for=task.reserved_for, unavailable_for=task.unavailable_for, foreign=task.foreign
    )
    return {**encode_content(task), **reach}
