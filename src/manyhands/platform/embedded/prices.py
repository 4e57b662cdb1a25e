"""What one page of a pool costs, in the store's units."""

from dataclasses import dataclass

from manyhands.crowd import Money, PoolConfig

__all__ = ["PagePrice", "Tariff"]


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
        """Return the price of a page of the pool."""
        bonus = config.max_bonus + self.fee(config.max_bonus)
        return PagePrice(reward=config.reward.units, fee=self.fee(config.reward).units, bonus=bonus.units)
