"""The pricing of a page: what is refused, and all of it at once."""

from decimal import Decimal

import pytest

from manyhands.crowd import Money
from manyhands.errors import InvalidParams
from manyhands.planning import PoolPricingConfig


@pytest.mark.parametrize(
    "price", [0.05, "0.05", Decimal("0.05"), Money("0.05")], ids=["float", "str", "Decimal", "Money"]
)
def test_price_is_taken_as_written(price: float | str | Decimal | Money) -> None:
    """Five cents are five cents however they are written."""
    pricing = PoolPricingConfig(assignment_price=price, real_tasks_count=9, control_tasks_count=1)

    assert pricing.assignment_price == Money("0.05")
    assert pricing.get_tasks_count() == 10


@pytest.mark.parametrize("price", [0, 0.005, 12], ids=["unpaid", "least", "much"])
def test_allowed_prices(price: float) -> None:
    """Unpaid work is allowed, and from half a cent on every price."""
    assert PoolPricingConfig(assignment_price=price, real_tasks_count=1).assignment_price == Money(price)


@pytest.mark.parametrize(
    ("price", "real", "control", "problem"),
    [
        (0.004, 1, 0, r"assignment_price is \$0\.004; expected 0 or at least \$0\.005"),
        (-1, 1, 0, "assignment_price is"),
        (1e-7, 1, 0, r"assignment_price is 1e-07; expected 0 or at least \$0\.005"),
        ("much", 1, 0, "assignment_price: 'much' is not an amount"),
        (0.05, 0, 1, "real_tasks_count is 0; expected a whole number of at least 1"),
        (0.05, True, 1, "real_tasks_count is True"),
        (0.05, 1, -1, "control_tasks_count is -1; expected a whole number of at least 0"),
    ],
    ids=[
        "less than platforms settle",
        "negative",
        "rounds to nothing",
        "no number",
        "no real task",
        "a bool",
        "negative control",
    ],
)
def test_impossible_pricing_is_refused(price: float | str, real: int, control: int, problem: str) -> None:
    """The message names the field, what was found and what was expected."""
    with pytest.raises(InvalidParams, match=problem):
        PoolPricingConfig(assignment_price=price, real_tasks_count=real, control_tasks_count=control)


def test_all_problems_come_in_one_error() -> None:
    """Nobody has to correct three fields in three attempts."""
    with pytest.raises(InvalidParams) as caught:
        PoolPricingConfig(assignment_price=0.001, real_tasks_count=0, control_tasks_count=-2)

    assert [problem.split()[0] for problem in caught.value.problems] == [
        "assignment_price",
        "real_tasks_count",
        "control_tasks_count",
    ]


def test_equal_pricing_is_equal() -> None:
    """Params can be compared when a launch is resumed."""
    one = PoolPricingConfig(assignment_price=0.05, real_tasks_count=9, control_tasks_count=1)
    same = PoolPricingConfig(assignment_price="0.05", real_tasks_count=9, control_tasks_count=1)

    assert one == same
    assert hash(one) == hash(same)
    assert one != PoolPricingConfig(assignment_price=0.05, real_tasks_count=9)
