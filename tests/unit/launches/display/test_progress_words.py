"""Numbers of a launch in words."""

from datetime import timedelta

import pytest

from manyhands.crowd import AssignmentStatus, Money
from manyhands.launches import LaunchState, StopReason
from manyhands.launches.display.progress_words import (
    amount,
    count,
    in_words,
    moment_in_words,
    page_legend,
    page_signs,
    share,
    state_in_words,
    states_in_words,
)
from tests.unit.launches.display.progresses import NOW


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        pytest.param(timedelta(seconds=0.4), "0 s", id="next to nothing"),
        pytest.param(timedelta(seconds=-5), "0 s", id="less than nothing"),
        pytest.param(timedelta(seconds=59.6), "1 min", id="rounded up to a minute"),
        pytest.param(timedelta(seconds=119), "1 min 59 s", id="seconds below two minutes"),
        pytest.param(timedelta(seconds=155), "2 min", id="no seconds from two minutes on"),
        pytest.param(timedelta(minutes=60), "1 h", id="a round hour"),
        pytest.param(timedelta(hours=5, minutes=59, seconds=59), "5 h 59 min", id="hours and minutes"),
        pytest.param(timedelta(days=3, hours=1, minutes=5), "3 d 1 h", id="days and hours"),
    ],
)
def test_durations_are_told_in_their_two_largest_units(duration: timedelta, words: str) -> None:
    """Small units are left out when they say nothing."""
    assert in_words(duration) == words


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        pytest.param(None, "-", id="unknown"),
        pytest.param(timedelta(minutes=3), "3 min", id="to come"),
        pytest.param(timedelta(minutes=-3), "soon", id="overdue"),
    ],
)
def test_a_moment_is_told_by_how_far_it_is(distance: timedelta | None, words: str) -> None:
    """A forecast that is past is no negative time."""
    assert moment_in_words(None if distance is None else NOW + distance, NOW) == words


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "100%"), (0.999, "99%"), (0.29, "29%"), (0.57, "57%"), (0.0, "0%"), (None, "-")], ids=str
)
def test_shares_are_rounded_down(value: float | None, text: str) -> None:
    """Only what is complete is 100%."""
    assert share(value) == text


@pytest.mark.parametrize(
    ("money", "text"),
    [(None, "-"), ("0", "$0.00"), ("0.013", "$0.013"), ("2.39008", "$2.39"), ("12345.678", "$12,345.68")],
    ids=str,
)
def test_small_amounts_are_exact_and_large_ones_are_to_the_cent(money: str | None, text: str) -> None:
    """A cent of one dollar says little, a cent of a reward says much."""
    assert amount(None if money is None else Money(money)) == text


def test_pages_are_told_by_signs_in_the_order_of_their_life() -> None:
    """States without pages take no room; a legend says what the signs mean."""
    pages = {AssignmentStatus.REJECTED: 0, AssignmentStatus.ACCEPTED: 1234, AssignmentStatus.ACTIVE: 3}
    assert page_signs(pages) == "▸3 ✓1.2k"
    assert page_legend(pages) == "▸ in work   ✓ accepted"
    assert page_signs({}) == "-"


def test_a_launch_that_ended_early_says_why() -> None:
    """The reason stands beside the state."""
    assert state_in_words(LaunchState.STOPPING, StopReason.POOL_CLOSED) == "stopping: pool closed"
    assert state_in_words(LaunchState.RUNNING, None) == "running"


def test_states_of_many_launches_are_counted() -> None:
    """In the order of a launch's life, whatever the order of the launches."""
    states = [LaunchState.FAILED, LaunchState.WAITING, LaunchState.FAILED]
    assert states_in_words(states) == "1 waiting, 2 failed"


def test_numbers_agree_with_their_nouns() -> None:
    """One launch, two launches, a thousand pages."""
    assert [count(1, "launch", "launches"), count(2, "launch", "launches"), count(1000, "page")] == [
        "1 launch",
        "2 launches",
        "1,000 pages",
    ]
