"""What manyhands needs of a place with workers: the requester's side and the worker's side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from .assignments import Assignment, Page
from .budget import Budget, Spending
from .clock import Clock
from .events import Event
from .ids import AssignmentId, BudgetId, PoolId, ProjectId, RestrictionId, SkillId, TaskId, ThreadId, WorkerId
from .messages import MessageDraft
from .money import Money
from .pool import Pool, PoolConfig
from .project import Project, ProjectConfig
from .tasks import Solution, Task, TaskDraft
from .training import Course, TrainingVerdict
from .workers import (
    Bonus,
    BonusDraft,
    Restriction,
    RestrictionDraft,
    Skill,
    Worker,
    WorkerProfile,
    WorkerSkill,
)

__all__ = ["EventPage", "Platform", "PlatformFeatures", "Workplace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformFeatures:
    """What a platform can promise by itself.

    Attributes:
        name: for messages and reports.
        has_budgets: `PoolConfig.budget_id` is an invariant of the platform; otherwise the launch keeps the budget as well as it can.
        has_exclusive_groups: `PoolConfig.exclusive_group` is honoured.
        poll_interval: how often `list_events` may be called.
        is_remote: every call is a request to another machine, so that those of several launches go side by side.
    """

    name: str
    has_budgets: bool
    has_exclusive_groups: bool
    poll_interval: timedelta
    is_remote: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """Some events, oldest first.

    Attributes:
        events: what happened in the pools that were asked for.
        has_more: whether more are waiting behind the last one.
        position: where to read on: nothing that happened in these pools up to here was left out. It lies behind the last event where the newest
            events of the platform are those of other pools.
    """

    events: tuple[Event, ...]
    has_more: bool
    position: int


class Platform(Protocol):
    """The requester's side of a place with workers.

    Every call is atomic, durable when it returns, safe from any thread, and idempotent: repeated after a crash it changes nothing and
    returns what the first call made. Creating calls are recognised by their `key`. An id that is not there, or belongs to another
    requester, raises `NotFound`; a transition that the tables do not allow raises `WrongState`; a platform that cannot be reached raises
    `PlatformUnavailable`.
    """

    @property
    def clock(self) -> Clock:
        """The platform's time."""
        ...

    @property
    def features(self) -> PlatformFeatures:
        """What the platform can promise by itself."""
        ...

    def fee(self, reward: Money) -> Money:
        """Return what the platform keeps on top of one reward or bonus."""
        ...

    def put_project(self, config: ProjectConfig) -> Project:
        """Create the project of this key, or replace its config where it differs."""
        ...

    def find_project(self, key: str) -> Project | None:
        """Return the active project of this key."""
        ...

    def put_budget(self, key: str, ceiling: Money | None) -> Budget:
        """Create the budget of this key, or set its ceiling.

        Raises:
            BudgetExceeded: the ceiling is lower than what is paid and reserved already.
        """
        ...

    def get_budget(self, budget_id: BudgetId) -> Budget:
        """Return the budget as it is now."""
        ...

    def create_pool(self, config: PoolConfig) -> Pool:
        """Create a closed pool; one of the type TRAINING is a training of its project."""
        ...

    def list_trainings(self, project_id: ProjectId) -> list[Pool]:
        """Return the trainings of the project in order of creation, whatever their state."""
        ...

    def get_pool(self, pool_id: PoolId) -> Pool:
        """Return the pool as it is now."""
        ...

    def open_pool(self, pool_id: PoolId) -> Pool:
        """Begin to issue pages; an open pool stays open. A pool with nothing to issue closes again by itself.

        Raises:
            EmptyPool: the pool has no tasks.
        """
        ...

    def close_pool(self, pool_id: PoolId) -> Pool:
        """Stop issuing pages; pages in work may still be submitted."""
        ...

    def extend_pool(self, pool_id: PoolId, expires: datetime) -> Pool:
        """Let the pool close by itself no earlier than `expires`; one that closes later, or never, stays as it is.

        An open pool stays open and a closed one closed, also one that was closed because its time was over.
        """
        ...

    def archive_pool(self, pool_id: PoolId) -> Pool:
        """Archive a closed pool."""
        ...

    def add_tasks(self, pool_id: PoolId, drafts: Iterable[TaskDraft]) -> list[TaskId]:
        """Add tasks to the pool, all or none, and return their ids in order."""
        ...

    def list_tasks(self, pool_id: PoolId, after: TaskId | None = None, *, limit: int = 1000) -> list[Task]:
        """Return up to `limit` tasks of the pool in order of id, from behind `after`."""
        ...

    def raise_overlaps(self, pool_id: PoolId, overlaps: Mapping[TaskId, int]) -> None:
        """Set each task's overlap to the larger of what is asked for and what is consumed (active, submitted, accepted, rejected).

        Zero stops issuing the task. A completed pool stays closed until it is opened again.
        """
        ...

    def accept(self, assignment_ids: Sequence[AssignmentId], public_comment: str = "") -> None:
        """Accept submitted (or rejected) pages and pay them; accepted pages stay as they are.

        Raises:
            BudgetExceeded: a page that was rejected cannot be paid any more. Nothing is accepted then.
        """
        ...

    def reject(self, assignment_id: AssignmentId, public_comment: str) -> None:
        """Reject a submitted page; its money is released, its tasks stay consumed. A rejected page stays as it is."""
        ...

    def list_assignments(
        self, pool_id: PoolId, after: AssignmentId | None = None, *, limit: int = 1000
    ) -> list[Assignment]:
        """Return up to `limit` assignments of the pool in order of id, from behind `after`."""
        ...

    def restrict(self, draft: RestrictionDraft) -> Restriction:
        """Keep a worker from taking pages until a moment."""
        ...

    def lift_restriction(self, restriction_id: RestrictionId) -> None:
        """End a restriction now."""
        ...

    def list_restrictions(self, worker_id: WorkerId | None = None) -> list[Restriction]:
        """Return the requester's restrictions in order of creation, ended ones too."""
        ...

    def put_skill(self, name: str) -> Skill:
        """Create the skill of this name, or return it."""
        ...

    def set_skill(self, worker_id: WorkerId, skill_id: SkillId, *, value: float | None) -> None:
        """Set a skill of a worker to a value in [0, 1]; None takes it away."""
        ...

    def list_skills(self, worker_id: WorkerId) -> list[WorkerSkill]:
        """Return the skills of a worker in order of skill id."""
        ...

    def pay_bonus(self, draft: BonusDraft) -> Bonus:
        """Pay a worker a bonus, and the fee on it, from the budget of the assignment's pool.

        Raises:
            BudgetExceeded: the budget does not cover it. Nothing is paid.
        """
        ...

    def release_bonus_reserve(self, assignment_ids: Iterable[AssignmentId]) -> None:
        """Give up what is reserved for bonuses of these pages, because none will be paid; without a reserve nothing changes.

        Where nobody says so, the platform ends the reserve by itself some time after the acceptance.
        """
        ...

    def list_bonuses(self, pool_id: PoolId) -> list[Bonus]:
        """Return the bonuses paid for assignments of the pool in order of creation."""
        ...

    def send_message(self, draft: MessageDraft) -> ThreadId:
        """Write to workers who know the requester, and return the thread that this begins. Each call sends another message.

        Raises:
            NoRecipients: there is nobody to whom it would go.
            PlatformError: this platform has no messages.
        """
        ...

    def spending(self, pool_id: PoolId) -> Spending:
        """Return what the pool has paid and reserved: rewards, bonuses and fees."""
        ...

    def list_events(self, pool_ids: Sequence[PoolId], after: int = 0, *, limit: int = 1000) -> EventPage:
        """Return up to `limit` events of these pools with a position above `after`, oldest first. Nothing is ever left out.

        Reading on from `EventPage.position` never looks at the same event of another pool twice.
        """
        ...

    def refresh(self, pool_ids: Sequence[PoolId]) -> None:
        """Let the next `list_events` of these pools know what has happened until now, though the poll interval is not over.

        For the end of a launch, where there is no next interval to wait for.
        """
        ...

    def wait_for_events(self, after: int, *, until: datetime | None, patience: timedelta) -> None:
        """Return when there may be an event above `after`, when `wake` is called, or when something is due.

        Args:
            after: the position of the last event that the caller has seen.
            until: a moment on the platform's clock at which the caller wants to act; None when there is none.
            patience: the longest time on the wall that the caller can be away.
        """
        ...

    def wake(self) -> None:
        """Make every `wait_for_events` return at once."""
        ...


