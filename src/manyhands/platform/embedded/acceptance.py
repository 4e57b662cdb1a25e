"""Accepting pages, also such as were rejected before."""

from manyhands.crowd import AssignmentStatus, PoolStatus
from manyhands.errors import WrongState

from .appeal_rows import grant_open_appeal
from .assignments import AssignmentBook, find_assignment
from .books import Books, PoolBook
from .review import accept
from .tally_keeping import count_again

__all__ = ["accept_page", "find_judgeable"]


def accept_page(books: Books, pool: PoolBook, number: int, *, public_comment: str) -> None:
    """Accept and pay a page; where a rejection is taken back by that, whoever appealed against it is told.

    Raises:
        BudgetExceeded: a rejected page cannot be paid any more.
        WrongState: the page is in no such state.
    """
    page = find_judgeable(books, pool, number)
    was_rejected = page.status is AssignmentStatus.REJECTED
    accept(books, pool, page, public_comment=public_comment)
    if was_rejected:
        count_again(books, pool, page)
        grant_open_appeal(books, number, answer=public_comment)


def find_judgeable(books: Books, pool: PoolBook, number: int) -> AssignmentBook:
    """Return a page of a pool that is not archived.

    Raises:
        WrongState: the pool is archived.
    """
    if pool.status is PoolStatus.ARCHIVED:
        raise WrongState(f"pool {pool.number} is archived; its pages cannot be judged any more")
    return find_assignment(books.transaction, number)
