"""Trainings and exams: what passing takes, what a worker is told, and which pools open."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .pool import Pool

__all__ = ["Course", "CourseKind", "Opening", "TrainingVerdict"]


class CourseKind(StrEnum):
    """How a worker qualifies for a pool."""

    #: Tasks with hints: every answer has to be put right, and the first ones count.
    TRAINING = "training"
    #: Control tasks and nothing else: every answer counts.
    EXAM = "exam"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingVerdict:
    """What a worker is told of an answer to a training task.

    Attributes:
        hint: what the requester says about wrong answers; empty where the answer is right or nothing is said.
    """

    is_right: bool
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A pool that opens to workers who do well enough.

    Attributes:
        pool: the open pool.
        passing_skill: the least value of the skill, in [0, 1].
        is_reached: whether the worker has that much of the skill now.
    """

    pool: Pool
    passing_skill: float
    is_reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A training or an exam as one worker sees it.

    Attributes:
        pool: the training, or the pool of control tasks.
        pages_done: pages of it that the worker has handed in; of a training, since it was begun the last time.
        pages_to_pass: pages after which the training gives its skill; None means all of them, or for an exam that its own rules decide.
        skill: the value that the training gave, in [0, 1]; None before it is over, and always for an exam, because a value that moves with
            every page would tell control tasks.
        retry_at: when the skill is taken away and the training can be done again, unless the worker does a page in a pool that requires
            it; None means that this does not happen by itself.
        is_available: whether the worker may take pages of it; a training that is over gives none.
        openings: the open pools that it leads to, highest priority first.
    """

    pool: Pool
    kind: CourseKind
    pages_done: int
    pages_to_pass: int | None
    skill: float | None
    retry_at: datetime | None
    is_available: bool
    openings: tuple[Opening, ...]
