"""Which task suite a worker gets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manyhands.crowd import Pool, PoolStatus, TaskKind, WorkerId
from tests.unit.platform.house import House, control, real, reals, suite


def order_of_work(house: House, worker: str, pool: Pool) -> list[str]:
    """Let a worker do everything, and return the keys of the suites in order."""
    return [house.suite_of(page) for page in house.work_all(worker, pool)]


def test_a_suite_is_issued_as_a_whole_in_its_order(house: House) -> None:
    """The page has the suite's tasks, tells nothing of their kinds, and the assignment says which suite it is."""
    house.worker()
    tasks = [*reals(3), control("c"), real("last")]
    pool = house.suite_pool(suite("a", *tasks))
    page = house.take("ann", pool)
    assert [task.input_values["text"] for task in page.tasks] == ["r0", "r1", "r2", "c", "last"]
    assert {tuple(task.input_values) for task in page.tasks} == {("text",)}
    assignment = house.assignment(page)
    assert (assignment.task_suite_id, assignment.is_mixed) == (house.suites(pool)["a"].id, False)
    assert [task.kind for task in assignment.tasks].count(TaskKind.CONTROL) == 1
    assert house.take("ann", pool) == page


@pytest.mark.parametrize("ending", ["submit", "skip", "expire"])
def test_a_worker_never_gets_a_suite_twice(house: House, ending: str) -> None:
    """Neither after answering it, nor after giving it back or letting it expire."""
    house.worker()
    pool = house.suite_pool(*(suite(key, overlap=5) for key in "abc"))
    seen: list[str] = []
    for _ in range(3):
        page = house.take("ann", pool)
        seen.append(house.suite_of(page))
        match ending:
            case "submit":
                house.hand_in(page)
            case "skip":
                house.platform.skip(page.assignment_id, page.worker_id)
            case _:
                house.clock.move(minutes=10)
        house.audit()
    assert seen == ["a", "b", "c"]
    assert house.refusal("ann", pool) == "exhausted"


@pytest.mark.parametrize(
    ("ending", "remaining"),
    [("active", 2), ("submitted", 2), ("accepted", 2), ("rejected", 2), ("skipped", 3), ("expired", 3)],
)
def test_what_consumes_overlap(house: House, ending: str, remaining: int) -> None:
    """Active, submitted, accepted and rejected pages count; skipped and expired ones give their suite back."""
    house.worker()
    pool = house.suite_pool(suite("a", overlap=3))
    page = house.take("ann", pool)
    match ending:
        case "skipped":
            house.platform.skip(page.assignment_id, page.worker_id)
        case "expired":
            house.clock.move(minutes=10)
        case "submitted" | "accepted" | "rejected":
            house.hand_in(page)
    if ending == "accepted":
        house.accept(page)
    if ending == "rejected":
        house.platform.reject(page.assignment_id, "no")
    found = house.suites(pool)["a"]
    assert (found.overlap, found.remaining_overlap) == (3, remaining)
    assert {task.remaining_overlap for task in house.platform.list_tasks(pool.id)} == {remaining}


def test_reserved_and_unavailable_suites(house: House) -> None:
    """A reserved suite goes to those it is for, an unavailable one never to those named, known or not."""
    ann, ben = house.workers("ann", "ben")
    stranger = WorkerId("stranger")
    pool = house.suite_pool(
        suite("nobody", reserved_for=frozenset({stranger})),
        suite("for ann", reserved_for=frozenset({ann})),
        suite("not ann", unavailable_for=frozenset({ann, stranger})),
        suite("never", reserved_for=frozenset({ben}), unavailable_for=frozenset({ben})),
    )
    assert order_of_work(house, "ann", pool) == ["for ann"]
    assert order_of_work(house, "ben", pool) == ["not ann"]
    assert house.now(pool).status is PoolStatus.OPEN


def test_creation_order_is_kept_when_asked_for(house: House) -> None:
    """Each suite goes to as many workers as it wants before the next one begins; what is added later comes later."""
    house.workers("ann", "ben", "cay")
    pool = house.suite_pool(*(suite(key, overlap=2) for key in "ab"))
    assert [house.suite_of(house.take(worker, pool)) for worker in ("ann", "ben", "cay")] == ["a", "a", "b"]
    house.platform.add_task_suites(pool.id, [suite("c"), suite("d")])
    house.platform.skip(house.take("ann", pool).assignment_id, WorkerId("ann"))
    assert order_of_work(house, "ann", pool) == ["b", "c", "d"]


