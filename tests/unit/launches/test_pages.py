"""The pages of a launch: counts by state, workers, durations."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import ASSIGNMENT_TRANSITIONS, AssignmentStatus, WorkerId
from manyhands.launches.pages import Pages
from tests.unit.launches.pages import make_page

ACTIVE, SUBMITTED, ACCEPTED = AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED


def test_a_page_is_counted_in_its_last_state() -> None:
    """Seeing it again moves it, and tells where it was."""
    pages = Pages()
    assert pages.see(make_page(status=ACTIVE)) is None
    assert pages.active_count == 1
    assert pages.see(make_page(status=SUBMITTED)) is ACTIVE
    assert (pages.active_count, pages.unjudged_count) == (0, 1)
    assert pages.is_in_review(make_page().id)
    assert pages.see(make_page(status=ACCEPTED)) is SUBMITTED
    assert not pages.is_in_review(make_page().id)
    assert pages.counts == {**dict.fromkeys(AssignmentStatus, 0), ACCEPTED: 1}


def test_pages_in_review_are_told_apart_by_when_they_were_submitted() -> None:
    """Those until a moment, or all; once judged, a page is in review no more."""
    pages, page = Pages(), make_page(status=SUBMITTED)
    submitted = page.submitted
    assert submitted is not None
    assert not pages.has_in_review(submitted_by=None)
    pages.see(page)
    moments = (None, submitted, submitted - timedelta(seconds=1))
    assert [pages.has_in_review(submitted_by=moment) for moment in moments] == [True, True, False]
    pages.see(make_page(status=ACCEPTED))
    assert not pages.has_in_review(submitted_by=None)


def test_a_duration_counts_once_and_is_that_of_a_task() -> None:
    """A page of three tasks that took a minute took twenty seconds a task, however often it is seen."""
    pages = Pages()
    for status in (ACTIVE, SUBMITTED, ACCEPTED):
        pages.see(make_page(status=status, objects=(1, 2), seconds=60))
    assert pages.task_durations == [20.0]
    assert pages.mean_task_duration == timedelta(seconds=20)


def test_without_pages_there_is_nothing_to_tell() -> None:
    """No mean, no workers."""
    assert Pages().mean_task_duration is None
    assert Pages().worker_count == 0


@given(data=st.data())
def test_counts_equal_a_recount(data: st.DataObject) -> None:
    """Whatever happens to pages in whatever order, the counts are those of their last states."""
    pages, last = Pages(), dict[int, AssignmentStatus]()
    for _ in range(data.draw(st.integers(0, 20))):
        number = data.draw(st.integers(0, 4))
        choices = [ACTIVE] if number not in last else [last[number], *sorted(ASSIGNMENT_TRANSITIONS[last[number]])]
        status = data.draw(st.sampled_from(choices))
        assert pages.see(make_page(number, status, worker_id=WorkerId(f"w{number % 3}"))) == last.get(number)
        last[number] = status
    assert pages.counts == {status: list(last.values()).count(status) for status in AssignmentStatus}
    assert pages.worker_count == len({number % 3 for number in last})
