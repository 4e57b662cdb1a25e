"""Changing pools after they were made."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    CloseReason,
    Comparison,
    ControlTasks,
    EventKind,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    GrowingOverlap,
    MixerConfig,
    Money,
    Pool,
    PoolStatus,
    PoolType,
    PriceStep,
    ProjectId,
    QualityCondition,
    QualityRule,
    RestrictionScope,
    RestrictWorker,
    SkillId,
    SkillPrices,
    TrainingRequirement,
)
from manyhands.errors import InvalidParams, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import DOG, House, as_pool_id, controls, real, reals, suite

GERMAN = FilterCondition(category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="DE")


def change(house: House, pool: Pool, **changes: Any) -> Pool:
    """Close the pool, change its config and open it again."""
    house.platform.close_pool(pool.id)
    changed = house.platform.update_pool(pool.id, replace(house.now(pool).config, **changes))
    house.platform.open_pool(pool.id)
    return changed


def test_a_closed_pool_gets_another_config(house: House) -> None:
    """The answer and every later look show it; the same again changes nothing."""
    pool = house.pool(is_open=False)
    config = replace(pool.config, reward=Money("0.25"), priority=7, description="new", worker_filter=GERMAN)
    for _ in range(2):
        assert house.platform.update_pool(pool.id, config).config == config
    assert house.now(pool).config == config


@pytest.mark.parametrize("is_archived", [False, True])
def test_an_open_or_archived_pool_keeps_its_config(house: House, *, is_archived: bool) -> None:
    """The error says what to do."""
    pool = house.pool(*reals(1))
    if is_archived:
        house.platform.close_pool(pool.id)
        house.platform.archive_pool(pool.id)
    with pytest.raises(WrongState, match="final" if is_archived else "close it first"):
        house.platform.update_pool(pool.id, replace(pool.config, reward=Money(1)))
    assert house.now(pool).config == pool.config


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"project_id": ProjectId("10000009")}, "project_id"),
        ({"key": "another"}, "key"),
        ({"type": PoolType.TRAINING}, "type"),
        ({"budget_id": "10000001"}, "budget_id"),
        ({"exclusive_group": "g"}, "exclusive_group"),
        ({"reward": Money(-1)}, "reward"),
        ({"priority": 101}, "priority"),
        ({"mixer": MixerConfig(real_count=0)}, "mixer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_binds_a_pool_stays(house: House, changes: dict[str, Any], problem: str) -> None:
    """Project, key, type, budget and group are for ever, and a config that cannot work is refused; nothing is changed."""
    pool = house.pool(is_open=False)
    with pytest.raises(InvalidParams, match=problem):
        house.platform.update_pool(pool.id, replace(pool.config, **changes))
    assert house.now(pool).config == pool.config


def test_a_pool_with_tasks_keeps_or_lacks_its_mixer(house: House) -> None:
    """Tasks are issued alone with one, and with their suites without; an empty pool may become either."""
    mixed, suites = house.pool(*reals(1), is_open=False), house.suite_pool(suite("s"), is_open=False)
    for pool, mixer in ((mixed, None), (suites, MixerConfig(real_count=1))):
        with pytest.raises(InvalidParams, match="mixer: tasks that are there"):
            house.platform.update_pool(pool.id, replace(pool.config, mixer=mixer))
    empty = house.pool(is_open=False)
    assert house.platform.update_pool(empty.id, replace(empty.config, mixer=None)).config.mixer is None
    house.platform.add_task_suites(empty.id, [suite("s")])


def test_pages_keep_the_price_at_which_they_were_taken(house: House) -> None:
    """The new price holds from the next page on; money is reserved and paid accordingly."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(2), reward=Money("0.10"))
    before = house.take("ann", pool)
    change(house, pool, reward=Money("0.20"))
    after = house.work("ben", pool)
    house.hand_in(before)
    house.accept(before, after)
    assert (before.reward, after.reward) == (Money("0.10"), Money("0.20"))
    assert house.platform.spending(pool.id).paid == Money("0.36")


def test_a_dearer_page_counts_when_money_runs_out(house: House) -> None:
    """What is left of the budget is compared with the new price."""
    house.workers("ann", "ben")
    pool = house.pool(*reals(3), reward=Money("0.10"), budget_id=house.budget("0.30"))
    change(house, pool, reward=Money("0.20"))
    house.accept(house.work("ann", pool))
    assert house.now(pool).close_reason is CloseReason.NOT_ENOUGH_BALANCE
    change(house, pool, reward=Money("0.05"))
    assert house.work("ben", pool).reward == Money("0.05")


