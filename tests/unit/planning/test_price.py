"""The price of a launch: the vectors of section 6.5 of the facts, and what every price has in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import Money
from manyhands.errors import InvalidParams
from manyhands.planning import Fee, PoolPrice, PoolPricingConfig, PriceRange, ProportionalFee, price_of

SIX_CENTS = PoolPricingConfig(assignment_price=0.06, real_tasks_count=12, control_tasks_count=4)
ONE_CENT = PoolPricingConfig(assignment_price=0.01, real_tasks_count=12, control_tasks_count=4)
USUAL = ProportionalFee()
AT_LEAST_HALF_A_CENT = ProportionalFee(minimum=Money("0.005"))


def exact(usd: str) -> PriceRange:
    """Return a price that is known exactly."""
    return PriceRange(least=Money(usd), most=Money(usd))


@pytest.mark.parametrize(
    ("object_count", "pricing", "fee", "clear", "precise"),
    [
        (48, SIX_CENTS, USUAL, "0.936", "0.936"),
        (50, SIX_CENTS, USUAL, "0.975", "1.17"),
        (48, ONE_CENT, AT_LEAST_HALF_A_CENT, "0.156", "0.18"),
        (0, SIX_CENTS, USUAL, "0", "0"),
    ],
    ids=["whole pages", "incomplete last page", "least fee on every page", "nothing to label"],
)
def test_static_price(object_count: int, pricing: PoolPricingConfig, fee: Fee, clear: str, precise: str) -> None:
    """Clear counts answers, precise counts pages; overlap 3."""
    price = price_of(object_count, pricing, fee=fee, min_overlap=3)

    assert price == PoolPrice(clear=exact(clear), precise=exact(precise))


def test_dynamic_price_is_a_range() -> None:
    """From every object being clear at once to none ever."""
    price = price_of(50, SIX_CENTS, fee=USUAL, min_overlap=2, max_overlap=4)

    assert price.clear == PriceRange(least=Money("0.65"), most=Money("1.30"))
    assert price.precise == PriceRange(least=Money("0.78"), most=Money("1.56"))
    assert str(price.precise) == "$0.78 to $1.56"
    assert str(price_of(48, SIX_CENTS, fee=USUAL, min_overlap=3).clear) == "$0.936"


@pytest.mark.parametrize(
    ("object_count", "min_overlap", "max_overlap"),
    [(-1, 1, 1), (1, 0, 1), (1, 3, 2)],
    ids=["negative count", "no answers", "most below least"],
)
def test_impossible_question_is_refused(object_count: int, min_overlap: int, max_overlap: int) -> None:
    """There is no price for what cannot be launched."""
    with pytest.raises(InvalidParams, match="There is no price"):
        price_of(object_count, SIX_CENTS, fee=USUAL, min_overlap=min_overlap, max_overlap=max_overlap)


@pytest.mark.parametrize(
    ("reward", "fee"), [("0.06", "0.018"), ("0.002", "0.001"), ("0", "0")], ids=["share", "least", "unpaid"]
)
def test_proportional_fee(reward: str, fee: str) -> None:
    """A share, but not less than the minimum, and nothing on unpaid work."""
    assert USUAL(Money(reward)) == Money(fee)


prices = st.integers(500, 200_000).map(Money.from_units)


@given(st.integers(0, 1000), prices, st.integers(1, 20), st.integers(1, 5), st.integers(0, 5))
def test_price_grows_with_the_work(
    object_count: int, assignment_price: Money, real: int, min_overlap: int, more: int
) -> None:
    """Precise is never below clear (but for rounding), most never below least, and one more object never makes it cheaper."""
    pricing = PoolPricingConfig(assignment_price=assignment_price, real_tasks_count=real)
    price, next_price = (
        price_of(count, pricing, fee=USUAL, min_overlap=min_overlap, max_overlap=min_overlap + more)
        for count in (object_count, object_count + 1)
    )
    rounding = Money("0.0001") * max(1, object_count * (min_overlap + more))

    assert price.precise.most >= price.precise.least
    assert price.clear.most >= price.clear.least
    assert price.precise.most + rounding >= price.clear.most
    assert next_price.precise.least >= price.precise.least
    assert next_price.clear.least >= price.clear.least


@given(st.integers(1, 200), prices, st.integers(1, 20), st.integers(1, 5))
def test_precise_price_is_what_the_pages_cost(
    object_count: int, assignment_price: Money, real: int, overlap: int
) -> None:
    """Paying page by page gives the precise price to the last digit."""
    pricing = PoolPricingConfig(assignment_price=assignment_price, real_tasks_count=real)

    paid = Money()
    for _ in range(overlap):
        for _ in range(0, object_count, real):
            paid = paid + assignment_price + USUAL(assignment_price)

    assert price_of(object_count, pricing, fee=USUAL, min_overlap=overlap).precise.most == paid
