"""Recorded answers: who answered what, and how well."""

import numpy as np
import pytest

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidData
from manyhands.simulation import RecordedAnswer, RecordedCrowd, TruthBook, visible_key

TRUTH = TruthBook.from_values(
    [({"n": n}, "odd" if n % 2 else "even") for n in range(10)], field="parity", labels=("odd", "even")
)


def recorded(person: str, n: int, label: str) -> RecordedAnswer:
    """Return one recorded answer."""
    return RecordedAnswer(key=visible_key({"n": n}), person=WorkerId(person), label=label)


def small_crowd() -> RecordedCrowd:
    """Return two people: ann, who is always right, and bob, who answers little and is wrong."""
    ann = [recorded("ann", n, "odd" if n % 2 else "even") for n in range(10)]
    return RecordedCrowd(TRUTH, [recorded("bob", 1, "even"), recorded("bob", 2, "odd"), *ann])


def test_people_are_listed_with_the_most_active_first() -> None:
    """Ann answered ten, bob two."""
    assert small_crowd().list_people() == ["ann", "bob"]


def test_accuracy_is_measured_against_the_truth_and_drawn_towards_that_of_all() -> None:
    """Two wrong answers are not enough to call somebody always wrong: five answers at the pooled 10/12 are added."""
    crowd = small_crowd()

    assert crowd.get_accuracy(WorkerId("ann")) == pytest.approx((10 + 5 * 10 / 12) / 15)
    assert crowd.get_accuracy(WorkerId("bob")) == pytest.approx((0 + 5 * 10 / 12) / 7)


def test_who_answered_and_who_did_not() -> None:
    """For `reserved_for` and `unavailable_for` of the tasks to be published."""
    crowd = small_crowd()

    assert crowd.people_who_answered({"n": 1}) == {"ann", "bob"}
    assert crowd.people_who_did_not_answer({"n": 3}) == {"bob"}
    assert crowd.people_who_answered({"n": 99}) == frozenset()


def test_strict_workers_have_their_real_id_and_only_their_own_answers() -> None:
    """Bob gives his wrong answer to 1 and has none to 3."""
    bob = small_crowd().strict_workers([WorkerId("bob")])[0]
    one, three = TRUTH.get_question({"n": 1}), TRUTH.get_question({"n": 3})

    assert bob.id == "bob"
    assert bob.answers.answer(one, np.random.default_rng(7), attention=1.0) == "even"
    assert not bob.answers.can_answer(three)


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([recorded("ann", 99, "odd")], id="unknown question"),
        pytest.param([recorded("ann", 1, "prime")], id="unknown label"),
        pytest.param([recorded("ann", 1, "odd"), recorded("ann", 1, "odd")], id="answered twice"),
    ],
)
def test_answers_that_fit_no_question_are_refused(answers: list[RecordedAnswer]) -> None:
    """A wrong row in a dataset is named instead of replayed."""
    with pytest.raises(InvalidData, match="ann"):
        RecordedCrowd(TRUTH, answers)
