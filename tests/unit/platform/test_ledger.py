"""Where the money is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import BonusDraft, BudgetId, CloseReason, Money, Page, Pool, PoolStatus, Spending, WorkerId
from manyhands.errors import BudgetExceeded, InvalidInput, NotFound
from manyhands.platform.embedded.ledger import BONUS_DECISION_TIME
from manyhands.platform.embedded.prices import Tariff
from tests.unit.platform.house import House, reals


def spending(paid: str, reserved: str) -> Spending:
    """Return what is paid and reserved."""
    return Spending(paid=Money(paid), reserved=Money(reserved))


def bonus(page: Page, amount: str, key: str = "b") -> BonusDraft:
    """Return a bonus for a page."""
    return BonusDraft(key=key, worker_id=page.worker_id, amount=Money(amount), assignment_id=page.assignment_id)


def paid_pool(house: House, ceiling: str | None = "1.00", max_bonus: str = "0.05") -> Pool:
    """Return a pool of ten tasks at $0.10 and a fee of a fifth, with a budget."""
    house.workers("ann", "ben", "cay")
    return house.pool(*reals(10), budget_id=house.budget(ceiling), max_bonus=Money(max_bonus))


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ("take", spending("0", "0.18")),
        ("submit", spending("0", "0.18")),
        ("skip", spending("0", "0")),
        ("expire", spending("0", "0")),
        ("reject", spending("0", "0")),
        ("accept", spending("0.12", "0.06")),
        ("accept, wait", spending("0.12", "0")),
        ("accept, give up", spending("0.12", "0")),
        ("accept, bonus", spending("0.144", "0")),
        ("accept, bonus, bonus", spending("0.168", "0")),
        ("bonus, accept", spending("0.144", "0")),
        ("bonus", spending("0.024", "0.12")),
        ("reject, accept", spending("0.12", "0")),
        ("reject, bonus", spending("0.024", "0")),
    ],
)
def test_money_follows_the_page(house: House, steps: str, expected: Spending) -> None:
    """Reward, fee and largest bonus are reserved, paid and released; budget and pool say the same."""
    pool = paid_pool(house)
    page = house.take("ann", pool)
    actions: dict[str, Callable[[], object]] = {
        "take": lambda: None,
        "submit": lambda: house.hand_in(page),
        "skip": lambda: house.platform.skip(page.assignment_id, page.worker_id),
        "wait": lambda: house.clock.move(seconds=BONUS_DECISION_TIME.total_seconds()),
        "expire": lambda: house.clock.move(minutes=10),
        "reject": lambda: house.platform.reject(page.assignment_id, "no"),
        "accept": lambda: house.accept(page),
        "give up": lambda: house.platform.release_bonus_reserve([page.assignment_id]),
        "bonus": lambda: house.platform.pay_bonus(bonus(page, "0.02", key=f"b{len(done)}")),
    }
    done: list[str] = []
    for step in steps.split(", "):
        if step not in {"take", "skip", "expire", "submit"} and not done:
            house.hand_in(page)
        done.append(step)
        actions[step]()
    assert house.platform.spending(pool.id) == expected
    assert house.platform.get_budget(BudgetId(pool.config.budget_id or "")).spending == expected


def test_a_promised_bonus_can_be_paid(house: House) -> None:
    """Money that is reserved for a bonus is not given to other pages before it is paid."""
    pool = paid_pool(house, ceiling="0.30")
    first = house.work("ann", pool)
    house.accept(first)
    assert house.refusal("ben", pool) == "budget_exhausted"
    house.platform.pay_bonus(bonus(first, "0.05"))
    assert house.platform.spending(pool.id) == spending("0.18", "0")


def test_a_bonus_beyond_the_reserve_needs_budget(house: House) -> None:
    """What the page's reserve does not cover comes from what is left, or nothing is paid."""
    pool = paid_pool(house, ceiling="0.30")
    page = house.work("ann", pool)
    house.accept(page)
    with pytest.raises(BudgetExceeded, match="raise the budget"):
        house.platform.pay_bonus(bonus(page, "0.16"))
    assert house.platform.spending(pool.id) == spending("0.12", "0.06")
    assert house.platform.list_bonuses(pool.id) == []
    house.platform.pay_bonus(bonus(page, "0.15"))
    assert house.platform.spending(pool.id) == spending("0.30", "0")


def test_a_bonus_is_paid_once(house: House) -> None:
    """The same key pays nothing again and returns the same bonus; bonuses are listed in order."""
    pool = paid_pool(house)
    page = house.work("ann", pool)
    draft = bonus(page, "0.02")
    first = house.platform.pay_bonus(draft)
    assert house.platform.pay_bonus(draft) == first
    second = house.platform.pay_bonus(bonus(page, "0.01", key="c"))
    assert house.platform.list_bonuses(pool.id) == [first, second]
    assert (first.amount, first.worker_id, first.assignment_id) == (Money("0.02"), "ann", page.assignment_id)


