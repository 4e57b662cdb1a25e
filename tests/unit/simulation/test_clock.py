"""The virtual clock: order, waiting, pace, threads."""

import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.errors import InvalidInput
from manyhands.simulation import VirtualClock
from tests.patience import PATIENCE_S

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PATIENCE = timedelta(milliseconds=20)
SECOND = timedelta(seconds=1)


def wait(clock: VirtualClock, until: datetime | None = None, patience: timedelta = PATIENCE) -> None:
    """Wait once on a condition of one's own."""
    changed = threading.Condition()
    with changed:
        clock.wait(changed, until=until, patience=patience)


@given(st.lists(st.integers(0, 20), max_size=30))
def test_actions_are_carried_out_by_moment_and_then_in_the_order_of_scheduling(delays: list[int]) -> None:
    """Each action finds the clock at its own moment; equal moments keep their order."""
    clock = VirtualClock(START)
    seen: list[tuple[timedelta, int]] = []

    def note(number: int) -> None:
        seen.append((clock.now() - START, number))

    for number, delay in enumerate(delays):
        clock.call_in(delay * SECOND, partial(note, number))

    clock.run_until(START + 30 * SECOND)

    assert seen == sorted((delay * SECOND, number) for number, delay in enumerate(delays))
    assert clock.now() == START + 30 * SECOND


def test_wait_carries_out_one_action_and_returns() -> None:
    """The caller gets to look at what one action changed before the next one."""
    clock, seen = VirtualClock(START), []
    clock.call_in(SECOND, lambda: seen.append("first"))
    clock.call_in(SECOND, lambda: seen.append("second"))

    wait(clock)

    assert seen == ["first"]
    assert clock.now() == START + SECOND


def test_wait_moves_no_further_than_until() -> None:
    """An action behind `until` stays scheduled."""
    clock, seen = VirtualClock(START), []
    clock.call_in(5 * SECOND, lambda: seen.append("late"))

    wait(clock, until=START + 2 * SECOND)

    assert seen == []
    assert clock.now() == START + 2 * SECOND
    assert clock.next_moment() == START + 5 * SECOND


def test_an_until_that_is_over_does_not_turn_the_clock_back() -> None:
    """Time never goes back, neither by waiting nor by an action that comes late."""
    clock, seen = VirtualClock(START), []
    clock.run_until(START + 10 * SECOND)
    clock.call_at(START + 3 * SECOND, lambda: seen.append(clock.now()))

    wait(clock, until=START + 2 * SECOND)
    wait(clock)

    assert seen == [START + 10 * SECOND]


def test_with_nothing_to_come_it_sleeps_and_time_stands_still() -> None:
    """Nothing scheduled and no `until`: the wait is over after the patience on the wall."""
    clock, began = VirtualClock(START), time.monotonic()

    wait(clock)

    assert time.monotonic() - began >= 0.8 * PATIENCE.total_seconds()
    assert clock.now() == START


def test_the_condition_is_free_while_an_action_runs_and_held_afterwards() -> None:
    """An action may use a lock that the waiting thread holds, from whichever thread."""
    clock, changed, entered = VirtualClock(START), threading.Condition(threading.Lock()), []

    def enter() -> None:
        with changed:
            entered.append(True)

    def act() -> None:
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join(timeout=PATIENCE_S)

    clock.call_in(SECOND, act)
    with changed:
        clock.wait(changed, until=None, patience=PATIENCE)
        assert entered == [True]
        assert not changed.acquire(blocking=False)


def test_an_error_of_an_action_comes_out_and_leaves_the_clock_usable() -> None:
    """Nothing that goes wrong in a simulation is hidden from whoever waits."""
    clock, seen = VirtualClock(START), []
    clock.call_in(SECOND, lambda: next(iter(())))
    clock.call_in(2 * SECOND, lambda: seen.append("next"))

    with pytest.raises(StopIteration):
        wait(clock)
    wait(clock)

    assert seen == ["next"]


