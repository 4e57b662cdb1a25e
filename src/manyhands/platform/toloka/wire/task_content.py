"""What tasks of a pool and tasks of a suite have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from manyhands.crowd import INFINITE_OVERLAP, Task, TaskDraft, WorkerId
from manyhands.task import TASK_ID_FIELD

from .foreign import keep, keep_empty, recall
from .keys import EXTENSION
from .kinds import FLAG, IDENTIFIER, OBJECT, TEXT, integer, list_of
from .reading import Kind, Place, Reader
from .solutions import KNOWN_SOLUTIONS, encode_known_solution

__all__ = ["OVERLAP", "encode_content", "encode_reach", "read_draft", "read_overlap", "read_remaining", "read_workers"]

#: Fields that say nothing when they are empty; what they held is kept.
_MAY_BE_EMPTY = ("known_solutions", "message_on_unknown_solution")
#: How many workers may get a task.
OVERLAP = integer(least=0, most=30_000)


def encode_content(task: Task | TaskDraft) -> dict[str, Any]:
    """Return the values, known solutions and hint of a task."""
    document: dict[str, Any] = {"input_values": dict(task.input_values)}
    if task.known_solutions:
        document["known_solutions"] = [encode_known_solution(solution) for solution in task.known_solutions]
    if task.hint is not None:
        document["message_on_unknown_solution"] = task.hint
    return document


def encode_reach(
    overlap: int | None,
    *,
    reserved_for: frozenset[WorkerId],
    unavailable_for: frozenset[WorkerId],
    foreign: Mapping[str, Any],
) -> dict[str, Any]:
    """Return how many workers may get a task or suite, and which."""
    document: dict[str, Any] = {} if overlap is INFINITE_OVERLAP else {"overlap": overlap}
    document["infinite_overlap"] = overlap is INFINITE_OVERLAP
    document["reserved_for"] = _encode_workers("reserved_for", reserved_for, foreign)
    document["unavailable_for"] = _encode_workers("unavailable_for", unavailable_for, foreign)
    return document


def read_draft(reader: Reader, *, key: str | None, default_overlap: int | None, read_only: Iterable[str]) -> TaskDraft:
    """Return a task.

    Args:
        reader: of the task.
        key: the task's key if it brings none of its own.
        default_overlap: the overlap of a task that names none.
        read_only: fields that are passed over.
    """
    foreign: dict[str, Any] = {}
    input_values = reader.get("input_values", OBJECT, {})
    draft = TaskDraft(
        key=_read_key(reader, key, input_values),
        input_values=input_values,
        known_solutions=reader.get("known_solutions", KNOWN_SOLUTIONS, ()),
        hint=reader.find("message_on_unknown_solution", TEXT) or None,
        overlap=read_overlap(reader, default_overlap),
        reserved_for=read_workers(reader, "reserved_for", foreign=foreign),
        unavailable_for=read_workers(reader, "unavailable_for", foreign=foreign),
        foreign=foreign,
    )
    keep_empty(foreign, reader, _MAY_BE_EMPTY)
    foreign.update(reader.rest(without=read_only))
    return draft


def read_overlap(reader: Reader, default: int | None) -> int | None:
    """Return how many workers may get a task or suite; None means all of them."""
    is_infinite = reader.get("infinite_overlap", FLAG, False)
    overlap = reader.find("overlap", OVERLAP)
    if is_infinite:
        return INFINITE_OVERLAP
    return default if overlap is None else overlap


def read_remaining(reader: Reader, overlap: int | None) -> int | None:
    """Return how many more workers may get a task or suite; all that it has an overlap for when it does not say."""
    remaining = reader.find("remaining_overlap", OVERLAP)
    if overlap is INFINITE_OVERLAP:
        return INFINITE_OVERLAP
    return overlap if remaining is None else remaining


def read_workers(reader: Reader, name: str, *, foreign: dict[str, Any]) -> frozenset[WorkerId]:
    """Return the workers that a field names; `foreign` gets the order in which they stand there."""
    workers = reader.get(name, _WORKERS, _EVERYBODY)
    if workers:
        keep(foreign, name, reader.raw(name), canonical=sorted(workers))
    return workers


def _encode_workers(name: str, workers: frozenset[WorkerId], foreign: Mapping[str, Any]) -> Any:
    # Nearly all tasks are for everybody, and there are many of them.
    return recall(foreign, name, kind=_WORKERS, value=workers, canonical=sorted(workers)) if workers else []


def _read_key(reader: Reader, given: str | None, input_values: Mapping[str, Any]) -> str:
    extension = reader.find_object(EXTENSION)
    own = None if extension is None else extension.find("key", TEXT)
    shown = input_values.get(TASK_ID_FIELD)
    return own or given or (shown if isinstance(shown, str) else "")


def _as_workers(value: Any, place: Place) -> frozenset[WorkerId]:
    return frozenset(WorkerId(worker) for worker in _IDENTIFIERS.read(value, place))


_EVERYBODY: frozenset[WorkerId] = frozenset()
_IDENTIFIERS = list_of(IDENTIFIER)
_WORKERS: Kind[frozenset[WorkerId]] = Kind(read=_as_workers, blank=frozenset())
