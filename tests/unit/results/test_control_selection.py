"""Selecting control tasks: only sure labels, never a failure on nothing."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData, InvalidInput
from manyhands.results import RawResult, RawResults, Vote, select_control_tasks
from manyhands.task import Class, Text


class Animal(Class):
    """The labels."""

    DOG = "dog"
    CAT = "cat"


def raw_of(cat: float | None, vote_count: int = 1) -> RawResult:
    """Return a result in which "cat" has this probability."""
    probas: Mapping[Class, float] | None = None if cat is None else {Animal.CAT: cat, Animal.DOG: 1 - cat}
    return RawResult(probas, [Vote(Animal.CAT, WorkerId(f"w{number}")) for number in range(vote_count)])


OBJECTS = [(Text(name),) for name in "abcde"]


@pytest.mark.parametrize(
    ("min_confidence", "min_overlap", "expected"),
    [
        (0.9, 1, [("a", Animal.CAT), ("c", Animal.DOG)]),
        (0.9, 3, [("c", Animal.DOG)]),
        (0.6, 1, [("a", Animal.CAT), ("b", Animal.CAT), ("c", Animal.DOG)]),
        (0.99, 1, []),
        (0.0, 1, [("a", Animal.CAT), ("b", Animal.CAT), ("c", Animal.DOG)]),
        (0.0, 0, [("a", Animal.CAT), ("b", Animal.CAT), ("c", Animal.DOG)]),
    ],
    ids=["sure", "sure by many", "less sure", "nobody so sure", "ties stay out", "unanswered stay out"],
)
def test_sure_labels_are_selected(min_confidence: float, min_overlap: int, expected: list[tuple[str, Animal]]) -> None:
    """Both thresholds are inclusive, the order is that of the input."""
    raw = [raw_of(0.95, 2), raw_of(0.6, 2), raw_of(0.05, 3), raw_of(0.5, 2), raw_of(None, 0)]

    selected = select_control_tasks(OBJECTS, RawResults(raw), min_confidence, min_overlap)

    assert selected == [((Text(name),), (label,)) for name, label in expected]


def test_nothing_gives_nothing() -> None:
    """No objects and no answers are no failure."""
    assert select_control_tasks([], [], 0.9) == []
    assert select_control_tasks(OBJECTS[:1], [RawResult({}, [])], 0.0, 0) == []


@pytest.mark.parametrize("min_confidence", [-0.1, 1.1, 90.0, float("nan")])
def test_confidence_is_a_share(min_confidence: float) -> None:
    """A percentage is refused instead of selecting nothing."""
    with pytest.raises(InvalidInput, match=r"expected a probability in \[0, 1\]"):
        select_control_tasks(OBJECTS[:1], [raw_of(0.9)], min_confidence)


def test_other_number_of_raw_results_is_refused() -> None:
    """Labels never go to the wrong objects."""
    with pytest.raises(InvalidData, match="5 input objects but 1 raw results"):
        select_control_tasks(OBJECTS, [raw_of(0.9)], 0.9)


@given(st.lists(st.floats(0, 1), max_size=5), st.floats(0.5, 1), st.floats(0.5, 1))
def test_a_higher_threshold_selects_a_part(cats: list[float], one: float, other: float) -> None:
    """Raising the confidence only ever removes objects."""
    raw = [raw_of(cat) for cat in cats]
    objects = OBJECTS[: len(raw)]

    strict = select_control_tasks(objects, raw, max(one, other))
    loose = select_control_tasks(objects, raw, min(one, other))

    assert all(item in loose for item in strict)