def test_a_second_thread_does_not_overtake_an_action_that_is_running() -> None:
    """What a running action is about to schedule may come before what is scheduled now."""
    clock, seen = VirtualClock(START), []
    running, finish = threading.Event(), threading.Event()

    def act() -> None:
        running.set()
        finish.wait(PATIENCE_S)
        clock.call_in(SECOND, lambda: seen.append("sooner"))

    clock.call_in(SECOND, act)
    clock.call_in(10 * SECOND, lambda: seen.append("later"))
    other = threading.Thread(target=wait, args=(clock,))
    other.start()
    running.wait(PATIENCE_S)
    wait(clock)
    seen_meanwhile = list(seen)
    finish.set()
    other.join(PATIENCE_S)
    clock.run_until(START + 20 * SECOND)

    assert seen_meanwhile == []
    assert seen == ["sooner", "later"]


def test_many_threads_carry_every_action_out_once() -> None:
    """Eight threads that wait on one clock share the actions and never turn it back."""
    clock = VirtualClock(START)
    seen: list[tuple[int, datetime]] = []

    def note(number: int) -> None:
        seen.append((number, clock.now()))

    for number in range(400):
        clock.call_in(number * SECOND, partial(note, number))

    def work() -> None:
        while clock.next_moment() is not None:
            wait(clock)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)

    assert seen == [(number, START + number * SECOND) for number in range(400)]


def test_with_a_pace_the_way_takes_its_time_on_the_wall() -> None:
    """At 100 virtual seconds per second, five virtual seconds take a twentieth of a second."""
    clock, began = VirtualClock(START, pace=100), time.monotonic()

    clock.run_until(START + 5 * SECOND)

    assert time.monotonic() - began >= 0.045
    assert clock.now() == START + 5 * SECOND


def test_with_a_pace_an_action_still_sees_exactly_its_own_moment() -> None:
    """Pace changes when things happen on the wall, not what happens."""
    clock, seen = VirtualClock(START, pace=1000), []
    for delay in (3, 1, 2):
        clock.call_in(delay * SECOND, lambda: seen.append(clock.now() - START))

    clock.run_until(START + 5 * SECOND)

    assert seen == [1 * SECOND, 2 * SECOND, 3 * SECOND]


def test_with_a_pace_a_wait_is_cut_into_slices_of_the_patience() -> None:
    """A caller is never away for longer than its patience, and time has moved a little."""
    clock = VirtualClock(START, pace=1)

    wait(clock, until=START + timedelta(minutes=5))

    assert START < clock.now() < START + timedelta(minutes=1)


def test_with_a_pace_a_notified_caller_returns_at_once() -> None:
    """An event that somebody else brings is seen without waiting for the next action."""
    clock, changed = VirtualClock(START, pace=1), threading.Condition()
    threading.Timer(0.01, lambda: notify(changed)).start()

    with changed:
        clock.wait(changed, until=START + timedelta(minutes=5), patience=timedelta(minutes=5))

    assert clock.now() < START + timedelta(minutes=5)


def notify(changed: threading.Condition) -> None:
    """Wake whoever waits."""
    with changed:
        changed.notify_all()


def test_with_a_pace_others_see_time_move_while_somebody_waits() -> None:
    """A display can show the time between two actions; it never passes the next action."""
    clock = VirtualClock(START, pace=1000)
    waiting = threading.Thread(target=lambda: clock.run_until(START + 200 * SECOND))
    waiting.start()

    seen = [clock.now()]
    while waiting.is_alive():
        seen.append(clock.now())
    waiting.join()

    assert len(set(seen)) > 10
    assert seen == sorted(seen)
    assert seen[-1] <= START + 200 * SECOND


@pytest.mark.parametrize(
    ("start", "pace"),
    [
        pytest.param(datetime(2026, 1, 5), None, id="naive start"),  # noqa: DTZ001 - that is the mistake
        pytest.param(START, 0.0, id="standing still"),
        pytest.param(START, -1.0, id="going back"),
    ],
)
def test_a_clock_that_cannot_run_is_refused(start: datetime, pace: float | None) -> None:
    """A start without a time zone and a pace that is not above zero are mistakes."""
    with pytest.raises(InvalidInput):
        VirtualClock(start, pace)
