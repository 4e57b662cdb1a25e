"""What a launch machine asks for, and what it hears when that was done."""

from dataclasses import dataclass
from datetime import datetime

from manyhands.crowd import (
    AssignmentId,
    BonusDraft,
    BudgetId,
    Money,
    Pool,
    PoolConfig,
    ProjectConfig,
    ProjectId,
    RestrictionDraft,
    SkillId,
    TaskId,
    WorkerId,
)

__all__ = [
    "AcceptPage",
    "AddTasks",
    "BudgetReady",
    "ClosePool",
    "Command",
    "CreatePool",
    "ExtendPool",
    "Finish",
    "GrantSkill",
    "HistoryReplayed",
    "OpenPool",
    "Outcome",
    "PayBonusFor",
    "PoolClosed",
    "PoolLost",
    "PoolOpened",
    "PoolReady",
    "ProjectReady",
    "PutBudget",
    "PutProject",
    "RaiseOverlaps",
    "RejectPage",
    "ReleaseBonusReserve",
    "ReplayHistory",
    "RestrictFor",
    "TasksAdded",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutProject:
    """Find the project of the task spec, or make it; one that is there stays as it is. Answered by `ProjectReady`."""

    config: ProjectConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectReady:
    """The project is there."""

    project_id: ProjectId


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBudget:
    """Set the ceiling of spending. Answered by `BudgetReady`."""

    key: str
    ceiling: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetReady:
    """The budget is there."""

    budget_id: BudgetId


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePool:
    """Create the pool, closed. Answered by `PoolReady`."""

    config: PoolConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendPool:
    """Let the pool of an earlier call close by itself no earlier than at a moment."""

    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolReady:
    """The pool is there."""

    pool: Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddTasks:
    """Add a slice of the plan's tasks to the pool. Answered by `TasksAdded`.

    Attributes:
        start: first position in the plan's list of tasks (control tasks first, then input objects).
        stop: one behind the last position.
    """

    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksAdded:
    """A slice of the plan's tasks is in the pool; `task_ids` is parallel to it."""

    start: int
    task_ids: tuple[TaskId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayHistory:
    """Feed every event that the pool has had so far. Answered by `HistoryReplayed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryReplayed:
    """The machine has seen everything that happened before; now it may act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPool:
    """Begin to issue pages. Answered by `PoolOpened`, or `PoolLost`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolOpened:
    """Pages are issued, or the pool had nothing to issue and closed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLost:
    """The pool cannot be opened or changed any more: somebody has archived it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePool:
    """Stop issuing pages. Answered by `PoolClosed`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolClosed:
    """No page is issued any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptPage:
    """Accept and pay a page."""

    assignment_id: AssignmentId
    public_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectPage:
    """Reject a page; the worker reads the comment."""

    assignment_id: AssignmentId
    public_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictFor:
    """Keep a worker from taking pages."""

    draft: RestrictionDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantSkill:
    """Set a skill of a worker, in [0, 1]."""

    worker_id: WorkerId
    skill_id: SkillId
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PayBonusFor:
    """Pay a bonus."""

    draft: BonusDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseBonusReserve:
    """Give up what is reserved for a bonus of an accepted page, because it earned none."""

    assignment_id: AssignmentId


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseOverlaps:
    """Ask for more (or fewer) answers: task → total overlap. Answered only if that is too late, by `PoolLost`."""

    overlaps: tuple[tuple[TaskId, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Nothing is left to do; the launch is over."""


Command = (
    PutProject
    | PutBudget
    | CreatePool
    | ExtendPool
    | AddTasks
    | ReplayHistory
    | OpenPool
    | ClosePool
    | AcceptPage
    | RejectPage
    | RestrictFor
    | GrantSkill
    | PayBonusFor
    | ReleaseBonusReserve
    | RaiseOverlaps
    | Finish
)

Outcome = ProjectReady | BudgetReady | PoolReady | TasksAdded | HistoryReplayed | PoolOpened | PoolLost | PoolClosed
