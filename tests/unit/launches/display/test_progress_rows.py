"""Launches and their total as rows."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import AssignmentStatus, Budget, Money
from manyhands.launches import ConfusionCount, LaunchState, Progress
from manyhands.launches.display.progress_rows import busiest, row_of, total_of, whole_name
from tests.unit.launches.display.progresses import FINISHED, NOW, PAGES, RUNNING, WAITING, make_budget, make_many


def test_a_row_says_what_the_launch_says() -> None:
    """Counts and money are those of the launch; the name of the whole is not repeated."""
    row = row_of(replace(RUNNING, budget=make_budget("a")), whole="entailment")
    assert (row.name, row.state_text, row.completion, row.mean_overlap) == ("red", "running", 0.67, 2.48)
    assert (row.paid, row.reserved, row.left) == (Money("2.39008"), Money("0.234"), Money(7))
    assert row.acceptance == 46 / 50
    assert row_of(WAITING).acceptance is None


def test_a_total_adds_up_and_means_are_over_objects_and_answers() -> None:
    """A launch with many answers weighs more than one with few."""
    small = replace(
        RUNNING,
        name="small",
        object_count=10,
        finished_count=10,
        confidences=(1.0,) * 12,
        confusion=(ConfusionCount(truth="yes", answer="no", count=10),),
    )
    total = total_of([RUNNING, small])
    assert (total.object_count, total.finished_count, total.answer_count) == (110, 77, 496)
    assert total.paid == RUNNING.paid + small.paid
    assert total.pages == {status: 2 * number for status, number in PAGES.items()}
    assert total.confidence == pytest.approx((0.55 + 0.85 + 0.95 + 0.97 + 12) / 16)
    assert total.control_accuracy == 85 / 100
    assert total.completion == 77 / 110


@pytest.mark.parametrize(
    ("budgets", "left"),
    [
        pytest.param([make_budget("a"), make_budget("a")], Money(7), id="a shared budget counts once"),
        pytest.param([make_budget("a"), make_budget("b")], Money(14), id="different budgets add up"),
        pytest.param([make_budget("a"), None], None, id="unknown when a launch has none"),
        pytest.param([make_budget("a"), make_budget("b", ceiling=None)], None, id="unknown when one has no ceiling"),
        pytest.param([None, None], None, id="no budgets"),
    ],
)
def test_what_is_left_of_the_budgets(budgets: list[Budget | None], left: Money | None) -> None:
    """The total knows what is left only when every launch is limited."""
    assert total_of([replace(RUNNING, budget=budget) for budget in budgets]).left == left


def test_the_total_ends_with_the_last_launch() -> None:
    """Launches that are over do not count; one without a forecast makes the end unknown."""
    later = replace(RUNNING, eta=NOW + timedelta(hours=1))
    assert total_of([RUNNING, later, FINISHED]).eta == later.eta
    assert total_of([RUNNING, WAITING]).eta is None
    assert total_of([FINISHED, FINISHED]).eta is None


def test_the_busiest_launches_are_shown_in_the_given_order() -> None:
    """A failed launch first, then those with the most pages in hand, ended ones last; order on the screen does not change."""
    failed = replace(RUNNING, name="failed", state=LaunchState.FAILED)
    busy = replace(RUNNING, name="busy", pages={AssignmentStatus.ACTIVE: 9})
    idle = replace(RUNNING, name="idle", pages={AssignmentStatus.ACTIVE: 0})
    assert busiest([FINISHED, idle, busy, failed], 2) == [busy, failed]
    assert busiest([FINISHED, idle, busy, failed], 3) == [idle, busy, failed]
    assert busiest([FINISHED, idle], 2) == [FINISHED, idle]


@given(count=st.integers(0, 40), limit=st.integers(1, 30))
def test_as_many_launches_are_shown_as_there_is_room_for(count: int, limit: int) -> None:
    """None is shown twice and the order is kept."""
    launches = make_many(count)
    shown = busiest(launches, limit)
    assert len(shown) == min(count, limit)
    assert shown == [launch for launch in launches if launch in shown]


@pytest.mark.parametrize(
    ("names", "whole"),
    [
        (["a/red", "a/green"], "a"),
        (["a/b/red", "a/b/green"], "a/b"),
        (["a/red", "b/green"], ""),
        (["red", "green"], ""),
        (["a/red"], ""),
        ([], ""),
    ],
    ids=str,
)
def test_baskets_of_one_call_share_the_start_of_their_names(names: list[str], whole: str) -> None:
    """A launch by itself keeps its whole name."""
    launches: list[Progress] = [replace(RUNNING, name=name) for name in names]
    assert whole_name(launches) == whole