def test_a_bonus_without_a_page_belongs_to_no_pool(house: House) -> None:
    """It is paid, once, and weighs on no budget."""
    pool = paid_pool(house)
    draft = BonusDraft(key="b", worker_id=WorkerId("ann"), amount=Money("5"))
    assert house.platform.pay_bonus(draft) == house.platform.pay_bonus(draft)
    assert house.platform.list_bonuses(pool.id) == []
    assert house.platform.spending(pool.id) == spending("0", "0")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"amount": Money("0.009")}, InvalidInput),
        ({"worker_id": WorkerId("ben")}, InvalidInput),
        ({"worker_id": WorkerId("stranger")}, NotFound),
        ({"assignment_id": "x"}, NotFound),
    ],
    ids=["too small", "another's page", "stranger", "no page"],
)
def test_a_wrong_bonus_is_refused(house: House, changes: dict[str, object], error: type[Exception]) -> None:
    """Nothing is paid to the wrong worker, for no page, or below a cent."""
    pool = paid_pool(house)
    page = house.work("ann", pool)
    values = {"key": "b", "worker_id": "ann", "amount": Money("0.02"), "assignment_id": page.assignment_id, **changes}
    with pytest.raises(error):
        house.platform.pay_bonus(BonusDraft(**values))  # type: ignore[arg-type]  # a table of fields
    assert house.platform.spending(pool.id) == spending("0", "0.18")


def test_two_pools_share_a_budget(house: House) -> None:
    """What one has reserved the other cannot have."""
    pool = paid_pool(house, ceiling="0.35", max_bonus="0")
    other = house.pool(*reals(5), budget_id=pool.config.budget_id)
    house.take("ann", pool)
    page = house.take("ann", other)
    assert house.refusal("ben", other) == "budget_exhausted"
    house.platform.skip(page.assignment_id, page.worker_id)
    house.take("ben", other)
    assert house.platform.get_budget(BudgetId(pool.config.budget_id or "")).left == Money("0.11")


def test_a_pool_waits_for_money_that_may_come_back(house: House) -> None:
    """As long as something is reserved it stays open; when nothing is and no page is covered, it closes and says why."""
    pool = paid_pool(house, ceiling="0.20", max_bonus="0")
    page = house.work("ann", pool)
    assert house.refusal("ben", pool) == "budget_exhausted"
    assert house.now(pool).status is PoolStatus.OPEN
    house.accept(page)
    pool = house.now(pool)
    assert (pool.status, pool.close_reason) == (PoolStatus.CLOSED, CloseReason.NOT_ENOUGH_BALANCE)


def test_money_that_came_back_is_used(house: House) -> None:
    """A rejected page frees its money for another one."""
    pool = paid_pool(house, ceiling="0.12", max_bonus="0")
    page = house.work("ann", pool)
    house.platform.reject(page.assignment_id, "no")
    assert house.now(pool).status is PoolStatus.OPEN
    house.take("ben", pool)
    with pytest.raises(BudgetExceeded, match="rejected assignment"):
        house.accept(page)


def test_all_pools_of_a_starved_budget_close(house: House) -> None:
    """The last payment closes the others that wait for the same money, but none with another budget."""
    pool = paid_pool(house, ceiling="0.12", max_bonus="0")
    same = house.pool(*reals(2), budget_id=pool.config.budget_id)
    cheap = house.pool(*reals(2), budget_id=pool.config.budget_id, reward=Money(0))
    free = house.pool(*reals(2))
    house.accept(house.work("ann", pool))
    reasons = [house.now(each).close_reason for each in (pool, same, cheap, free)]
    assert reasons == [CloseReason.NOT_ENOUGH_BALANCE] * 2 + [None] * 2


def test_a_bonus_may_starve_a_pool(house: House) -> None:
    """The last money may go to a bonus; the pool closes then, and no worker has to ask for a page first."""
    pool = paid_pool(house, ceiling="0.25", max_bonus="0")
    page = house.work("ann", pool)
    house.accept(page)
    assert house.now(pool).status is PoolStatus.OPEN
    house.platform.pay_bonus(bonus(page, "0.05"))
    assert house.now(pool).close_reason is CloseReason.NOT_ENOUGH_BALANCE


