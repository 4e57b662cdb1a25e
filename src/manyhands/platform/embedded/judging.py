"""The requester's side: judging pages and paying for them."""

from collections.abc import Iterable, Sequence

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    Bonus,
    BonusDraft,
    Money,
    PoolId,
    Spending,
)
from manyhands.errors import InvalidInput, NotFound
from manyhands.store import SqlValue

from .acceptance import accept_page, find_judgeable
from .assignments import find_assignment, read_assignment_book
from .books import Books, Movement, PoolBook
from .documents import write_fields
from .engine import Engine
from .ids import first_id, parse_numbered, pool_number_of
from .ledger import pay_bonus_of_page, release_bonus
from .numbering import next_number
from .records import assignment_of, bonus_of, spending_of
from .review import reject
from .tally_keeping import discount

__all__ = ["Judging"]

_SMALLEST_BONUS = Money("0.01")


class Judging(Engine):
    """Pages and money of one requester; what the methods promise is written at `Platform`."""

    def fee(self, reward: Money) -> Money:
        """Return what the platform keeps on top of one reward or bonus."""
        return self._tariff.fee(reward)

    def accept(self, assignment_ids: Sequence[AssignmentId], public_comment: str = "") -> None:
        """Accept submitted (or rejected) pages and pay them; accepted pages stay as they are.

        What is reserved for a bonus stays reserved, see `ledger`.

        Raises:
            BudgetExceeded: a page that was rejected cannot be paid any more. Nothing is accepted then.
        """
        self.settle()
        numbers = [parse_numbered("assignment", assignment_id) for assignment_id in assignment_ids]
        with self.writing() as books:
            pools = self._lock_pools_of(books, numbers)
            for number in numbers:
                accept_page(books, pools[pool_number_of(number)], number, public_comment=public_comment)

    def reject(self, assignment_id: AssignmentId, public_comment: str) -> None:
        """Reject a submitted page; its money is released, its tasks stay consumed. A rejected page stays as it is."""
        self.settle()
        number = parse_numbered("assignment", assignment_id)
        with self.writing() as books:
            pool = self._lock_pools_of(books, [number])[pool_number_of(number)]
            page = find_judgeable(books, pool, number)
            if reject(books, pool, page, public_comment=public_comment):
                discount(books, pool, page)

    def get_assignment(self, assignment_id: AssignmentId) -> Assignment:
        """Return one assignment as it is now."""
        self.settle()
        number = parse_numbered("assignment", assignment_id)
        with self.reading() as transaction:
            self.own_pool(transaction, str(pool_number_of(number)))
            return assignment_of(transaction, self._catalogue, find_assignment(transaction, number))

    def list_assignments(
        self, pool_id: PoolId, after: AssignmentId | None = None, *, limit: int = 1000
    ) -> list[Assignment]:
        """Return up to `limit` assignments of the pool in order of id, from behind `after`."""
        self.settle()
        with self.reading() as transaction:
            pool = self.own_pool(transaction, pool_id).number
            first = first_id(pool) if after is None else parse_numbered("assignment", after, pool_id=pool_id)
            values = {"after": first, "end_id": first_id(pool + 1), "count": limit}
            rows = transaction.rows("list_assignments", values)
            return [assignment_of(transaction, self._catalogue, read_assignment_book(row)) for row in rows]

    def pay_bonus(self, draft: BonusDraft) -> Bonus:
        """Pay a worker a bonus, and the fee on it: from what is reserved for the page first, then from what is left of the budget.

        Raises:
            BudgetExceeded: the budget does not cover it. Nothing is paid.
            InvalidInput: the amount is below one cent, or the page is another worker's.
        """
        self.settle()
        if draft.amount < _SMALLEST_BONUS:
            raise InvalidInput(f"bonus {draft.key!r} is {draft.amount}; the smallest bonus is {_SMALLEST_BONUS}")
        with self.writing() as books:
            pool = None if draft.assignment_id is None else self._lock_pool_of(books, draft.assignment_id)
            # The counter's row stays locked until the commit, so that nobody pays a bonus of the same key in between.
            number = next_number(books.transaction, "bonus")
            names = {"requester": self._requester, "key": draft.key}
            if books.transaction.find("find_bonus_by_key", names) is None:
                self._pay_bonus(books, pool, draft, number)
            row = books.transaction.find("find_bonus_by_key", names)
            if row is None:
                raise NotFound(f"bonus {draft.key!r} is not there any more")
            return bonus_of(row)

    def release_bonus_reserve(self, assignment_ids: Iterable[AssignmentId]) -> None:
        """Give up what is reserved for bonuses of these pages, because none will be paid; it would end by itself later."""
        numbers = [parse_numbered("assignment", assignment_id) for assignment_id in assignment_ids]
        with self.writing() as books:
            pools = self._lock_pools_of(books, numbers)
            for number in numbers:
                page = find_assignment(books.transaction, number)
                release_bonus(books, pools[pool_number_of(number)], page)
                page.write(books.transaction)

    def list_bonuses(self, pool_id: PoolId) -> list[Bonus]:
        """Return the bonuses paid for assignments of the pool in order of creation."""
        with self.reading() as transaction:
            pool = self.own_pool(transaction, pool_id).number
            return [bonus_of(row) for row in transaction.rows("list_bonuses", {"pool_id": pool})]

    def spending(self, pool_id: PoolId) -> Spending:
        """Return what the pool has paid and reserved: rewards, bonuses and fees."""
        self.settle()
        with self.reading() as transaction:
            row = transaction.find("find_pool", {"id": self.own_pool(transaction, pool_id).number})
        if row is None:
            raise NotFound(f"there is no pool {pool_id}")
        return spending_of(row)

    def _lock_pools_of(self, books: Books, numbers: Sequence[int]) -> dict[int, PoolBook]:
        pool_numbers = sorted({pool_number_of(number) for number in numbers})
        for pool_number in pool_numbers:
            self.own_pool(books.transaction, str(pool_number))
        return {pool.number: pool for pool in books.lock(pool_numbers)}

    def _lock_pool_of(self, books: Books, assignment_id: AssignmentId) -> PoolBook:
        number = parse_numbered("assignment", assignment_id)
        return self._lock_pools_of(books, [number])[pool_number_of(number)]

    def _pay_bonus(self, books: Books, pool: PoolBook | None, draft: BonusDraft, number: int) -> None:
        worker = self._catalogue.worker(books.transaction, draft.worker_id)
        fee = self.fee(draft.amount)
        cost = (draft.amount + fee).units
        values: dict[str, SqlValue] = {
            "id": number,
            "requester": self._requester,
            "key": draft.key,
            "worker_number": worker.number,
            "pool_id": None if pool is None else pool.number,
            "assignment_id": None,
            "amount": draft.amount.units,
            "fee": fee.units,
            "created": books.now,
            "private_comment": draft.private_comment,
            "public_message": draft.public_message,
            "foreign_fields": write_fields(draft.foreign),
        }
        if pool is None or draft.assignment_id is None:
            books.pay_without_pool(Movement(kind="bonus", paid=cost, bonus_number=number))
        else:
            page = find_assignment(books.transaction, parse_numbered("assignment", draft.assignment_id))
            if page.worker_number != worker.number:
                message = f"assignment {draft.assignment_id} is of worker {page.worker_id}, not of {draft.worker_id}"
                raise InvalidInput(f"{message}; the bonus {draft.key!r} is not paid")
            pay_bonus_of_page(books, pool, page, cost=cost, bonus_number=number)
            page.write(books.transaction)
            values["assignment_id"] = page.number
        books.transaction.run("create_bonus", values)
