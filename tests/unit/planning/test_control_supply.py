"""How far control objects go."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.errors import InvalidParams
from manyhands.planning import ControlSupply, PoolPricingConfig, control_supply

TEN_AND_TWO = PoolPricingConfig(assignment_price=0.05, real_tasks_count=10, control_tasks_count=2)
NO_CONTROL = PoolPricingConfig(assignment_price=0.05, real_tasks_count=10)


@pytest.mark.parametrize(
    ("object_count", "control_count", "pricing", "pages", "missing", "crowd"),
    [
        (100, 20, TEN_AND_TWO, 10, 0, 3),
        (100, 6, TEN_AND_TWO, 3, 14, 10),
        (100, 7, TEN_AND_TWO, 3, 13, 10),
        (95, 40, TEN_AND_TWO, 10, 0, 3),
        (100, 1, TEN_AND_TWO, 0, 19, None),
        (5, 2, TEN_AND_TWO, 1, 0, 3),
        (100, 0, NO_CONTROL, 10, 0, 3),
        (0, 0, TEN_AND_TWO, 0, 0, 0),
    ],
    ids=[
        "enough",
        "three pages each",
        "an odd one is of no use",
        "incomplete last page",
        "no page at all",
        "one small page",
        "no control tasks",
        "nothing to label",
    ],
)
def test_supply(
    object_count: int, control_count: int, pricing: PoolPricingConfig, pages: int, missing: int, crowd: int | None
) -> None:
    """Pages for one worker, control objects to add, and the smallest crowd for an overlap of 3."""
    supply = control_supply(object_count, control_count, pricing=pricing, overlap=3)

    assert (supply.pages_per_worker, supply.missing_control_count, supply.smallest_crowd) == (pages, missing, crowd)
    assert supply.is_enough_for_one_worker is (missing == 0)


def test_every_showing_of_a_control_task_is_counted() -> None:
    """Ten pages, three times over, two control tasks each."""
    supply = control_supply(100, 20, pricing=TEN_AND_TWO, overlap=3)

    assert (supply.page_count, supply.control_showing_count) == (10, 60)


def can_finish(crowd: int, object_count: int, overlap: int, answers_per_worker: int) -> bool:
    """Let workers in turn take the objects with the fewest answers, each at most once, and see whether all get enough."""
    answers = Counter(dict.fromkeys(range(object_count), 0))
    for _ in range(crowd):
        for task in sorted(answers, key=lambda task: answers[task])[:answers_per_worker]:
            answers[task] += 1
    return min(answers.values()) >= overlap


def worker_capacity(supply: ControlSupply, object_count: int) -> int:
    """Return how many objects one worker can answer."""
    return min(object_count, supply.pages_per_worker * TEN_AND_TWO.real_tasks_count)


@given(st.integers(1, 60), st.integers(2, 14), st.integers(1, 4))
def test_smallest_crowd_finishes_and_one_worker_less_does_not(
    object_count: int, control_count: int, overlap: int
) -> None:
    """Played out with workers who take all they can get."""
    supply = control_supply(object_count, control_count, pricing=TEN_AND_TWO, overlap=overlap)
    capacity = worker_capacity(supply, object_count)
    crowd = supply.smallest_crowd

    assert crowd is not None
    assert can_finish(crowd, object_count, overlap, capacity)
    assert not can_finish(crowd - 1, object_count, overlap, capacity)


@pytest.mark.parametrize(
    ("object_count", "control_count", "overlap"),
    [(-1, 0, 1), (1, -1, 1), (1, 1, 0)],
    ids=["objects", "control", "overlap"],
)
def test_impossible_counts_are_refused(object_count: int, control_count: int, overlap: int) -> None:
    """A negative count is a mistake of the caller."""
    with pytest.raises(InvalidParams, match="expected no negative count"):
        control_supply(object_count, control_count, pricing=TEN_AND_TWO, overlap=overlap)
