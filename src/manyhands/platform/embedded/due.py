"""What happens by itself: pages that expire or are accepted, pools that close or open again, reserves that end."""

from dataclasses import dataclass

from manyhands.crowd import AssignmentStatus
from manyhands.store import Transaction

from .assignments import find_assignment
from .books import Books
from .ids import pool_number_of
from .ledger import release_bonus
from .lifecycle import reopen_after_update
from .review import accept, expire

__all__ = ["DueItem", "carry_out", "find_first_due", "find_next_due"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """Something that is due at a moment: an assignment's change, or a pool's when `assignment_number` is None."""

    at: int
    pool_number: int
    assignment_number: int | None = None


def find_next_due(transaction: Transaction) -> int | None:
    """Return the stamp of the next moment at which something happens by itself, or None."""
    row = transaction.find("find_next_due", {})
    moments = () if row is None else (row["assignment_due"], row["pool_due"])
    return min((int(moment) for moment in moments if moment is not None), default=None)


def find_first_due(transaction: Transaction, *, now: int) -> DueItem | None:
    """Return the first thing that is due, or None; of two at the same moment the page comes before the pool."""
    page = transaction.find("find_due_assignment", {"now": now})
    pool = transaction.find("find_due_pool", {"now": now})
    if page is not None and (pool is None or page["due"] <= pool["due"]):
        number = page["id"]
        return DueItem(at=page["due"], pool_number=pool_number_of(number), assignment_number=number)
    return None if pool is None else DueItem(at=pool["due"], pool_number=pool["id"])


def carry_out(books: Books, item: DueItem) -> None:
    """Carry out what is due, unless somebody else did; a pool closes when its book is written."""
    pool = books.lock_one(item.pool_number)
    if item.assignment_number is None:
        reopen_after_update(books, pool)
        return
    page = find_assignment(books.transaction, item.assignment_number)
    if page.due is None or page.due > books.now:
        return
    match page.status:
        case AssignmentStatus.ACTIVE:
            expire(books, pool, page)
        case AssignmentStatus.SUBMITTED:
            accept(books, pool, page, public_comment="", is_automatic=True)
        case _:
            release_bonus(books, pool, page)
            page.due = None
            page.write(books.transaction)
