"""What a platform keeps, where it does not tell."""

from dataclasses import dataclass, field

from manyhands.crowd import Money

__all__ = ["TolokaTariff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TolokaTariff:
    """A share of every reward and bonus, but at least a smallest fee; nothing is kept of nothing.

    Attributes:
        fee_share: 0.3 is 30 percent, which is what Toloka publishes.
        min_fee: for one page or bonus.

    Example:
        >>> TolokaTariff().fee(Money("0.10"))
        Money('0.03')
    """

    fee_share: float = 0.3
    min_fee: Money = field(default_factory=lambda: Money("0.001"))

    def fee(self, amount: Money) -> Money:
        """Return the fee on one reward or bonus."""
        return max(amount * self.fee_share, self.min_fee) if amount else Money()

    def cost(self, amount: Money) -> Money:
        """Return an amount with the fee on it."""
        return amount + self.fee(amount)
