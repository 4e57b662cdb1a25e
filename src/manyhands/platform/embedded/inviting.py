"""The requester's side: letting people in."""

import secrets

from manyhands.errors import InvalidInput, NotFound
from manyhands.store import SqlValue

from .books import Books
from .engine import Engine
from .invitations import Invitation, InvitationDraft, digest_of, invitation_of
from .moments import find_stamp
from .skill_rows import put_skill_row

__all__ = ["Inviting"]

_CODE_BYTES = 32


class Inviting(Engine):
    """Invitations of one requester."""

    def create_invitation(self, draft: InvitationDraft) -> str:
        """Make an invitation and return its code, which cannot be shown again.

        Raises:
            InvalidInput: the number of uses or the end lets nobody in.
            NotFound: the requester has no such pool.
        """
        code = secrets.token_urlsafe(_CODE_BYTES)
        with self.writing() as books:
            books.transaction.run("create_invitation", {"digest": digest_of(code), **self._values(books, draft)})
        return code

    def list_invitations(self) -> list[Invitation]:
        """Return the requester's invitations in order of creation, those that let nobody in any more too."""
        with self.reading() as transaction:
            rows = transaction.rows("list_invitations", {"requester": self._requester})
        return [invitation_of(row) for row in rows]

    def revoke_invitation(self, invitation_id: str) -> None:
        """End an invitation; whoever accepted it stays. One that has ended stays as it is.

        Raises:
            NotFound: the requester has no such invitation.
        """
        with self.writing() as books:
            values: dict[str, SqlValue] = {"requester": self._requester, "id": invitation_id, "now": books.now}
            if books.transaction.find("revoke_invitation", values) is None:
                raise NotFound(f"requester {self._requester!r} has no invitation {invitation_id!r}")

    def _values(self, books: Books, draft: InvitationDraft) -> dict[str, SqlValue]:
        until = find_stamp(draft.until)
        if draft.max_uses is not None and draft.max_uses < 1:
            raise InvalidInput(f"max_uses: expected 1 or more, found {draft.max_uses}")
        if until is not None and until <= books.now:
            raise InvalidInput(f"until: expected a moment to come, found {draft.until}")
        pool = None if draft.pool_id is None else self.own_pool(books.transaction, draft.pool_id)
        skill = put_skill_row(books, self._requester, draft.skill) if draft.skill else None
        return {
            "requester": self._requester,
            "label": draft.label,
            "pool_id": None if pool is None else pool.number,
            "skill_id": None if skill is None else skill["id"],
            "created": books.now,
            "until": until,
            "max_uses": draft.max_uses,
        }
