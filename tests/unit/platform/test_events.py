"""Telling what happened, and waiting for it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from manyhands.crowd import AssignmentStatus, EventKind, Pool, PoolId, WorkerId
from manyhands.errors import NotFound, PlatformUnavailable
from manyhands.platform import EmbeddedPlatform
from manyhands.store import SqliteStore
from tests.patience import PATIENCE, PATIENCE_S
from tests.settable_clock import SettableClock
from tests.unit.platform.house import House, reals

LONG = 2 * PATIENCE
K = EventKind


def positions(house: House, *pools: Pool, after: int = 0, limit: int = 1000) -> list[int]:
    """Return the positions of events."""
    page = house.platform.list_events([pool.id for pool in pools], after, limit=limit)
    return [event.position for event in page.events]


def test_events_tell_everything_in_order(house: House) -> None:
    """Each with its time, and with the page as it is now."""
    house.worker()
    pool = house.pool(*reals(1))
    taken = house.clock.now()
    page = house.take("ann", pool)
    submitted = house.clock.move(minutes=1)
    house.hand_in(page)
    events = house.platform.list_events([pool.id]).events
    assert [event.kind for event in events] == [K.POOL_OPENED, K.TAKEN, K.SUBMITTED, K.POOL_CLOSED]
    assert [event.at for event in events] == [taken, taken, submitted, submitted]
    assert events[0].assignment is None
    assert [event.assignment for event in events[1:3]] == [house.assignment(page)] * 2
    assert events[1].assignment is not None
    assert events[1].assignment.status is AssignmentStatus.SUBMITTED


def test_reading_on_leaves_nothing_out(house: House) -> None:
    """However many are read at once, and whatever pools are asked for."""
    pools = [house.pool(*reals(5)) for _ in range(3)]
    house.worker()
    for pool in pools:
        house.work_all("ann", pool)
    every = positions(house, *pools)
    assert every == list(range(1, len(every) + 1))
    for limit in (1, 2, 7, len(every)):
        read: list[int] = []
        page = house.platform.list_events([pool.id for pool in pools], 0, limit=limit)
        while True:
            read.extend(event.position for event in page.events)
            if not page.has_more:
                break
            page = house.platform.list_events([pool.id for pool in pools], read[-1], limit=limit)
        assert read == every
    assert sorted(positions(house, pools[0]) + positions(house, pools[1], pools[2])) == every
    assert positions(house) == []


@pytest.mark.parametrize("pool_count", [1, 2])
def test_has_more_is_exact(house: House, pool_count: int) -> None:
    """It says whether something is behind the last event, not whether the page is full."""
    pools = [house.pool(*reals(1)) for _ in range(pool_count)]
    house.pool(*reals(1))
    ids = [pool.id for pool in pools]
    assert house.platform.list_events(ids, limit=pool_count).has_more is False
    assert house.platform.list_events(ids, limit=max(1, pool_count - 1)).has_more is (pool_count > 1)


def test_events_of_unknown_pools_are_refused(house: House) -> None:
    """An id that is not there is named, so that nobody waits for nothing."""
    pool = house.pool(*reals(1))
    with pytest.raises(NotFound, match="12345678"):
        house.platform.list_events([pool.id, PoolId("12345678")])


def timed(call: Callable[[], object]) -> float:
    """Return how many seconds a call took."""
    begin = time.monotonic()
    call()
    return time.monotonic() - begin


def wait(house: House, after: int, patience: timedelta = LONG) -> float:
    """Wait for events; return how many seconds it took."""
    return timed(lambda: house.platform.wait_for_events(after, until=None, patience=patience))


def test_what_is_there_already_is_not_waited_for(house: House) -> None:
    """An event behind the cursor ends the wait at once."""
    house.pool(*reals(1))
    assert wait(house, after=0) < PATIENCE_S


def test_patience_ends_a_wait(house: House) -> None:
    """When nothing happens."""
    pool = house.pool(*reals(1))
    assert 0.04 < wait(house, positions(house, pool)[-1], timedelta(seconds=0.05)) < PATIENCE_S


@pytest.mark.parametrize("cause", ["event", "wake"])
def test_a_wait_ends_at_once_when_something_happens(house: House, cause: str) -> None:
    """An event, or a call to wake, from another thread."""
    house.worker()
    pool = house.pool(*reals(1))
    after = positions(house, pool)[-1]
    causes = {"event": lambda: house.take("ann", pool), "wake": house.platform.wake}
    with ThreadPoolExecutor(3) as threads:
        waits = [threads.submit(wait, house, after) for _ in range(3)]
        causes[cause]()
        assert max(job.result() for job in waits) < PATIENCE_S


def test_a_page_taken_through_another_platform_ends_the_wait(house: House) -> None:
    """Platforms of one process on one store tell each other, in memory too."""
    house.worker()
    pool = house.pool(*reals(1))
    after = positions(house, pool)[-1]
    workplace = EmbeddedPlatform(house.store, clock=house.clock, requester="nobody")
    with ThreadPoolExecutor(1) as threads:
        job = threads.submit(wait, house, after)
        workplace.take(WorkerId("ann"), pool.id)
        assert job.result() < PATIENCE_S


def test_a_wake_just_before_the_wait_counts(house: House) -> None:
    """Who sets a flag and wakes is seen by the thread that looks at the flag and then waits; the next wait is patient again."""
    pool = house.pool(*reals(1))
    after = positions(house, pool)[-1]
    house.platform.wake()
    assert wait(house, after) < PATIENCE_S
    assert wait(house, after, timedelta(seconds=0.05)) > 0.04


def test_events_of_other_pools_do_not_keep_a_thread_awake(house: House) -> None:
    """A thread that has listed its events waits, although others are newer; its own end the wait."""
    house.workers("ann", "ben")
    own, other = house.pool(*reals(3)), house.pool(*reals(3))
    house.take("ann", other)
    after = positions(house, own)[-1]
    assert wait(house, after, timedelta(seconds=0.05)) > 0.04
    house.take("ben", other)
    assert wait(house, after) < PATIENCE_S
    assert positions(house, own, after=after) == []
    assert wait(house, after, timedelta(seconds=0.05)) > 0.04
    house.take("ann", own)
    assert wait(house, after) < PATIENCE_S


class JumpingClock(SettableClock):
    """A clock that jumps to the moment that is waited for."""

    def wait(self, changed: threading.Condition, *, until: datetime | None, patience: timedelta) -> None:
        """Move to `until`."""
        del changed, patience
        assert until is not None
        self.move(seconds=(until - self.now()).total_seconds())


@pytest.mark.parametrize(
    ("own_minutes", "ends_after", "status"),
    [(5, 5, AssignmentStatus.ACTIVE), (15, 10, AssignmentStatus.EXPIRED), (None, 10, AssignmentStatus.EXPIRED)],
    ids=["the caller's", "the platform's", "the platform's only"],
)
def test_a_moment_ends_a_wait(house: House, own_minutes: int | None, ends_after: int, status: AssignmentStatus) -> None:
    """The caller's, or one at which the platform does something, which is done before the wait returns."""
    clock = JumpingClock()
    platform = EmbeddedPlatform(house.store, clock=clock)
    begin = clock.now()
    house.worker()
    pool = house.pool(*reals(2))
    house.take("ann", pool)
    after = positions(house, pool)[-1]
    until = None if own_minutes is None else begin + timedelta(minutes=own_minutes)
    platform.wait_for_events(after, until=until, patience=LONG)
    assert clock.now() - begin == timedelta(minutes=ends_after)
    with house.store.reading() as transaction:
        (row,) = transaction.rows("list_assignments", {"after": 0, "end_id": 2**62, "count": 9})
    assert row["status"] == status