def test_filter_mixer_and_time_hold_from_the_next_page_on(house: House) -> None:
    """Who is kept out, what a page holds and how long it may take follow the new config; tasks keep their overlap."""
    house.worker("ann", languages=frozenset({"DE"}))
    house.worker("ben")
    pool = house.pool(*reals(6, overlap=2), *controls(2))
    change(
        house,
        pool,
        worker_filter=GERMAN,
        mixer=MixerConfig(real_count=2, control_count=1),
        assignment_duration=timedelta(minutes=3),
        default_overlap=9,
    )
    page = house.take("ann", pool)
    assert len(page.tasks) == 3
    assert page.deadline - page.created == timedelta(minutes=3)
    assert house.refusal("ben", pool) == "filtered"
    assert {task.overlap for task in house.platform.list_tasks(pool.id)} == {2, None}


def test_rules_that_stay_go_on_counting(house: House) -> None:
    """What a worker did before the change is not forgotten, and a new rule holds as well."""
    house.worker()
    condition = QualityCondition(key="incorrect_share", comparison=Comparison.GTE, threshold=0.5)
    two = QualityCondition(key="total_count", comparison=Comparison.GTE, threshold=2)
    rule = QualityRule(
        collector=ControlTasks(),
        conditions=(condition, two),
        action=RestrictWorker(duration=None, scope=RestrictionScope.POOL),
    )
    mixer = MixerConfig(real_count=1, control_count=1)
    pool = house.pool(*reals(3), *controls(3), mixer=mixer, quality_rules=(rule,))
    house.work("ann", pool, DOG, DOG)
    change(house, pool, reward=Money("0.20"))
    house.work("ann", pool, DOG, DOG)
    assert house.refusal("ann", pool) == "restricted"


def test_a_pool_opens_again_after_its_time_was_moved(house: House) -> None:
    """An expired pool opens when it is extended; the same or an earlier moment changes nothing."""
    house.worker()
    pool = house.pool(*reals(2), expires=house.clock.now() + timedelta(days=1))
    house.clock.move(days=2)
    assert house.now(pool).close_reason is CloseReason.EXPIRED
    late = house.clock.now() + timedelta(days=3)
    assert house.platform.extend_pool(pool.id, late).config.expires == late
    assert house.platform.extend_pool(pool.id, late - timedelta(days=1)).config.expires == late
    assert house.platform.open_pool(pool.id).status is PoolStatus.OPEN
    house.work("ann", pool)
    house.clock.move(days=3)
    assert house.now(pool).close_reason is CloseReason.EXPIRED


def test_a_pool_is_extended_while_it_is_open(house: House) -> None:
    """It closes at the new moment, not at the old one; a pool without an end needs none."""
    pool = house.pool(*reals(2), expires=house.clock.now() + timedelta(days=1))
    endless = house.pool(*reals(2))
    house.platform.extend_pool(pool.id, house.clock.now() + timedelta(days=3))
    assert house.platform.extend_pool(endless.id, house.clock.now()).config.expires is None
    house.clock.move(days=2)
    assert (house.now(pool).status, house.now(endless).status) == (PoolStatus.OPEN, PoolStatus.OPEN)


def test_an_archived_pool_is_neither_extended_nor_urgent(house: House) -> None:
    """What is archived is final."""
    pool = house.pool(*reals(1), is_open=False)
    house.platform.archive_pool(pool.id)
    with pytest.raises(WrongState, match="archived"):
        house.platform.extend_pool(pool.id, house.clock.now())
    with pytest.raises(WrongState, match="archived"):
        house.platform.set_priority(pool.id, 5)


def test_priority_changes_while_the_pool_is_open(house: House) -> None:
    """Workers see the more urgent pool first, at once."""
    first, second = house.pool(*reals(1)), house.pool(*reals(1))
    assert [pool.id for pool in house.platform.list_open_pools()] == [first.id, second.id]
    house.platform.set_priority(second.id, 90)
    assert [pool.id for pool in house.platform.list_open_pools()] == [second.id, first.id]
    assert house.now(second).config.priority == 90
    with pytest.raises(InvalidParams, match="priority"):
        house.platform.set_priority(second.id, -1)


