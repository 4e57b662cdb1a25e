"""From a page to the commands that follow from it."""

from datetime import timedelta

import pytest

import manyhands as mh
from manyhands.crowd import Assignment, AssignmentStatus, SetWorkerSkill, SkillId
from manyhands.launches.judging import page_commands
from manyhands.quality import AssignmentAccuracyPredicate, Rule, evaluate_page
from tests.unit.launches.pages import make_page

RULES = (
    mh.RuleBuilder()
    .add_dynamic_reward(0.01, 0.02, 0.9, 0.5, bonus_granularity_num=2)
    .add_control_task_control(1, 0, 1)
    .build()
)
SKILL = Rule(
    predicate=AssignmentAccuracyPredicate(threshold=0.0, comparison=RULES[0].predicate.comparison),  # type: ignore[union-attr]  # that of the reward
    action=SetWorkerSkill(skill_id=SkillId("1"), value=None),
)
SUBMITTED, ACCEPTED, REJECTED = AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED


def commands_for(page: Assignment, *, is_known: bool = False, rules: object = (*RULES, SKILL)) -> list[str]:
    """Return the names of the commands."""
    commands = page_commands(
        page,
        mh.Control(rules),  # type: ignore[arg-type]  # rules of a test
        evaluation=evaluate_page(page),
        task_hint=timedelta(seconds=10),
        lang="EN",
        is_known=is_known,
    )
    return [type(command).__name__ for command in commands]


@pytest.mark.parametrize(
    ("status", "wrong", "is_known", "expected"),
    [
        (SUBMITTED, 0, False, ["GrantSkill", "AcceptPage"]),
        (SUBMITTED, 1, False, ["RestrictFor", "GrantSkill", "RejectPage"]),
        (ACCEPTED, 0, True, ["PayBonusFor"]),
        (ACCEPTED, 1, True, ["ReleaseBonusReserve"]),
        (REJECTED, 1, True, []),
        (ACCEPTED, 0, False, ["PayBonusFor"]),
        (ACCEPTED, 1, False, ["RestrictFor", "ReleaseBonusReserve"]),
        (REJECTED, 1, False, ["RestrictFor"]),
    ],
    ids=[
        "submitted, right",
        "submitted, wrong: restricted before it is rejected",
        "accepted as decided: the bonus",
        "accepted by hand without merit: no bonus",
        "rejected as decided",
        "accepted, seen for the first time after a resume",
        "accepted by hand, seen for the first time",
        "rejected, seen for the first time after a resume",
    ],
)
def test_what_follows_from_a_page(status: AssignmentStatus, wrong: int, is_known: bool, expected: list[str]) -> None:  # noqa: FBT001 - a table
    """Restrictions come before the judgement, bonuses after it; a skill is set only before."""
    assert commands_for(make_page(status=status, wrong=wrong), is_known=is_known) == expected


def test_without_bonuses_nothing_is_reserved_and_nothing_released() -> None:
    """An accepted page of a launch that pays no bonuses needs nothing more."""
    rules = mh.RuleBuilder().add_static_reward(0.5).build()
    assert commands_for(make_page(status=ACCEPTED), is_known=True, rules=rules) == []


def test_the_bonus_is_that_of_the_accuracy() -> None:
    """The key names page and rule, so that paying again pays nothing."""
    page = make_page(status=ACCEPTED)
    (command,) = page_commands(
        page,
        mh.Control(RULES),
        evaluation=evaluate_page(page),
        task_hint=timedelta(seconds=10),
        lang="EN",
        is_known=True,
    )
    assert command.draft.amount == mh.Money("0.02")  # type: ignore[union-attr]  # a bonus
    assert command.draft.key.startswith("page-1/")  # type: ignore[union-attr]  # a bonus
