"""What an invitation is, and what it brings."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from manyhands.crowd import PoolId, SkillId
from manyhands.store import Row

from .ids import pool_id_of
from .moments import find_moment, to_moment

__all__ = ["Invitation", "InvitationDraft", "InvitationOffer", "digest_of", "invitation_of"]

#: As many as the statement `revoke_invitation` compares.
_SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationDraft:
    """An invitation to be made.

    Attributes:
        label: for the requester only.
        pool_id: where whoever accepts begins to work; None for wherever they like.
        skill: the name of a skill of the requester that whoever accepts gets with value 1; empty for none. It is made if it is not there.
        until: the first moment at which nobody can accept any more; None for no end.
        max_uses: how many workers can accept; None for any number.
    """

    label: str = ""
    pool_id: PoolId | None = None
    skill: str = ""
    until: datetime | None = None
    max_uses: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation as its requester sees it.

    Attributes:
        id: the first digits of the code's digest; names it, lets nobody in.
        skill: the name of the skill; empty for none.
        use_count: how many workers accepted.
        revoked: since when nobody can accept because the requester said so; None for never.
    """

    id: str
    label: str
    pool_id: PoolId | None
    skill_id: SkillId | None
    skill: str
    created: datetime
    until: datetime | None
    max_uses: int | None
    use_count: int
    revoked: datetime | None

    def is_open(self, now: datetime) -> bool:
        """Return whether somebody could accept it."""
        is_early = self.until is None or now < self.until
        return self.revoked is None and is_early and (self.max_uses is None or self.use_count < self.max_uses)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationOffer:
    """What an invitation brings a worker.

    Attributes:
        pool_id: where they begin to work; None for wherever they like.
        title: the public name of the project of that pool; empty without a pool.
        has_skill: whether it makes them an expert.
    """

    pool_id: PoolId | None = None
    title: str = ""
    has_skill: bool = False


def digest_of(code: str) -> str:
    """Return what is kept of a code; it is random and long, so its digest gives nothing away."""
    return hashlib.sha256(code.encode()).hexdigest()


def invitation_of(row: Row) -> Invitation:
    """Return the invitation of a row."""
    pool, skill = row["pool_id"], row["skill_id"]
    return Invitation(
        id=row["digest"][:_SHOWN_DIGITS],
        label=row["label"],
        pool_id=None if pool is None else pool_id_of(pool),
        skill_id=None if skill is None else SkillId(str(skill)),
        skill=row["skill_name"] or "",
        created=to_moment(row["created"]),
        until=find_moment(row["until"]),
        max_uses=row["max_uses"],
        use_count=row["use_count"],
        revoked=find_moment(row["revoked"]),
    )