def test_suites_come_at_random_otherwise(house: House) -> None:
    """The order of a pool is not that of its creation, and the same for all workers."""
    house.workers("ann", "ben")
    keys = [f"s{number}" for number in range(30)]
    pool = house.suite_pool(*(suite(key, real("r"), overlap=2) for key in keys), is_suite_order_kept=False)
    found = order_of_work(house, "ann", pool)
    assert sorted(found) == sorted(keys)
    assert found != keys


@pytest.mark.parametrize("is_kept", [True, False])
def test_higher_overrides_come_first(house: House, *, is_kept: bool) -> None:
    """Whether or not the order of creation is kept among the others."""
    house.worker()
    orders = {"low": -1.0, "plain": 0.0, "high": 0.00002, "higher": 0.00003, "highest": 99_999.99999}
    drafts = [suite(key, issuing_order_override=order) for key, order in orders.items()]
    pool = house.suite_pool(*drafts, is_suite_order_kept=is_kept)
    assert order_of_work(house, "ann", pool) == ["highest", "higher", "high", "plain", "low"]


def test_a_suite_that_comes_back_keeps_its_place(house: House) -> None:
    """Who went past it while somebody else had it gets it before what comes later; who gave it back does not get it again."""
    house.workers("ann", "ben")
    pool = house.suite_pool(*(suite(key) for key in "abcd"))
    given_up = house.take("ann", pool)
    assert house.suite_of(house.work("ben", pool)) == "b"
    house.platform.skip(given_up.assignment_id, given_up.worker_id)
    assert order_of_work(house, "ann", pool) == ["c", "d"]
    assert order_of_work(house, "ben", pool) == ["a"]


def test_an_urgent_suite_comes_next_whenever_it_is_added_or_changed(house: House) -> None:
    """Also to a worker who has gone past its place."""
    house.worker()
    pool = house.suite_pool(*(suite(key, overlap=2) for key in "abcd"))
    house.work("ann", pool)
    house.platform.add_task_suites(pool.id, [suite("urgent", issuing_order_override=1)])
    assert house.suite_of(house.work("ann", pool)) == "urgent"
    assert house.change_suite(pool, "d", issuing_order_override=3.5).issuing_order_override == 3.5
    house.change_suite(pool, "b", issuing_order_override=-1)
    house.audit()
    assert order_of_work(house, "ann", pool) == ["d", "c", "b"]


def test_a_worker_who_had_everything_gets_what_is_new(house: House) -> None:
    """What is added, given back or asked for again after the worker was refused."""
    ann, ben = house.workers("ann", "ben")
    pool = house.suite_pool(suite("a"), suite("not ann", unavailable_for=frozenset({ann}), overlap=2), suite("b"))
    page = house.take("ben", pool)
    assert order_of_work(house, "ann", pool) == ["b"]
    assert house.refusal("ann", pool) == "exhausted"
    house.platform.skip(page.assignment_id, ben)
    assert house.suite_of(house.work("ann", pool)) == "a"
    house.platform.add_task_suites(pool.id, [suite("late", issuing_order_override=-5)])
    assert house.suite_of(house.work("ann", pool)) == "late"
    assert house.refusal("ann", pool) == "exhausted"


def test_what_money_does_not_cover_is_there_afterwards(house: House) -> None:
    """A refusal for want of money moves nobody past a suite."""
    house.workers("ann", "ben")
    pool = house.suite_pool(suite("a"), suite("b"), budget_id=house.budget("0.12"))
    page = house.take("ben", pool)
    assert house.refusal("ann", pool) == "budget_exhausted"
    house.audit()
    house.platform.skip(page.assignment_id, page.worker_id)
    assert house.suite_of(house.take("ann", pool)) == "a"


@settings(max_examples=40, deadline=None)
@given(
    overlaps=st.lists(st.one_of(st.integers(0, 4)), max_size=8),
    orders=st.lists(st.integers(-1, 1), min_size=8, max_size=8),
    worker_count=st.integers(1, 5),
    is_kept=st.booleans(),
)
def test_every_page_asked_for_is_given_out(
    overlaps: list[int], orders: list[int], worker_count: int, *, is_kept: bool
) -> None:
    """With enough workers every suite reaches its overlap, and no more."""
    house = House()
    drafts = [
        suite(str(number), real("r"), overlap=overlap, issuing_order_override=order)
        for number, (overlap, order) in enumerate(zip(overlaps, orders, strict=False))
    ]
    pool = house.suite_pool(*drafts, is_suite_order_kept=is_kept)
    for worker in house.workers(*(f"w{number}" for number in range(worker_count))):
        house.work_all(worker, pool)
    left = [found.remaining_overlap for found in house.suites(pool).values()]
    assert left == [max(0, overlap - worker_count) for overlap in overlaps]
    house.audit()
    house.platform.close()
