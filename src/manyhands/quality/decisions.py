"""What is to be done about a page and its worker."""

from dataclasses import dataclass
from datetime import datetime

from manyhands.crowd import Assignment, BonusDraft, Money, RestrictionDraft, RestrictionScope, SkillId

__all__ = ["Accept", "Decision", "PayBonus", "Reject", "Restrict", "SetSkill"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """Accept and pay the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Reject the page.

    Attributes:
        public_comment: what the worker is told, in the language of the task.
        wrong_positions: places on the page of the control tasks answered wrong, from 0.
    """

    public_comment: str
    wrong_positions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrict:
    """Keep the worker away.

    Attributes:
        key: the same for the same rule and page, however often it is decided.
        until: counted from the moment the page was submitted; None means for good.
        private_comment: for the requester only.
    """

    key: str
    scope: RestrictionScope
    until: datetime | None
    private_comment: str

    def draft(self, assignment: Assignment) -> RestrictionDraft:
        """Return the restriction to be given to the worker of this page."""
        return RestrictionDraft(
            key=self.key,
            worker_id=assignment.worker_id,
            scope=self.scope,
            pool_id=assignment.pool_id if self.scope is RestrictionScope.POOL else None,
            project_id=assignment.project_id if self.scope is RestrictionScope.PROJECT else None,
            until=self.until,
            private_comment=self.private_comment,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetSkill:
    """Set a skill of the worker to `value` in [0, 1]."""

    skill_id: SkillId
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PayBonus:
    """Pay the worker a bonus for the page; `key` is the same for the same rule and page."""

    key: str
    amount: Money

    def draft(self, assignment: Assignment) -> BonusDraft:
        """Return the bonus to be paid to the worker of this page."""
        return BonusDraft(key=self.key, worker_id=assignment.worker_id, amount=self.amount, assignment_id=assignment.id)


Decision = Accept | Reject | Restrict | SetSkill | PayBonus
