"""One worker doing one page of tasks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from .ids import AssignmentId, PoolId, ProjectId, TaskId, TaskSuiteId, WorkerId
from .money import Money
from .tasks import KnownSolution, Solution, TaskKind, Values

__all__ = ["ASSIGNMENT_TRANSITIONS", "Assignment", "AssignmentStatus", "IssuedTask", "Page", "PageTask"]


class AssignmentStatus(StrEnum):
    """The states of an assignment."""

    #: In a worker's hands.
    ACTIVE = "ACTIVE"
    #: Answered, waiting to be judged.
    SUBMITTED = "SUBMITTED"
    #: Answered, judged good and paid.
    ACCEPTED = "ACCEPTED"
    #: Answered, judged bad and not paid.
    REJECTED = "REJECTED"
    #: Given back by the worker.
    SKIPPED = "SKIPPED"
    #: Not submitted in time.
    EXPIRED = "EXPIRED"


#: From each state, the states that may follow. A rejection may be taken back, anything else is final.
ASSIGNMENT_TRANSITIONS: Mapping[AssignmentStatus, frozenset[AssignmentStatus]] = {
    AssignmentStatus.ACTIVE: frozenset(
        {AssignmentStatus.SUBMITTED, AssignmentStatus.SKIPPED, AssignmentStatus.EXPIRED}
    ),
    AssignmentStatus.SUBMITTED: frozenset({AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED}),
    AssignmentStatus.REJECTED: frozenset({AssignmentStatus.ACCEPTED}),
    AssignmentStatus.ACCEPTED: frozenset(),
    AssignmentStatus.SKIPPED: frozenset(),
    AssignmentStatus.EXPIRED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedTask:
    """A task on a page, as the requester sees it: with its known solutions, and with its hint if it is a training task."""

    id: TaskId
    key: str
    kind: TaskKind
    input_values: Values
    known_solutions: tuple[KnownSolution, ...] = ()
    hint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """An assignment as the requester sees it.

    `tasks` and `solutions` are parallel; `solutions` is empty until the page is submitted. Each moment is None until it comes.

    Attributes:
        reward: paid when the page is accepted, fixed when it was taken.
        public_comment: what the worker was told when the page was judged.
        task_suite_id: the task suite that the page shows; None where a platform does not tell it.
        is_mixed: the platform put the page together, so that its task suite is issued this once.
        first_solutions: on a submitted page with training tasks, what was answered first, parallel to `tasks`; empty when every first answer was
            right.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: AssignmentId
    pool_id: PoolId
    project_id: ProjectId
    worker_id: WorkerId
    status: AssignmentStatus
    reward: Money
    tasks: tuple[IssuedTask, ...]
    solutions: tuple[Solution, ...] = ()
    created: datetime
    deadline: datetime
    submitted: datetime | None = None
    accepted: datetime | None = None
    rejected: datetime | None = None
    skipped: datetime | None = None
    expired: datetime | None = None
    public_comment: str = ""
    task_suite_id: TaskSuiteId | None = None
    is_mixed: bool = False
    first_solutions: tuple[Solution, ...] = ()
    foreign: Mapping[str, Any] = field(default_factory=dict)

    @property
    def duration(self) -> timedelta | None:
        """From taking to submitting; None before the page is submitted."""
        return None if self.submitted is None else self.submitted - self.created


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTask:
    """A task as the worker sees it: nothing tells a control task from a real one.

    Attributes:
        id: names the task on this page only; it is not the task's own id where that would tell more.
        input_values: without the hidden fields.
        is_training: whether this is a training task: its answers are checked one by one, and the last one has to be right.
    """

    id: TaskId
    input_values: Values
    is_training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An assignment as the worker sees it: hidden input values and known solutions are left out.

    Attributes:
        instruction: HTML to be shown instead of the project's instruction; empty where that is to be shown.
    """

    assignment_id: AssignmentId
    pool_id: PoolId
    project_id: ProjectId
    worker_id: WorkerId
    reward: Money
    created: datetime
    deadline: datetime
    tasks: tuple[PageTask, ...]
    instruction: str = ""
