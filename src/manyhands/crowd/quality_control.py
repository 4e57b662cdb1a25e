"""Rules that a platform itself applies to workers: what it counts, when it acts, what it does."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from .ids import SkillId
from .workers import RestrictionScope

__all__ = [
    "AcceptedCount",
    "ChangeOverlap",
    "Collector",
    "Comparison",
    "ControlTasks",
    "MajorityAgreement",
    "PlatformAction",
    "QualityCondition",
    "QualityRule",
    "RejectAll",
    "RestrictWorker",
    "SetWorkerSkill",
    "SkippedInRow",
    "SubmitTime",
]


class Comparison(StrEnum):
    """How a count is compared with its threshold."""

    #: Equal.
    EQ = "EQ"
    #: Not equal.
    NE = "NE"
    #: Greater.
    GT = "GT"
    #: Greater or equal.
    GTE = "GTE"
    #: Less.
    LT = "LT"
    #: Less or equal.
    LTE = "LTE"


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitTime:
    """Counts pages (`total_count`) and pages submitted faster than `fast_threshold` (`fast_count`) among the last `history_size`."""

    fast_threshold: timedelta
    history_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlTasks:
    """Counts control answers (`total_count`) and the shares `correct_share`, `incorrect_share` among the last `history_size`."""

    history_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedInRow:
    """Counts pages skipped one after another (`skipped_in_row_count`); a submitted page starts anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedCount:
    """Counts the worker's submitted pages that were not rejected (`accepted_count`) since the last time the rule acted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MajorityAgreement:
    """Counts answers to finished tasks (`total_count`) and the share that agrees with the majority (`correct_share`, `incorrect_share`).

    A task is finished when `answer_threshold` answers are in.
    """

    answer_threshold: int
    history_size: int | None = None


Collector = SubmitTime | ControlTasks | SkippedInRow | AcceptedCount | MajorityAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityCondition:
    """One comparison over what the collector counts; shares are in [0, 1]."""

    key: Literal[
        "total_count",
        "fast_count",
        "correct_share",
        "incorrect_share",
        "skipped_in_row_count",
        "accepted_count",
    ]
    comparison: Comparison
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictWorker:
    """Restrict the worker; `duration` None means for good."""

    scope: RestrictionScope
    duration: timedelta | None
    private_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWorkerSkill:
    """Set a skill; `value` in [0, 1], None means the collector's correct share."""

    skill_id: SkillId
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectAll:
    """Reject all of the worker's submitted pages in the pool."""

    public_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOverlap:
    """Raise the overlap of the tasks concerned by `delta`."""

    delta: int


PlatformAction = RestrictWorker | SetWorkerSkill | RejectAll | ChangeOverlap


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule:
    """When all conditions hold over what the collector counted, the action follows."""

    collector: Collector
    conditions: tuple[QualityCondition, ...]
    action: PlatformAction
