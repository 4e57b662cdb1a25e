"""Who works on which launch."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from manyhands.errors import PlatformUnavailable
from manyhands.launches import LaunchState, is_left_alone
from manyhands.launches.attendance import SILENCE_LIMIT, Attendance
from manyhands.store import LaunchJournal, SqliteStore
from tests.settable_clock import SettableClock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def journal() -> LaunchJournal:
    """A journal with one launch."""
    journal = LaunchJournal(SqliteStore(None))
    journal.create("red", {})
    return journal


@pytest.mark.parametrize(
    ("state", "silence", "expected"),
    [
        (LaunchState.RUNNING, timedelta(seconds=1), False),
        (LaunchState.RUNNING, timedelta(minutes=1), True),
        (LaunchState.WAITING, None, True),
        (LaunchState.STOPPED, None, False),
        (LaunchState.FINISHED, timedelta(minutes=1), False),
    ],
    ids=["attended", "silent", "never taken", "stopped", "finished"],
)
def test_a_launch_that_is_not_over_is_left_alone_when_its_runner_is_silent(
    state: LaunchState, silence: timedelta | None, *, expected: bool
) -> None:
    """What is over needs nobody."""
    heard = None if silence is None else NOON - silence
    assert is_left_alone(state, heard, now=NOON) is expected


def test_a_runner_is_heard_of_when_it_takes_a_launch_and_no_more_when_it_leaves(journal: LaunchJournal) -> None:
    """The moment is that on the wall."""
    clock = SettableClock()
    attendance = Attendance(journal, wall=clock)
    attendance.take("red")
    assert journal.last_heard() == {"red": clock.now()}
    attendance.leave("red")
    assert journal.last_heard() == {}


def test_a_runner_beats_now_and_then(journal: LaunchJournal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not at every turn, which would cost a transaction each."""
    clock, now_s = SettableClock(), 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    attendance = Attendance(journal, wall=clock)
    attendance.take("red")
    first = clock.now()
    clock.move(seconds=1)
    attendance.beat()
    assert journal.last_heard() == {"red": first}
    now_s += 2.5
    attendance.beat()
    assert journal.last_heard() == {"red": clock.now()}


def test_a_launch_is_claimed_by_one_until_that_one_is_silent(journal: LaunchJournal) -> None:
    """Whoever was heard of keeps it; after the limit another may have it, and the first does not get it back by leaving."""
    clock = SettableClock()
    first, second = Attendance(journal, wall=clock), Attendance(journal, wall=clock)
    assert first.claim("red")
    assert not second.claim("red")
    clock.move(seconds=SILENCE_LIMIT.total_seconds() + 1)
    assert second.claim("red")
    first.leave("red")
    assert "red" in journal.last_heard()


def test_a_runner_without_launches_is_forgotten(journal: LaunchJournal) -> None:
    """What it worked on is nobody's then."""
    attendance = Attendance(journal)
    attendance.take("red")
    attendance.retire()
    assert journal.last_heard() == {}
    attendance.take("red")
    assert set(journal.last_heard()) == {"red"}


def test_leaving_a_journal_that_does_not_answer_loses_nothing() -> None:
    """A launch has ended well even if nobody can write down who worked on it."""

    class Absent(LaunchJournal):
        def leave(self, name: str, runner_id: str) -> None:
            raise PlatformUnavailable(f"no word about {name} and {runner_id}")

    Attendance(Absent(SqliteStore(None))).leave("red")