def test_a_raised_budget_opens_the_way(house: House) -> None:
    """The pool stays closed until it is opened again; without money it closes again at once."""
    pool = paid_pool(house, ceiling="0.05")
    assert pool.close_reason is CloseReason.NOT_ENOUGH_BALANCE
    assert house.platform.open_pool(pool.id).close_reason is CloseReason.NOT_ENOUGH_BALANCE
    house.budget("1.00")
    assert house.now(pool).status is PoolStatus.CLOSED
    assert house.platform.open_pool(pool.id).status is PoolStatus.OPEN
    house.take("ann", pool)


def test_a_page_that_expires_closes_a_starved_pool(house: House) -> None:
    """Lowering the ceiling while a page is out starves the pool when the page comes back."""
    pool = paid_pool(house, ceiling="0.12", max_bonus="0")
    house.take("ann", pool)
    house.budget("0.12")
    with pytest.raises(BudgetExceeded, match="cannot be lowered"):
        house.budget("0.11")
    house.clock.move(minutes=10)
    assert house.now(pool).status is PoolStatus.OPEN
    house.budget("0.11")
    assert house.refusal("ben", pool) == "budget_exhausted"
    assert house.now(pool).close_reason is CloseReason.NOT_ENOUGH_BALANCE


def test_budgets_are_put(house: House) -> None:
    """The same key is the same budget; a ceiling may be raised, lowered and taken away; without one it only counts."""
    budget = house.platform.put_budget("b", Money(1))
    assert house.platform.put_budget("b", Money(1)) == budget
    for ceiling in (Money(2), Money("0.5"), None, Money(0)):
        changed = house.platform.put_budget("b", ceiling)
        assert (changed.id, changed.ceiling) == (budget.id, ceiling)
        assert house.platform.get_budget(budget.id) == changed
    endless = paid_pool(house, ceiling=None)
    house.accept(house.work("ann", endless))
    assert house.platform.get_budget(BudgetId(endless.config.budget_id or "")).spending == spending("0.12", "0.06")


def test_unpaid_work_costs_nothing(house: House) -> None:
    """A reward of nothing has no fee, and works on an empty budget."""
    house.worker()
    pool = house.pool(*reals(2), reward=Money(0), budget_id=house.budget("0"))
    house.accept(house.work("ann", pool))
    assert house.platform.spending(pool.id) == spending("0", "0")


def test_archiving_releases_what_is_left(house: House) -> None:
    """An archived pool reserves nothing."""
    pool = paid_pool(house)
    house.accept(house.work("ann", pool))
    house.platform.close_pool(pool.id)
    house.platform.archive_pool(pool.id)
    assert house.platform.spending(pool.id) == spending("0.12", "0")


def test_a_platform_with_another_fee_pays_what_was_agreed(house: House) -> None:
    """The fee of a page is that of the moment in which it was taken."""
    pool = paid_pool(house, max_bonus="0")
    page = house.take("ann", pool)
    dearer = House(house.store, fee_share=0.5)
    dearer.clock = house.clock
    house.hand_in(page)
    dearer.accept(page)
    assert house.platform.spending(pool.id) == spending("0.12", "0")


@pytest.mark.parametrize(
    ("share", "least", "amount", "fee"),
    [
        (0.0, "0", "0.10", "0"),
        (0.2, "0", "0.10", "0.02"),
        (0.2, "0.005", "0.01", "0.005"),
        (0.2, "0.005", "0", "0"),
        (0.2, "0", "0.00001", "0"),
        (0.3, "0", "0.00005", "0.00002"),
    ],
)
def test_fees(share: float, least: str, amount: str, fee: str) -> None:
    """A share of the amount, at least the smallest fee, nothing of nothing, rounded half to even."""
    assert Tariff(fee_share=share, min_fee=Money(least)).fee(Money(amount)) == Money(fee)


@given(st.integers(0, 10_000_000), st.sampled_from((0.0, 0.05, 0.2, 1.0)))
def test_a_fee_is_never_negative_and_never_falls(units: int, share: float) -> None:
    """More reward never means less fee."""
    tariff = Tariff(fee_share=share, min_fee=Money("0.005"))
    smaller, larger = (tariff.fee(Money.from_units(each)) for each in (units, units + 1))
    assert Money(0) <= smaller <= larger


def test_the_reserve_for_a_bonus_ends_in_time(house: House) -> None:
    """The end of the reserve is one of the things that happen by themselves."""
    pool = paid_pool(house)
    page = house.work("ann", pool)
    house.accept(page)
    assert house.platform.deadline() == house.clock.now() + BONUS_DECISION_TIME
    house.clock.move(seconds=BONUS_DECISION_TIME.total_seconds() - 1)
    assert house.platform.spending(pool.id).reserved == Money("0.06")
    house.clock.move(seconds=1)
    assert house.platform.spending(pool.id).reserved == Money(0)
    assert house.platform.deadline() is None
    assert timedelta(0) < BONUS_DECISION_TIME
