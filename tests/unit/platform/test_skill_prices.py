"""Rewards that depend on a skill: fixed when the page is taken, reserved and paid in full."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import CloseReason, Money, Pool, PoolStatus, PriceStep, SkillDraft, SkillId, SkillPrices, WorkerId
from manyhands.errors import InvalidParams, NotFound
from tests.unit.platform.house import House, reals, suite

ANN = WorkerId("ann")


def priced(house: House, *steps: PriceStep, **changes: Any) -> Pool:
    """Return an open pool that pays $0.10, good workers $0.30 and the best $0.50, each with a fee of a fifth."""
    house.workers("ann", "ben")
    chosen = steps or (step(0.6, 0.79, "0.30"), step(0.8, 1.0, "0.50"))
    prices = SkillPrices(skill_id=house.platform.put_skill("good").id, steps=chosen)
    return house.pool(*reals(6), skill_prices=prices, **changes)


def step(lowest: float, highest: float, reward: str) -> PriceStep:
    """Return a step."""
    return PriceStep(lowest=lowest, highest=highest, reward=Money(reward))


def rate(house: House, value: float | None) -> None:
    """Set the skill of Ann."""
    house.platform.set_skill(ANN, house.platform.put_skill("good").id, value=value)


@pytest.mark.parametrize(
    ("skill", "reward"),
    [(None, "0.10"), (0.59, "0.10"), (0.6, "0.30"), (0.794, "0.30"), (0.796, "0.50"), (1.0, "0.50"), (0.0, "0.10")],
)
def test_the_reward_is_that_of_the_skill(house: House, skill: float | None, reward: str) -> None:
    """In whole percent; who is in no step gets the pool's own."""
    pool = priced(house)
    rate(house, skill)
    assert house.platform.reward_for(ANN, pool.id) == Money(reward)
    assert house.take("ann", pool).reward == Money(reward)


def test_the_reward_is_fixed_when_the_page_is_taken(house: House) -> None:
    """A skill that changes afterwards counts for the next page."""
    pool = priced(house)
    rate(house, 0.9)
    page = house.take("ann", pool)
    rate(house, 0.1)
    house.hand_in(page)
    house.accept(page)
    assert house.assignment(page).reward == Money("0.50")
    assert house.platform.spending(pool.id).paid == Money("0.60")
    assert house.take("ann", pool).reward == Money("0.10")
    house.audit()


def test_suites_are_priced_like_pages(house: House) -> None:
    """The reward depends on the skill there, too."""
    house.worker()
    prices = SkillPrices(skill_id=house.platform.put_skill("good").id, steps=(step(0.5, 1.0, "0.70"),))
    rate(house, 0.5)
    pool = house.suite_pool(suite("a"), skill_prices=prices)
    assert house.take("ann", pool).reward == Money("0.70")
    house.audit()


def test_the_right_amount_is_reserved_and_released(house: House) -> None:
    """Reward, fee and largest bonus of this very page."""
    pool = priced(house, max_bonus=Money("0.05"))
    rate(house, 0.7)
    page = house.take("ann", pool)
    assert house.platform.spending(pool.id).reserved == Money("0.42")
    house.platform.skip(page.assignment_id, ANN)
    assert house.platform.spending(pool.id).reserved == Money(0)
    house.audit()


def test_a_budget_that_is_too_small_for_one_is_left_to_others(house: House) -> None:
    """The pool closes for want of money only when not even the cheapest page is covered."""
    pool = priced(house, budget_id=house.budget("0.60"))
    rate(house, 0.9)
    house.accept(house.work("ben", pool))
    assert house.refusal("ann", pool) == "budget_exhausted"
    assert house.now(pool).status == "OPEN"
    for _ in range(4):
        house.accept(house.work("ben", pool))
    assert house.now(pool).close_reason is CloseReason.NOT_ENOUGH_BALANCE
    assert house.platform.spending(pool.id).paid == Money("0.60")
    house.audit()


def test_a_step_may_be_cheaper_than_the_pool(house: House) -> None:
    """Then the step decides what a budget has to cover at least."""
    pool = priced(house, step(0.0, 0.5, "0.02"), budget_id=house.budget("0.05"))
    rate(house, 0.2)
    assert house.refusal("ben", pool) == "budget_exhausted"
    assert house.take("ann", pool).reward == Money("0.02")


@pytest.mark.parametrize(
    "steps",
    [
        (step(0.5, 0.4, "0.1"),),
        (step(0.5, 1.1, "0.1"),),
        (step(0.5, 0.6, "-0.1"),),
        (step(0.5, 0.6, "0.1"), step(0.6, 0.7, "0.1")),
    ],
)
def test_steps_that_cannot_work_are_refused(house: House, steps: tuple[PriceStep, ...]) -> None:
    """They lie within [0, 1], cost nothing or more, and do not overlap."""
    with pytest.raises(InvalidParams, match="skill_prices: expected"):
        priced(house, *steps)


def test_the_skill_has_to_be_there(house: House) -> None:
    """A price that nobody can get is a mistake."""
    with pytest.raises(NotFound):
        house.pool(skill_prices=SkillPrices(skill_id=SkillId("99999999"), steps=(step(0.5, 1.0, "0.1"),)))


def test_a_value_that_ran_out_brings_no_other_reward(house: House) -> None:
    """Like no value at all."""
    pool = priced(house)
    skill = house.platform.put_skill("good")
    house.platform.update_skill(skill.id, SkillDraft(name="good", lifetime=timedelta(days=1)))
    rate(house, 0.9)
    assert house.platform.reward_for(ANN, pool.id) == Money("0.50")
    house.clock.move(days=1)
    assert house.platform.reward_for(ANN, pool.id) == Money("0.10")


def test_the_least_reward_of_a_changed_pool_decides_when_money_runs_out(house: House) -> None:
    """A pool that could not go on opens when its cheapest page can be paid."""
    house.platform.put_budget("b", Money("0.30"))
    budget = house.platform.put_budget("b", Money("0.30")).id
    pool = priced(house, step(0.0, 1.0, "0.50"), budget_id=budget, reward=Money("0.40"))
    assert house.now(pool).close_reason is CloseReason.NOT_ENOUGH_BALANCE
    cheaper = SkillPrices(skill_id=house.platform.put_skill("good").id, steps=(step(0.0, 0.5, "0.20"),))
    house.platform.update_pool(pool.id, replace(house.now(pool).config, skill_prices=cheaper))
    house.platform.open_pool(pool.id)
    assert house.now(pool).status is PoolStatus.OPEN
    rate(house, 0.3)
    assert house.work("ann", pool).reward == Money("0.20")
    assert house.now(pool).close_reason is None
    house.audit()
