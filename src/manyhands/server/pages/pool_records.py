"""What the doors of projects and pools take and give, as JSON objects; amounts are US dollars, shares in [0, 1]."""

from dataclasses import dataclass
from datetime import datetime

__all__ = ["BudgetForm", "PoolFact", "PoolSheet", "PoolsForm", "ProjectEntry", "ProjectList", "Refusal", "Refusals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectEntry:
    """A project; its pools are told live.

    Attributes:
        key: what names the task and its language on the platform.
        labels: what may be answered; empty where it is more than one choice.
    """

    id: str
    key: str
    name: str
    description: str
    instruction: str
    status: str
    created: datetime
    labels: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectList:
    """The requester's projects, latest first."""

    items: list[ProjectEntry]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFact:
    """One thing that was chosen, in words; an empty name goes on with the one before."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolSheet:
    """A pool in detail."""

    id: str
    project_id: str
    project_name: str
    created: datetime
    last_started: datetime | None
    last_stopped: datetime | None
    facts: list[PoolFact]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetForm:
    """A new ceiling, in US dollars as text, such as ``"12.50"``."""

    ceiling: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolsForm:
    """Pools of which something is asked."""

    pool_ids: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A pool of which something was asked in vain, and why."""

    pool_id: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """The pools that refused; the others did what was asked."""

    items: list[Refusal]
