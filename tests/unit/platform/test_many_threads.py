"""Sixty-four workers at once: nobody gets too much, nothing gets lost."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from manyhands.crowd import AssignmentStatus, CloseReason, MixerConfig, Money, Pool, PoolStatus
from manyhands.errors import NoWork
from manyhands.store import SqliteStore
from tests.unit.platform.audit import find_violations
from tests.unit.platform.house import CAT, House, control, controls, real, reals, solution, suite

THREADS = 64
OVERLAP = 5


@pytest.fixture(params=["memory", "file"])
def busy_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """Return a platform in memory and one in a file."""
    house = House(SqliteStore(None if request.param == "memory" else tmp_path / "platform.db"))
    yield house
    house.platform.close()


def work_until_done(house: House, worker: str, pool: Pool) -> list[str]:
    """Take pages until there are none: every fifth is skipped, every seventh is judged bad. Return the ids that were submitted."""
    submitted: list[str] = []
    for turn in range(1_000):
        try:
            page = house.take(worker, pool)
        except NoWork:
            break
        if turn % 5 == 4:
            house.platform.skip(page.assignment_id, page.worker_id)
            continue
        solutions = [solution(CAT)] * len(page.tasks)
        house.platform.submit(page.assignment_id, page.worker_id, solutions=solutions)
        submitted.append(page.assignment_id)
        if turn % 7 == 6:
            house.platform.reject(page.assignment_id, "no")
        else:
            house.accept(page)
    return submitted


def run_all(house: House, pool: Pool) -> list[str]:
    """Let all workers work at once while the tables are checked; return the ids of all submitted pages."""
    is_over = threading.Event()
    with ThreadPoolExecutor(THREADS + 1) as threads:
        auditor = threads.submit(audit_until, house, is_over)
        jobs = [threads.submit(work_until_done, house, f"w{number}", pool) for number in range(THREADS)]
        submitted = [page for job in jobs for page in job.result()]
        is_over.set()
        assert auditor.result() > 0
    return submitted


def clear_up(house: House, pool: Pool) -> list[str]:
    """Let workers who come late do what was given back when everybody else had left; return the ids of their pages."""
    pages = [page for number in range(OVERLAP) for page in house.work_all(house.worker(f"late {number}"), pool)]
    house.accept(*pages)
    return [page.assignment_id for page in pages]


def audit_until(house: House, is_over: threading.Event) -> int:
    """Check the tables again and again, once at least; return how often."""
    count = 0
    while True:
        assert find_violations(house.store) == []
        count += 1
        if is_over.wait(0.05):
            return count


def test_overlap_and_money_are_exact(busy_house: House) -> None:
    """Every task gets exactly as many solutions as asked for, and what is paid is what was accepted."""
    pool = make_pool(busy_house, ceiling=None)
    submitted = run_all(busy_house, pool) + clear_up(busy_house, pool)
    busy_house.audit()
    assert busy_house.now(pool).close_reason is CloseReason.COMPLETED
    assert set(busy_house.remaining(pool).values()) == {0, None}
    pages = busy_house.platform.list_assignments(pool.id)
    accepted = [page for page in pages if page.status is AssignmentStatus.ACCEPTED]
    assert {page.id for page in pages if page.solutions} == set(submitted)
    assert busy_house.platform.spending(pool.id).paid == Money("0.12") * len(accepted)


def test_overlap_of_suites_is_exact(busy_house: House) -> None:
    """Every task suite is answered by exactly as many workers as asked for, the urgent ones too, and nobody has one twice."""
    busy_house.workers(*(f"w{number}" for number in range(THREADS)))
    drafts = [
        suite(f"s{number}", real("a"), control("b"), overlap=OVERLAP, issuing_order_override=number % 3)
        for number in range(60)
    ]
    pool = busy_house.suite_pool(*drafts, is_suite_order_kept=False)
    submitted = run_all(busy_house, pool) + clear_up(busy_house, pool)
    busy_house.audit()
    assert busy_house.now(pool).close_reason is CloseReason.COMPLETED
    assert {(found.overlap, found.remaining_overlap) for found in busy_house.suites(pool).values()} == {(OVERLAP, 0)}
    pages = [page for page in busy_house.platform.list_assignments(pool.id) if page.solutions]
    assert {page.id for page in pages} == set(submitted)
    assert set(Counter(page.task_suite_id for page in pages).values()) == {OVERLAP}


def test_budget_holds(busy_house: House) -> None:
    """With money for forty pages, forty pages are paid, and the pool says why it closed."""
    pool = make_pool(busy_house, ceiling="4.80")
    run_all(busy_house, pool)
    busy_house.audit()
    budget_id = pool.config.budget_id
    assert budget_id is not None
    spending = busy_house.platform.get_budget(budget_id).spending
    assert (spending.paid, spending.reserved) == (Money("4.80"), Money(0))
    pool = busy_house.now(pool)
    assert (pool.status, pool.close_reason) == (PoolStatus.CLOSED, CloseReason.NOT_ENOUGH_BALANCE)


def make_pool(house: House, *, ceiling: str | None) -> Pool:
    """Return a pool in which every worker may do every task."""
    house.workers(*(f"w{number}" for number in range(THREADS)))
    mixer = MixerConfig(real_count=2, control_count=1)
    drafts = [*reals(60, overlap=OVERLAP), *controls(90)]
    return house.pool(*drafts, mixer=mixer, budget_id=house.budget(ceiling))
