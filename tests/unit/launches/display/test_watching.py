"""Showing launches until they are over."""

import threading
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from manyhands.crowd import Budget, BudgetId, Money, Spending
from manyhands.launches import LaunchState, Progress
from manyhands.launches.display.watching import watch
from tests.settable_clock import SettableClock
from tests.unit.launches.display.progresses import FINISHED, NOW, RUNNING, WAITING
from tests.unit.launches.display.scripted import ScriptedLaunch

FAILED = replace(RUNNING, state=LaunchState.FAILED)
_HIDE_CURSOR, _SHOW_CURSOR = "\x1b[?25l", "\x1b[?25h"


def make_console(*, is_terminal: bool = False) -> tuple[Console, StringIO]:
    """Return a console of 120 columns and what it writes."""
    file = StringIO()
    environment = {"TERM": "xterm-256color"}
    return Console(file=file, width=120, height=40, force_terminal=is_terminal, _environ=environment), file


def shown(*launches: ScriptedLaunch) -> str:
    """Watch launches where nothing can be overwritten, and return what is shown."""
    console, file = make_console()
    watch(launches, console=console)
    return file.getvalue()


def test_launches_are_shown_until_all_are_over() -> None:
    """However they end; the last table has the end of each."""
    text = shown(
        ScriptedLaunch([WAITING, RUNNING, RUNNING, replace(FINISHED, name="a/one")]),
        ScriptedLaunch([replace(FAILED, name="a/two")]),
    )
    assert "a  2 launches: 1 finished, 1 failed" in text
    assert "100/100" in text


def test_a_failed_launch_ends_the_watch() -> None:
    """Its error is for whoever waits for the launch, not for whoever watches it."""
    assert "failed" in shown(ScriptedLaunch([RUNNING, FAILED]))


def test_a_launch_is_read_once_per_look_and_not_any_more_when_it_is_over() -> None:
    """Reading asks the platform."""
    short, long = ScriptedLaunch([FINISHED]), ScriptedLaunch([RUNNING] * 5 + [FINISHED])
    shown(short, long)
    assert (short.reading_count, long.reading_count) == (1, 6)
    assert long.pauses == [timedelta(milliseconds=250)] * 5


def test_a_platform_that_does_not_answer_changes_nothing_on_the_screen() -> None:
    """What was known last is shown, to the end."""
    text = shown(ScriptedLaunch([None, RUNNING, None, None]))
    assert "67/100" in text


def test_nothing_to_watch_shows_nothing() -> None:
    """Without launches there is nothing to wait for."""
    assert shown() == ""


def test_a_terminal_gets_a_live_table_and_in_the_end_all_of_it() -> None:
    """The live table is taken away before the final one is printed."""
    console, file = make_console(is_terminal=True)
    watch([ScriptedLaunch([RUNNING, RUNNING, FINISHED])], console=console)
    live, _, final = file.getvalue().rpartition(_SHOW_CURSOR)
    assert _HIDE_CURSOR in live
    assert "67/100" in live
    assert "100/100" in final
    assert "Money and workers" in final


class InterruptedLaunch(ScriptedLaunch):
    """A launch during which somebody presses Ctrl-C."""

    def wait(self, timeout: timedelta | None = None) -> object:
        """Interrupt."""
        self.pauses.append(timeout)
        raise KeyboardInterrupt


def test_an_interrupt_passes_through_and_leaves_the_terminal_clean() -> None:
    """The caller decides what an interrupt means."""
    console, file = make_console(is_terminal=True)
    with pytest.raises(KeyboardInterrupt):
        watch([InterruptedLaunch([RUNNING, FINISHED])], console=console)
    assert file.getvalue().count(_HIDE_CURSOR) == file.getvalue().count(_SHOW_CURSOR) == 1
    assert "67/100" not in file.getvalue().rpartition(_SHOW_CURSOR)[2]


def test_other_threads_write_lines() -> None:
    """Two tables that are overwritten in one terminal would destroy each other."""
    console, file = make_console(is_terminal=True)
    thread = threading.Thread(target=watch, args=([ScriptedLaunch([RUNNING, FINISHED])],), kwargs={"console": console})
    thread.start()
    thread.join()
    assert _HIDE_CURSOR not in file.getvalue()
    assert "67% of 100 objects done" in file.getvalue()
    assert "100/100" in file.getvalue()


@pytest.mark.parametrize(("minutes", "words"), [(0, "ETA 3 min"), (2, "ETA 1 min 20 s"), (10, "ETA soon")], ids=str)
def test_the_time_left_is_counted_by_the_clock_of_the_platform(minutes: int, words: str) -> None:
    """A crowd on a virtual clock is not measured by the clock on the wall."""
    clock = SettableClock()
    clock.move(days=(NOW - clock.now()).days, seconds=(NOW - clock.now()).seconds)
    clock.move(minutes=minutes)
    console, file = make_console()
    watch([ScriptedLaunch([RUNNING, FINISHED])], console=console, clock=clock)
    assert words in file.getvalue().splitlines()[0]


def test_launches_that_could_never_be_read_end_without_a_row() -> None:
    """Nothing fails although nothing is known."""
    unknown: list[Progress | None] = [None, None]
    assert "0 launches" in shown(ScriptedLaunch(unknown))


def test_a_launch_that_is_over_shows_what_is_left_of_a_shared_budget_now() -> None:
    """The last table says the same of the budget in every row, although the first launch is not read any more."""
    before = Budget(id=BudgetId("1"), key="b", ceiling=Money(15), spending=Spending(paid=Money(5), reserved=Money(0)))
    after = replace(before, spending=Spending(paid=Money(7), reserved=Money(0)))
    text = shown(
        ScriptedLaunch([replace(FINISHED, name="a/one", budget=before)]),
        ScriptedLaunch([replace(RUNNING, name="a/two", budget=before), replace(FINISHED, name="a/two", budget=after)]),
    )
    last_table = text[text.rindex("a  2 launches") :]
    assert last_table.count("$8.00") == 3
    assert "$10.00" not in last_table
