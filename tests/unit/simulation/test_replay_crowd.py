"""Replayed people: real answers only, each at most once, own ones first."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import WorkerId
from manyhands.simulation import RecordedAnswer, RecordedCrowd, ReplayCrowd, SimulatedWorker, TruthBook, visible_key

LABELS = ("odd", "even")
#: Person → share of the ten questions, from the first, that they answer right; nobody answers the last two but ann.
RIGHT_COUNTS = {"ann": 10, "ben": 8, "cleo": 6, "dan": 2, "eve": 0}
TRUTH = TruthBook.from_values([({"n": n}, LABELS[n % 2]) for n in range(10)], field="parity", labels=LABELS)


def key(n: int) -> str:
    """Return the key of a question."""
    return visible_key({"n": n})


def small_crowd(**options: object) -> ReplayCrowd:
    """Return five people of falling accuracy."""
    answers = [
        RecordedAnswer(key=key(n), person=WorkerId(person), label=LABELS[(n + (n >= right_count)) % 2])
        for person, right_count in RIGHT_COUNTS.items()
        for n in range(10 if person == "ann" else 8)
    ]
    return ReplayCrowd(RecordedCrowd(TRUTH, answers), 7, **options)  # type: ignore[arg-type]  # passed on as they are


def ask(worker: SimulatedWorker, n: int) -> object:
    """Return the worker's answer."""
    return worker.answers.answer(TRUTH.get_question({"n": n}), np.random.default_rng(7), attention=1.0)


def by_name(crowd: ReplayCrowd) -> dict[str, SimulatedWorker]:
    """Return the workers by their id."""
    return {worker.id: worker for worker in crowd.workers()}


@given(st.lists(st.tuples(st.sampled_from(sorted(RIGHT_COUNTS)), st.integers(0, 9)), max_size=60))
def test_every_answer_is_real_and_given_at_most_once(asked: list[tuple[str, int]]) -> None:
    """Whoever takes whichever task in whatever order."""
    crowd = small_crowd()
    workers = by_name(crowd)

    for person, n in asked:
        if workers[person].answers.can_answer(TRUTH.get_question({"n": n})):
            ask(workers[person], n)

    given_away = Counter((given.answer.key, given.answer.person) for given in crowd.given)
    real = {answer.key: answer for n in range(10) for answer in crowd.recorded.list_answers_to(key(n))}
    assert set(given_away.values()) <= {1}
    assert all(given.answer in crowd.recorded.list_answers_to(given.answer.key) for given in crowd.given)
    assert {given.answer.key for given in crowd.given} <= set(real)
    assert not any(given.is_repeated for given in crowd.given)


@pytest.mark.parametrize("person", sorted(RIGHT_COUNTS))
def test_a_person_gives_their_own_answer_while_it_is_there(person: str) -> None:
    """The real id with the real answer."""
    crowd = small_crowd()

    ask(by_name(crowd)[person], 3)

    assert [(given.worker, given.answer.person) for given in crowd.given] == [(person, person)]


def test_otherwise_the_answer_of_the_nearest_person_is_given() -> None:
    """Cleo asked again and again gives her own answer, then those of others by distance in accuracy."""
    crowd = small_crowd()
    cleo = by_name(crowd)["cleo"]

    for _ in range(5):
        ask(cleo, 3)

    people = [given.answer.person for given in crowd.given]
    distances = [abs(crowd.recorded.get_accuracy(person) - crowd.recorded.get_accuracy(cleo.id)) for person in people]
    assert people[0] == "cleo"
    assert sorted(people) == sorted(RIGHT_COUNTS)
    assert distances == sorted(distances)


def test_when_the_answers_are_used_up_nobody_can_answer() -> None:
    """Only ann answered the last question."""
    crowd = small_crowd()
    ask(by_name(crowd)["eve"], 9)

    assert crowd.given[0].answer.person == "ann"
    assert not by_name(crowd)["ann"].answers.can_answer(TRUTH.get_question({"n": 9}))


def test_an_endless_crowd_begins_again_and_says_so() -> None:
    """For launches that may ask for more answers than there are."""
    crowd = small_crowd(is_endless=True)
    ann = by_name(crowd)["ann"]

    for _ in range(3):
        ask(ann, 9)

    assert [given.is_repeated for given in crowd.given] == [False, True, True]


def test_repeatable_questions_are_answered_as_often_as_asked() -> None:
    """Control tasks go to everybody: who answered gives their own answer, others that of one of the three nearest."""
    crowd = small_crowd(repeatable=[key(9), key(3)])
    workers = by_name(crowd)

    for _ in range(20):
        ask(workers["eve"], 9)
        ask(workers["dan"], 3)

    assert {(given.worker, given.answer.person) for given in crowd.given} == {("eve", "ann"), ("dan", "dan")}
    assert all(given.is_repeated for given in crowd.given)


def test_repeated_answers_come_from_several_people() -> None:
    """A worker without an answer of their own is not the shadow of one person."""
    answers = [
        RecordedAnswer(key=key(n), person=WorkerId(f"person {number}"), label="odd")
        for number in range(6)
        for n in ([1] if number else [3])
    ]
    crowd = ReplayCrowd(RecordedCrowd(TRUTH, answers), 7, repeatable=[key(1)])
    stranger = by_name(crowd)["person 0"]
    rng = np.random.default_rng(7)

    for _ in range(60):
        stranger.answers.answer(TRUTH.get_question({"n": 1}), rng, attention=1.0)

    assert len({given.answer.person for given in crowd.given}) == 3


def test_a_smaller_crowd_is_drawn_by_activity() -> None:
    """The seed decides who comes, each person at most once."""
    crowd = small_crowd()

    drawn = [worker.id for worker in crowd.workers(3)]

    assert len(set(drawn)) == 3
    assert drawn == [worker.id for worker in small_crowd().workers(3)]
    assert len(crowd.workers(99)) == 5
