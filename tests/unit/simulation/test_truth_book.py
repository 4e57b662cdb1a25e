"""The truth book: from what is seen on a page to the question and its right answer."""

import re

import pytest

from manyhands.errors import InvalidData, NotFound
from manyhands.simulation import Question, TruthBook, visible_key
from manyhands.task import (
    AvailableLabels,
    Class,
    ClassificationFunction,
    ClassMeta,
    ConditionEquals,
    If,
    Metadata,
    ObjectMeta,
    TaskMapping,
    Text,
)


class Topic(Class):
    """What a sentence is about."""

    FOOD = "food"
    TRAVEL = "travel"


class Aspect(Class):
    """What is said about it."""

    TASTE = "taste"
    PRICE = "price"
    ROUTE = "route"


def small_book() -> TruthBook:
    """Return a book of two questions."""
    return TruthBook.from_values([({"n": 1}, "odd"), ({"n": 2}, "even")], field="parity", labels=("odd", "even"))


def test_a_question_is_found_by_the_values_in_any_order() -> None:
    """Absent values and None are the same, as a platform may send either."""
    book = TruthBook.from_values([({"a": "x", "b": 1}, "yes")], field="choice", labels=("yes", "no"))

    assert book.get_question({"b": 1, "c": None, "a": "x"}).right == "yes"


def test_an_unknown_task_is_named() -> None:
    """The message shows the values that were looked for."""
    with pytest.raises(NotFound, match=re.escape('{"n":3}')):
        small_book().get_question({"n": 3})


def test_objects_are_entered_as_workers_see_them() -> None:
    """Hidden metadata is no part of what a worker sees; the labels keep the order of the class."""
    mapping = TaskMapping.of(ClassificationFunction(inputs=(Text, Metadata), cls=Topic))

    book = TruthBook.from_objects(mapping, [((Text("tasty"), Metadata("row 7")), (Topic.FOOD,))])

    assert book.get_question({"text": "tasty"}) == Question(
        key=visible_key({"text": "tasty"}), field="choice", labels=("food", "travel"), right="food"
    )


def test_only_the_labels_that_are_offered_can_be_answered() -> None:
    """A conditional label depends on an input of the task."""
    offered = If(
        ConditionEquals("topic", Topic.FOOD),
        AvailableLabels([Aspect.TASTE, Aspect.PRICE]),
        else_=AvailableLabels([Aspect.ROUTE]),
    )
    mapping = TaskMapping.of(
        ClassificationFunction(
            inputs=(ObjectMeta(Topic, name="topic"), ObjectMeta(Text, name="text")),
            cls=ClassMeta(Aspect, name="aspect", available_labels=offered),
        )
    )

    book = TruthBook.from_objects(mapping, [((Topic.FOOD, Text("cheap")), Aspect.PRICE)])

    assert book.get_question({"topic": "food", "text": "cheap"}).labels == ("taste", "price")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([({"n": 1}, "prime")], id="not a label"),
        pytest.param([({"n": 1}, "odd"), ({"n": 1}, "even")], id="two truths"),
    ],
)
def test_rows_that_contradict_are_refused(rows: list[tuple[dict[str, int], str]]) -> None:
    """A simulation on a wrong truth would measure nothing."""
    with pytest.raises(InvalidData, match="row"):
        TruthBook.from_values(rows, field="parity", labels=("odd", "even"))


def test_books_of_several_tasks_are_one_book() -> None:
    """A crowd may work in several projects at once; the right book wins where both know a task."""
    other = TruthBook.from_values([({"n": 2}, "prime"), ({"n": 4}, "not")], field="prime", labels=("prime", "not"))

    both = small_book() | other

    assert [both.get_question({"n": n}).right for n in (1, 2, 4)] == ["odd", "prime", "not"]
    assert len(both) == 3


@pytest.mark.parametrize(
    "difficulty",
    [
        pytest.param({visible_key({"n": 1}): 0.5}, id="by key"),
        pytest.param(lambda question: 0.5 if question.right == "odd" else 0.0, id="by function"),
    ],
)
def test_difficulty_can_be_given_to_each_question(difficulty) -> None:  # type: ignore[no-untyped-def]  # either kind
    """Questions that are not named are easy."""
    book = small_book().with_difficulty(difficulty)

    assert [question.difficulty for question in book] == [0.5, 0.0]
