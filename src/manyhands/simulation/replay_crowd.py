"""Real answers to tasks that are handed out anew."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from manyhands.crowd import WorkerId

from .recorded_crowd import RecordedAnswer, RecordedCrowd
from .truth_book import Label, Question
from .workers import Routine, SimulatedWorker, spawn_generator

__all__ = ["GivenAnswer", "ReplayCrowd"]

#: People among whom a repeated answer is drawn: near enough in accuracy, and not always the same one.
_NEAREST_COUNT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """A real answer that was given again.

    Attributes:
        worker: who gave it in the simulation.
        answer: whose it really was, to which question, and what it was.
        is_repeated: whether it may have been given before, see `ReplayCrowd`.
    """

    worker: WorkerId
    answer: RecordedAnswer
    is_repeated: bool


class ReplayCrowd:
    """Workers with the ids of real people, who give real answers to whatever page they get.

    On our platform people get other pages than they got when the answers were recorded. So when a worker answers a task,

    1. they give their own answer, if that person answered the task and the answer was not given yet;
    2. otherwise the answer of the person nearest to them in measured accuracy among those who answered the task and whose answer was not given yet
       (ties in a seeded order).

    So every answer to a task is a real answer to that task, each given at most once, and good people tend to give the answers of good people. When
    all answers to a task are used up, workers give its page back. Two exceptions, marked in `given`: tasks in `repeatable`, such as control tasks,
    which every worker may get: there a worker without an answer of their own gives that of one of the three nearest people, as often as
    needed; and with `is_endless` the answers of a task that are used up are given once more from the beginning. Without `is_endless` one such task
    keeps its whole page unanswered, so switch it on for launches that may ask for more answers than were recorded.

    Args:
        recorded: who answered what.
        seed: decides ties and repeated answers.
        repeatable: keys of the questions whose answers may be given more than once, see `visible_key`.
        is_endless: whether answers that are used up are given again.

    Attributes:
        recorded: who answered what.
        given: the answers given so far, in order, with whose they really were.

    Example:
        >>> from manyhands.simulation import TruthBook, visible_key
        >>> truth = TruthBook.from_values([({"n": 1}, "odd")], field="parity", labels=("odd", "even"))
        >>> answer = RecordedAnswer(key=visible_key({"n": 1}), person=WorkerId("ann"), label="odd")
        >>> crowd = ReplayCrowd(RecordedCrowd(truth, [answer]), 7)
        >>> [worker.id for worker in crowd.workers()]
        ['ann']
    """

    def __init__(
        self, recorded: RecordedCrowd, seed: int, *, repeatable: Collection[str] = (), is_endless: bool = False
    ) -> None:
        self.given: list[GivenAnswer] = []
        self.recorded = recorded
        self._seed = seed
        self._repeatable = frozenset(repeatable)
        self._is_endless = is_endless
        self._unused: dict[str, list[RecordedAnswer]] = {}
        self._begun_again: set[str] = set()

    def workers(self, count: int | None = None, *, routine: Routine | None = None) -> list[SimulatedWorker]:
        """Return `count` of the people, drawn without replacement in proportion to the answers they gave; None means everybody.

        In most records a few people gave most of the answers, while all workers of a simulation work alike: a smaller crowd is nearer to the record.

        Args:
            count: at most the number of people.
            routine: what is the same for all of them.
        """
        people, routine = self.recorded.list_people(), routine or Routine()
        if count is not None and count < len(people):
            weights = np.array([len(self.recorded.list_answers_of(person)) for person in people], dtype=np.float64)
            chance = spawn_generator(self._seed, "people")
            places = chance.choice(len(people), size=count, replace=False, p=weights / weights.sum())
            people = [people[place] for place in sorted(places)]
        return [routine.employ(person, _DrawnAnswers(self, person)) for person in people]

    def has_answer(self, key: str) -> bool:
        """Return whether there is an answer left to the question of this key."""
        return bool(self._left(key))

    def draw(self, key: str, worker: WorkerId, *, rng: np.random.Generator) -> RecordedAnswer:
        """Take an answer for a worker, who must be one of the people; see the class for whose it is."""
        is_repeatable = key in self._repeatable
        left = self._left(key)
        own = next((answer for answer in left if answer.person == worker), None)
        if own is None:
            nearest = sorted(left, key=lambda answer: self._distance(answer.person, worker))
            own = nearest[int(rng.random() * min(_NEAREST_COUNT, len(nearest)))] if is_repeatable else nearest[0]
        if not is_repeatable:
            left.remove(own)
        self.given.append(GivenAnswer(worker=worker, answer=own, is_repeated=is_repeatable or key in self._begun_again))
        return own

    def _left(self, key: str) -> list[RecordedAnswer]:
        if key not in self._unused:
            self._unused[key] = self._shuffled(key)
        elif not self._unused[key] and self._is_endless:
            self._begun_again.add(key)
            self._unused[key] = self._shuffled(key)
        return self._unused[key]

    def _shuffled(self, key: str) -> list[RecordedAnswer]:
        answers = self.recorded.list_answers_to(key)
        return [answers[place] for place in spawn_generator(self._seed, "order", key).permutation(len(answers))]

    def _distance(self, person: WorkerId, other: WorkerId) -> float:
        return abs(self.recorded.get_accuracy(person) - self.recorded.get_accuracy(other))


@dataclass(frozen=True, slots=True)
class _DrawnAnswers:
    """The answer model of one person of a `ReplayCrowd`."""

    crowd: ReplayCrowd
    person: WorkerId

    def can_answer(self, question: Question) -> bool:
        """Return whether an answer is left."""
        return self.crowd.has_answer(question.key)

    def answer(self, question: Question, rng: np.random.Generator, *, attention: float) -> Label:  # noqa: ARG002 - people were as tired as they were
        """Return the person's answer, or that of somebody like them."""
        return self.crowd.draw(question.key, self.person, rng=rng).label
