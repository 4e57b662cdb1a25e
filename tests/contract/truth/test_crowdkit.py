"""Equality with crowd-kit on the answers of real crowds."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from crowdkit.aggregation import DawidSkene as CrowdkitDawidSkene
from crowdkit.aggregation import MajorityVote as CrowdkitMajorityVote
from crowdkit.aggregation import OneCoinDawidSkene as CrowdkitOneCoinDawidSkene

from manyhands.truth import Answers, ClassPrior, DawidSkene, FloatArray, MajorityVote, OneCoinDawidSkene

#: crowd-kit uses what pandas is about to drop; nothing of it is ours.
pytestmark = pytest.mark.filterwarnings(
    r"ignore:The inplace keyword in (DataFrame|Series)\.\w+ is deprecated", "ignore:The copy keyword is deprecated"
)

CROWDS = ["d_possent", "s_dog", "web", "sp", "music", "rte_text", "sp_amt", "weather_amt", "weather_cf"]


def answers_of(crowd: str) -> tuple[pd.DataFrame, Answers]:
    """Return a crowd's answers by index, as crowd-kit takes them and as we do; skip where the data is not at hand."""
    found = [folder / "shared/data" / crowd for folder in Path(__file__).parents if (folder / "shared/data").is_dir()]
    if not found:
        pytest.skip("the real crowds' answers (../shared/data beside the repository) are not on this machine")
    table = pd.read_csv(found[0] / "answers.csv")
    columns = {name: pd.factorize(table[name], sort=True)[0] for name in ("task", "worker", "label")}
    label_count = int(columns["label"].max()) + 1
    answers = Answers.from_arrays(columns["task"], columns["worker"], label=columns["label"], label_count=label_count)
    return pd.DataFrame(columns), answers


@pytest.fixture(params=CROWDS)
def crowd(request: pytest.FixtureRequest) -> tuple[pd.DataFrame, Answers]:
    """The answers of one real crowd."""
    return answers_of(request.param)


def by_task(probabilities: pd.DataFrame) -> FloatArray:
    """Return crowd-kit's probabilities, tasks and labels ascending."""
    return probabilities.sort_index().sort_index(axis=1).to_numpy(dtype=np.float64)


def test_majority_vote_equals_crowdkit(crowd: tuple[pd.DataFrame, Answers]) -> None:
    """The shares are crowd-kit's, and so are the labels where no two labels are tied."""
    frame, answers = crowd

    posterior = MajorityVote().fit(answers)

    reference = CrowdkitMajorityVote()
    expected = by_task(reference.fit_predict_proba(frame))
    np.testing.assert_allclose(posterior.probabilities, expected, rtol=0, atol=1e-12)
    is_tied = (expected == expected.max(axis=1, keepdims=True)).sum(axis=1) > 1
    labels = reference.fit_predict(frame).sort_index().to_numpy()
    assert posterior.labels()[~is_tied].tolist() == labels[~is_tied].tolist()


@pytest.mark.parametrize("iteration_limit", [2, 100])
def test_dawid_skene_equals_crowdkit(crowd: tuple[pd.DataFrame, Answers], iteration_limit: int) -> None:
    """Same start, iterations, stop, losses and probabilities."""
    frame, answers = crowd

    estimate = DawidSkene(iteration_limit=iteration_limit).estimate(answers)

    reference = CrowdkitDawidSkene(iteration_limit)
    expected = by_task(reference.fit_predict_proba(frame))
    np.testing.assert_allclose(estimate.posterior.probabilities, expected, rtol=0, atol=1e-6)
    np.testing.assert_allclose(estimate.losses, reference.loss_history_, rtol=1e-6)
    assert reference.errors_ is not None
    errors = reference.errors_.sort_index().sort_index(axis=1)
    for worker, label in errors.index[:: len(errors) // 20]:
        ours = estimate.confusion(worker)[:, label]
        np.testing.assert_allclose(ours, errors.loc[(worker, label)].to_numpy(), rtol=0, atol=1e-6)


@pytest.mark.parametrize("iteration_limit", [2, 100])
def test_one_coin_equals_crowdkit(crowd: tuple[pd.DataFrame, Answers], iteration_limit: int) -> None:
    """With a learned class prior: same start, iterations, stop, losses, skills and probabilities."""
    frame, answers = crowd

    estimate = OneCoinDawidSkene(iteration_limit=iteration_limit, class_prior=ClassPrior.LEARNED).estimate(answers)

    reference = CrowdkitOneCoinDawidSkene(iteration_limit)
    expected = by_task(reference.fit_predict_proba(frame))
    np.testing.assert_allclose(estimate.posterior.probabilities, expected, rtol=0, atol=1e-6)
    np.testing.assert_allclose(estimate.losses, reference.loss_history_, rtol=1e-6)
    np.testing.assert_allclose(estimate.skills, reference.skills_.sort_index().to_numpy(), rtol=0, atol=1e-6)


def test_known_labels_equal_crowdkits_true_labels() -> None:
    """Holding every fifth task at its known label gives crowd-kit's result with true labels."""
    frame, answers = answers_of("s_dog")
    known = {task: task % answers.label_count for task in range(0, answers.task_count, 5)}

    posterior = DawidSkene(iteration_limit=10).fit(answers, known_labels=known)

    expected = by_task(CrowdkitDawidSkene(10).fit_predict_proba(frame, pd.Series(known)))
    np.testing.assert_allclose(posterior.probabilities, expected, rtol=0, atol=1e-6)
