"""Rules that a platform itself applies to workers: what it counts, when it acts, what it does."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Literal

from .ids import SkillId
from .workers import RestrictionScope

__all__ = [
    "AcceptAll",
    "AcceptedCount",
    "AccessLoss",
    "AccessLossReason",
    "ChangeOverlap",
    "Collector",
    "Comparison",
    "ConditionKey",
    "ControlTasks",
    "DailyIncome",
    "MajorityAgreement",
    "PageReview",
    "PlatformAction",
    "QualityCondition",
    "QualityRule",
    "RejectAll",
    "RestrictWorker",
    "ReviewEvent",
    "ReviewedPages",
    "SetWorkerSkill",
    "ShareKey",
    "SkippedInRow",
    "SubmitTime",
    "TrainingAnswers",
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
    """Counts answers with a known solution among the last `history_size`.

    `total_count`, `correct_share` and `incorrect_share` are over control and training tasks, of which the first answer counts;
    `control_count`, `control_correct_share` and `control_incorrect_share` are over control tasks alone.
    """

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

    A task is finished when as many answers are in as its overlap asks for. Its majority is the answer that most workers gave, if at least
    `answer_threshold` gave it and no other was given as often; without a majority a task counts for nobody. Of an answer, the required fields
    count.
    """

    answer_threshold: int
    history_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedPages:
    """Counts pages that were judged (`total_count`), and the shares `accepted_share` and `rejected_share` among the last `history_size`.

    What is accepted by itself was judged by nobody and does not count.
    """

    history_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReview:
    """Tells of every judgement of a page: what happened (`event`, a `ReviewEvent`).

    `pending_count`, `accepted_count` and `rejected_count` count the assignments with the same page by their state afterwards.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessLoss:
    """Tells that a worker who has handed in pages may not work in the pool any more: why (`reason`, an `AccessLossReason`).

    `skill_id` is the skill that changed; it is absent when the reason is a restriction. `ChangeOverlap` then asks again what the worker's
    pages asked, each page once, unless it was rejected.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyIncome:
    """Counts the rewards for the worker's pages in the pool that were accepted within the last 24 hours, in US dollars (`income`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingAnswers:
    """Counts pages handed in (`submitted_count`), and the first answers to training tasks.

    Of these, `total_count`, `correct_share` and `incorrect_share`. `is_next_available` is 1 while the worker has not done every training task of the
    pool, else 0.
    """


Collector = (
    SubmitTime
    | ControlTasks
    | SkippedInRow
    | AcceptedCount
    | MajorityAgreement
    | ReviewedPages
    | PageReview
    | AccessLoss
    | DailyIncome
    | TrainingAnswers
)


class ReviewEvent(StrEnum):
    """How a page was judged."""

    #: Accepted, by somebody or by itself.
    ACCEPT = "ACCEPT"
    #: Accepted after all.
    ACCEPT_AFTER_REJECT = "ACCEPT_AFTER_REJECT"
    #: Rejected.
    REJECT = "REJECT"


class AccessLossReason(StrEnum):
    """Why a worker may not work in a pool any more."""

    #: A skill changed, and the pool's filter or its training requirement does not admit the worker any more.
    SKILL_CHANGE = "SKILL_CHANGE"
    #: The worker was restricted.
    RESTRICTION = "RESTRICTION"


#: Shares in [0, 1] that collectors count.
ShareKey = Literal[
    "correct_share",
    "incorrect_share",
    "control_correct_share",
    "control_incorrect_share",
    "accepted_share",
    "rejected_share",
]
#: Everything that conditions may ask about.
ConditionKey = (
    ShareKey
    | Literal[
        "total_count",
        "fast_count",
        "skipped_in_row_count",
        "accepted_count",
        "control_count",
        "pending_count",
        "rejected_count",
        "event",
        "reason",
        "skill_id",
        "income",
        "submitted_count",
        "is_next_available",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityCondition:
    """One comparison over what the collector counts or tells; shares are in [0, 1]. Words can only be equal or not."""

    key: ConditionKey
    comparison: Comparison
    threshold: float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictWorker:
    """Restrict the worker; `duration` None means for good."""

    scope: RestrictionScope
    duration: timedelta | None
    private_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetWorkerSkill:
    """Set a skill to `value` in [0, 1], or, where that is None, to the share `source` that the collector counts."""

    skill_id: SkillId
    value: float | None = None
    source: ShareKey = "correct_share"


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptAll:
    """Accept all of the worker's submitted pages in the pool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectAll:
    """Reject all of the worker's submitted pages in the pool."""

    public_comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOverlap:
    """Raise the overlap of the tasks concerned by `delta`, or lower it as far as that is possible.

    Attributes:
        is_pool_opened: whether a pool that is closed is opened again.
    """

    delta: int
    is_pool_opened: bool = False


PlatformAction = RestrictWorker | SetWorkerSkill | AcceptAll | RejectAll | ChangeOverlap


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule:
    """When all conditions hold over what the collector counted, the action follows."""

    collector: Collector
    conditions: tuple[QualityCondition, ...]
    action: PlatformAction
