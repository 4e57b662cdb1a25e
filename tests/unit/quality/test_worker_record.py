"""What control answers say about workers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import AssignmentStatus, WorkerId
from manyhands.quality import ControlHistory, WorkerRecord, evaluate_page

from .conftest import build_page


@pytest.mark.parametrize(
    ("correct", "total", "weight"),
    [(2, 4, 2.5 / 5), (0, 4, 0.5 / 5), (0, 2, 0.5 / 3), (2, 2, 2.5 / 3), (5, 6, 11 / 14), (0, 0, 0.5)],
)
def test_weights_are_drawn_towards_one_half(correct: int, total: int, weight: float) -> None:
    """Few control answers say little, none say nothing."""
    assert WorkerRecord(correct_count=correct, total_count=total).weight == pytest.approx(weight)


def test_accepted_and_rejected_pages_count() -> None:
    """A worker's record adds up over pages, whatever became of them; workers without pages are not listed."""
    history = ControlHistory()
    for page_id, right, status in (
        ("p1", "yy", AssignmentStatus.ACCEPTED),
        ("p2", "nn", AssignmentStatus.REJECTED),
        ("p3", "", AssignmentStatus.ACCEPTED),
    ):
        done = build_page(right, page_id=page_id, status=status)
        history.add(done, evaluate_page(done))
    assert history.record(WorkerId("john")) == WorkerRecord(correct_count=2, total_count=4)
    assert history.weights() == {WorkerId("john"): 0.5}
    assert history.weight(WorkerId("mary")) == 0.5


@given(st.lists(st.tuples(st.sampled_from("abc"), st.text("yn", max_size=3)), max_size=8))
def test_a_page_counted_again_replaces_itself(pages: list[tuple[str, str]]) -> None:
    """Events may come twice and a page may be evaluated anew: only its last evaluation counts."""
    history = ControlHistory()
    for page_id, right in pages:
        done = build_page(right, page_id=page_id)
        history.add(done, evaluate_page(done))
    last = dict(pages)
    assert history.record(WorkerId("john")) == WorkerRecord(
        correct_count=sum(right.count("y") for right in last.values()),
        total_count=sum(len(right) for right in last.values()),
    )
