"""Conditional labels."""

import pytest

from manyhands.errors import InvalidTaskSpec
from manyhands.task import AvailableLabels, Class, ConditionEquals, If, create_available_labels_if


class Topic(Class):
    """What the text is about."""

    FOOD = "food"
    TRAVEL = "travel"
    OTHER = "other"


class Aspect(Class):
    """What is said about it."""

    TASTE = "taste"
    PRICE = "price"
    ROUTE = "route"


BY_TOPIC = create_available_labels_if(
    "topic", [(Topic.FOOD, [Aspect.TASTE, Aspect.PRICE]), ("travel", [Aspect.ROUTE, Aspect.PRICE])]
)


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        pytest.param("food", (Aspect.TASTE, Aspect.PRICE), id="first branch"),
        pytest.param(Topic.TRAVEL, (Aspect.ROUTE, Aspect.PRICE), id="second branch, by member"),
        pytest.param("other", (), id="no branch"),
        pytest.param(None, (), id="no value"),
    ],
)
def test_the_first_branch_that_matches_is_offered(topic: str | None, expected: tuple[Aspect, ...]) -> None:
    """Labels are offered in the order of their branch; nothing is offered where no branch matches."""
    assert BY_TOPIC.choose({"topic": topic}) == expected


def test_a_chain_is_nested_conditions() -> None:
    """The short form builds the same tree as writing it out."""
    assert (
        If(
            ConditionEquals("topic", Topic.FOOD),
            AvailableLabels([Aspect.TASTE, Aspect.PRICE]),
            else_=If(ConditionEquals("topic", "travel"), AvailableLabels([Aspect.ROUTE, Aspect.PRICE])),
        )
        == BY_TOPIC
    )


def test_a_tree_lists_its_conditions_and_labels() -> None:
    """Everything that a tree mentions can be listed in the order of writing."""
    assert [condition.to for condition in BY_TOPIC.conditions()] == ["food", "travel"]
    assert BY_TOPIC.all_labels() == [Aspect.TASTE, Aspect.PRICE, Aspect.ROUTE, Aspect.PRICE]


def test_an_else_branch_offers_labels() -> None:
    """The else branch is taken whenever the condition does not hold."""
    tree = If(ConditionEquals("topic", "food"), AvailableLabels([Aspect.TASTE]), else_=AvailableLabels([Aspect.PRICE]))
    assert tree.choose({"topic": "other"}) == (Aspect.PRICE,)
    assert tree.all_labels() == [Aspect.TASTE, Aspect.PRICE]


def test_an_empty_chain_is_refused() -> None:
    """A chain without pairs could never offer anything."""
    with pytest.raises(InvalidTaskSpec, match="'topic' are empty"):
        create_available_labels_if("topic", [])
