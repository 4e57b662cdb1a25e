"""What real people answered to a set of tasks."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from manyhands.crowd import Values, WorkerId
from manyhands.errors import InvalidData

from .answers import ReplayedAnswers
from .truth_book import Label, TruthBook, visible_key
from .workers import Routine, SimulatedWorker

__all__ = ["RecordedAnswer", "RecordedCrowd"]

#: Answers at the accuracy of all that a person's own answers are mixed with, so that three lucky answers do not make an expert.
_PRIOR_ANSWER_COUNT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """The label that a person gave to the question of this key, see `visible_key`."""

    key: str
    person: WorkerId
    label: Label


class RecordedCrowd:
    """The answers of real people to the questions of a truth book.

    Args:
        truth: the questions, with what experts say where it is known.
        answers: what people answered, in the order in which ties are broken.

    Raises:
        InvalidData: an answer belongs to no question, is none of its labels, or is the person's second to the same question.

    Example:
        >>> truth = TruthBook.from_values([({"n": 1}, "odd"), ({"n": 2}, "even")], field="choice", labels=("odd", "even"))
        >>> answer = RecordedAnswer(key=visible_key({"n": 1}), person=WorkerId("ann"), label="odd")
        >>> RecordedCrowd(truth, [answer]).people_who_answered({"n": 1})
        frozenset({'ann'})
    """

    def __init__(self, truth: TruthBook, answers: Iterable[RecordedAnswer]) -> None:
        self.truth = truth
        self._by_person: dict[WorkerId, dict[str, Label]] = defaultdict(dict)
        self._by_key: dict[str, list[RecordedAnswer]] = defaultdict(list)
        questions = {question.key: question for question in truth}
        problems = []
        for answer in answers:
            question = questions.get(answer.key)
            if question is None or answer.label not in question.labels:
                problems.append(
                    f"{answer.person} answered {answer.label!r} to {answer.key[:80]}; expected a known question and one of its labels"
                )
            elif answer.key in self._by_person[answer.person]:
                problems.append(f"{answer.person} answered {answer.key[:80]} twice; expected one answer")
            else:
                self._by_person[answer.person][answer.key] = answer.label
                self._by_key[answer.key].append(answer)
        if problems:
            raise InvalidData("The recorded answers do not fit their questions.", problems)
        self._accuracies = _measure(self._by_person, {key: question.right for key, question in questions.items()})

    def list_people(self) -> list[WorkerId]:
        """Return everybody who answered, those with most answers first, then in the order of their first answer."""
        return sorted(self._by_person, key=lambda person: -len(self._by_person[person]))

    def list_answers_to(self, key: str) -> list[RecordedAnswer]:
        """Return the answers to the question of this key, in the order of recording."""
        return list(self._by_key.get(key, ()))

    def list_answers_of(self, person: WorkerId) -> dict[str, Label]:
        """Return key → label for the questions that this person answered."""
        return dict(self._by_person.get(person, {}))

    def get_accuracy(self, person: WorkerId) -> float:
        """Return the share of the person's answers, in [0, 1], that agree with the experts, drawn a little towards that of all."""
        return self._accuracies[person]

    def people_who_answered(self, input_values: Values) -> frozenset[WorkerId]:
        """Return who answered the task of these visible input values: for `TaskDraft.reserved_for`."""
        return frozenset(answer.person for answer in self._by_key.get(visible_key(input_values), ()))

    def people_who_did_not_answer(self, input_values: Values) -> frozenset[WorkerId]:
        """Return the people of this crowd who did not answer the task: for `TaskDraft.unavailable_for`."""
        return frozenset(self._by_person) - self.people_who_answered(input_values)

    def strict_workers(
        self, people: Collection[WorkerId] | None = None, *, routine: Routine | None = None
    ) -> list[SimulatedWorker]:
        """Return workers who only answer what they really answered, and give other pages back.

        A page holds several tasks, so publish the tasks with `people_who_answered` as `reserved_for` (or the complement as `unavailable_for`):
        otherwise hardly a page is answered.

        Args:
            people: whom to return; None means everybody.
            routine: what is the same for all of them.
        """
        routine = routine or Routine()
        return [
            routine.employ(person, ReplayedAnswers(labels=self.list_answers_of(person)))
            for person in (self.list_people() if people is None else people)
        ]


def _measure(
    by_person: Mapping[WorkerId, Mapping[str, Label]], right: Mapping[str, Label | None]
) -> dict[WorkerId, float]:
    scores = {
        person: [label == right[key] for key, label in labels.items() if right[key] is not None]
        for person, labels in by_person.items()
    }
    total_count = sum(len(score) for score in scores.values())
    pooled = sum(sum(score) for score in scores.values()) / total_count if total_count else 0.5
    return {
        person: (sum(score) + _PRIOR_ANSWER_COUNT * pooled) / (len(score) + _PRIOR_ANSWER_COUNT)
        for person, score in scores.items()
    }
