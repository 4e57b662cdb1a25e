"""Answer models: how often they are right, how they err, what they cannot answer."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from manyhands.errors import InvalidInput
from manyhands.simulation import (
    AlwaysPosition,
    AnswerModel,
    ConfusedAnswers,
    Label,
    PositionBias,
    Question,
    RandomClicks,
    ReplayedAnswers,
    UniformErrors,
)

LABELS = ("cat", "dog", "crow")
COUNT = 4000
#: A right model falls out of such bounds once in ten million runs; the seeds are fixed anyway.
CERTAINTY = 1 - 1e-7


def question(right: Label | None = "cat", *, difficulty: float = 0.0) -> Question:
    """Return a question about an animal."""
    return Question(key="1", field="choice", labels=LABELS, right=right, difficulty=difficulty)


def ask(model: AnswerModel, asked: Question, *, attention: float = 1.0, seed: int = 7) -> Counter[Label]:
    """Return how often the model gives each label."""
    rng = np.random.default_rng(seed)
    return Counter(model.answer(asked, rng, attention=attention) for _ in range(COUNT))


def is_plausible(count: int, probability: float) -> bool:
    """Return whether a count out of `COUNT` is within the binomial bounds of a probability."""
    low, high = stats.binom.interval(CERTAINTY, COUNT, probability)
    return bool(low <= count <= high)


@pytest.mark.parametrize("accuracy", [0.0, 1 / 3, 0.6, 0.85, 1.0])
def test_accuracy_is_the_share_of_right_answers(accuracy: float) -> None:
    """Not a parameter that leads to one: accuracy itself; errors fall equally on the other labels."""
    answers = ask(UniformErrors(accuracy=accuracy), question())

    assert is_plausible(answers["cat"], accuracy)
    assert is_plausible(answers["dog"], (1 - accuracy) / 2)


@pytest.mark.parametrize(
    ("difficulty", "attention", "expected"),
    [
        pytest.param(0.5, 1.0, 0.5 * 0.9 + 0.5 / 3, id="half the answers are guesses because it is hard"),
        pytest.param(0.0, 0.5, 0.5 * 0.9 + 0.5 / 3, id="or because the worker is tired"),
        pytest.param(0.5, 0.5, 0.25 * 0.9 + 0.75 / 3, id="both"),
        pytest.param(1.0, 1.0, 1 / 3, id="nobody can know"),
    ],
)
def test_difficulty_and_fatigue_draw_accuracy_towards_chance(
    difficulty: float, attention: float, expected: float
) -> None:
    """The probability to be right is c * accuracy + (1 - c) / K with c = attention * (1 - difficulty)."""
    answers = ask(UniformErrors(accuracy=0.9), question(difficulty=difficulty), attention=attention)

    assert is_plausible(answers["cat"], expected)


MATRIX = [[0.7, 0.3, 0.0], [0.1, 0.8, 0.1], [0.0, 0.5, 0.5]]


@pytest.mark.parametrize("row", range(3), ids=LABELS)
def test_a_confusion_matrix_gives_the_shares_of_its_row(row: int) -> None:
    """Rows are right labels, columns are answers."""
    answers = ask(ConfusedAnswers(LABELS, MATRIX), question(LABELS[row]))

    assert all(is_plausible(answers[label], share) for label, share in zip(LABELS, MATRIX[row], strict=True))


@pytest.mark.parametrize(
    "matrix",
    [
        pytest.param([[1.0, 0.0], [0.0, 1.0]], id="too small"),
        pytest.param([[0.5, 0.0, 0.0], [0, 1, 0], [0, 0, 1]], id="a row sums to a half"),
        pytest.param([[1.5, -0.5, 0.0], [0, 1, 0], [0, 0, 1]], id="a negative share"),
    ],
)
def test_a_matrix_that_is_no_confusion_matrix_is_refused(matrix: list[list[float]]) -> None:
    """It must be square in the labels and its rows distributions."""
    with pytest.raises(InvalidInput):
        ConfusedAnswers(LABELS, matrix)


def test_position_bias_takes_the_position_in_its_share_and_else_answers_as_before() -> None:
    """A worker of accuracy 0.9 with a bias of 0.4 towards a wrong first label is right in 0.6 * 0.9."""
    biased = PositionBias(otherwise=UniformErrors(accuracy=0.9), share=0.4, position=2)

    answers = ask(biased, question())

    assert is_plausible(answers["cat"], 0.6 * 0.9)
    assert is_plausible(answers["crow"], 0.4 + 0.6 * 0.05)


@pytest.mark.parametrize(("position", "label"), [(0, "cat"), (1, "dog"), (9, "crow")])
def test_always_the_same_position(position: int, label: str) -> None:
    """A position that is not there counts as the last."""
    assert ask(AlwaysPosition(position=position), question()) == {label: COUNT}


def test_random_clicks_are_spread_over_all_labels() -> None:
    """Whatever is right, each label is as likely as the next."""
    answers = ask(RandomClicks(), question())

    assert all(is_plausible(answers[label], 1 / 3) for label in LABELS)


def test_replayed_answers_are_those_of_the_person_and_no_others() -> None:
    """A person without an answer has none, however obvious it is."""
    person = ReplayedAnswers(labels={"1": "crow"})
    other = Question(key="2", field="choice", labels=LABELS, right="cat")

    assert ask(person, question()) == {"crow": COUNT}
    assert person.can_answer(question())
    assert not person.can_answer(other)


@pytest.mark.parametrize(
    "model", [UniformErrors(accuracy=0.9), ConfusedAnswers(LABELS, MATRIX)], ids=["accuracy", "confusion"]
)
def test_a_model_that_errs_by_the_truth_needs_it(model: AnswerModel) -> None:
    """Without a right label the page cannot be answered."""
    assert model.can_answer(question())
    assert not model.can_answer(question(None))


@given(seed=st.integers(0, 2**32), accuracy=st.floats(0, 1), attention=st.floats(0, 1))
def test_the_same_generator_brings_the_same_answers(seed: int, accuracy: float, attention: float) -> None:
    """All chance comes from the generator."""
    model = PositionBias(otherwise=UniformErrors(accuracy=accuracy), share=0.2)
    first, second = np.random.default_rng(seed), np.random.default_rng(seed)

    answers = [model.answer(question(), first, attention=attention) for _ in range(20)]

    assert answers == [model.answer(question(), second, attention=attention) for _ in range(20)]


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_shares_outside_0_to_1_are_refused(share: float) -> None:
    """Percent are a common slip."""
    with pytest.raises(InvalidInput):
        UniformErrors(accuracy=share)
    with pytest.raises(InvalidInput):
        PositionBias(otherwise=RandomClicks(), share=share)
