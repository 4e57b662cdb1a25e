"""What the doors of a launch's details take and give, as JSON objects; amounts are US dollars, shares in [0, 1]."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from manyhands.launches import Timeline
from manyhands.results import Bar

__all__ = [
    "AnswerEntry",
    "CalibrationEntry",
    "ConfusionCell",
    "ControlAnswerEntry",
    "ControlEntry",
    "ControlList",
    "ControlStory",
    "JudgeForm",
    "ObjectEntry",
    "ObjectList",
    "ObjectStoryView",
    "PlotData",
    "Preview",
    "PreviewTask",
    "ReviewEntry",
    "ReviewList",
    "ReviewTask",
    "StepEntry",
    "WorkerEntry",
    "WorkerList",
    "WorkerPageEntry",
    "WorkerStoryView",
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
    label: str | None
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
class StepEntry:
    """One page with the object on it, in the order in which pages counted.

    Attributes:
        kind: what followed, such as ``unsure`` or ``enough``; see `StepKind`.
        judged: when it was accepted, rejected, given back or expired.
        alone: how probable the label would be by this answer alone, by what is known of the worker now.
        probabilities: of each label after this and all earlier accepted answers; empty where the answer does not count.
        needed: the confidence that was asked for.
        cost: its part of what the page cost.
    """

    assignment_id: str
    worker_id: str
    status: str
    kind: str
    taken: datetime
    submitted: datetime | None
    judged: datetime | None
    task_seconds: float | None
    label: str | None
    alone: float | None
    probabilities: dict[str, float]
    needed: float | None
    cost: float
    public_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectStoryView:
    """An object, and how its label came about."""

    object: ObjectEntry
    labels: list[str]
    algorithm: str
    steps: list[StepEntry]
    cost: float


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
class WorkerPageEntry:
    """One page of a worker; the reward is paid only where the page is accepted, bonuses included."""

    assignment_id: str
    status: str
    taken: datetime
    submitted: datetime | None
    task_seconds: float | None
    control_count: int
    right_count: int
    accuracy_so_far: float | None
    reward: float
    public_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionEntry:
    """A restriction that the requester gave; `until` is null when it does not end by itself."""

    scope: str
    created: datetime
    until: datetime | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerStoryView:
    """A worker in one launch.

    Attributes:
        weight: how far the aggregation trusts the worker; null where it does not weigh workers.
        says: label → how probable it is by one such answer of this worker alone.
        agreement: share of pairs with another worker's accepted answer to the same object that are equal.
        label_agreement: share of accepted answers that are the label the object has now.
        hours: time on submitted pages.
        hint_seconds: the expected time for one task; null where nobody wrote it down.
        pools: where else the worker took pages of this requester.
    """

    worker: WorkerEntry
    pages: list[WorkerPageEntry]
    weight: float | None
    says: dict[str, float]
    agreement: float | None
    label_agreement: float | None
    labels: list[str]
    confusion: list["ConfusionCell"]
    earned: float
    hours: float
    hourly: float | None
    hint_seconds: float | None
    restrictions: list[RestrictionEntry]
    pools: list[str]


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
class ControlAnswerEntry:
    """An answer to a control task; `is_by_good` tells whether the worker is right on most of the other ones."""

    worker_id: str
    values: dict[str, Any]
    status: str
    submitted: datetime | None
    is_right: bool
    is_by_good: bool
    worker_accuracy: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlStory:
    """A control task with its answers, those of good workers first."""

    control: ControlEntry
    answers: list[ControlAnswerEntry]
    good_count: int
    good_right_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionCell:
    """How often one label was answered where another, or the same, is right."""

    truth: str
    answer: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationEntry:
    """Control tasks of about the same confidence, with the 95 % range of the share that is right."""

    label: str
    count: int
    mean_confidence: float
    right_share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotData:
    """What the plots of a launch are drawn from.

    Attributes:
        confusion: answers to control tasks on pages that were not rejected.
        calibration_gap: mean confidence of control tasks minus the share of them that is right; null without any.
        hint_seconds: the expected time for one task; null where nobody wrote it down.
    """

    labels: list[str]
    confusion: list[ConfusionCell]
    durations: list[Bar]
    overlaps: list[Bar]
    confidences: list[Bar]
    calibration: list[CalibrationEntry]
    calibration_gap: float | None
    hint_seconds: float | None
    timeline: Timeline


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
