"""Money is exact."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import Money
from manyhands.errors import InvalidInput


@pytest.mark.parametrize(
    ("given_amount", "shown"),
    [(0.1, "$0.10"), ("0.005", "$0.005"), (3, "$3.00"), (Decimal("1.23456789"), "$1.23457"), (Money(2), "$2.00")],
    ids=["float", "string", "int", "rounded", "money"],
)
def test_an_amount_is_taken_as_written(given_amount: Money | Decimal | float | str, shown: str) -> None:
    """Floats mean their shortest text, everything is rounded to five decimals."""
    assert str(Money(given_amount)) == shown


@pytest.mark.parametrize("amount", ["much", float("nan"), float("inf"), "-Infinity"])
def test_what_is_not_an_amount_is_refused(amount: float | str) -> None:
    """The error names what was given and what was expected."""
    with pytest.raises(InvalidInput, match="expected a finite number"):
        Money(amount)


@given(st.lists(st.integers(-(10**9), 10**9)))
def test_sums_are_exact_and_survive_the_store(units: list[int]) -> None:
    """Summing amounts and summing their units is the same."""
    assert sum(map(Money.from_units, units), Money()).units == sum(units)