class Workplace(Protocol):
    """The worker's side of a place with workers.

    Atomic, durable, thread-safe. A worker never gets a task twice, nor a page with tasks of two pools, nor anything that tells a
    control task from a real one.
    """

    @property
    def clock(self) -> Clock:
        """The platform's time."""
        ...

    def register_worker(self, worker_id: WorkerId, profile: WorkerProfile) -> Worker:
        """Make the worker known, or return them as they are known already."""
        ...

    def list_open_pools(self) -> list[Pool]:
        """Return the open pools, highest priority first, then in order of id; whether a worker gets anything there is seen on taking."""
        ...

    def take(self, worker_id: WorkerId, pool_id: PoolId) -> Page:
        """Issue a page, or return the page that the worker has in hand.

        Raises:
            NoWork: nothing for this worker here; `reason` is one of ``pool_closed``, ``restricted``, ``filtered``, ``training_required``,
                ``trained``, ``exclusive``, ``too_many_pages``, ``exhausted``, ``control_exhausted``, ``budget_exhausted``.
        """
        ...

    def check_training_answer(
        self, assignment_id: AssignmentId, worker_id: WorkerId, *, task_id: TaskId, solution: Solution
    ) -> TrainingVerdict:
        """Tell whether an answer to a training task is right; the first answer to each task is kept and makes the worker's skill.

        Checking the same answer again tells the same and changes nothing.

        Args:
            assignment_id: an active page.
            worker_id: whose page.
            task_id: of the page's task, as `Page` names it.
            solution: the answer.

        Raises:
            InvalidData: the answer does not fit the task, or the task is no training task; nothing tells what it is instead.
            NotFound: there is no such task on the page.
            WrongState: the page is not active.
        """
        ...

    def reward_for(self, worker_id: WorkerId, pool_id: PoolId) -> Money:
        """Return the reward for a page of the pool that the worker would take now; it may depend on a skill."""
        ...

    def list_courses(self, worker_id: WorkerId) -> list[Course]:
        """Return the open trainings and exams with the open pools that they lead to, highest priority first, then in order of id."""
        ...

    def submit(self, assignment_id: AssignmentId, worker_id: WorkerId, *, solutions: Sequence[Solution]) -> None:
        """Hand a page in; `solutions` is parallel to the page's tasks. The same solutions again change nothing.

        Raises:
            InvalidData: the solutions do not fit the tasks, or an answer to a training task is wrong; the page stays active. What was
                wrong is kept as the first answer where none was checked before.
            WrongState: the page has expired, was skipped, or was submitted with other solutions.
        """
        ...

    def skip(self, assignment_id: AssignmentId, worker_id: WorkerId) -> None:
        """Give a page back. The tasks of a training may come again, with the first answers that they have."""
        ...

    def deadline(self) -> datetime | None:
        """Return the moment at which something will happen by itself (an expiry, an automatic acceptance, a pool's end)."""
        ...
