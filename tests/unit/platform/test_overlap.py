"""How often a task is given out."""

import pytest

from manyhands.crowd import CloseReason, MixerConfig, PoolStatus, TaskId
from manyhands.errors import NotFound, WrongState
from tests.unit.platform.house import House, control, real, reals


def use_one(house: House, ending: str) -> tuple[int | None, int | None]:
    """Bring one page to an end; return the task's overlap and what is left of it."""
    house.worker()
    pool = house.pool(*reals(1, overlap=3))
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
    task = house.platform.list_tasks(pool.id)[0]
    return task.overlap, task.remaining_overlap


@pytest.mark.parametrize(
    ("ending", "remaining"),
    [("active", 2), ("submitted", 2), ("accepted", 2), ("rejected", 2), ("skipped", 3), ("expired", 3)],
)
def test_what_consumes_overlap(house: House, ending: str, remaining: int) -> None:
    """Active, submitted, accepted and rejected pages count; skipped and expired ones give their tasks back."""
    assert use_one(house, ending) == (3, remaining)


def test_a_task_that_comes_back_is_issued_to_others(house: House) -> None:
    """What one worker gave back another one gets, also one who was refused before."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(1))
    page = house.take("ann", pool)
    assert house.refusal("ben", pool) == "exhausted"
    house.platform.skip(page.assignment_id, page.worker_id)
    assert house.refusal("ann", pool) == "exhausted"
    assert house.keys(house.take("ben", pool)) == {"r0"}


@pytest.mark.parametrize(("wanted", "overlap"), [(0, 2), (1, 2), (2, 2), (3, 3), (9, 9)])
def test_an_overlap_is_never_below_what_is_consumed(house: House, wanted: int, overlap: int) -> None:
    """The larger of what is asked for and what is given out holds, and is seen at once."""
    pool = house.pool(*reals(1, overlap=5))
    for worker in house.workers("ann", "ben"):
        house.work(worker, pool)
    house.overlaps(pool, {"r0": wanted})
    task = house.platform.list_tasks(pool.id)[0]
    assert (task.overlap, task.remaining_overlap) == (overlap, overlap - 2)


def test_zero_stops_a_task(house: House) -> None:
    """A task with overlap 0 is not issued; a pool of such tasks closes."""
    house.worker()
    pool = house.pool(real("a"), real("b"))
    house.overlaps(pool, {"a": 0})
    assert house.keys(house.take("ann", pool)) == {"b"}
    other = house.pool(real("c", overlap=0))
    assert (other.status, other.close_reason) == (PoolStatus.CLOSED, CloseReason.COMPLETED)


def test_a_raised_task_is_issued_to_those_who_have_not_had_it(house: House) -> None:
    """A worker who went past a finished task gets it when more is asked for; who had it does not."""
    house.workers("ann", "ben")
    pool = house.pool(
        *reals(2), mixer=MixerConfig(real_count=1), auto_close_delay=house.clock.move() - house.clock.now()
    )
    first = house.work("ann", pool)
    house.work("ben", pool)
    (key,) = house.keys(first)
    house.overlaps(pool, {key: 2})
    assert house.now(pool).close_reason is CloseReason.COMPLETED
    house.platform.open_pool(pool.id)
    assert house.refusal("ann", pool) == "exhausted"
    assert house.keys(house.take("ben", pool)) == {key}


def test_a_control_task_may_have_an_end(house: House) -> None:
    """A control task with an overlap is given out that often; making it finite later works too."""
    house.workers("ann", "ben")
    mixer = MixerConfig(real_count=1, control_count=1)
    pool = house.pool(*reals(2, overlap=2), control("c", overlap=1), mixer=mixer)
    house.take("ann", pool)
    assert house.refusal("ben", pool) == "control_exhausted"
    house.overlaps(pool, {"c": 2})
    house.take("ben", pool)
    assert house.remaining(pool)["c"] == 0


def test_an_endless_real_task_becomes_finite(house: House) -> None:
    """A pool with an endless task never completes; with an end it does."""
    house.worker()
    pool = house.pool(real("a", overlap=None))
    house.work("ann", pool)
    assert house.now(pool).status is PoolStatus.OPEN
    house.overlaps(pool, {"a": 1})
    assert house.now(pool).close_reason is CloseReason.COMPLETED


def test_overlaps_change_all_or_none(house: House) -> None:
    """An id of another pool or of nothing is named, and nothing changes."""
    pool, other = house.pool(real("a")), house.pool(real("b"))
    own, foreign = (house.platform.list_tasks(each.id)[0].id for each in (pool, other))
    for wrong in (foreign, TaskId("x"), TaskId(own[:-1] + "9")):
        with pytest.raises(NotFound, match=wrong):
            house.platform.raise_overlaps(pool.id, {own: 7, wrong: 7})
    assert house.platform.list_tasks(pool.id)[0].overlap == 1


def test_an_archived_pool_keeps_its_overlaps(house: House) -> None:
    """What is archived is final."""
    pool = house.pool(real("a"))
    house.platform.close_pool(pool.id)
    house.platform.archive_pool(pool.id)
    with pytest.raises(WrongState, match="is archived"):
        house.overlaps(pool, {"a": 2})
