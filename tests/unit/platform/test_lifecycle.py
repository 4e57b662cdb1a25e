"""When pools open and close."""

from datetime import timedelta

import pytest

from manyhands.crowd import (
    CloseReason,
    EventKind,
    MixerConfig,
    Money,
    Pool,
    PoolConfig,
    PoolId,
    PoolStatus,
    PoolType,
    ProjectId,
    TrainingRequirement,
)
from manyhands.errors import EmptyPool, InvalidParams, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import House, control, controls, project_config, real, reals

CLOSED, OPEN, ARCHIVED = PoolStatus.CLOSED, PoolStatus.OPEN, PoolStatus.ARCHIVED


def state(pool: Pool) -> tuple[PoolStatus, CloseReason | None]:
    """Return status and reason."""
    return pool.status, pool.close_reason


def test_a_new_pool_is_closed(house: House) -> None:
    """It waits to be opened, and says so."""
    pool = house.pool()
    assert state(pool) == (CLOSED, CloseReason.MANUAL)
    assert (pool.created, pool.last_started, pool.last_stopped) == (house.clock.now(), None, None)


def test_the_same_key_returns_the_same_pool(house: House) -> None:
    """A pool is created once; the first config stays."""
    pool = house.pool(key="k", reward=Money("0.20"))
    again = house.pool(key="k", reward=Money("0.30"))
    assert again == pool


def test_an_empty_pool_cannot_be_opened(house: House) -> None:
    """Opening it says what to do."""
    pool = house.pool()
    with pytest.raises(EmptyPool, match="add tasks first"):
        house.platform.open_pool(pool.id)


def test_opening_and_closing(house: House) -> None:
    """Each is told once, with its time; repeated calls change nothing."""
    pool = house.pool(*reals(1), is_open=False)
    opened = house.clock.move(minutes=1)
    for _ in range(2):
        assert state(house.platform.open_pool(pool.id)) == (OPEN, None)
    closed = house.clock.move(minutes=1)
    for _ in range(2):
        assert state(house.platform.close_pool(pool.id)) == (CLOSED, CloseReason.MANUAL)
    pool = house.now(pool)
    assert (pool.last_started, pool.last_stopped) == (opened, closed)
    assert house.events(pool) == [EventKind.POOL_OPENED, EventKind.POOL_CLOSED]
    house.worker()
    assert house.refusal("ann", pool) == "pool_closed"


