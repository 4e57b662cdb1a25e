"""A ceiling of spending, shared by every pool that names it."""

from dataclasses import dataclass

from .ids import BudgetId
from .money import Money

__all__ = ["Budget", "Spending"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """Where the money is: `paid` is gone (rewards, bonuses and fees), `reserved` is promised to pages in work or in review."""

    paid: Money
    reserved: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A budget; ``paid + reserved <= ceiling`` holds at every moment. A ceiling of None only counts."""

    id: BudgetId
    key: str
    ceiling: Money | None
    spending: Spending

    @property
    def left(self) -> Money | None:
        """What may still be reserved; None without a ceiling."""
        return None if self.ceiling is None else self.ceiling - self.spending.paid - self.spending.reserved
