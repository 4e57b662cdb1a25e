"""What the doors of a launch's details take and give, as JSON objects; amounts are US dollars, shares in [0, 1]."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

__all__ = [
    "AnswerEntry",
    "BudgetForm",
    "ControlEntry",
    "ControlList",
    "JudgeForm",
    "ObjectEntry",
    "ObjectList",
    "Preview",
    "PreviewTask",
    "ReviewEntry",
    "ReviewList",
    "ReviewTask",
    "WorkerEntry",
    "WorkerList",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEntry:
    """One worker's answer to one task."""

    worker_id: str
    values: dict[str, Any]
    status: str
    submitted: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectEntry:
    """An object with its answers; label and confidence are null before the first accepted answer."""

    id: str
    input_values: dict[str, Any]
    label: dict[str, Any] | None
    confidence: float | None
    is_finished: bool
    in_hand_count: int
    answers: list[AnswerEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectList:
    """Some objects of a launch, and how many there are."""

    items: list[ObjectEntry]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerEntry:
    """A worker in a launch.

    Attributes:
        task_seconds: mean seconds per task of submitted pages.
        is_restricted: whether something keeps the worker from taking pages of the launch now.
        restricted_until: null while not restricted, or when the restriction does not end by itself.
        reason: the requester's own note at the restriction.
    """

    worker_id: str
    pages: dict[str, int]
    control_count: int
    control_accuracy: float | None
    task_seconds: float | None
    last_seen: datetime | None
    is_restricted: bool
    restricted_until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerList:
    """The workers of a launch, those with most pages first."""

    items: list[WorkerEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlEntry:
    """A control task that was answered; it is suspicious when most workers who are good at the others answer it otherwise."""

    id: str
    input_values: dict[str, Any]
    known: dict[str, Any]
    answer_count: int
    right_count: int
    is_suspicious: bool
    usual: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlList:
    """The answered control tasks of a launch, suspicious ones first, then the least often right."""

    items: list[ControlEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTask:
    """A task on a page with its answer; `known` is null for a real task."""

    input_values: dict[str, Any]
    values: dict[str, Any]
    known: dict[str, Any] | None
    is_right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """A page that may be judged: submitted, or rejected and not yet forgiven."""

    id: str
    worker_id: str
    status: str
    submitted: datetime | None
    seconds: float | None
    public_comment: str
    tasks: list[ReviewTask]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """Pages to review, oldest first; at most a hundred, those that wait before those that were rejected."""

    items: list[ReviewEntry]
    waiting_count: int
    rejected_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeForm:
    """The reason that the worker is told."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetForm:
    """A new ceiling, in US dollars as text, such as ``"12.50"``."""

    ceiling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTask:
    """A task as workers see it."""

    id: str
    input_values: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What workers are shown; all tasks are objects of the launch."""

    title: str
    instruction: str
    view: dict[str, Any]
    reward: float
    tasks: list[PreviewTask]
