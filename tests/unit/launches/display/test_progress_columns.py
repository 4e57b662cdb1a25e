"""Which columns are shown, and how wide."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from manyhands.launches.display.progress_columns import DONE, LAUNCH, PAGES, STATE, columns_for, fit_columns
from manyhands.launches.display.progress_rows import row_of
from tests.unit.launches.display.progresses import NOW, RUNNING, make_budget

ALL = columns_for([row_of(RUNNING)])
WIDTHS = {column.title: 10 for column in ALL} | {LAUNCH.title: 30, STATE.title: 20, DONE.title: 26}


def titles(room: int) -> list[str]:
    """Return the titles of the columns that fit."""
    return [column.title for column in fit_columns(ALL, WIDTHS, room=room, gap=2)]


def test_what_is_left_of_a_budget_is_shown_only_with_a_budget() -> None:
    """A column of dashes says nothing."""
    limited = row_of(replace(RUNNING, budget=make_budget("a")))
    assert "left" not in [column.title for column in ALL]
    assert "left" in [column.title for column in columns_for([row_of(RUNNING), limited])]


def test_important_columns_stay_when_there_is_little_room() -> None:
    """Name, state and completion never leave; then come objects, money and the end."""
    assert titles(20) == ["launch", "state", "done"]
    assert titles(80) == ["launch", "state", "done", "objects", "paid", "ETA"]
    assert titles(300) == [column.title for column in ALL]


def test_spare_room_shows_reasons_then_names_then_longer_bars() -> None:
    """A wrapped state is the first to get room; bars grow up to their limit."""
    narrow = fit_columns([LAUNCH, STATE, DONE], WIDTHS, room=50, gap=2)
    wide = fit_columns([LAUNCH, STATE, DONE], WIDTHS, room=200, gap=2)
    assert (narrow[LAUNCH], narrow[STATE], narrow[DONE]) == (15, 20, 11)
    assert (wide[LAUNCH], wide[STATE], wide[DONE]) == (30, 20, 26)


@given(
    room=st.integers(48, 250),
    widths=st.lists(st.integers(1, 40), min_size=len(ALL), max_size=len(ALL)),
)
def test_a_table_is_never_wider_than_the_room(room: int, widths: list[int]) -> None:
    """Whatever the cells hold, columns and gaps fit, in their order."""
    natural = dict(zip([column.title for column in ALL], widths, strict=True))
    fitted = fit_columns(ALL, natural, room=room, gap=2)
    assert sum(fitted.values()) + 2 * (len(fitted) - 1) <= room
    assert list(fitted) == [column for column in ALL if column in fitted]


def test_every_cell_of_a_running_launch_says_something() -> None:
    """No column is empty or a dash."""
    texts = {column.title: column.text(row_of(RUNNING), NOW) for column in ALL}
    assert all(text not in {"", "-"} for text in texts.values())
    assert texts[PAGES.title] == "▸3 ?1 ✓46 ✗4 ○2"
    assert texts["ETA"] == "3 min"
