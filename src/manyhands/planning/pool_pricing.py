"""What a page costs and how many tasks are on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from manyhands.crowd import Money
from manyhands.errors import InvalidInput, InvalidParams

__all__ = ["MIN_ASSIGNMENT_PRICE", "PoolPricingConfig"]

#: The least that a page may cost unless it is free: platforms do not settle less.
MIN_ASSIGNMENT_PRICE = Money("0.005")


@dataclass(frozen=True, slots=True, init=False)
class PoolPricingConfig:
    """The price of a page and the tasks on it.

    Attributes:
        assignment_price: the reward for one accepted page, without the fee; a number is US dollars. Zero is unpaid work.
        real_tasks_count: real tasks on a full page.
        control_tasks_count: control tasks on every page.

    Raises:
        InvalidParams: the price is between zero and `MIN_ASSIGNMENT_PRICE` or negative, there is no real task, or a count is
            no whole number; all problems in one error.

    Example:
        >>> pricing = PoolPricingConfig(assignment_price=0.05, real_tasks_count=9, control_tasks_count=1)
        >>> pricing.assignment_price, pricing.get_tasks_count()
        (Money('0.05'), 10)
    """

    assignment_price: Money
    real_tasks_count: int
    control_tasks_count: int

    def __init__(
        self,
        *,
        assignment_price: Money | Decimal | float | str,
        real_tasks_count: int,
        control_tasks_count: int = 0,
    ) -> None:
        problems = [
            *_find_price_problems(assignment_price),
            *_find_count_problems("real_tasks_count", real_tasks_count, least=1),
            *_find_count_problems("control_tasks_count", control_tasks_count, least=0),
        ]
        if problems:
            raise InvalidParams("The pricing of a page cannot work; nothing was published.", problems)
        object.__setattr__(self, "assignment_price", Money(assignment_price))
        object.__setattr__(self, "real_tasks_count", real_tasks_count)
        object.__setattr__(self, "control_tasks_count", control_tasks_count)

    def get_tasks_count(self) -> int:
        """Return how many tasks are on a full page, real and control together."""
        return self.real_tasks_count + self.control_tasks_count


def _find_price_problems(price: Money | Decimal | float | str) -> Iterator[str]:
    try:
        amount = Money(price)
    except InvalidInput as error:
        yield f"assignment_price: {error}"
        return
    # A price that rounds to nothing was not meant as unpaid work.
    is_free = amount == Money(0) and not float(price)
    if amount < MIN_ASSIGNMENT_PRICE and not is_free:
        yield f"assignment_price is {amount if amount else price}; expected 0 or at least {MIN_ASSIGNMENT_PRICE}"


def _find_count_problems(name: str, count: object, *, least: int) -> Iterator[str]:
    if not isinstance(count, int) or isinstance(count, bool) or count < least:
        yield f"{name} is {count!r}; expected a whole number of at least {least}"
