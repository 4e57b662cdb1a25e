"""Handing out a page: every task at most once to a worker, and never more often than asked for."""

from random import Random

from manyhands.crowd import CloseReason, EventKind, Page, PoolStatus
from manyhands.store import SqlValue, Transaction

from .access import Refusal, find_refusal, join_exclusive_group
from .books import Books, Movement, PoolBook
from .catalogue import PoolFacts, WorkerFacts
from .documents import write_json
from .ids import first_id
from .ledger import reserve_page
from .lifecycle import close, is_starved
from .mixing import find_shortage
from .moments import to_microseconds
from .pages import build_page
from .plans import plan_page
from .prices import PagePrice, find_price
from .search import TaskSearch
from .suite_search import SuiteSearch
from .task_suites import consume_suite
from .training import admit_to_training

__all__ = ["find_worker_price", "issue_page"]


def issue_page(books: Books, pool: PoolBook, worker: WorkerFacts, *, randomness: Random) -> Page | Refusal:
    """Return the page that the worker has in hand, or a new one, or why there is none."""
    values = {"pool_id": pool.number, "worker_number": worker.number}
    in_hand = books.transaction.find("find_assignment_in_hand", values)
    if in_hand is not None:
        return build_page(books, pool, worker, row=in_hand)
    if pool.status is not PoolStatus.OPEN:
        return Refusal(reason="pool_closed", message=f"pool {pool.number} is not open")
    refusal = find_refusal(books, pool, worker) or admit_to_training(books, pool, worker)
    return refusal or _issue_new_page(books, pool, worker, randomness=randomness)


def find_worker_price(transaction: Transaction, facts: PoolFacts, worker: WorkerFacts, *, now: int) -> PagePrice:
    """Return what a page of the pool costs that the worker takes now."""
    prices = facts.config.skill_prices
    if prices is None:
        return facts.price
    values: dict[str, SqlValue] = {"worker_number": worker.number, "skill_id": int(prices.skill_id), "now": now}
    row = transaction.find("find_skill_in_force", values)
    skill = None if row is None else float(row["value"])
    return find_price(facts.stepped_prices, skill, otherwise=facts.price)


def _issue_new_page(books: Books, pool: PoolBook, worker: WorkerFacts, *, randomness: Random) -> Page | Refusal:
    if pool.facts.config.mixer is None:
        return _issue_task_suite(books, pool, worker)
    mixer = plan_page(books, pool, worker, mixer=pool.facts.config.mixer)
    search = TaskSearch(books, pool, worker, mixer=mixer, randomness=randomness)
    candidates = search.run()
    is_delay_over = pool.last_changed + to_microseconds(mixer.last_page_delay) <= books.now
    shortage = find_shortage(mixer, candidates, is_delay_over=is_delay_over)
    price = find_worker_price(books.transaction, pool.facts, worker, now=books.now)
    refusal = shortage or _bind(books, pool, worker, price=price)
    if refusal is not None:
        search.stay_before_found()
        return refusal
    search.pass_found()
    pool.open_slots -= search.count_limited_real()
    task_ids = [*candidates.real, *candidates.control, *candidates.training]
    if mixer.is_page_shuffled:
        randomness.shuffle(task_ids)
    books.transaction.run_many("consume_task", [{"id": task_id} for task_id in task_ids])
    issues = [{"worker_number": worker.number, "task_id": task_id} for task_id in task_ids]
    books.transaction.run_many("add_issue", issues)
    return _hand_out(books, pool, worker, task_ids=task_ids, price=price)


def _issue_task_suite(books: Books, pool: PoolBook, worker: WorkerFacts) -> Page | Refusal:
    search = SuiteSearch(books, pool, worker)
    suite = search.run()
    if suite is None:
        search.stay_before_found()
        return Refusal(reason="exhausted", message="no more task suites for this worker now")
    price = find_worker_price(books.transaction, pool.facts, worker, now=books.now)
    refusal = _bind(books, pool, worker, price=price)
    if refusal is not None:
        search.stay_before_found()
        return refusal
    search.pass_found()
    consume_suite(books, pool, suite)
    first: int = suite["first_task_id"]
    task_ids = list(range(first, first + suite["task_count"]))
    return _hand_out(books, pool, worker, task_ids=task_ids, price=price, suite_number=suite["id"])


def _bind(books: Books, pool: PoolBook, worker: WorkerFacts, *, price: PagePrice) -> Refusal | None:
    """Reserve the money and bind the worker to the exclusive group; the number is the one that the page is going to have."""
    number = first_id(pool.number) + pool.assignment_count + 1
    if not reserve_page(books, pool, number, price=price):
        if is_starved(books.transaction, pool):
            close(books, pool, CloseReason.NOT_ENOUGH_BALANCE)
        return Refusal(reason="budget_exhausted", message=f"the budget of pool {pool.number} covers no more page now")
    if not join_exclusive_group(books.transaction, pool.facts, worker):
        books.settle(pool, Movement(kind="release", reserved=-price.total, assignment_number=number))
        return Refusal(reason="exclusive", message=f"worker {worker.id} works in another pool of the group")
    return None


def _hand_out(
    books: Books,
    pool: PoolBook,
    worker: WorkerFacts,
    *,
    task_ids: list[int],
    price: PagePrice,
    suite_number: int | None = None,
) -> Page:
    pool.assignment_count += 1
    pool.active_count += 1
    row = {**_assignment_values(books, pool, worker, task_ids=task_ids, price=price), "suite_id": suite_number}
    books.transaction.run("create_assignment", row)
    books.tell(EventKind.TAKEN, pool, assignment=first_id(pool.number) + pool.assignment_count)
    return build_page(books, pool, worker, row=row)


def _assignment_values(
    books: Books, pool: PoolBook, worker: WorkerFacts, *, task_ids: list[int], price: PagePrice
) -> dict[str, SqlValue]:
    base = first_id(pool.number)
    return {
        "id": base + pool.assignment_count,
        "pool_id": pool.number,
        "worker_number": worker.number,
        "status": "ACTIVE",
        "reward": price.reward,
        "fee": price.fee,
        "reserved": price.work,
        "bonus_reserved": price.bonus,
        "task_numbers": write_json([task_id - base for task_id in task_ids]),
        "created": books.now,
        "deadline": books.now + to_microseconds(pool.facts.config.assignment_duration),
    }
