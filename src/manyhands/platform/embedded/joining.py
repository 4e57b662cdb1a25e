"""The worker's side: coming in, accepting invitations, and what one tells of oneself."""

from dataclasses import replace

from manyhands.crowd import Worker, WorkerId, WorkerProfile
from manyhands.errors import NotFound, WrongState
from manyhands.store import Row, Transaction

from .books import Books
from .documents import write_document
from .engine import Engine
from .enrolment import enroll, worker_of
from .ids import pool_id_of
from .invitations import InvitationOffer, digest_of, invitation_of
from .moments import find_moment, find_stamp, to_moment
from .profiles import ProfileHistory, ProfileState, check_profile, revise, state_of
from .projects import find_project_of_pool

__all__ = ["Joining"]

#: Who is invited as an expert has all of the skill.
_WHOLE_SKILL = 1.0


class Joining(Engine):
    """What people do before they work, at all requesters.

    `join` and `accept_invitation` work within a transaction of the caller (see `Engine.writing`), so that a password, a passkey or a session
    is there together with the worker, or not at all.
    """

    def join(self, books: Books, worker_id: WorkerId, profile: WorkerProfile) -> Worker:
        """Make a person known who tells this of themselves.

        Raises:
            InvalidInput: the profile cannot be.
            WrongState: somebody has this id already.
        """
        check_profile(profile, today=to_moment(books.now).date())
        if books.transaction.find("find_worker", {"id": worker_id}) is not None:
            raise WrongState(f"worker {worker_id!r} is here already")
        return worker_of(enroll(books, worker_id, profile))

    def accept_invitation(self, books: Books, worker_id: WorkerId, code: str) -> InvitationOffer:
        """Give a worker what an invitation brings, once; a worker who has accepted it already gets nothing new.

        Raises:
            NotFound: there is no such invitation, or it lets nobody in any more.
        """
        transaction = books.transaction
        row = _find_invitation(transaction, code)
        values = {"digest": row["digest"], "now": books.now}
        # Not from the catalogue: the worker may be new, and the transaction may still fail.
        worker = _known(transaction.find("find_worker", {"id": worker_id}), worker_id)["number"]
        if transaction.find("add_invitation_use", {**values, "worker_number": worker}) is not None:
            if transaction.find("count_invitation_use", values) is None:
                raise _is_over()
            if row["skill_id"] is not None:
                key = {"worker_number": worker, "skill_id": row["skill_id"]}
                transaction.run("put_worker_skill", {**key, "value": _WHOLE_SKILL, "now": books.now})
        return self._offer(transaction, row)

    def find_offer(self, code: str) -> InvitationOffer | None:
        """Return what an invitation brings to somebody new; None if it lets nobody in."""
        with self.reading() as transaction:
            row = transaction.find("find_invitation", {"digest": digest_of(code)})
            is_open = row is not None and invitation_of(row).is_open(self._clock.now())
            return self._offer(transaction, row) if row is not None and is_open else None

    def profile_state(self, worker_id: WorkerId) -> ProfileState:
        """Return a worker, and what of their profile they may change now.

        Raises:
            NotFound: nobody is registered under this id.
        """
        with self.reading() as transaction:
            row = transaction.find("find_worker", {"id": worker_id})
        return state_of(worker_of(_known(row, worker_id)), _history_of(_known(row, worker_id)), now=self._clock.now())

    def change_profile(self, worker_id: WorkerId, told: WorkerProfile) -> ProfileState:
        """Replace what a worker told of themselves, and return how it is then; worker filters see it at the next page.

        Kind and attributes are not the worker's to tell, and stay.

        Raises:
            InvalidInput: the profile cannot be.
            NotFound: nobody is registered under this id.
            WrongState: the worker may not change this now.
        """
        with self.writing() as books:
            now = to_moment(books.now)
            check_profile(told, today=now.date())
            row = _known(books.transaction.find("lock_worker", {"id": worker_id}), worker_id)
            before = state_of(worker_of(row), _history_of(row), now=now)
            history = revise(before, told, _history_of(row), now=now)
            known = before.worker.profile
            profile = replace(told, kind=known.kind, attributes=known.attributes)
            books.transaction.run(
                "write_worker_profile",
                {
                    "number": row["number"],
                    "profile": write_document(profile),
                    "country_changed": find_stamp(history.country_changed),
                    "birth_changed": find_stamp(history.birth_changed),
                },
            )
        return state_of(replace(before.worker, profile=profile), history, now=now)

    def _offer(self, transaction: Transaction, row: Row) -> InvitationOffer:
        has_skill = row["skill_id"] is not None
        if row["pool_id"] is None:
            return InvitationOffer(has_skill=has_skill)
        title = find_project_of_pool(transaction, row["pool_id"]).config.name
        return InvitationOffer(pool_id=pool_id_of(row["pool_id"]), title=title, has_skill=has_skill)


def _find_invitation(transaction: Transaction, code: str) -> Row:
    """Return the row of an invitation that was not revoked."""
    row = transaction.find("find_invitation", {"digest": digest_of(code)})
    if row is None or row["revoked"] is not None:
        raise _is_over()
    return row


def _is_over() -> NotFound:
    return NotFound("the invitation is unknown or lets nobody in any more; ask for a new one")


def _known(row: Row | None, worker_id: WorkerId) -> Row:
    if row is None:
        raise NotFound(f"there is no worker {worker_id!r}; register the worker first")
    return row


def _history_of(row: Row) -> ProfileHistory:
    return ProfileHistory(
        country_changed=find_moment(row["country_changed"]), birth_changed=find_moment(row["birth_changed"])
    )
