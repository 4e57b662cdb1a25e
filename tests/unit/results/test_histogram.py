"""Values as bars."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.results import Bar, confidence_bars, duration_bars, overlap_bars

HINT = timedelta(seconds=10)


@given(
    seconds=st.lists(st.floats(0, 1e6), min_size=1, max_size=60),
    hint_s=st.floats(0.001, 1e5),
)
def test_every_task_is_in_one_bar_and_one_bar_has_the_hint(seconds: list[float], hint_s: float) -> None:
    """No duration is lost at either end, and there are few bars."""
    bars = duration_bars(seconds, timedelta(seconds=hint_s))
    assert sum(bar.count for bar in bars) == len(seconds)
    assert sum(bar.is_marked for bar in bars) == 1
    assert 1 <= len(bars) <= 8


@pytest.mark.parametrize(
    ("hint_s", "label"),
    [
        pytest.param(9.0, "5-10 s", id="inside a range"),
        pytest.param(10.0, "5-10 s", id="at the end of a range"),
        pytest.param(11.0, "10-15 s", id="beyond it"),
    ],
)
def test_the_hint_is_in_the_range_that_reaches_up_to_it(hint_s: float, label: str) -> None:
    """Tasks that took at most as long as expected are in the marked bar or above it."""
    bars = duration_bars([1.0, 30.0, 35.0], timedelta(seconds=hint_s))
    assert [bar.label for bar in bars if bar.is_marked] == [label]


def test_very_slow_tasks_share_the_last_bar() -> None:
    """One worker who went for lunch does not squeeze all others into one bar."""
    bars = duration_bars([5.0] * 99 + [3600.0], HINT)
    assert bars[2] == Bar(label="4-6 s", count=99)
    assert bars[-1] == Bar(label="14 s and more", count=1)


def test_confidences_are_told_in_steps_of_ten_points() -> None:
    """Both ends of the scale belong to it; a border belongs to the bar that it begins."""
    counts = {bar.label: bar.count for bar in confidence_bars([0.2, 0.5, 0.7, 0.79, 0.9, 1.0])}
    assert counts == {"under 50%": 1, "50-60%": 1, "60-70%": 0, "70-80%": 2, "80-90%": 0, "90-100%": 2}


@given(confidences=st.lists(st.floats(0, 1), min_size=1))
def test_every_object_with_an_answer_is_in_one_bar(confidences: list[float]) -> None:
    """No confidence is lost."""
    assert sum(bar.count for bar in confidence_bars(confidences)) == len(confidences)


def test_overlaps_that_nobody_has_are_shown_between_those_that_somebody_has() -> None:
    """The scale has no holes and begins with no answer."""
    assert overlap_bars({3: 5, 1: 2}) == [
        Bar(label="0", count=0),
        Bar(label="1", count=2),
        Bar(label="2", count=0),
        Bar(label="3", count=5),
    ]


@given(overlaps=st.dictionaries(st.integers(0, 100), st.integers(0, 50), min_size=1))
def test_many_answers_share_the_last_bar(overlaps: dict[int, int]) -> None:
    """No object is lost, and there are few bars."""
    bars = overlap_bars(overlaps)
    assert sum(bar.count for bar in bars) == sum(overlaps.values())
    assert len(bars) <= 8


def test_nothing_makes_no_bars() -> None:
    """Before the first answer there is nothing to draw."""
    assert [*duration_bars([], HINT), *confidence_bars([]), *overlap_bars({})] == []
