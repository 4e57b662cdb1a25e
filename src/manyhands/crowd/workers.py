"""Who answers, what is known of them, and what they may not do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from .ids import AssignmentId, BonusId, PoolId, ProjectId, RestrictionId, SkillId, WorkerId
from .money import Money

__all__ = [
    "Bonus",
    "BonusDraft",
    "Restriction",
    "RestrictionDraft",
    "RestrictionScope",
    "Skill",
    "SkillDraft",
    "Worker",
    "WorkerKind",
    "WorkerProfile",
    "WorkerSkill",
]


class WorkerKind(StrEnum):
    """What a worker is."""

    #: A human being.
    PERSON = "person"
    #: A program that answers for real.
    MODEL = "model"
    #: A worker of a rehearsal.
    SIMULATED = "simulated"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerProfile:
    """What worker filters may ask about.

    Attributes:
        languages: upper-case ISO 639-1 codes.
        country: upper-case ISO 3166-1 alpha-2 code; empty when unknown.
        is_adult_content_allowed: the worker agreed to adult content.
        attributes: anything else a filter may name, such as ``region_by_phone`` or ``client_type``.
    """

    kind: WorkerKind = WorkerKind.PERSON
    name: str = ""
    languages: frozenset[str] = field(default_factory=frozenset)
    country: str = ""
    birth_date: date | None = None
    is_adult_content_allowed: bool = True
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A worker as the platform knows them."""

    id: WorkerId
    created: datetime
    profile: WorkerProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillDraft:
    """A skill to be created or changed.

    Attributes:
        name: what the requester calls it; no two skills of a requester have the same name.
        is_hidden: workers do not see it.
        lifetime: a value that is not set again for so long is gone; None means it stays.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    name: str
    is_hidden: bool = True
    lifetime: timedelta | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A named number on workers.

    Attributes:
        is_hidden: workers do not see it.
        lifetime: a value that is not set again for so long is gone; None means it stays.
        is_training: its values come from a training.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: SkillId
    name: str
    created: datetime
    is_hidden: bool = True
    lifetime: timedelta | None = None
    is_training: bool = False
    foreign: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSkill:
    """The value of a skill on a worker, in [0, 1]; `created` is when the worker first got it, `modified` when it was last set."""

    worker_id: WorkerId
    skill_id: SkillId
    value: float
    created: datetime
    modified: datetime


class RestrictionScope(StrEnum):
    """Where a restricted worker may not work."""

    #: In one pool.
    POOL = "POOL"
    #: In every pool of one project.
    PROJECT = "PROJECT"
    #: In every pool of the requester.
    ALL_PROJECTS = "ALL_PROJECTS"


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionDraft:
    """A restriction to be given.

    Attributes:
        key: giving the restriction again with the same key changes nothing.
        pool_id: set for scope POOL.
        project_id: set for scope PROJECT.
        until: the first moment at which the worker may work again; None means never.
        private_comment: for the requester only.
    """

    key: str
    worker_id: WorkerId
    scope: RestrictionScope
    pool_id: PoolId | None = None
    project_id: ProjectId | None = None
    until: datetime | None = None
    private_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A restriction as the platform knows it.

    Attributes:
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: RestrictionId
    created: datetime
    worker_id: WorkerId
    scope: RestrictionScope
    pool_id: PoolId | None = None
    project_id: ProjectId | None = None
    until: datetime | None = None
    private_comment: str = ""
    foreign: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusDraft:
    """A bonus to be paid.

    Attributes:
        key: paying the bonus again with the same key pays nothing.
        amount: at least one cent.
        assignment_id: the page that earned it; None for a bonus without a page.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    key: str
    worker_id: WorkerId
    amount: Money
    assignment_id: AssignmentId | None = None
    private_comment: str = ""
    public_message: str = ""
    foreign: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """A bonus that was paid.

    Attributes:
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: BonusId
    created: datetime
    worker_id: WorkerId
    amount: Money
    assignment_id: AssignmentId | None = None
    private_comment: str = ""
    public_message: str = ""
    foreign: Mapping[str, Any] = field(default_factory=dict, hash=False)
