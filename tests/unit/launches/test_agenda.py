"""Which launches want a turn."""

from datetime import timedelta
from threading import Event

import pytest

from manyhands.launches.agenda import Agenda
from manyhands.launches.running import RunningLaunch
from tests.unit.launches.desk import Desk, make_plan


@pytest.fixture
def desks() -> list[Desk]:
    """Two launches that are called."""
    return [Desk(make_plan(name=name)) for name in ("first", "second")]


def test_a_launch_has_one_turn_for_each_time_it_is_put_and_taken(desks: list[Desk]) -> None:
    """Put twice before it is taken, it has one turn; in the order of putting."""
    agenda, (first, second) = Agenda(), _launches(desks)
    for launch in (second, first, second):
        agenda.put(launch)
    now = desks[0].clock.now()
    assert agenda.take_due(now) == [second, first]
    assert agenda.take_due(now) == []


def test_a_launch_that_is_put_off_has_its_turn_when_its_moment_comes(desks: list[Desk]) -> None:
    """Not before; and nobody has to ask it until then."""
    desk, agenda = desks[0], Agenda()
    desk.launch.commands.extend(desk.launch.machine.start())
    desk.launch.back_off(timedelta(minutes=1))
    agenda.put_off(desk.launch)
    assert agenda.take_due(desk.clock.now()) == []
    assert agenda.find_next_moment() == desk.clock.now() + timedelta(minutes=1)
    assert agenda.take_due(desk.clock.move(minutes=1)) == [desk.launch]
    assert agenda.find_next_moment() is None


def test_a_signal_tells_once_which_launches_it_concerns(desks: list[Desk]) -> None:
    """A launch with two signals is told of each; one without stays."""
    agenda, (first, second) = Agenda(), _launches(desks)
    shared, own = Event(), Event()
    agenda.put(first, [shared, own])
    agenda.put(second, [shared])
    assert agenda.take_signalled() == []
    own.set()
    assert agenda.take_signalled() == [first]
    shared.set()
    assert agenda.take_signalled() == [first, second]
    assert agenda.take_signalled() == []


def test_a_launch_that_is_dropped_is_forgotten(desks: list[Desk]) -> None:
    """No turn, no signal, and nothing is kept of it."""
    agenda, (first, second), shared = Agenda(), _launches(desks), Event()
    for launch in (first, second):
        agenda.put(launch, [shared])
        agenda.put_off(launch)
    agenda.drop(first)
    shared.set()
    assert agenda.take_signalled() == [second]
    assert agenda.take_due(desks[0].clock.now()) == [second]
    agenda.drop(second)
    assert not any((agenda._due, agenda._timed, agenda._signals, agenda._by_signal))


def _launches(desks: list[Desk]) -> tuple[RunningLaunch, RunningLaunch]:
    return desks[0].launch, desks[1].launch
