"""The requester's side: who may not work."""

from manyhands.crowd import (
    Restriction,
    RestrictionDraft,
    RestrictionId,
    RestrictionScope,
    WorkerId,
)
from manyhands.errors import InvalidInput, NotFound
from manyhands.store import Row, SqlValue, Transaction

from .access_losses import note_restriction
from .books import Books
from .engine import Engine
from .ids import parse_number
from .moments import find_stamp
from .numbering import next_number
from .records import restriction_of
from .tallies import tally_scopes
from .tally_keeping import update_tally

__all__ = ["People"]


class People(Engine):
    """Restrictions of one requester; what the methods promise is written at `Platform`."""

    def restrict(self, draft: RestrictionDraft) -> Restriction:
        """Keep a worker from taking pages until a moment."""
        names = {"requester": self._requester, "key": draft.key}
        with self.writing() as books:
            transaction = books.transaction
            row = transaction.find("find_restriction_by_key", names)
            if row is None:
                transaction.run(
                    "create_restriction", {**names, **self._restriction_values(transaction, draft, books.now)}
                )
                row = transaction.find("find_restriction_by_key", names)
                self._note_restriction(books, row)
        if row is None:
            raise NotFound(f"restriction {draft.key!r} is not there any more")
        return restriction_of(row)

    def put_restriction(self, draft: RestrictionDraft) -> Restriction:
        """Keep a worker from taking pages somewhere until a moment; what holds there is changed instead of giving another restriction.

        The place is what the restriction is known by; the draft's key means nothing here.
        """
        with self.writing() as books:
            transaction = books.transaction
            # The counter's row stays locked until the commit, so that nobody gives another restriction in the same place in between.
            values = self._restriction_values(transaction, draft, books.now)
            place = {name: values[name] or 0 for name in ("worker_number", "pool_id", "project_id")}
            names: dict[str, SqlValue] = {"requester": self._requester, "scope": draft.scope.value, "now": books.now}
            holding = transaction.rows("list_restrictions_in_place", {**names, **place})
            for older in holding[:-1]:
                _end(books, older)
            if holding:
                values["id"] = holding[-1]["id"]
                transaction.run(
                    "change_restriction", {name: values[name] for name in ("id", "until", "private_comment")}
                )
            else:
                key = f"in place {values['id']!s}"
                transaction.run("create_restriction", {"requester": self._requester, "key": key, **values})
            row = transaction.find("find_restriction", {"id": values["id"]})
            self._note_restriction(books, row)
        if row is None:
            raise NotFound(f"restriction {draft.key!r} is not there any more")
        return restriction_of(row)

    def lift_restriction(self, restriction_id: RestrictionId) -> None:
        """End a restriction now; one that has ended stays as it is. A quality rule that gave it counts anew."""
        number = parse_number("restriction", restriction_id)
        with self.writing() as books:
            row = books.transaction.find("find_restriction", {"id": number})
            if row is None or row["requester"] != self._requester:
                raise NotFound(f"requester {self._requester!r} has no restriction {restriction_id}")
            if row["until"] is None or row["until"] > books.now:
                _end(books, row)

    def list_restrictions(self, worker_id: WorkerId | None = None) -> list[Restriction]:
        """Return the requester's restrictions in order of creation, ended ones too."""
        names: dict[str, SqlValue] = {"requester": self._requester}
        with self.reading() as transaction:
            if worker_id is None:
                rows = transaction.rows("list_restrictions", names)
            else:
                number = self._catalogue.worker(transaction, worker_id).number
                rows = transaction.rows("list_restrictions_of_worker", {**names, "worker_number": number})
        return [restriction_of(row) for row in rows]

    def _note_restriction(self, books: Books, row: Row | None) -> None:
        if row is not None:
            note_restriction(
                books,
                requester=self._requester,
                worker_number=row["worker_number"],
                pool_number=row["pool_id"],
                project_number=row["project_id"],
            )

    def _restriction_values(self, transaction: Transaction, draft: RestrictionDraft, now: int) -> dict[str, SqlValue]:
        return {
            "id": next_number(transaction, "restriction"),
            "worker_number": self._catalogue.worker(transaction, draft.worker_id).number,
            "scope": draft.scope.value,
            "pool_id": self._scope_pool(transaction, draft),
            "project_id": self._scope_project(transaction, draft),
            "created": now,
            "until": find_stamp(draft.until),
            "private_comment": draft.private_comment,
            "tally_scope": None,
        }

    def _scope_pool(self, transaction: Transaction, draft: RestrictionDraft) -> int | None:
        if draft.scope is not RestrictionScope.POOL:
            return None
        if draft.pool_id is None:
            raise InvalidInput(f"restriction {draft.key!r} has scope POOL and names no pool; set pool_id")
        return self.own_pool(transaction, draft.pool_id).number

    def _scope_project(self, transaction: Transaction, draft: RestrictionDraft) -> int | None:
        if draft.scope is not RestrictionScope.PROJECT:
            return None
        if draft.project_id is None:
            raise InvalidInput(f"restriction {draft.key!r} has scope PROJECT and names no project; set project_id")
        row = transaction.find("find_project", {"id": parse_number("project", draft.project_id)})
        if row is None or row["requester"] != self._requester:
            raise NotFound(f"requester {self._requester!r} has no project {draft.project_id}")
        return int(row["id"])


def _end(books: Books, row: Row) -> None:
    """End a restriction now; the rule that gave it, if one did, counts anew."""
    books.transaction.run("end_restriction", {"id": row["id"], "now": books.now})
    if row["tally_scope"] is not None:
        for scope in tally_scopes(row["tally_scope"]):
            update_tally(books, row["worker_number"], scope, change=lambda tally: tally.start_anew(books.now))