def test_nothing_is_due_when_nobody_is_at_work(house: House) -> None:
    """The deadline is that of the next thing that happens by itself."""
    house.worker()
    pool = house.pool(*reals(2))
    assert house.platform.deadline() is None
    page = house.take("ann", pool)
    assert house.platform.deadline() == page.deadline
    house.platform.skip(page.assignment_id, page.worker_id)
    assert house.platform.deadline() is None


def test_closing_a_platform_ends_waits(tmp_path: Path) -> None:
    """Who waits is woken, and learns at the latest when waiting again that the platform is gone."""
    house = House(SqliteStore(tmp_path / "a.db"))
    pool = house.pool(*reals(1))
    after = positions(house, pool)[-1]
    with ThreadPoolExecutor(1) as threads:
        job = threads.submit(wait, house, after)
        house.platform.close()
        with pytest.raises(PlatformUnavailable, match="closed"):  # noqa: PT012 - either of the two waits is told
            job.result(timeout=PATIENCE_S)
            # That wait may have ended because of the closing itself, right before it was complete.
            wait(house, after)


def test_a_platform_is_a_context(tmp_path: Path) -> None:
    """It is closed at the end of its block; what it kept is there for the next one, under the same ids."""
    path = tmp_path / "a.db"
    with EmbeddedPlatform.in_file(path, fee_share=0.1, requester="me") as platform:
        budget = platform.put_budget("b", None)
        platform.journal.create("red", {"state": 1})
    with EmbeddedPlatform.connect(f"sqlite:///{path}", requester="me") as platform:
        assert platform.get_budget(budget.id) == budget
        assert platform.journal.find("red") == {"state": 1}
        assert platform.features.has_budgets
        assert platform.features.name == "embedded"
    with EmbeddedPlatform.in_memory() as platform:
        assert platform.journal.list() == []
