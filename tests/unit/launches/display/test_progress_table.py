"""Launches as a table in a terminal."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from manyhands.launches import LaunchState, Progress, StopReason
from manyhands.launches.display.progress_table import progress_table
from tests.unit.launches.display.progresses import FINISHED, NOW, RUNNING, WAITING, drawn, make_budget, make_many

THREE = [RUNNING, WAITING, FINISHED]


def table(launches: list[Progress], width: int = 140, *, height: int | None = None) -> str:
    """Return the table as text."""
    return drawn(progress_table(launches, now=NOW, height=height), width)


def line_of(text: str, word: str) -> str:
    """Return the only line that begins with a word."""
    (line,) = [line for line in text.splitlines() if line.startswith(word)]
    return line


@given(width=st.integers(50, 220), launches=st.sampled_from([[RUNNING], [WAITING], THREE, make_many(30)]))
def test_no_line_is_wider_than_the_terminal(width: int, launches: list[Progress]) -> None:
    """At every width columns leave instead of wrapping."""
    assert max(map(cell_len, table(launches, width).splitlines())) <= width


def test_a_wide_terminal_shows_everything_about_a_launch() -> None:
    """State, completion, answers, confidence, control tasks, pages, workers and money."""
    line = line_of(table([replace(RUNNING, budget=make_budget("a")), WAITING], 180), "red")
    expected = ["running", "67%", "67/100", "248", "2.5", "83%", "94%", "15", "2", "$2.39", "$0.23"]
    position = 0
    for word in [*expected, "3 min", "▸3 ?1 ✓46 ✗4 ○2"]:
        position = line.index(word, position)


def test_a_narrow_terminal_keeps_what_matters_most() -> None:
    """Objects, answers, money and the end are still there on 80 columns."""
    text = table(THREE, 80)
    assert text.splitlines()[2].split() == [
        "launch",
        "state",
        "done",
        "objects",
        "answers",
        "conf.",
        "control",
        "paid",
        "ETA",
    ]
    assert line_of(text, "red").split()[-3:] == ["$2.39", "3", "min"]


def test_several_launches_have_a_total() -> None:
    """Baskets are named without the whole, which stands above with their states."""
    text = table(THREE)
    assert text.splitlines()[0].strip() == "entailment  3 launches: 1 waiting, 1 running, 1 finished"
    assert "167/300" in line_of(text, "all 3")
    assert "$4.78" in line_of(text, "all 3")


def test_one_launch_has_no_total_but_panels() -> None:
    """Its histograms, control tasks and money are below."""
    text = table([replace(RUNNING, budget=make_budget("a"))], 100)
    assert "all 1" not in text
    for title in ("Time per task", "Confidence", "Answers per object", "Pages", "Control tasks", "Money and workers"):
        assert title in text
    assert "◂ hint 10 s" in next(line for line in text.splitlines() if "5-10 s" in line)
    assert "$7.00 of $10.00" in text
    assert "7 min ago" in text


def test_the_confusion_matrix_has_right_labels_in_rows() -> None:
    """A cell without answers is a dot."""
    rows = [
        line.split("│")[1].split() for line in table([RUNNING], 75).splitlines() if line.startswith(("│ yes", "│ no"))
    ]
    assert rows == [["yes", "45", "5", "90%"], ["no", "·", "40", "100%"]]


def test_a_launch_of_which_nothing_is_known_has_empty_panels() -> None:
    """Nothing fails before the first page."""
    text = table([WAITING])
    assert text.count("nothing yet") == 3
    assert "waiting" in text


def test_a_reason_stands_beside_the_state_or_for_it() -> None:
    """A narrow terminal has room for one of the two."""
    stopped = replace(RUNNING, state=LaunchState.STOPPED, stop_reason=StopReason.POOL_CLOSED)
    assert "stopped: pool closed" in table([stopped, WAITING], 180)
    assert "stopped:" not in table([stopped, WAITING], 70)
    assert "pool closed" in table([stopped, WAITING], 70)


def test_problems_are_told_by_launch() -> None:
    """What went wrong and what was given up stand below, a few of them."""
    broken = replace(RUNNING, problem="a bonus was not given", given_up_count=1)
    text = table([broken, WAITING])
    assert "red: a bonus was not given" in text
    assert "red: 1 object given up" in text
    many = [replace(launch, problem="the platform is slow") for launch in make_many(50)]
    assert table(many).count("the platform is slow") == 5
    assert "and 45 further notes" in table(many)


def test_a_thousand_launches_take_one_screen() -> None:
    """The busiest twenty are shown, the rest is counted and the total is of all."""
    text = table(make_many(1000))
    assert sum(line.startswith("city-") for line in text.splitlines()) == 20
    assert (
        "and 980 more: 143 waiting, 143 publishing, 143 running, 143 stopping, 143 finished, 143 stopped, 122 failed"
        in text
    )
    assert "67,000/100,000" in line_of(text, "all 1,000")


@pytest.mark.parametrize("height", [12, 24, 40])
@pytest.mark.parametrize("launches", [[RUNNING], THREE, make_many(100)], ids=["one", "three", "many"])
@pytest.mark.parametrize("width", [80, 140])
def test_a_live_table_fits_the_height_of_the_terminal(height: int, launches: list[Progress], width: int) -> None:
    """Rows and panels for which there is no room are left out, but not the total."""
    text = table(launches, width, height=height)
    assert len(text.splitlines()) <= height
    assert len(launches) == 1 or "all " in text


def test_names_are_no_markup() -> None:
    """A basket may be called anything."""
    assert "[red]x[/red]" in table([replace(RUNNING, name="a/[red]x[/red]"), WAITING])


def test_no_launch_makes_no_table_row() -> None:
    """Before anything is known there is only the heading."""
    assert "0 launches" in table([])
