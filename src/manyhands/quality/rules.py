"""What follows for a worker when a condition holds: rules, and the control made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from manyhands.crowd import AssignmentStatus, Money, RestrictionScope, SetWorkerSkill
from manyhands.errors import InvalidParams

from .predicates import Predicate

__all__ = ["Action", "BlockUser", "Control", "GiveBonusToUser", "Rule", "SetAssignmentStatus"]

#: The smallest bonus that platforms pay.
_MIN_BONUS = Money("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockUser:
    """Restrict the worker for `duration` from the moment the page was submitted; None means for good.

    Raises:
        InvalidParams: the duration is not positive.
    """

    scope: RestrictionScope
    private_comment: str
    duration: timedelta | None = None

    def __post_init__(self) -> None:
        if self.duration is not None and self.duration <= timedelta(0):
            message = f"a block lasts {self.duration}; expected a positive duration, or None for a block for good"
            raise InvalidParams("An action is wrong.", [message])


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAssignmentStatus:
    """Accept or reject the page."""

    status: Literal[AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED]

    def __post_init__(self) -> None:
        if self.status not in (AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED):
            raise InvalidParams(
                "An action is wrong.", [f"a page is to become {self.status}; expected ACCEPTED or REJECTED"]
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveBonusToUser:
    """Pay the worker a bonus for the page, if it is accepted.

    Raises:
        InvalidParams: the amount is less than one cent.
    """

    amount: Money

    def __post_init__(self) -> None:
        if self.amount < _MIN_BONUS:
            raise InvalidParams("An action is wrong.", [f"a bonus is {self.amount}; expected at least {_MIN_BONUS}"])


#: `SetWorkerSkill` with the value None sets the skill to the page's accuracy, and does nothing on a page without control tasks.
Action = BlockUser | SetAssignmentStatus | GiveBonusToUser | SetWorkerSkill


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When the predicate holds for a page, the action follows."""

    predicate: Predicate
    action: Action


@dataclass(frozen=True, slots=True, init=False)
class Control:
    """The rules by which pages are judged, in order. Without rules every page is accepted.

    Raises:
        InvalidParams: these are no rules.

    Example:
        >>> Control().max_bonus
        Money('0')
    """

    rules: tuple[Rule, ...]

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        object.__setattr__(self, "rules", _checked(rules))

    @property
    def max_bonus(self) -> Money:
        """The largest bonus that one page may bring."""
        amounts = [rule.action.amount for rule in self.rules if isinstance(rule.action, GiveBonusToUser)]
        return max(amounts, default=Money())


def _checked(rules: object) -> tuple[Rule, ...]:
    given: tuple[object, ...] = tuple(rules) if isinstance(rules, Iterable) else (rules,)
    found = tuple(rule for rule in given if isinstance(rule, Rule))
    if len(found) < len(given):
        wrong = next(type(rule).__name__ for rule in given if not isinstance(rule, Rule))
        problem = f"rules has a {wrong} in it; expected rules, such as RuleBuilder().add_static_reward(0.5).build()"
        raise InvalidParams("The control of pages is wrong.", [problem])
    return found
