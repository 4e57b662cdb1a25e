"""Changes of pools, tasks and task suites; None changes nothing."""

from dataclasses import dataclass
from typing import Any

from manyhands.crowd import TaskChange

from .foreign import keep_empty, with_foreign
from .kinds import FLAG, OBJECT, TEXT, integer, list_of, number
from .reading import Reader
from .solutions import KNOWN_SOLUTIONS, encode_known_solution
from .task_content import OVERLAP

__all__ = [
    "OverlapPatch",
    "decode_overlap_patch",
    "decode_pool_patch",
    "decode_task_patch",
    "encode_overlap_patch",
    "encode_pool_patch",
    "encode_task_patch",
]

_PRIORITY = integer(least=0, most=100)
_ORDER = number(least=-99_999.99999, most=99_999.99999)
_BASELINES = "baseline_solutions"
_SOLUTIONS = list_of(OBJECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapPatch:
    """A new overlap for a task or task suite.

    Attributes:
        overlap: solutions wanted; 0 stops issuing.
        infinite_overlap: whether every worker may get it.
        issuing_order_override: for task suites; higher comes first.
    """

    overlap: int | None = None
    infinite_overlap: bool | None = None
    issuing_order_override: float | None = None


def encode_pool_patch(priority: int) -> dict[str, int]:
    """Return a change of a pool's priority, the only thing that can be changed while it is open."""
    return {"priority": priority}


def decode_pool_patch(document: object) -> int:
    """Return the priority that a requester wants.

    Raises:
        InvalidInput: the document names none.
    """
    reader = Reader.open(document)
    priority = reader.require("priority", _PRIORITY)
    reader.close("change of a pool")
    return priority


def encode_overlap_patch(patch: OverlapPatch) -> dict[str, Any]:
    """Return a change of an overlap.

    Example:
        >>> encode_overlap_patch(OverlapPatch(overlap=3))
        {'overlap': 3}
    """
    document = {
        "overlap": patch.overlap,
        "infinite_overlap": patch.infinite_overlap,
        "issuing_order_override": patch.issuing_order_override,
    }
    return with_foreign(document, {})


def decode_overlap_patch(document: object) -> OverlapPatch:
    """Return the overlap that a requester wants.

    Raises:
        InvalidInput: the document is no change of an overlap, or changes nothing.
    """
    reader = Reader.open(document)
    patch = _read_reach(reader)
    if patch == OverlapPatch():
        reader.miss("overlap", "expected an overlap, found none")
    reader.close("change of an overlap")
    return patch


def encode_task_patch(change: TaskChange) -> dict[str, Any]:
    """Return a change of a task."""
    known = change.known_solutions
    document = {
        "overlap": change.overlap,
        "infinite_overlap": change.is_endless,
        "known_solutions": None if known is None else [encode_known_solution(solution) for solution in known],
        "message_on_unknown_solution": change.hint,
    }
    return with_foreign(document, change.foreign)


def decode_task_patch(document: object) -> TaskChange:
    """Return the change of a task that a requester wants.

    Raises:
        InvalidInput: the document is no change of a task.
    """
    reader = Reader.open(document)
    foreign: dict[str, Any] = {}
    keep_empty(foreign, reader, ("known_solutions", "message_on_unknown_solution"))
    baselines = reader.find(_BASELINES, _SOLUTIONS)
    if baselines is not None:
        foreign[_BASELINES] = list(baselines)
    change = TaskChange(
        overlap=reader.find("overlap", OVERLAP),
        is_endless=reader.find("infinite_overlap", FLAG),
        known_solutions=reader.find("known_solutions", KNOWN_SOLUTIONS),
        hint=reader.find("message_on_unknown_solution", TEXT),
        foreign=foreign,
    )
    reader.close("change of a task")
    return change


def _read_reach(reader: Reader) -> OverlapPatch:
    return OverlapPatch(
        overlap=reader.find("overlap", OVERLAP),
        infinite_overlap=reader.find("infinite_overlap", FLAG),
        issuing_order_override=reader.find("issuing_order_override", _ORDER),
    )
