"""Demand: how many answers are wanted, asked for and out."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.launches.demand import Demand
from manyhands.quality import DynamicOverlap, StaticOverlap


class FixedBelief:
    """A belief with given confidences; everything else is certain."""

    def __init__(self, confidences: Mapping[int, float]) -> None:
        self.confidences = confidences

    def top(self, position: int) -> tuple[str | None, float]:
        """Return the given confidence."""
        return "yes", self.confidences.get(position, 1.0)


def make_demand(overlap: StaticOverlap | DynamicOverlap, count: int = 3, *, limit: int = 20, page: int = 2) -> Demand:
    """Return the demand of `count` objects."""
    return Demand(overlap, count, attempt_limit=limit, page_size=page)


def answer(demand: Demand, positions: list[int], belief: FixedBelief | None = None, *, is_good: bool = True) -> None:
    """Play a page from taking to judgement."""
    demand.on_taken(positions)
    (demand.on_accepted if is_good else demand.on_rejected)(positions)
    demand.review(positions, belief or FixedBelief({}))


def test_every_object_starts_with_the_smallest_overlap_asked_for() -> None:
    """Before the first page, the open slots are objects times the smallest overlap."""
    assert make_demand(DynamicOverlap(2, 4, 0.9)).open_slot_count == 6


def test_a_rejected_answer_is_asked_for_again() -> None:
    """A rejected answer raises the overlap by one, beyond what was consumed."""
    demand = make_demand(StaticOverlap(1), 1, page=1)
    answer(demand, [0], is_good=False)
    assert demand.due_changes(is_idle=False) == {0: 2}
    assert demand.open_slot_count == 1


def test_an_unsure_object_is_asked_again_once() -> None:
    """Below the needed confidence one more answer is asked for, and nothing more while it is out."""
    demand = make_demand(DynamicOverlap(1, 3, 0.9), 1, page=1)
    unsure = FixedBelief({0: 0.6})
    answer(demand, [0], unsure)
    assert demand.due_changes(is_idle=True) == {0: 2}
    demand.on_taken([0])
    demand.review([0], unsure)
    assert demand.due_changes(is_idle=True) == {}


def test_raises_wait_for_a_full_page_while_something_is_going_on() -> None:
    """A single raise is held back until another fills the page."""
    demand = make_demand(DynamicOverlap(1, 3, 0.9), 3, page=2)
    unsure = FixedBelief({0: 0.6, 1: 0.6})
    demand.on_taken([0, 1, 2])
    demand.on_accepted([0])
    demand.review([0], unsure)
    assert demand.due_changes(is_idle=False) == {}
    demand.on_accepted([1])
    demand.review([1], unsure)
    assert demand.due_changes(is_idle=False) == {0: 2, 1: 2}


def test_an_object_that_became_certain_gives_its_open_slot_back() -> None:
    """A slot that nobody has taken is withdrawn when the object needs no more answers."""
    demand = make_demand(DynamicOverlap(1, 3, 0.9), 1, page=1)
    answer(demand, [0], FixedBelief({0: 0.6}))
    demand.due_changes(is_idle=True)
    demand.review([0], FixedBelief({0: 0.99}))
    assert demand.due_changes(is_idle=False) == {0: 1}
    assert demand.open_slot_count == 0


def test_an_object_is_given_up_when_its_attempts_are_used_up() -> None:
    """Attempts never pass the limit, and the object stays unsatisfied."""
    demand = make_demand(StaticOverlap(1), 1, limit=2, page=1)
    for _ in range(2):
        answer(demand, [0], is_good=False)
        demand.due_changes(is_idle=True)
    assert demand.is_given_up(0)
    assert demand.open_slot_count == 0
    assert demand.unsatisfied() == [0]


def test_a_rejection_taken_back_counts_as_an_answer() -> None:
    """An appeal that succeeds moves the answer from the rejected to the accepted ones."""
    demand = make_demand(StaticOverlap(1), 1, page=1)
    answer(demand, [0], is_good=False)
    demand.on_accepted([0], was_rejected=True)
    demand.review([0], FixedBelief({}))
    assert (demand.accepted, demand.rejected, demand.satisfied_count) == ([1], [0], 1)
    assert demand.due_changes(is_idle=True) == {}


@pytest.mark.parametrize("limit", [3, 9], ids=["tight limit", "loose limit"])
@given(data=st.data())
def test_open_slots_and_satisfied_objects_are_counted_as_a_recount_would(limit: int, data: st.DataObject) -> None:
    """Whatever happens in whatever order, the counters equal a recount and no more is out than was asked for."""
    demand = make_demand(DynamicOverlap(1, 3, 0.9), 3, limit=limit, page=2)
    asked = [1, 1, 1]
    for _ in range(data.draw(st.integers(0, 25))):
        position = data.draw(st.integers(0, 2))
        attempts = demand.accepted[position] + demand.rejected[position]
        if demand.pending[position] and data.draw(st.booleans()):
            data.draw(st.sampled_from([demand.on_accepted, demand.on_rejected, demand.on_returned]))([position])
        elif attempts + demand.pending[position] < asked[position]:
            demand.on_taken([position])
        demand.review([position], FixedBelief({position: data.draw(st.sampled_from([0.5, 0.95]))}))
        for changed, overlap in demand.due_changes(is_idle=data.draw(st.booleans())).items():
            asked[changed] = overlap
        attempts_of = [a + r for a, r in zip(demand.accepted, demand.rejected, strict=True)]
        slots = [max(0, a - n - p) for a, n, p in zip(asked, attempts_of, demand.pending, strict=True)]
        assert demand.open_slot_count == sum(slots)
        assert demand.satisfied_count == sum(map(demand.is_satisfied, range(3)))
        assert all(n <= limit for n in attempts_of)
