"""The log tells each step of each page once, whatever is seen of them, how often and in which order."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import (
    AssignmentStatus,
    CloseReason,
    Event,
    EventKind,
    MixerConfig,
    Money,
    Pool,
    PoolConfig,
    PoolId,
    PoolStatus,
    ProjectId,
)
from manyhands.platform.toloka.page_log import PageLog
from tests.unit.platform.toloka.adapter.pages import NOON, POOL_ID, make_page

S = AssignmentStatus
LIVES = [
    (S.ACTIVE, S.SUBMITTED, S.ACCEPTED),
    (S.ACTIVE, S.SUBMITTED, S.REJECTED),
    (S.ACTIVE, S.SUBMITTED, S.REJECTED, S.ACCEPTED),
    (S.ACTIVE, S.SKIPPED),
    (S.ACTIVE, S.EXPIRED),
]
KINDS = {
    S.ACTIVE: EventKind.TAKEN,
    S.SUBMITTED: EventKind.SUBMITTED,
    S.ACCEPTED: EventKind.ACCEPTED,
    S.REJECTED: EventKind.REJECTED,
    S.SKIPPED: EventKind.SKIPPED,
    S.EXPIRED: EventKind.EXPIRED,
}


def make_pool(status: PoolStatus = PoolStatus.OPEN, **changes: object) -> Pool:
    """Return a pool that was opened at noon."""
    config = PoolConfig(
        project_id=ProjectId("1"),
        key="pool",
        reward=Money("0.10"),
        assignment_duration=timedelta(minutes=10),
        mixer=MixerConfig(real_count=1),
    )
    pool = Pool(id=POOL_ID, status=status, close_reason=None, created=NOON, last_started=NOON, config=config)
    return replace(pool, **changes)  # type: ignore[arg-type]  # fields of a test


def kinds_of(log: PageLog) -> list[EventKind]:
    """Return the kinds of all events of the pool."""
    return [event.kind for event in log.list_events([POOL_ID], 0, limit=10_000).events]


@given(data=st.data())
def test_every_step_is_told_once_and_in_order(data: st.DataObject) -> None:
    """Each page is seen now and then on its way, sometimes late: its events are the beginning of its life, up to the newest state seen."""
    lives = data.draw(st.lists(st.sampled_from(LIVES), min_size=1, max_size=5))
    sights = data.draw(st.lists(st.tuples(st.integers(0, len(lives) - 1), st.integers(0, 3)), max_size=40))
    log, newest = PageLog(), defaultdict[int, int](lambda: -1)
    log.note_history(make_pool(), [])
    for page, step in sights:
        reached = min(step, len(lives[page]) - 1)
        newest[page] = max(newest[page], reached)
        log.note_pages([make_page(f"p{page}", lives[page][reached])])
    events = log.list_events([POOL_ID], 0, limit=10_000).events
    told = defaultdict[str, list[EventKind]](list)
    for event in events:
        if event.assignment is not None:
            told[event.assignment.id].append(event.kind)
    for page, reached in newest.items():
        steps = [KINDS[status] for status in lives[page][: reached + 1]]
        if EventKind.ACCEPTED in told[f"p{page}"] and EventKind.REJECTED not in told[f"p{page}"]:
            # A rejection that was taken back before anybody looked leaves no trace on the page.
            steps = [kind for kind in steps if kind is not EventKind.REJECTED]
        assert told[f"p{page}"] == steps
        latest = log.find_page(make_page(f"p{page}").id)
        assert latest is not None
        assert latest.status is lives[page][reached]
    assert [event.position for event in events] == sorted({event.position for event in events})


@given(
    order=st.permutations(range(6)),
    cuts=st.lists(st.integers(1, 5), min_size=1, max_size=5),
)
def test_reading_on_leaves_nothing_out(order: list[int], cuts: list[int]) -> None:
    """However small the pages are that are read, together they are the whole, for one pool and for several."""
    log, other = PageLog(), PoolId("10000002")
    log.note_history(make_pool(), [])
    log.note_history(make_pool(id=other), [])
    for number in order:
        pool_id = POOL_ID if number % 2 else other
        log.note_pages([make_page(f"p{number}", S.SUBMITTED, pool_id=pool_id)])
    for pool_ids in ([POOL_ID], [POOL_ID, other]):
        whole, found, after = log.list_events(pool_ids, 0, limit=100).events, list[Event](), 0
        for limit in (*cuts, 100):
            page = log.list_events(pool_ids, after, limit=limit)
            found += page.events
            after = page.position
        assert tuple(found) == whole


def test_a_history_is_told_in_order_of_time() -> None:
    """A pool that is met for the first time tells of its opening, of its pages as they came, and of its end."""
    log = PageLog()
    early, late = make_page("b", S.ACCEPTED), make_page("a", S.SKIPPED, created=NOON + timedelta(minutes=5))
    late = replace(late, skipped=NOON + timedelta(minutes=6))
    log.note_history(make_pool(PoolStatus.CLOSED, close_reason=CloseReason.COMPLETED), [late, early])
    events = log.list_events([POOL_ID], 0, limit=100).events
    assert [(event.kind, event.assignment.id if event.assignment else None) for event in events] == [
        (EventKind.POOL_OPENED, None),
        (EventKind.TAKEN, "b"),
        (EventKind.SUBMITTED, "b"),
        (EventKind.ACCEPTED, "b"),
        (EventKind.TAKEN, "a"),
        (EventKind.SKIPPED, "a"),
        (EventKind.POOL_CLOSED, None),
    ]
    assert events[-1].close_reason is CloseReason.COMPLETED


def test_a_pool_that_was_never_opened_has_no_history() -> None:
    """A new pool is closed, and nothing has happened."""
    log = PageLog()
    log.note_history(make_pool(PoolStatus.CLOSED, last_started=None, close_reason=CloseReason.MANUAL), [])
    assert kinds_of(log) == []


def test_a_pool_that_was_open_in_between_tells_both() -> None:
    """Opened and closed between two looks: both are told, once."""
    log = PageLog()
    log.note_history(make_pool(PoolStatus.CLOSED, last_started=None), [])
    closed = make_pool(PoolStatus.CLOSED, close_reason=CloseReason.COMPLETED)
    for _ in range(2):
        log.note_pool(closed)
    assert kinds_of(log) == [EventKind.POOL_OPENED, EventKind.POOL_CLOSED]


def test_an_update_that_is_given_up_is_told() -> None:
    """A pool closed until it is changed, and then for good: both are told, once."""
    log = PageLog()
    log.note_history(make_pool(), [])
    for reason in (CloseReason.FOR_UPDATE, CloseReason.FOR_UPDATE, CloseReason.MANUAL, CloseReason.MANUAL):
        log.note_pool(make_pool(PoolStatus.CLOSED, close_reason=reason))
    closings = [event.close_reason for event in log.list_events([POOL_ID], 0, limit=100).events[1:]]
    assert closings == [CloseReason.FOR_UPDATE, CloseReason.MANUAL]
