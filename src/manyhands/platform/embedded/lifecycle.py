"""When a pool opens and closes."""

from manyhands.crowd import CloseReason, EventKind, PoolStatus
from manyhands.errors import EmptyPool, WrongState
from manyhands.store import Row, Transaction

from .books import Books, PoolBook
from .moments import find_stamp, to_microseconds

__all__ = ["close", "is_starved", "open_for_work", "reopen_after_update", "review_completion"]


def open_for_work(books: Books, pool: PoolBook) -> None:
    """Begin to issue pages; an open pool stays open.

    Raises:
        EmptyPool: the pool has no tasks.
        WrongState: the pool is archived or locked.
    """
    if pool.status is PoolStatus.OPEN:
        return
    if pool.status is not PoolStatus.CLOSED:
        raise WrongState(f"pool {pool.number} is {pool.status}; only a closed pool can be opened")
    if pool.task_count == 0:
        raise EmptyPool(f"pool {pool.number} has no tasks and cannot be opened; add tasks first")
    _begin(books, pool)


def reopen_after_update(books: Books, pool: PoolBook) -> None:
    """Open a pool that was closed for an update, when the time for the update is over; nothing is checked."""
    if pool.is_closed_for_update and pool.due is not None and pool.due <= books.now:
        _begin(books, pool)


def close(books: Books, pool: PoolBook, reason: CloseReason) -> None:
    """Stop issuing pages; a closed pool keeps the reason that it has, unless it is closed for an update only.

    Raises:
        WrongState: the pool is archived or locked.
    """
    if pool.status is PoolStatus.CLOSED and (not pool.is_closed_for_update or reason is CloseReason.FOR_UPDATE):
        return
    if pool.status not in (PoolStatus.OPEN, PoolStatus.CLOSED):
        raise WrongState(f"pool {pool.number} is {pool.status}; only an open pool can be closed")
    pool.status, pool.close_reason, pool.complete_at = PoolStatus.CLOSED, reason, None
    pool.last_stopped = books.now
    books.tell(EventKind.POOL_CLOSED, pool, reason=reason)


def review_completion(books: Books, pool: PoolBook) -> None:
    """Close an open pool whose time is over or that has been complete for long enough; begin or stop to count that time."""
    if pool.status is not PoolStatus.OPEN:
        return
    expires = find_stamp(pool.facts.config.expires)
    if expires is not None and expires <= books.now:
        close(books, pool, CloseReason.EXPIRED)
        return
    if not _is_complete(books, pool):
        pool.complete_at = None
        return
    if pool.complete_at is None:
        pool.complete_at = books.now + to_microseconds(pool.facts.config.auto_close_delay)
    if pool.complete_at <= books.now:
        close(books, pool, CloseReason.COMPLETED)


def _begin(books: Books, pool: PoolBook) -> None:
    pool.status, pool.close_reason, pool.complete_at = PoolStatus.OPEN, None, None
    pool.last_started = books.now
    books.tell(EventKind.POOL_OPENED, pool)


def is_starved(transaction: Transaction, pool: PoolBook) -> bool:
    """Return whether the budget cannot pay one more page, not even the cheapest, and never will by itself.

    Money comes back to a budget only from what is reserved in it, by any of its pools; so the pool is starved when the budget does not cover a
    page and nothing is reserved.
    """
    budget = pool.facts.budget_number
    row = None if budget is None else transaction.find("find_budget", {"id": budget})
    return row is not None and row["reserved"] == 0 and not _covers(row, pool.facts.least_price)


def _is_complete(books: Books, pool: PoolBook) -> bool:
    """Return whether nothing is left to issue and nobody is at work, whatever is still to be judged.

    A pool that issues no real tasks (an examination, a training) is never complete.
    """
    if pool.open_slots or pool.endless_count or pool.active_count:
        return False
    mixer = pool.facts.config.mixer
    if mixer is None:
        return books.transaction.find("find_real_task_suite", {"pool_id": pool.number}) is not None
    return mixer.real_count > 0


def _covers(budget: Row, amount: int) -> bool:
    return budget["ceiling"] is None or bool(budget["paid"] + budget["reserved"] + amount <= budget["ceiling"])
