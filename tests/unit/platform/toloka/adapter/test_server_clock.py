"""The server's time is found from what its answers say."""

import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from manyhands.platform.toloka.server_clock import ServerClock

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NONE = timedelta()


@given(
    ahead=st.floats(-1e5, 1e5),
    moments=st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 2), st.floats(0, 1)), min_size=1, max_size=30),
)
def test_the_difference_is_never_further_off_than_an_answer_allows(
    ahead: float, moments: list[tuple[float, float, float]]
) -> None:
    """Whatever travels how long, the estimate stays within the way of each answer and the second that headers leave open."""
    clock, truth = ServerClock(), timedelta(seconds=ahead)
    for at_s, way_s, share in sorted(moments):
        sent = START + timedelta(seconds=at_s)
        received = sent + timedelta(seconds=way_s)
        told = (sent + timedelta(seconds=way_s * share) + truth).replace(microsecond=0)
        clock.see_header(format_datetime(told, usegmt=True), sent=sent, received=received)
        slack = timedelta(seconds=way_s) + SECOND + timedelta(milliseconds=1)
        assert abs(clock.ahead - truth) <= slack


def test_clocks_that_may_agree_agree() -> None:
    """A header that says no more than the second does not move a clock that is right."""
    clock = ServerClock()
    sent = START + timedelta(milliseconds=700)
    clock.see_header(format_datetime(START, usegmt=True), sent=sent, received=sent + timedelta(milliseconds=10))
    assert clock.ahead == NONE


def test_what_is_told_exactly_counts_more_than_headers() -> None:
    """A server that tells its own time, such as that of a simulation, is believed."""
    clock = ServerClock()
    clock.see(START + timedelta(days=3), sent=START, received=START, width=NONE)
    clock.see_header(format_datetime(START, usegmt=True), sent=START, received=START)
    assert clock.ahead == timedelta(days=3)


def test_a_clock_that_was_set_is_followed() -> None:
    """Answers that contradict all earlier ones are believed."""
    clock = ServerClock()
    for hours in (0, 5):
        clock.see(START + timedelta(hours=hours), sent=START, received=START)
    assert clock.ahead == timedelta(hours=5)


def test_time_does_not_go_back() -> None:
    """Not even when the server's clock is found to be behind."""
    clock = ServerClock()
    clock.see(START + timedelta(hours=1), sent=START, received=START)
    before = clock.now()
    clock.see(START - timedelta(hours=1), sent=START, received=START)
    assert clock.now() >= before


def test_time_does_not_stand_still_when_the_server_is_set_back() -> None:
    """A grace of a second ends within two, though it will take hours until the server's clock says so."""
    clock, changed = ServerClock(), threading.Condition()
    clock.see(START + timedelta(hours=1), sent=START, received=START, width=NONE)
    deadline = clock.now() + timedelta(milliseconds=20)
    clock.see(START, sent=START, received=START, width=NONE)
    with changed:
        while clock.now() < deadline:
            clock.wait(changed, until=deadline, patience=SECOND)
    assert clock.now() - clock.ahead > datetime.now(UTC) + timedelta(minutes=59)


def test_a_header_that_is_no_date_is_passed_over() -> None:
    """Nothing is known then."""
    clock = ServerClock()
    for text in (None, "", "yesterday"):
        clock.see_header(text, sent=START, received=START)
    assert clock.ahead == NONE
