"""What is about to be launched, and at which price."""

from dataclasses import replace

import pytest

from manyhands.crowd import Money
from manyhands.launches import Preflight, SharedBudget
from manyhands.launches.display.preflight_summary import preflight_summary, price_of_all
from manyhands.planning import Advice, AdviceLevel, PriceRange
from tests.unit.launches.display.preflights import make_preflight
from tests.unit.launches.display.progresses import drawn


def summary(*preflights: Preflight, width: int = 200) -> str:
    """Return the summary as text."""
    return drawn(preflight_summary(preflights), width)


def warned(preflight: Preflight, *texts: str) -> Preflight:
    """Return the launch with these warnings."""
    return replace(preflight, advice=tuple(Advice(level=AdviceLevel.WARNING, text=text) for text in texts))


def test_one_launch_is_told_in_full() -> None:
    """Objects, control objects, what a page is, answers, price and what the price leaves out."""
    text = summary(make_preflight("red", object_count=40))
    (row,) = [line.split() for line in text.splitlines() if line.startswith("red")]
    # Five pages of eight objects, two to four times, at a reward of 0.05 and a fee of 0.015.
    assert row == ["red", "40", "10", "$0.65", "to", "$1.30"]
    assert "A page has 8 objects and 2 control tasks, takes about 1 min 40 s and brings a reward of $0.05." in text
    assert "Each object gets 2-4 answers." in text
    assert "fees included. Bonuses come on top" in text
    assert "There is no budget" in text
    assert "all 1" not in text


def test_several_launches_have_a_total() -> None:
    """Objects and prices add up; what is alike is said once."""
    text = summary(make_preflight("red", object_count=40), make_preflight("green", object_count=80))
    (total,) = [line.split() for line in text.splitlines() if line.startswith("all 2")]
    assert total == ["all", "2", "120", "$1.95", "to", "$3.90"]
    assert text.count("A page has") == 1
    assert text.count("There is no budget") == 1


def test_the_price_of_all_launches_is_exact() -> None:
    """Ends add up to ends."""
    preflights = [make_preflight("red", object_count=40), make_preflight("green", object_count=80)]
    assert price_of_all(preflights) == PriceRange(least=Money("1.95"), most=Money("3.90"))


@pytest.mark.parametrize(
    ("ceiling", "words"),
    [
        ("3.90", "The budget of $3.90 is never exceeded."),
        ("3.89", "The budget of $3.89 is below the highest price; when it is used up, objects stay unfinished."),
        ("1.94", "The budget of $1.94 is below the lowest price; when it is used up, objects stay unfinished."),
    ],
    ids=["covers everything", "may not suffice", "does not suffice"],
)
def test_a_shared_budget_is_held_against_the_price_of_all_who_share_it(ceiling: str, words: str) -> None:
    """Each basket alone would be covered."""
    budget = SharedBudget(key="baskets", ceiling=Money(ceiling))
    red = make_preflight("red", object_count=40, budget=budget)
    green = make_preflight("green", object_count=80, budget=budget)
    assert words in summary(red, green)


def test_what_differs_is_said_by_launch() -> None:
    """Launches with different budgets, pages or warnings are named."""
    red = make_preflight("red", budget=SharedBudget(key="a", ceiling=Money(100)))
    green = warned(make_preflight("green", page_size=4), "Few controls.")
    text = summary(red, green)
    assert "red: The budget of $100.00" in text
    assert "green: There is no budget" in text
    assert "green: A page has 4 objects" in text
    assert "! green: Few controls." in text


def test_every_warning_is_shown_once_with_the_launches_it_is_for() -> None:
    """Many launches with the same doubt are counted."""
    preflights = [warned(make_preflight(f"b{number}"), *(["Doubt."] if number else []), "All.") for number in range(6)]
    text = summary(*preflights)
    assert "! b1, b2, b3 and 2 more: Doubt." in text
    assert "! All." in text
    assert text.count("Doubt.") == text.count("All.") == 1


def test_of_many_launches_the_first_are_shown_and_the_rest_is_counted() -> None:
    """A thousand baskets do not fill the screen."""
    red = make_preflight("red", object_count=8)
    text = summary(*(replace(red, plan=red.plan.renamed(f"b{number}")) for number in range(1000)))
    assert sum(line.startswith("b") for line in text.splitlines()) == 20
    assert "and 980 more" in text
    assert "8,000" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_price_is_cut_off(width: int) -> None:
    """A long name is folded."""
    preflights = [make_preflight(f"a very long name of a basket that nobody can read at once {n}") for n in range(2)]
    text = summary(*preflights, width=width)
    assert text.count("$0.65 to $1.30") == 2
    assert max(map(len, text.splitlines())) <= width


def test_unpaid_work_brings_no_reward() -> None:
    """A price of zero is said as it is."""
    assert "brings no reward" in summary(make_preflight("red", reward="0"))
