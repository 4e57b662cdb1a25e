"""What control tasks let expect of objects."""

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.results import expected_accuracy

CONTROLS = st.lists(
    st.integers(1, 9).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total))), min_size=1, max_size=9
)


@pytest.mark.parametrize(
    ("controls", "overlaps", "share"),
    [
        ([(5, 5)], {3: 1}, 1.0),
        ([(5, 0)], {3: 1}, 0.0),
        ([(4, 3)], {1: 1}, 0.75),
        ([(4, 2)], {2: 1}, 0.5),
        # Of the 3 draws of 2 from 3 answers with one wrong, one has both right and two are draws.
        ([(3, 2)], {2: 1}, 2 / 3),
        # As many as there are, when the objects have more.
        ([(3, 2)], {9: 1}, 1.0),
        ([(4, 3), (4, 1)], {1: 2, 0: 7}, 0.5),
    ],
    ids=["right", "wrong", "one answer", "draw", "two of three", "fewer", "unanswered objects"],
)
def test_cases_by_hand(controls: list[tuple[int, int]], overlaps: Mapping[int, int], share: float) -> None:
    """The majority of as many answers as the objects got."""
    found = expected_accuracy(controls, overlaps)
    assert found is not None
    assert found.share == pytest.approx(share)


@given(controls=CONTROLS, overlap=st.integers(1, 9))
def test_the_share_is_a_probability_within_its_range(controls: list[tuple[int, int]], overlap: int) -> None:
    """Whatever was answered."""
    found = expected_accuracy(controls, {overlap: 3})
    assert found is not None
    assert 0 <= found.share <= 1 + 1e-12
    assert found.interval.low - 1e-9 <= found.share <= found.interval.high + 1e-9
    assert found.control_count == len(controls)


@pytest.mark.parametrize("controls", [[], [(0, 0)]], ids=["no control task", "no answer"])
def test_nothing_is_known_without_answers(controls: list[tuple[int, int]]) -> None:
    """Unknown, not zero."""
    assert expected_accuracy(controls, {2: 5}) is None
    assert expected_accuracy([(3, 2)], {0: 5}) is None


def test_errors_that_are_made_together_weigh_as_they_do() -> None:
    """Half of the control tasks mislead everybody: more answers do not help there, and the estimate does not promise it."""
    randomness = random.Random(7)  # noqa: S311 - a crowd that is made up
    hard = [(20, sum(randomness.random() < 0.2 for _ in range(20))) for _ in range(50)]
    easy = [(20, sum(randomness.random() < 0.95 for _ in range(20))) for _ in range(50)]
    found = expected_accuracy([*hard, *easy], {5: 1})
    assert found is not None
    assert 0.45 < found.share < 0.6
