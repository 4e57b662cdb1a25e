"""The sensible ways to fill and price a page, and the one to take when nobody says otherwise."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from manyhands.crowd import Money
from manyhands.errors import InvalidParams
from manyhands.task import PreparedTaskSpec

from .pool_pricing import PoolPricingConfig
from .reward import hourly_wage, page_reward

__all__ = ["PricingOption", "choose_default_option", "get_pricing_options", "page_robustness", "random_pass_chance"]

_LARGEST_PAGE = 29
_SHORTEST_PAGE = timedelta(seconds=30)
_LONGEST_PAGE = timedelta(minutes=20)
_THIRD = 1 / 3

#: Absorbs the rounding of floats, so that a third of 6 tasks is 2 and a chance of exactly a third is not above a third.
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class PricingOption:
    """One way to fill and price a page.

    Attributes:
        assignment_price: the reward for one accepted page.
        real_tasks_count: real tasks on a full page.
        control_tasks_count: control tasks on every page.
        page_duration: the expected time for a page.
        robustness: the probability in [0, 1] that a worker who answers at random does not pass the control tasks of a page.
    """

    assignment_price: Money
    real_tasks_count: int
    control_tasks_count: int
    page_duration: timedelta
    robustness: float

    @property
    def config(self) -> PoolPricingConfig:
        """The option as the pricing of a launch.

        Raises:
            InvalidParams: the option has no real task.
        """
        return PoolPricingConfig(
            assignment_price=self.assignment_price,
            real_tasks_count=self.real_tasks_count,
            control_tasks_count=self.control_tasks_count,
        )


def random_pass_chance(control_count: int, needed_count: int, *, label_count: int) -> float:
    """Return the probability that answers at random are right on at least `needed_count` of `control_count` control tasks.

    >>> random_pass_chance(4, 2, label_count=2)
    0.6875
    """
    right = 1 / label_count
    return sum(
        math.comb(control_count, count) * right**count * (1 - right) ** (control_count - count)
        for count in range(needed_count, control_count + 1)
    )


def page_robustness(control_count: int, accept_ratio: float, *, label_count: int) -> float:
    """Return the probability that a worker who answers at random does not pass a page.

    Args:
        control_count: control tasks on the page.
        accept_ratio: smallest share of right control tasks with which a page passes, in [0, 1].
        label_count: labels to choose from.
    """
    needed_count = math.ceil(accept_ratio * control_count - _ROUNDING)
    return 1 - random_pass_chance(control_count, needed_count, label_count=label_count)


def get_pricing_options(
    task_duration_hint: timedelta,
    task_spec: PreparedTaskSpec,
    *,
    wage: Money | None = None,
    max_random_chance: float = _THIRD,
    max_control_share: float = _THIRD,
    accept_ratio: float = 1.0,
    min_real_tasks_count: int = 1,
) -> list[PricingOption]:
    """Return the ways to fill a page of 1 to 29 tasks that takes 30 seconds to 20 minutes, by size, then by control tasks.

    Crowdom also offers pages without a real task, on which money buys nothing. Here they are left out; only
    ``min_real_tasks_count=0`` brings them back, to compare, and such an option has no `config`.

    Args:
        task_duration_hint: the expected time for one task.
        task_spec: tells the language, and so the wage, and the number of labels.
        wage: for an hour of work; None means the usual one of the language.
        max_random_chance: largest probability that answers at random pass a page.
        max_control_share: largest share of control tasks on a page, rounded up to whole tasks.
        accept_ratio: smallest share of right control tasks with which a page passes.
        min_real_tasks_count: fewest real tasks on a page.
    """
    hourly = hourly_wage(task_spec.lang) if wage is None else wage
    label_count = len(task_spec.label_class)
    options = [
        PricingOption(
            assignment_price=page_reward(task_duration_hint, tasks_count, wage=hourly),
            real_tasks_count=tasks_count - control_count,
            control_tasks_count=control_count,
            page_duration=task_duration_hint * tasks_count,
            robustness=page_robustness(control_count, accept_ratio, label_count=label_count),
        )
        for tasks_count in range(1, _LARGEST_PAGE + 1)
        if _SHORTEST_PAGE <= task_duration_hint * tasks_count <= _LONGEST_PAGE
        for control_count in range(1, math.ceil(max_control_share * tasks_count - _ROUNDING) + 1)
        if tasks_count - control_count >= min_real_tasks_count
    ]
    return [option for option in options if option.robustness >= 1 - max_random_chance - _ROUNDING]


def choose_default_option(options: Sequence[PricingOption]) -> PricingOption:
    """Return the most ordinary option.

    That is the one nearest to the mean robustness; among equals, to the mean number of control tasks; among equals, to
    the mean page size; then the first. Each mean is taken over the options that are still in the race.

    Raises:
        InvalidParams: there are no options.
    """
    if not options:
        message = (
            "There is no pricing option to choose from; a task must take at most 20 minutes and allow control tasks."
        )
        raise InvalidParams(message)
    left = list(options)
    criteria: tuple[Callable[[PricingOption], float], ...] = (
        lambda option: option.robustness,
        lambda option: option.control_tasks_count,
        lambda option: option.real_tasks_count + option.control_tasks_count,
    )
    for criterion in criteria:
        left = _nearest_to_mean(left, criterion)
    return left[0]


def _nearest_to_mean(
    options: Sequence[PricingOption], criterion: Callable[[PricingOption], float]
) -> list[PricingOption]:
    mean = sum(criterion(option) for option in options) / len(options)
    nearest = min(abs(criterion(option) - mean) for option in options)
    return [option for option in options if abs(criterion(option) - mean) <= nearest + _ROUNDING]