def test_a_pool_that_is_closed_for_an_update_opens_by_itself(house: House) -> None:
    """After a quarter of an hour workers get pages again; closing it so again does not begin the time anew."""
    house.worker()
    pool = house.pool(*reals(2))
    closed = house.platform.close_pool_for_update(pool.id)
    assert (closed.status, closed.close_reason) == (PoolStatus.CLOSED, CloseReason.FOR_UPDATE)
    assert house.refusal("ann", pool) == "pool_closed"
    house.clock.move(minutes=14)
    house.platform.close_pool_for_update(pool.id)
    assert house.platform.deadline() == house.clock.now() + timedelta(minutes=1)
    house.clock.move(minutes=1)
    house.take("ann", pool)
    opened, closed_kind = EventKind.POOL_OPENED, EventKind.POOL_CLOSED
    assert house.events(pool)[:3] == [opened, closed_kind, opened]
    assert house.now(pool).last_started == house.clock.now()


def test_the_change_made_meanwhile_holds_when_the_pool_opens(house: House) -> None:
    """A pool whose time is over by then closes at once, and says so."""
    house.worker()
    pool = house.pool(*reals(2), expires=house.clock.now() + timedelta(minutes=10))
    house.platform.close_pool_for_update(pool.id)
    house.platform.update_pool(pool.id, replace(pool.config, reward=Money(1)))
    house.clock.move(minutes=15)
    assert house.now(pool).close_reason is CloseReason.EXPIRED
    later = house.clock.now() + timedelta(days=1)
    house.platform.extend_pool(pool.id, later)
    house.platform.open_pool(pool.id)
    assert house.take("ann", pool).reward == Money(1)


@pytest.mark.parametrize(
    ("decide", "status", "reason"),
    [
        pytest.param(EmbeddedPlatform.open_pool, PoolStatus.OPEN, None, id="opened"),
        pytest.param(EmbeddedPlatform.close_pool, PoolStatus.CLOSED, CloseReason.MANUAL, id="closed"),
        pytest.param(EmbeddedPlatform.archive_pool, PoolStatus.ARCHIVED, CloseReason.FOR_UPDATE, id="archived"),
    ],
)
def test_a_decision_ends_the_update(
    house: House, decide: Callable[..., Pool], status: PoolStatus, reason: CloseReason | None
) -> None:
    """A pool that was opened, closed or archived before its time stays so."""
    pool = house.pool(*reals(2))
    house.platform.close_pool_for_update(pool.id)
    decide(house.platform, pool.id)
    count = len(house.events(pool))
    house.clock.move(minutes=20)
    found = house.now(pool)
    assert (found.status, found.close_reason) == (status, reason)
    assert len(house.events(pool)) == count


def test_a_closed_pool_is_not_opened_by_an_update(house: House) -> None:
    """Closing a closed pool for an update changes nothing, so it does not open by itself."""
    pool = house.pool(*reals(2), is_open=False)
    assert house.platform.close_pool_for_update(pool.id).close_reason is CloseReason.MANUAL
    house.clock.move(hours=1)
    assert house.now(pool).status is PoolStatus.CLOSED


@pytest.mark.parametrize("pool_id", [None, "nonsense"], ids=["foreign", "unknown"])
def test_nobody_changes_the_pool_of_another(house: House, pool_id: str | None) -> None:
    """A foreign pool is not there."""
    pool = house.pool(real("a"))
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="bob")
    found = as_pool_id(pool_id or pool.id)
    with pytest.raises(NotFound):
        other.update_pool(found, pool.config)
    with pytest.raises(NotFound):
        other.extend_pool(found, house.clock.now())
    with pytest.raises(NotFound):
        other.set_priority(found, 1)
    with pytest.raises(NotFound):
        other.close_pool_for_update(found)


def test_what_the_new_config_names_has_to_be_there(house: House) -> None:
    """Skills, trainings and output fields, as when a pool is created; nothing is changed otherwise."""
    pool, other = house.pool(is_open=False), house.pool(is_open=False)
    growing = GrowingOverlap(
        max_overlap=3, min_confidence=0.9, weight_skill_id=house.platform.put_skill("s").id, fields=("colour",)
    )
    lost = SkillPrices(skill_id=SkillId("99999999"), steps=(PriceStep(lowest=0.0, highest=1.0, reward=Money(1)),))
    untaught = TrainingRequirement(training_pool_id=other.id, passing_skill=0.5)
    for changes, error in (
        ({"growing_overlap": growing}, InvalidParams),
        ({"skill_prices": lost}, NotFound),
        ({"training_requirement": untaught}, InvalidParams),
    ):
        with pytest.raises(error):
            house.platform.update_pool(pool.id, replace(pool.config, **changes))
    assert house.now(pool).config == pool.config
