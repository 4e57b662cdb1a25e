"""What the answers say about objects and workers, incrementally and in the end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import AssignmentStatus, WorkerId
from manyhands.launches import AggregationAlgorithm
from manyhands.launches.belief import Belief
from manyhands.quality import evaluate_page
from tests.flow.parity import Parity
from tests.unit.launches.pages import make_page

LABELS = (Parity.EVEN, Parity.ODD)
ANN, BEN = WorkerId("ann"), WorkerId("ben")


def make_belief(algorithm: AggregationAlgorithm, object_count: int = 3) -> Belief:
    """Return a belief about a few objects and one control task that is even."""
    return Belief(algorithm, LABELS, object_count=object_count, control_labels=[0])


@pytest.mark.parametrize("algorithm", list(AggregationAlgorithm), ids=str)
def test_an_object_without_answers_has_no_label(algorithm: AggregationAlgorithm) -> None:
    """Nothing is known, with probability zero."""
    belief = make_belief(algorithm)
    assert belief.top(0) == (None, 0.0)
    assert np.isnan(belief.probabilities()).all()
    assert belief.probabilities().shape == (3, 2)


@pytest.mark.parametrize("algorithm", list(AggregationAlgorithm), ids=str)
def test_an_answer_counts_at_once(algorithm: AggregationAlgorithm) -> None:
    """The label that was given is the most probable one as soon as the worker is weighed, which is due at once."""
    belief = make_belief(algorithm)
    belief.add_evaluation(make_page(), evaluate_page(make_page()))
    belief.add_answers(ANN, [(0, 1), (1, 0)])
    assert belief.is_refresh_due()
    belief.refresh()
    label, confidence = belief.top(0)
    assert label == "odd"
    assert confidence >= 0.5
    assert belief.answer_count == 2


def test_control_answers_move_the_weight_and_a_page_counts_once() -> None:
    """One right control answer of one makes (1 + ½) / (1 + 1); seen again it changes nothing."""
    belief = make_belief(AggregationAlgorithm.MAX_LIKELIHOOD)
    for status in (AssignmentStatus.REJECTED, AssignmentStatus.ACCEPTED):
        belief.add_evaluation(make_page(status=status), evaluate_page(make_page()))
    assert belief.worker_weights() == {"ann": 0.75}


def test_a_refresh_touches_the_objects_of_workers_whose_weight_changed() -> None:
    """Objects of others keep their probabilities."""
    belief = make_belief(AggregationAlgorithm.MAX_LIKELIHOOD)
    belief.add_answers(ANN, [(0, 1)])
    belief.add_answers(BEN, [(1, 1)])
    belief.refresh()
    belief.add_evaluation(make_page(), evaluate_page(make_page()))
    assert belief.is_refresh_due()
    assert list(belief.refresh()) == [0]
    label, confidence = belief.top(0)
    assert (label, round(confidence, 9)) == ("odd", 0.75)
    assert not belief.is_refresh_due()


def test_a_worker_without_a_weight_is_weighed_at_once_however_many_answers_there_are() -> None:
    """One page among very many does not move the others, but its worker must not count for nothing."""
    belief = make_belief(AggregationAlgorithm.MAX_LIKELIHOOD, object_count=1000)
    belief.add_answers(BEN, [(position, 0) for position in range(1000)])
    belief.refresh()
    belief.add_answers(BEN, [(0, 0)])
    assert not belief.is_refresh_due()
    belief.add_answers(ANN, [(0, 1)])
    assert belief.is_refresh_due()


@pytest.mark.parametrize("algorithm", list(AggregationAlgorithm), ids=str)
@given(
    answers=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 1)), max_size=12, unique_by=lambda row: row[:2]
    ),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_answers_does_not_matter(
    algorithm: AggregationAlgorithm, answers: list[tuple[int, int, int]], order: object
) -> None:
    """After a final refresh the probabilities are the same, and each row sums to one."""
    shuffled = list(answers)
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    rows = []
    for sequence in (answers, shuffled):
        belief = make_belief(algorithm)
        for position, worker, label in sequence:
            belief.add_answers(WorkerId(f"worker {worker}"), [(position, label)])
        belief.refresh(is_final=True)
        rows.append(belief.probabilities())
    np.testing.assert_allclose(rows[0], rows[1], atol=1e-9)
    sums = rows[0].sum(axis=1)
    np.testing.assert_allclose(sums[~np.isnan(sums)], 1)
