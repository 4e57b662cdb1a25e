"""Task suites: pages that a requester puts together, in pools without smart mixing, or that the platform has put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from manyhands.crowd import INFINITE_OVERLAP, PoolId, TaskDraft, WorkerId

from .foreign import with_foreign
from .kinds import IDENTIFIER, MOMENT, list_of, number, object_of
from .moments import write_moment
from .problems import ProblemCode
from .reading import Reader
from .task_content import OVERLAP, encode_content, encode_reach, read_draft, read_overlap, read_workers

__all__ = [
    "TaskSuite",
    "TaskSuiteDraft",
    "decode_task_suite",
    "decode_task_suite_draft",
    "encode_task_suite",
    "encode_task_suite_draft",
]

_STATE = ("id", "created", "remaining_overlap")
_ORDER = number(least=-99_999.99999, most=99_999.99999)
#: Fields of a task that only tasks of a pool have.
_OF_POOLS = ("pool_id", "overlap", "infinite_overlap", "reserved_for", "unavailable_for")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSuiteDraft:
    """A task suite to be added to a pool.

    Attributes:
        pool_id: where it will be.
        tasks: what is on the page; their own overlaps and workers mean nothing.
        overlap: solutions wanted; None means infinite.
        reserved_for: only these workers may get it; empty means everybody.
        unavailable_for: these workers never get it.
        issuing_order_override: higher comes first; None is the pool's own order.
        foreign: what else the API knows of a task suite.
    """

    pool_id: PoolId
    tasks: tuple[TaskDraft, ...]
    overlap: int | None = 1
    reserved_for: frozenset[WorkerId] = field(default_factory=frozenset)
    unavailable_for: frozenset[WorkerId] = field(default_factory=frozenset)
    issuing_order_override: float | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSuite:
    """A task suite as a platform knows it; `remaining_overlap` None means infinite."""

    id: str
    created: datetime
    remaining_overlap: int | None
    draft: TaskSuiteDraft


def encode_task_suite_draft(draft: TaskSuiteDraft) -> dict[str, Any]:
    """Return a task suite to be created."""
    document = {
        "pool_id": draft.pool_id,
        "tasks": [_encode_task(task) for task in draft.tasks],
        **encode_reach(
            draft.overlap,
            reserved_for=draft.reserved_for,
            unavailable_for=draft.unavailable_for,
            foreign=draft.foreign,
        ),
        "issuing_order_override": draft.issuing_order_override,
    }
    return with_foreign(document, draft.foreign)


def decode_task_suite_draft(
    document: object, *, default_overlap: int | None = 1, is_overlap_required: bool = False
) -> TaskSuiteDraft:
    """Return the task suite that a requester wants to have.

    Args:
        document: the task suite; its read-only fields are passed over, as are the markers of clients (``__item_idx``).
        default_overlap: the overlap of a suite that names none; None is infinite.
        is_overlap_required: a suite without an overlap of its own is a problem.

    Raises:
        InvalidInput: the document is no task suite; every problem has its field and code.
    """
    reader = Reader.open(document)
    if is_overlap_required and reader.raw("overlap") is None and reader.raw("infinite_overlap") is not True:
        reader.miss("overlap", "expected an overlap, found none")
    draft = _read_draft(reader, default_overlap)
    for place, task in enumerate(draft.tasks):
        if "baseline_solutions" in task.foreign:
            field_name = f"tasks.{place}.baseline_solutions"
            reader.refuse(field_name, ProblemCode.VALUE_NOT_ALLOWED, "tasks of a suite have none")
    reader.close("task suite")
    return draft


def encode_task_suite(suite: TaskSuite) -> dict[str, Any]:
    """Return a task suite as a platform shows it."""
    document = {
        "id": suite.id,
        "created": write_moment(suite.created),
        **encode_task_suite_draft(suite.draft),
        "remaining_overlap": suite.remaining_overlap,
    }
    return with_foreign(document, {})


def decode_task_suite(document: object) -> TaskSuite:
    """Return a task suite that a platform shows.

    Raises:
        InvalidInput: the document is no task suite.
    """
    reader = Reader.open(document)
    suite_id, created = reader.require("id", IDENTIFIER), reader.require("created", MOMENT)
    remaining = reader.find("remaining_overlap", OVERLAP)
    suite = TaskSuite(
        id=suite_id,
        created=created,
        remaining_overlap=remaining,
        draft=_read_draft(reader, INFINITE_OVERLAP),
    )
    reader.close("task suite")
    return suite


def _encode_task(task: TaskDraft) -> dict[str, Any]:
    return with_foreign(encode_content(task), task.foreign)


def _read_draft(reader: Reader, default_overlap: int | None) -> TaskSuiteDraft:
    foreign: dict[str, Any] = {}
    tasks = reader.require("tasks", _TASKS)
    pool_id = PoolId(reader.require("pool_id", IDENTIFIER))
    draft = TaskSuiteDraft(
        pool_id=pool_id,
        tasks=tasks,
        overlap=read_overlap(reader, default_overlap),
        reserved_for=read_workers(reader, "reserved_for", foreign=foreign),
        unavailable_for=read_workers(reader, "unavailable_for", foreign=foreign),
        issuing_order_override=reader.find("issuing_order_override", _ORDER),
        foreign=foreign,
    )
    foreign.update(reader.rest(without=_STATE))
    return draft


def _read_task(reader: Reader) -> TaskDraft:
    # What a task of a suite says of overlaps and workers is kept but means nothing.
    draft = read_draft(reader, key=None, default_overlap=1, read_only=())
    kept = {name: reader.raw(name) for name in _OF_POOLS if reader.raw(name) is not None}
    return TaskDraft(
        key=draft.key,
        input_values=draft.input_values,
        known_solutions=draft.known_solutions,
        hint=draft.hint,
        foreign={**draft.foreign, **kept},
    )


_TASKS = list_of(object_of(_read_task, TaskDraft(key="", input_values={})), least=1)
