"""When a pool may be put away for ever."""

from manyhands.crowd import APPEAL_PERIOD, PoolStatus, PoolType
from manyhands.errors import WrongState

from .assignments import find_assignment
from .books import Books, PoolBook
from .ids import assignment_id_of, first_id, pool_id_of
from .ledger import release_bonus
from .moments import to_microseconds, to_moment

__all__ = ["archive"]


def archive(books: Books, pool: PoolBook) -> None:
    """Archive a closed pool; what is reserved for bonuses is released. An archived pool stays as it is.

    Raises:
        WrongState: the pool is not closed, pages are in work or in review, a rejection is too young or appealed against, or a pool that
            is not archived asks for the training that the pool is.
    """
    if pool.status is PoolStatus.ARCHIVED:
        return
    if pool.status is not PoolStatus.CLOSED:
        raise WrongState(f"pool {pool.number} is {pool.status}; close it before archiving it")
    _check_pages(books, pool)
    if pool.facts.config.type is PoolType.TRAINING:
        _check_trained_pools(books, pool)
    for row in books.transaction.rows("list_assignments_with_bonus", {"pool_id": pool.number}):
        page = find_assignment(books.transaction, row["id"])
        release_bonus(books, pool, page)
        page.write(books.transaction)
    pool.status = PoolStatus.ARCHIVED


def _check_pages(books: Books, pool: PoolBook) -> None:
    for count, what, reason in (
        (pool.active_count, "in work", "pages_in_work"),
        (pool.submitted_count, "in review", "pages_in_review"),
    ):
        if count:
            raise WrongState(f"pool {pool.number} has {count} pages {what}; archive it afterwards", reason)
    borders = {"first_id": first_id(pool.number), "end_id": first_id(pool.number + 1)}
    row = books.transaction.find("find_latest_rejection", borders)
    latest = None if row is None else row["rejected"]
    if latest is not None and latest + to_microseconds(APPEAL_PERIOD) > books.now:
        until = to_moment(latest) + APPEAL_PERIOD
        message = f"pool {pool.number} has a rejected page whose worker may appeal until {until}; archive it afterwards"
        raise WrongState(message, "rejected_pages")
    appealed = books.transaction.find("find_open_appeal_in_pool", borders)
    if appealed is not None:
        name = assignment_id_of(appealed["assignment_id"])
        raise WrongState(f"pool {pool.number} has an open appeal for page {name}; decide it first", "rejected_pages")


def _check_trained_pools(books: Books, training: PoolBook) -> None:
    rows = books.transaction.rows("list_unarchived_pools", {"requester": training.facts.requester})
    for row in rows:
        config = books.catalogue.pool(books.transaction, row["id"], revision=row["revision"]).config
        requirement = config.training_requirement
        if requirement is not None and requirement.training_pool_id == pool_id_of(training.number):
            message = f"pool {row['id']} asks for the training {training.number}; archive that pool first"
            raise WrongState(message, "training_in_use")
