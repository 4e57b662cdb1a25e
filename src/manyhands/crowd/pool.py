"""Tasks of a project with the same price, overlap, filter and rules, opened and closed together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from .filters import WorkerFilterExpression
from .ids import BudgetId, PoolId, ProjectId, SkillId
from .money import Money
from .quality_control import QualityRule

__all__ = [
    "POOL_TRANSITIONS",
    "CloseReason",
    "FrequencyStep",
    "GrowingOverlap",
    "HistoryScope",
    "MixerConfig",
    "Pool",
    "PoolConfig",
    "PoolStatus",
    "PoolType",
    "PriceStep",
    "SkillPrices",
    "TaskFrequency",
    "TrainingRequirement",
    "TrainingTerms",
]


class PoolStatus(StrEnum):
    """The states of a pool."""

    #: Nothing is issued; what workers have in hand may be finished.
    CLOSED = "CLOSED"
    #: Pages are issued.
    OPEN = "OPEN"
    #: An operation is running.
    LOCKED = "LOCKED"
    #: Kept for reading only; final.
    ARCHIVED = "ARCHIVED"


#: From each state, the states that may follow.
POOL_TRANSITIONS: Mapping[PoolStatus, frozenset[PoolStatus]] = {
    PoolStatus.CLOSED: frozenset({PoolStatus.OPEN, PoolStatus.LOCKED, PoolStatus.ARCHIVED}),
    PoolStatus.OPEN: frozenset({PoolStatus.CLOSED, PoolStatus.LOCKED}),
    PoolStatus.LOCKED: frozenset({PoolStatus.CLOSED, PoolStatus.OPEN, PoolStatus.ARCHIVED}),
    PoolStatus.ARCHIVED: frozenset(),
}


class CloseReason(StrEnum):
    """Why a pool is closed."""

    #: Closed by the requester, or never opened.
    MANUAL = "MANUAL"
    #: Nothing is left to issue and nobody is at work.
    COMPLETED = "COMPLETED"
    #: Its time is over.
    EXPIRED = "EXPIRED"
    #: The budget or the balance does not allow one more page.
    NOT_ENOUGH_BALANCE = "NOT_ENOUGH_BALANCE"
    #: The platform's ceiling of assignments is reached.
    ASSIGNMENTS_LIMIT_EXCEEDED = "ASSIGNMENTS_LIMIT_EXCEEDED"
    #: Blocked by the platform.
    BLOCKED = "BLOCKED"
    #: Closed for a change.
    FOR_UPDATE = "FOR_UPDATE"


class PoolType(StrEnum):
    """What a pool is for."""

    #: Paid work.
    REGULAR = "REGULAR"
    #: Unpaid training with known solutions and hints.
    TRAINING = "TRAINING"


class HistoryScope(StrEnum):
    """Which of a worker's tasks make the history that frequencies are counted in."""

    #: Those of the pool.
    POOL = "POOL"
    #: Those of all pools of the project.
    PROJECT = "PROJECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyStep:
    """From the worker's `first` task to the `last` one (None: without an end), the first is meant and every `every`-th after it."""

    first: int
    last: int | None
    every: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFrequency:
    """How often a worker meets a kind of task, by the place of the task among all tasks of the worker.

    Attributes:
        steps: they do not overlap; between them no task is meant.
        window: only tasks handed in within this time count as the worker's earlier ones; None means all.
    """

    scope: HistoryScope
    steps: tuple[FrequencyStep, ...]
    window: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MixerConfig:
    """How a page is put together.

    Attributes:
        real_count: real tasks on a full page; with a frequency, all tasks on a full page.
        control_count: control tasks on a page, each shown to a worker once.
        training_count: training tasks on a page.
        min_real_count: fewest real tasks on an incomplete last page; None means `real_count`.
        min_control_count: fewest control tasks on a page; None means `control_count`.
        min_training_count: fewest training tasks on a page; None means `training_count`.
        is_last_page_forced: whether an incomplete last page is issued when fewer than `min_real_count` real tasks are left.
        last_page_delay: how long a worker's incomplete last page is held back after the pool was last changed.
        is_creation_order_kept: real tasks come in the order of creation instead of at random.
        is_page_shuffled: whether the tasks of a page are shuffled, so that a control task has no place of its own.
        control_frequency: how often a worker meets a control task, instead of `control_count` on each page.
        training_frequency: how often a worker meets a training task, instead of `training_count` on each page.
    """

    real_count: int
    control_count: int = 0
    training_count: int = 0
    min_real_count: int | None = None
    min_control_count: int | None = None
    min_training_count: int | None = None
    is_last_page_forced: bool = True
    last_page_delay: timedelta = timedelta(0)
    is_creation_order_kept: bool = False
    is_page_shuffled: bool = True
    control_frequency: TaskFrequency | None = None
    training_frequency: TaskFrequency | None = None

    @property
    def task_count(self) -> int:
        """Tasks on a full page.

        Example:
            >>> MixerConfig(real_count=4, control_count=1).task_count
            5
        """
        if self.control_frequency is not None or self.training_frequency is not None:
            return self.real_count
        return self.real_count + self.control_count + self.training_count


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceStep:
    """The reward of workers whose skill, in whole percent, is from `lowest` to `highest` (in [0, 1], both included)."""

    lowest: float
    highest: float
    reward: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillPrices:
    """Rewards that depend on a skill when the page is taken; who is in no step gets the pool's reward. Steps do not overlap."""

    skill_id: SkillId
    steps: tuple[PriceStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowingOverlap:
    """The platform itself asks for one answer more to a task, as long as the accepted ones are not confident enough.

    Attributes:
        max_overlap: the overlap that no task passes.
        min_confidence: probability in [0, 1] that the answer to each of the fields needs.
        weight_skill_id: the skill that tells how often a worker is right.
        fields: output fields with a limited number of values, each looked at by itself.
    """

    max_overlap: int
    min_confidence: float
    weight_skill_id: SkillId
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRequirement:
    """Only workers whose training skill is at least `passing_skill` (in [0, 1]) may work.

    Attributes:
        skill_id: the skill that counts; None takes the one that the training gives.
    """

    training_pool_id: PoolId
    passing_skill: float
    skill_id: SkillId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingTerms:
    """What passing a training takes.

    Attributes:
        pages_to_pass: pages after which the training gives its skill; None, or more than there are, means all of them.
        retry_after: the skill is taken away so long after the worker's last page in a pool that requires the training, or after it was given, and
            the training can be done again; None means never.
    """

    pages_to_pass: int | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolConfig:
    """What the requester chooses for a pool.

    Attributes:
        project_id: the project whose tasks the pool holds.
        key: the requester's own name for the pool; creating it again with the same key returns the same pool.
        reward: for one accepted assignment.
        assignment_duration: time for one page; afterwards the assignment expires and its tasks return.
        mixer: how pages are put together; None means that the requester sends whole task suites.
        is_suite_order_kept: those task suites come in the order of creation instead of at random.
        skill_prices: other rewards for workers of some skill; None means the same for everybody.
        default_overlap: overlap of tasks, or task suites, that bring none.
        growing_overlap: until when the platform asks for one answer more; None means that it never does by itself.
        auto_accept: accept every page when it is submitted.
        auto_accept_after: accept pages that nobody has judged after this time.
        auto_close_delay: how long a completed pool stays open.
        expires: the pool closes at this moment; None means never.
        worker_filter: who may work; None admits everybody.
        training_requirement: the training that has to be passed; None means none.
        training_terms: of a pool of the type TRAINING, what passing it takes.
        quality_rules: rules that the platform itself applies.
        budget_id: the budget that pays; None means only the requester's balance limits spending.
        max_bonus: the largest bonus that one assignment may bring; reserved together with the reward.
        exclusive_group: a worker who took a page in one pool of the group gets none in the others; None means no group.
        priority: 0..100, higher comes first in a worker's list.
        description: public description of the pool.
        instruction: HTML shown to workers instead of the project's instruction; empty where that is shown.
        private_note: for the requester only.
        type: regular work or training.
        may_contain_adult_content: only workers who allow it get the pool.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    project_id: ProjectId
    key: str
    reward: Money
    assignment_duration: timedelta
    mixer: MixerConfig | None
    is_suite_order_kept: bool = False
    skill_prices: SkillPrices | None = None
    default_overlap: int = 1
    growing_overlap: GrowingOverlap | None = None
    auto_accept: bool = False
    auto_accept_after: timedelta = timedelta(days=14)
    auto_close_delay: timedelta = timedelta(0)
    expires: datetime | None = None
    worker_filter: WorkerFilterExpression | None = None
    training_requirement: TrainingRequirement | None = None
    training_terms: TrainingTerms = field(default_factory=TrainingTerms)
    quality_rules: tuple[QualityRule, ...] = ()
    budget_id: BudgetId | None = None
    max_bonus: Money = field(default_factory=Money)
    exclusive_group: str | None = None
    priority: int = 30
    description: str = ""
    instruction: str = ""
    private_note: str = ""
    type: PoolType = PoolType.REGULAR
    may_contain_adult_content: bool = False
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A pool as the platform knows it; `close_reason` is None while it is open.

    Attributes:
        training_skill_id: the skill that a training gives, the same one for all trainings of a project; None for other pools.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: PoolId
    status: PoolStatus
    close_reason: CloseReason | None
    created: datetime
    last_started: datetime | None = None
    last_stopped: datetime | None = None
    config: PoolConfig
    training_skill_id: SkillId | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)
