"""What it costs to have objects labeled."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from manyhands.crowd import Money
from manyhands.errors import InvalidParams

from .pool_pricing import PoolPricingConfig

__all__ = ["Fee", "PoolPrice", "PriceRange", "ProportionalFee", "price_of"]

_MIN_FEE = Money("0.001")

#: What a platform keeps on top of a reward or bonus, such as `Platform.fee`.
Fee = Callable[[Money], Money]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProportionalFee:
    """A fee that is a share of the reward, but not less than a minimum; the defaults are those of Toloka.

    >>> fee = ProportionalFee()
    >>> fee(Money("0.06")), fee(Money("0.002"))
    (Money('0.018'), Money('0.001'))
    """

    share: float = 0.3
    minimum: Money = _MIN_FEE

    def __call__(self, reward: Money) -> Money:
        """Return the fee on one reward; none on an unpaid page."""
        return max(reward * self.share, self.minimum) if reward else Money()


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRange:
    """A price that lies between two amounts; `least` equals `most` when it is known exactly."""

    least: Money
    most: Money

    def __str__(self) -> str:
        return str(self.least) if self.least == self.most else f"{self.least} to {self.most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolPrice:
    """The price of labeling, rewards and fees together.

    Attributes:
        clear: as if exactly the wanted answers were paid for, in one payment: a page counts by its share of real tasks.
        precise: as pages are paid: every page in full, even an incomplete last one, and the fee for each page.
    """

    clear: PriceRange
    precise: PriceRange


def price_of(
    object_count: int,
    pricing: PoolPricingConfig,
    *,
    fee: Fee,
    min_overlap: int,
    max_overlap: int | None = None,
) -> PoolPrice:
    """Return the price of getting `min_overlap` to `max_overlap` accepted answers to every object.

    Not included are bonuses, and the pages that become incomplete because rejected or additional answers are asked for
    one by one; rejected pages cost nothing.

    Args:
        object_count: input objects, not counting control objects.
        pricing: the price of a page and the tasks on it.
        fee: what the platform keeps on top of a reward.
        min_overlap: answers that every object gets.
        max_overlap: most answers that an object gets; None means `min_overlap`, a static overlap.

    Raises:
        InvalidParams: the count is negative, or the overlaps are not ``1 <= min_overlap <= max_overlap``.

    Example:
        >>> pricing = PoolPricingConfig(assignment_price=0.06, real_tasks_count=12, control_tasks_count=4)
        >>> price = price_of(50, pricing, fee=ProportionalFee(), min_overlap=2, max_overlap=4)
        >>> str(price.clear), str(price.precise)
        ('$0.65 to $1.30', '$0.78 to $1.56')
    """
    most_overlap = min_overlap if max_overlap is None else max_overlap
    if object_count < 0 or not 1 <= min_overlap <= most_overlap:
        message = (
            f"There is no price for {object_count} objects with an overlap of {min_overlap} to {most_overlap}; "
            "expected at least 0 objects and 1 <= min_overlap <= max_overlap."
        )
        raise InvalidParams(message)
    return PoolPrice(
        clear=PriceRange(
            least=_clear_price(object_count * min_overlap, pricing, fee=fee),
            most=_clear_price(object_count * most_overlap, pricing, fee=fee),
        ),
        precise=PriceRange(
            least=_precise_price(object_count, pricing, fee=fee) * min_overlap,
            most=_precise_price(object_count, pricing, fee=fee) * most_overlap,
        ),
    )


def _clear_price(answer_count: int, pricing: PoolPricingConfig, *, fee: Fee) -> Money:
    rewards = Money(pricing.assignment_price.usd * answer_count / Decimal(pricing.real_tasks_count))
    return rewards + fee(rewards)


def _precise_price(object_count: int, pricing: PoolPricingConfig, *, fee: Fee) -> Money:
    page_count = -(-object_count // pricing.real_tasks_count)
    return (pricing.assignment_price + fee(pricing.assignment_price)) * page_count
