"""What one page of a pool costs, in the store's units."""

from collections.abc import Sequence
from dataclasses import dataclass

from manyhands.crowd import Money, PoolConfig

__all__ = ["PagePrice", "SteppedPrice", "Tariff", "find_price"]

_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePrice:
    """What is reserved when a page is issued, in hundred-thousandths of a dollar.

    Attributes:
        reward: for the worker.
        fee: for the platform, on the reward.
        bonus: the largest bonus and the fee on it.
    """

    reward: int
    fee: int
    bonus: int

    @property
    def work(self) -> int:
        """Reward and fee."""
        return self.reward + self.fee

    @property
    def total(self) -> int:
        """Reward, largest bonus and fees."""
        return self.reward + self.fee + self.bonus


@dataclass(frozen=True, slots=True, kw_only=True)
class SteppedPrice:
    """What a page costs that is taken by a worker whose skill is from `lowest` to `highest`, in whole percent."""

    lowest: int
    highest: int
    price: PagePrice


def find_price(steps: Sequence[SteppedPrice], skill: float | None, *, otherwise: PagePrice) -> PagePrice:
    """Return the price for a worker of this skill (None: who does not have it), `otherwise` where no step is meant."""
    if skill is None:
        return otherwise
    percent = round(skill * _PERCENT)
    return next((step.price for step in steps if step.lowest <= percent <= step.highest), otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """What the platform keeps: `fee_share` (0.2 is a fifth) of every reward and bonus, but at least `min_fee`; nothing is kept of nothing.

    Example:
        >>> Tariff(fee_share=0.2, min_fee=Money("0.005")).fee(Money("0.01"))
        Money('0.005')
    """

    fee_share: float
    min_fee: Money

    def fee(self, amount: Money) -> Money:
        """Return the fee on one reward or bonus."""
        return max(amount * self.fee_share, self.min_fee) if amount else Money(0)

    def page_price(self, config: PoolConfig) -> PagePrice:
        """Return the price of a page of the pool for workers whom no step of its prices means."""
        return self._price(config, config.reward)

    def stepped_prices(self, config: PoolConfig) -> tuple[SteppedPrice, ...]:
        """Return the prices that depend on a skill."""
        steps = () if config.skill_prices is None else config.skill_prices.steps
        return tuple(
            SteppedPrice(
                lowest=round(step.lowest * _PERCENT),
                highest=round(step.highest * _PERCENT),
                price=self._price(config, step.reward),
            )
            for step in steps
        )

    def least_price(self, config: PoolConfig) -> int:
        """Return what the cheapest page of the pool costs altogether; a budget that does not cover it covers no page."""
        prices = [self.page_price(config), *(step.price for step in self.stepped_prices(config))]
        return min(price.total for price in prices)

    def _price(self, config: PoolConfig, reward: Money) -> PagePrice:
        bonus = config.max_bonus + self.fee(config.max_bonus)
        return PagePrice(reward=reward.units, fee=self.fee(reward).units, bonus=bonus.units)
