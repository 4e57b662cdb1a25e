"""Launches in one line."""

from dataclasses import replace

from manyhands.launches import LaunchState, StopReason
from manyhands.launches.display.progress_line import progress_line
from tests.unit.launches.display.progresses import NOW, RUNNING, WAITING


def test_one_launch_says_how_it_is_doing() -> None:
    """Name, state, completion, answers, money and time left."""
    assert progress_line([RUNNING], now=NOW) == (
        "entailment/red: running; 67% of 100 objects done, 248 answers, $2.39 paid, ETA 3 min"
    )


def test_a_launch_that_is_over_says_why_and_has_no_time_left() -> None:
    """The reason stands beside the state."""
    stopped = replace(RUNNING, state=LaunchState.STOPPED, stop_reason=StopReason.BUDGET)
    assert progress_line([stopped], now=NOW) == (
        "entailment/red: stopped: budget; 67% of 100 objects done, 248 answers, $2.39 paid"
    )


def test_several_launches_say_how_all_are_doing() -> None:
    """States are counted and numbers added."""
    assert progress_line([RUNNING, WAITING], now=NOW) == (
        "entailment, 2 launches: 1 waiting, 1 running; 33% of 200 objects done, 248 answers, $2.39 paid"
    )
