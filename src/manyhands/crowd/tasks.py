"""One tuple of input values and what may be answered to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from .ids import PoolId, TaskId, WorkerId

__all__ = ["INFINITE_OVERLAP", "KnownSolution", "Solution", "Task", "TaskChange", "TaskDraft", "TaskKind", "Values"]

#: Field name → JSON value (str, int, float, bool, list, dict or None).
Values = Mapping[str, Any]

#: The overlap of a task that every worker may get, such as a control task.
INFINITE_OVERLAP = None


class TaskKind(StrEnum):
    """What a task is for."""

    #: Its solution is wanted.
    REAL = "real"
    #: Its solution is known and judges the worker.
    CONTROL = "control"
    #: Its solution is known and shown to the worker.
    TRAINING = "training"

    @classmethod
    def of(cls, known_solutions: "Collection[KnownSolution]", *, hint: str | None) -> "TaskKind":
        """Return the kind of a task: real without known solutions, training with a hint, else control."""
        if not known_solutions:
            return cls.REAL
        return cls.CONTROL if hint is None else cls.TRAINING


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """What one worker answered to one task."""

    output_values: Values


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSolution:
    """A right answer to a control or training task; `weight` in [0, 1] tells how right."""

    output_values: Values
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task to be added to a pool.

    Attributes:
        key: the requester's own name for the task; adding it again to the pool with the same key returns the same task.
        input_values: what the worker is shown, hidden fields included.
        known_solutions: empty for a real task.
        hint: shown after a wrong answer in training; a task with a hint and a known solution is a training task.
        overlap: solutions wanted; 0 keeps the task back; None (`INFINITE_OVERLAP`) means every worker may get it.
        reserved_for: only these workers may get the task; empty means everybody.
        unavailable_for: these workers never get the task; unknown ids are allowed.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    key: str
    input_values: Values
    known_solutions: tuple[KnownSolution, ...] = ()
    hint: str | None = None
    overlap: int | None = 1
    reserved_for: frozenset[WorkerId] = field(default_factory=frozenset)
    unavailable_for: frozenset[WorkerId] = field(default_factory=frozenset)
    foreign: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> TaskKind:
        """Real without known solutions, training with a hint, else control."""
        return TaskKind.of(self.known_solutions, hint=self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChange:
    """What is to be different about a task; a field of None stays as it is.

    Attributes:
        overlap: solutions wanted; not fewer than are consumed.
        is_endless: True lets every worker get the task; False gives a task without an end the overlap that new tasks of its pool have.
        known_solutions: the new right answers; none make it a real task.
        hint: the new hint; an empty one takes it away.
        foreign: fields of a foreign API that are kept in place of those of the same names.
    """

    overlap: int | None = None
    is_endless: bool | None = None
    known_solutions: tuple[KnownSolution, ...] | None = None
    hint: str | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as the platform knows it.

    Attributes:
        overlap: solutions wanted; None means infinite.
        remaining_overlap: how many more workers may get it now; None means infinite.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: TaskId
    pool_id: PoolId
    key: str
    kind: TaskKind
    created: datetime
    input_values: Values
    known_solutions: tuple[KnownSolution, ...] = ()
    hint: str | None = None
    overlap: int | None = 1
    remaining_overlap: int | None = 1
    reserved_for: frozenset[WorkerId] = field(default_factory=frozenset)
    unavailable_for: frozenset[WorkerId] = field(default_factory=frozenset)
    foreign: Mapping[str, Any] = field(default_factory=dict)