@pytest.mark.parametrize("is_judged", [True, False])
def test_a_pool_completes_when_everything_is_handed_in(house: House, *, is_judged: bool) -> None:
    """Nothing to issue and nobody at work: whether pages are judged does not matter."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(1, overlap=2))
    first, second = house.take("ann", pool), house.take("ben", pool)
    house.hand_in(first)
    if is_judged:
        house.accept(first)
    assert house.now(pool).status is OPEN
    house.hand_in(second)
    assert state(house.now(pool)) == (CLOSED, CloseReason.COMPLETED)
    page = house.platform.list_events([pool.id])
    assert page.events[-1].close_reason is CloseReason.COMPLETED


@pytest.mark.parametrize("ending", ["skip", "expire"])
def test_a_page_that_comes_back_keeps_the_pool_open(house: House, ending: str) -> None:
    """Its tasks are to be issued again."""
    house.worker()
    pool = house.pool(*reals(1))
    page = house.take("ann", pool)
    if ending == "skip":
        house.platform.skip(page.assignment_id, page.worker_id)
    else:
        house.clock.move(minutes=20)
    assert house.now(pool).status is OPEN


def test_a_completed_pool_stays_open_for_its_delay(house: House) -> None:
    """New tasks within the delay keep it open, and the delay begins anew."""
    house.worker()
    pool = house.pool(real("a"), auto_close_delay=timedelta(minutes=5))
    house.work("ann", pool)
    house.clock.move(minutes=4)
    assert house.now(pool).status is OPEN
    house.platform.add_tasks(pool.id, [real("b")])
    house.clock.move(minutes=4)
    house.work("ann", pool)
    due = house.clock.now() + timedelta(minutes=5)
    assert house.platform.deadline() == due
    house.clock.move(minutes=9)
    pool = house.now(pool)
    assert (state(pool), pool.last_stopped) == ((CLOSED, CloseReason.COMPLETED), due)


def test_a_pool_closes_at_its_end(house: House) -> None:
    """At the moment that it names, and again when it is opened later; pages in work may still be handed in."""
    house.worker()
    end = house.clock.now() + timedelta(minutes=5)
    pool = house.pool(*reals(2), expires=end)
    page = house.take("ann", pool)
    assert house.platform.deadline() == end
    house.clock.move(minutes=6)
    pool = house.now(pool)
    assert (state(pool), pool.last_stopped) == ((CLOSED, CloseReason.EXPIRED), end)
    house.hand_in(page)
    assert state(house.platform.open_pool(pool.id)) == (CLOSED, CloseReason.EXPIRED)


def test_a_pool_with_nothing_to_issue_closes_again(house: House) -> None:
    """Tasks that are kept back, finished, or control tasks alone are nothing to issue."""
    house.worker()
    for drafts in ([real("a", overlap=0)], controls(3)):
        assert state(house.pool(*drafts)) == (CLOSED, CloseReason.COMPLETED)
    pool = house.pool(real("a"))
    house.work("ann", pool)
    assert state(house.platform.open_pool(pool.id)) == (CLOSED, CloseReason.COMPLETED)
    kinds = [EventKind.POOL_OPENED, EventKind.POOL_CLOSED]
    assert [kind for kind in house.events(pool) if kind in kinds] == kinds * 2


def test_opening_with_a_page_in_work_stays_open(house: House) -> None:
    """As long as somebody is at work, tasks may come back."""
    house.worker()
    pool = house.pool(*reals(1))
    page = house.take("ann", pool)
    house.platform.close_pool(pool.id)
    assert house.platform.open_pool(pool.id).status is OPEN
    house.hand_in(page)
    assert house.now(pool).close_reason is CloseReason.COMPLETED


def test_a_reason_stays_until_the_pool_is_opened(house: House) -> None:
    """Closing a completed pool does not make it one closed by hand."""
    pool = house.pool(real("a", overlap=0))
    assert house.platform.close_pool(pool.id).close_reason is CloseReason.COMPLETED


def test_archiving_is_final(house: House) -> None:
    """Only a closed pool whose pages are judged is archived; then nothing changes any more."""
    house.worker()
    pool = house.pool(*reals(2))
    with pytest.raises(WrongState, match="close it before"):
        house.platform.archive_pool(pool.id)
    page = house.take("ann", pool)
    house.platform.close_pool(pool.id)
    with pytest.raises(WrongState, match="1 pages in work"):
        house.platform.archive_pool(pool.id)
    house.hand_in(page)
    with pytest.raises(WrongState, match="1 pages in review"):
        house.platform.archive_pool(pool.id)
    house.accept(page)
    for _ in range(2):
        assert house.platform.archive_pool(pool.id).status is ARCHIVED
    for change in (house.platform.open_pool, house.platform.close_pool):
        with pytest.raises(WrongState, match="is ARCHIVED"):
            change(pool.id)
    with pytest.raises(WrongState, match="archived"):
        house.platform.add_tasks(pool.id, [])
    with pytest.raises(WrongState, match="archived"):
        house.platform.reject(page.assignment_id, "no")


def test_a_rejection_keeps_a_pool_from_the_archive(house: House) -> None:
    """For nine days its worker may ask to take it back, which nobody could do in an archived pool; taken back it is no hindrance."""
    house.workers("ann", "ben")
    pools = [house.pool(*reals(1)) for _ in range(2)]
    pages = [house.work("ann", pool) for pool in pools]
    for pool, page in zip(pools, pages, strict=True):
        house.platform.reject(page.assignment_id, "no")
        house.platform.close_pool(pool.id)
    house.accept(pages[0])
    house.clock.move(days=8)
    assert house.platform.archive_pool(pools[0].id).status is ARCHIVED
    with pytest.raises(WrongState, match="may appeal until 2026-01-10") as caught:
        house.platform.archive_pool(pools[1].id)
    assert caught.value.reason == "rejected_pages"
    house.clock.move(days=1)
    assert house.platform.archive_pool(pools[1].id).status is ARCHIVED


def test_a_training_is_archived_after_the_pools_that_ask_for_it(house: House) -> None:
    """Without it nobody new could work there; pools that ask for others are no hindrance."""
    mixer = MixerConfig(real_count=0, training_count=1)
    training, other = (house.pool(is_open=False, type=PoolType.TRAINING, mixer=mixer) for _ in range(2))
    requirement = TrainingRequirement(training_pool_id=training.id, passing_skill=0.8)
    pool = house.pool(is_open=False, training_requirement=requirement)
    assert house.platform.archive_pool(other.id).status is ARCHIVED
    with pytest.raises(WrongState, match=f"pool {pool.id} asks for the training") as caught:
        house.platform.archive_pool(training.id)
    assert caught.value.reason == "training_in_use"
    house.platform.archive_pool(pool.id)
    assert house.platform.archive_pool(training.id).status is ARCHIVED


def test_open_pools_are_listed_by_priority(house: House) -> None:
    """Highest first, then in order of id; closed ones are left out."""
    pools = [house.pool(*reals(1), priority=priority) for priority in (10, 50, 10, 90)]
    house.platform.close_pool(pools[3].id)
    expected = [pools[1].id, pools[0].id, pools[2].id]
    assert [pool.id for pool in house.platform.list_open_pools()] == expected
    assert house.platform.list_open_pools()[0] == pools[1]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"mixer": MixerConfig(real_count=0)}, "a page has no tasks"),
        ({"mixer": MixerConfig(real_count=-1, control_count=2)}, "counts of 0 or more"),
        ({"reward": Money("-0.01")}, "reward: expected nothing or more"),
        ({"max_bonus": Money("-0.01")}, "max_bonus: expected nothing or more"),
        ({"assignment_duration": timedelta(0)}, "assignment_duration: expected a time above zero"),
    ],
)
def test_a_config_that_cannot_work_is_refused(house: House, changes: dict[str, object], problem: str) -> None:
    """Every problem is named before anything is made."""
    with pytest.raises(InvalidParams, match=problem):
        house.pool(**changes)  # type: ignore[arg-type]  # a table of fields


def test_pools_are_their_requesters_own(house: House) -> None:
    """Another requester finds neither project, pool, budget nor skill, and may use the same keys."""
    pool = house.pool(*reals(1), budget_id=house.budget("1"))
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="other")
    assert other.find_project("pets") is None
    for call in (other.get_pool, other.open_pool, other.close_pool, other.list_tasks, other.spending):
        with pytest.raises(NotFound, match=f"there is no pool {pool.id}"):
            call(pool.id)
    with pytest.raises(NotFound):
        other.get_budget(pool.config.budget_id)  # type: ignore[arg-type]  # set above
    with pytest.raises(NotFound):
        other.create_pool(pool.config)
    assert other.put_project(project_config()).id != house.project.id


@pytest.mark.parametrize("project_id", ["12345678", "x", ""])
def test_a_pool_needs_a_project(house: House, project_id: str) -> None:
    """A project that is not there is named."""
    with pytest.raises(NotFound, match="project"):
        house.pool(project_id=ProjectId(project_id))


def test_unknown_pools_are_named(house: House) -> None:
    """Whatever looks like no id is no pool."""
    for pool_id in ("99999999", "1", "10000001x", "\uff110000001"):
        with pytest.raises(NotFound, match=pool_id):
            house.platform.get_pool(PoolId(pool_id))


def test_projects_are_put(house: House) -> None:
    """The same key is the same project; a different config replaces the old one."""
    assert house.platform.put_project(project_config()) == house.project
    changed = house.platform.put_project(project_config(name="Pets"))
    assert (changed.id, changed.created, changed.config.name) == (house.project.id, house.project.created, "Pets")
    assert house.platform.find_project("pets") == changed
    assert house.platform.find_project("cars") is None


def test_everything_of_a_pool_config_is_kept(house: House) -> None:
    """What was created is what is read back, also by a platform that was opened later."""
    pool = house.pool(
        control("c"), mixer=MixerConfig(real_count=2, control_count=1), exclusive_group="g", foreign={"a": [1]}
    )
    later = EmbeddedPlatform(house.store, clock=house.clock)
    assert later.get_pool(pool.id) == house.now(pool)
    assert isinstance(later.get_pool(pool.id).config, PoolConfig)
