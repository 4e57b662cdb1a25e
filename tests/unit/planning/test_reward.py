"""The reward for a page, from a wage."""

from datetime import timedelta

import pytest

from manyhands.crowd import Money
from manyhands.planning import hourly_wage, page_reward


@pytest.mark.parametrize(
    ("lang", "wage"),
    [("EN", "1.0"), ("RU", "0.6"), ("TR", "1.2"), ("KK", "0.8"), ("DE", "1.0")],
)
def test_wage_by_language(lang: str, wage: str) -> None:
    """A language without a wage of its own takes that of English."""
    assert hourly_wage(lang) == Money(wage)


@pytest.mark.parametrize(
    ("hint_s", "tasks_count", "wage", "reward"),
    [
        (5, 1, "1", "0.005"),
        (10, 3, "1", "0.008"),
        (10, 29, "1", "0.081"),
        (9, 29, "0.6", "0.043"),
        (9, 29, "2.5", "0.181"),
        (60, 20, "1", "0.333"),
        (1200, 29, "1", "9.67"),
        (3600, 1, "1", "1"),
        (3600, 1, "1.004", "1"),
    ],
    ids=[
        "at least",
        "rounded down",
        "rounded up",
        "half goes down",
        "other wage",
        "a third",
        "cents above",
        "a dollar",
        "just above",
    ],
)
def test_reward_pays_the_wage(hint_s: int, tasks_count: int, wage: str, reward: str) -> None:
    """Tenths of a cent up to a dollar, cents above."""
    assert page_reward(timedelta(seconds=hint_s), tasks_count, wage=Money(wage)) == Money(reward)
