"""Majority vote and weighted likelihood: published vectors, and incremental equal to batch."""

from collections.abc import Sequence

import numpy as np
import pytest

from manyhands.errors import InvalidInput
from manyhands.truth import Answers, MajorityVote, Posterior, WeightedLikelihood

CAT, CROW, DOG = range(3)
FALSE, TRUE = range(2)
RAW = WeightedLikelihood(raw=True)


def one_task(labels: Sequence[int], *, label_count: int) -> Answers:
    """Return the answers of workers 0, 1, … to one task."""
    return Answers.from_rows(
        [(0, worker, label) for worker, label in enumerate(labels)], label_count=label_count, task_count=1
    )


def four_tasks() -> Answers:
    """Return votes dog, dog, cat | cat, cat, cat | dog, cat | nothing."""
    rows = [(0, 0, DOG), (0, 1, DOG), (0, 2, CAT), (1, 0, CAT), (1, 1, CAT), (1, 2, CAT), (2, 0, DOG), (2, 1, CAT)]
    return Answers.from_rows(rows, label_count=3, task_count=4)


def test_majority_gives_shares_and_nothing_for_no_answers() -> None:
    """Shares are probabilities, ties go to the smallest label, a task without answers is NaN and -1."""
    posterior = MajorityVote().fit(four_tasks())

    expected = [[1 / 3, 0.0, 2 / 3], [1.0, 0.0, 0.0], [0.5, 0.0, 0.5], [np.nan, np.nan, np.nan]]
    np.testing.assert_allclose(posterior.probabilities, expected, rtol=1e-15)
    assert posterior.has_answers.tolist() == [True, True, True, False]
    assert posterior.labels().tolist() == [DOG, CAT, CAT, -1]
    np.testing.assert_allclose(posterior.confidences(), [2 / 3, 1, 0.5, np.nan])


def test_weighted_likelihood_gives_the_published_probabilities() -> None:
    """Weights .9, .6, .75 over three classes give the probabilities published for this formula."""
    posterior = RAW.fit(four_tasks(), [0.9, 0.6, 0.75])

    expected = [[0.098361, 0.016393, 0.885246], [0.993865, 0.003067, 0.003067], [0.136364, 0.045455, 0.818182]]
    np.testing.assert_allclose(posterior.probabilities[:3], expected, atol=5e-7)
    assert np.isnan(posterior.probabilities[3]).all()


@pytest.mark.parametrize(
    ("labels", "weights", "expected"),
    [
        pytest.param([DOG, DOG, CAT], [0.5, 0.5, 0.5], [2 / 7, 1 / 7, 4 / 7], id="half, two dogs and a cat"),
        pytest.param([CAT, CAT, CAT], [0.5, 0.5, 0.5], [8 / 10, 1 / 10, 1 / 10], id="half, three cats"),
        pytest.param([DOG, DOG, CAT], [0.1, 0.4, 0.9], [486 / 521, 27 / 521, 8 / 521], id="bad worker and good worker"),
        pytest.param([DOG, CAT, CAT], [0.1, 0.4, 0.9], [648 / 681, 27 / 681, 6 / 681], id="bad worker outvoted"),
        pytest.param([TRUE], [0.8], [0.2, 0.8], id="one yes"),
        pytest.param([FALSE], [0.8], [0.8, 0.2], id="one no"),
        pytest.param([FALSE, FALSE, TRUE], [0.8, 0.25, 0.5], [4 / 7, 3 / 7], id="no, no, yes"),
        pytest.param([TRUE, FALSE, TRUE], [0.8, 0.25, 0.5], [1 / 13, 12 / 13], id="yes, no, yes"),
        pytest.param([TRUE, TRUE, TRUE], [0.8, 0.25, 0.5], [3 / 7, 4 / 7], id="unanimous, one below chance"),
        pytest.param([CAT], [0.75], [0.75, 0.25], id="single answer"),
        pytest.param([0, 1, 0], [0.1, 0.4, 0.9], [12 / 19, 4 / 19, 3 / 19], id="same, other, same"),
        pytest.param([TRUE, FALSE, TRUE], [0.1, 0.4, 0.9], [0.4, 0.6], id="yes, no, yes"),
    ],
)
def test_raw_weights_follow_the_plain_formula(labels: list[int], weights: list[float], expected: list[float]) -> None:
    """Raw weights give the plain product formula, a weight under 1/K speaking against its label."""
    posterior = RAW.fit(one_task(labels, label_count=len(expected)), weights)

    np.testing.assert_allclose(posterior.probabilities[0], expected, rtol=1e-12)


@pytest.mark.parametrize("weights", [[1.0, 1.0], [0.0, 0.0], [1.0, 0.0]], ids=["both 1", "both 0", "1 and 0"])
@pytest.mark.parametrize("raw", [True, False], ids=["raw", "lifted"])
def test_weights_of_zero_and_one_stay_finite(weights: list[float], raw: bool) -> None:  # noqa: FBT001 - a case
    """Workers who are always right and disagree leave a proper distribution."""
    posterior = WeightedLikelihood(raw=raw).fit(one_task([0, 1], label_count=3), weights)

    assert np.isfinite(posterior.probabilities).all()
    assert posterior.probabilities.sum() == pytest.approx(1)


def test_lifted_weights_never_let_an_answer_speak_against_its_own_label() -> None:
    """Without raw weights, a worker below chance counts nothing instead of voting against."""
    answers = one_task([TRUE, TRUE], label_count=2)

    assert WeightedLikelihood().fit(answers, [0.8, 0.1]).probabilities[0, TRUE] == pytest.approx(0.8)
    assert RAW.fit(answers, [0.8, 0.1]).probabilities[0, TRUE] == pytest.approx(0.08 / 0.26)


def test_unknown_workers_weigh_a_half() -> None:
    """A missing weight, NaN or past the end, counts as 1/2."""
    answers = one_task([0, 0, 1], label_count=3)

    implicit = WeightedLikelihood().fit(answers, [float("nan")])

    explicit = WeightedLikelihood().fit(answers, [0.5, 0.5, 0.5])
    np.testing.assert_array_equal(implicit.probabilities, explicit.probabilities)


@pytest.mark.parametrize("weight", [-0.1, 1.1])
def test_weights_outside_zero_to_one_are_refused(weight: float) -> None:
    """A weight that is not a probability is named with its worker."""
    with pytest.raises(InvalidInput, match="Worker 1 has weight"):
        WeightedLikelihood().fit(one_task([0, 1], label_count=2), [0.5, weight])


def test_a_single_label_is_certain() -> None:
    """With one label there is nothing to doubt."""
    assert WeightedLikelihood().fit(one_task([0, 0], label_count=1)).probabilities.tolist() == [[1.0]]


def test_labels_within_the_margin_are_tied() -> None:
    """A difference that the order of summation can make does not decide; a real one does."""
    probabilities = np.array([[0.3, 0.35 - 1e-12, 0.35], [0.3, 0.34, 0.36]])

    posterior = Posterior(probabilities=probabilities, has_answers=np.array([True, True]))

    assert posterior.labels().tolist() == [1, 2]
