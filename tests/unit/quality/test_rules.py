"""Actions and the control made of rules."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from manyhands.crowd import AssignmentStatus, Money, RestrictionScope
from manyhands.errors import InvalidParams
from manyhands.quality import AlwaysTrue, BlockUser, Control, GiveBonusToUser, Rule, RuleBuilder, SetAssignmentStatus


@pytest.mark.parametrize(
    ("action", "problem"),
    [
        (
            lambda: BlockUser(scope=RestrictionScope.POOL, private_comment="", duration=timedelta(0)),
            "expected a positive duration",
        ),
        (lambda: GiveBonusToUser(amount=Money("0.009")), "expected at least \\$0.01"),
        (lambda: SetAssignmentStatus(status=AssignmentStatus.EXPIRED), "expected ACCEPTED or REJECTED"),  # type: ignore[arg-type]  # refused at run time too
    ],
    ids=["block", "bonus", "status"],
)
def test_impossible_actions_are_refused(action: Callable[[], object], problem: str) -> None:
    """What could not be carried out fails where it is written."""
    with pytest.raises(InvalidParams, match=problem):
        action()


def test_the_largest_bonus_is_known_beforehand() -> None:
    """A pool can reserve what a page may bring at most."""
    control = Control(
        Rule(predicate=AlwaysTrue(), action=GiveBonusToUser(amount=Money(amount)))
        for amount in ("0.02", "0.05", "0.03")
    )
    assert control.max_bonus == Money("0.05")
    assert Control().max_bonus == Money(0)


@pytest.mark.parametrize(
    ("rules", "found"),
    [(RuleBuilder().add_static_reward(0.5), "RuleBuilder"), ([0.5], "float")],
    ids=["a builder that was not asked to build", "numbers"],
)
def test_what_is_no_rule_is_refused(rules: list[Rule], found: str) -> None:
    """A forgotten `build()` is told where it is forgotten, not when the first page is judged."""
    with pytest.raises(InvalidParams, match=rf"rules has a {found} in it; expected rules, such as RuleBuilder"):
        Control(rules)
