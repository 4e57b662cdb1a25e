"""US dollars, exact to a hundred-thousandth."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Self

from manyhands.errors import InvalidInput

__all__ = ["Money"]

_STEP = Decimal("0.00001")
_UNITS_PER_DOLLAR = 100_000
#: Beyond this an amount does not fit the store's integers.
_LIMIT = Decimal(10) ** 13


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of US dollars, exact to five decimals, as platforms settle it.

    Sums and differences are exact. Products are rounded half to even.

    Args:
        usd: the amount. A string, int or Decimal is taken as written; a float through its shortest text, so ``Money(0.1)`` is ten cents.

    Raises:
        InvalidInput: the amount is not a finite number.

    Example:
        >>> Money("0.05") * 3 + Money(1)
        Money('1.15')
    """

    usd: Decimal

    def __init__(self, usd: "Decimal | int | float | str | Money" = 0) -> None:
        object.__setattr__(self, "usd", usd.usd if isinstance(usd, Money) else _quantized(usd))

    @classmethod
    def from_units(cls, units: int) -> Self:
        """Return the amount of `units` hundred-thousandths of a dollar, as the store keeps it."""
        return cls(Decimal(units) / _UNITS_PER_DOLLAR)

    @property
    def units(self) -> int:
        """The amount in hundred-thousandths of a dollar."""
        return int(self.usd * _UNITS_PER_DOLLAR)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.usd + other.usd)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.usd - other.usd)

    def __mul__(self, factor: Decimal | float) -> "Money":
        return Money(self.usd * Decimal(str(factor)))

    __rmul__ = __mul__

    def __neg__(self) -> "Money":
        return Money(-self.usd)

    def __bool__(self) -> bool:
        return bool(self.usd)

    def __float__(self) -> float:
        return float(self.usd)

    def __str__(self) -> str:
        shown = self.usd.normalize()
        exponent = shown.as_tuple().exponent
        return f"${shown if isinstance(exponent, int) and exponent < -2 else shown.quantize(Decimal('0.01'))}"

    def __repr__(self) -> str:
        return f"Money('{self.usd.normalize():f}')"


def _quantized(usd: Decimal | float | str) -> Decimal:
    amount = _parsed(usd)
    if not (amount.is_finite() and abs(amount) < _LIMIT):
        message = f"{usd!r} is not an amount of US dollars; expected a finite number such as 0.05 or '0.05'"
        raise InvalidInput(message)
    return amount.quantize(_STEP, rounding=ROUND_HALF_EVEN)


def _parsed(usd: Decimal | float | str) -> Decimal:
    try:
        return Decimal(str(usd)) if isinstance(usd, float) else Decimal(usd)
    except (InvalidOperation, TypeError, ValueError):
        return Decimal("NaN")
