"""Money: reserved when a page is issued, paid when it is accepted, released when it comes to nothing.

The reserve for a bonus outlives the acceptance, because a launch accepts a page and pays its bonus in two steps and nobody else may spend
what was promised in between. It ends with the first bonus paid for the page (what that leaves over is released), when it is given up, when the
pool is archived, or `BONUS_DECISION_TIME` after the acceptance.
"""

from datetime import timedelta

from manyhands.crowd import AssignmentStatus
from manyhands.errors import BudgetExceeded

from .assignments import AssignmentBook
from .books import Books, Movement, PoolBook
from .ids import assignment_id_of
from .moments import to_microseconds
from .prices import PagePrice

__all__ = [
    "BONUS_DECISION_TIME",
    "pay_bonus_of_page",
    "pay_page",
    "pay_rejected_page",
    "release_bonus",
    "release_page",
    "reserve_page",
]

#: How long the largest bonus of an accepted page stays reserved: a launch pays within seconds, or after it was killed and started again.
BONUS_DECISION_TIME = timedelta(minutes=10)


def reserve_page(books: Books, pool: PoolBook, assignment_number: int, *, price: PagePrice) -> bool:
    """Reserve reward, fee and largest bonus for a page; return False when the budget does not cover them."""
    return books.charge(pool, Movement(kind="reserve", reserved=price.total, assignment_number=assignment_number))


def pay_page(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Pay a page in review from its reserve; the reserve of its bonus stays for a while."""
    amount, page.reserved = page.reserved, 0
    books.settle(pool, Movement(kind="pay", paid=amount, reserved=-amount, assignment_number=page.number))
    page.due = books.now + to_microseconds(BONUS_DECISION_TIME) if page.bonus_reserved else None


def pay_rejected_page(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Pay a page whose reserve was released when it was rejected.

    Raises:
        BudgetExceeded: the budget does not cover it any more.
    """
    movement = Movement(kind="pay_rejected", paid=page.reward + page.fee, assignment_number=page.number)
    if not books.charge(pool, movement):
        message = (
            f"the budget of pool {pool.number} does not cover the rejected assignment {assignment_id_of(page.number)}"
        )
        raise BudgetExceeded(f"{message} any more; raise the budget to accept it")


def release_page(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Release everything that is reserved for a page."""
    amount = page.reserved + page.bonus_reserved
    page.reserved, page.bonus_reserved, page.due = 0, 0, None
    books.settle(pool, Movement(kind="release", reserved=-amount, assignment_number=page.number))


def release_bonus(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Release what is reserved for a bonus of the page, if anything."""
    amount, page.bonus_reserved = page.bonus_reserved, 0
    if page.status is AssignmentStatus.ACCEPTED:
        page.due = None
    if amount:
        books.settle(pool, Movement(kind="release_bonus", reserved=-amount, assignment_number=page.number))


def pay_bonus_of_page(books: Books, pool: PoolBook, page: AssignmentBook, *, cost: int, bonus_number: int) -> None:
    """Pay a bonus and its fee (`cost`): first from the page's reserve, whose rest is released, then from what is left of the budget.

    Raises:
        BudgetExceeded: the budget does not cover it.
    """
    kept = min(cost, page.bonus_reserved)
    # What the reserve does not cover is new money; its reserve is given back in the same movement, so the ceiling is checked on the sum.
    movement = Movement(
        kind="bonus",
        paid=cost,
        reserved=-kept,
        assignment_number=page.number,
        bonus_number=bonus_number,
    )
    page.bonus_reserved -= kept
    if not books.charge(pool, movement):
        message = f"the budget of pool {pool.number} does not cover the bonus for {assignment_id_of(page.number)}"
        raise BudgetExceeded(f"{message}; raise the budget to pay it")
    release_bonus(books, pool, page)
