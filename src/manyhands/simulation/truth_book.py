"""What the right answers are: from the values that a worker sees to the label that is right."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from manyhands.crowd import Values
from manyhands.errors import InvalidData, NotFound
from manyhands.task import ClassMeta, ControlObject, InputObjects, ObjectMeta, TaskMapping

__all__ = ["Label", "Question", "TruthBook", "visible_key", "visible_values"]

_SORTED_JSON = msgspec.json.Encoder(order="sorted")

#: A value that an output field may have.
Label = str | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A task as a simulated worker thinks of it.

    Attributes:
        key: the task by what is seen of it, see `visible_key`.
        field: the output field that takes the answer.
        labels: what may be answered, in the order in which it is shown.
        right: the right answer; None if nobody knows it.
        difficulty: share of answers, in [0, 1], in which even a good worker can only guess.
    """

    key: str
    field: str
    labels: tuple[Label, ...]
    right: Label | None = None
    difficulty: float = 0.0


class TruthBook:
    """The questions that simulated workers may meet, found by the values that they see on a page.

    Example:
        >>> book = TruthBook.from_values([({"text": "2 + 2 = 4"}, "yes")], field="choice", labels=("yes", "no"))
        >>> book.get_question({"text": "2 + 2 = 4"}).right
        'yes'
    """

    def __init__(self, questions: Iterable[Question] = ()) -> None:
        self._questions = {question.key: question for question in questions}

    @classmethod
    def from_values(
        cls, rows: Iterable[tuple[Values, Label | None]], *, field: str, labels: Sequence[Label]
    ) -> "TruthBook":
        """Return the book of (visible input values, right label) rows; a label of None is not known.

        Args:
            rows: hidden input fields must be left out, as workers do not see them.
            field: the output field that takes the answer.
            labels: what may be answered, in the order in which it is shown.

        Raises:
            InvalidData: a right label is not among `labels`, or tasks that look the same have different right labels.
        """
        return cls._checked(
            Question(key=visible_key(values), field=field, labels=tuple(labels), right=right) for values, right in rows
        )

    @classmethod
    def from_objects(cls, mapping: TaskMapping, solved: Iterable[ControlObject]) -> "TruthBook":
        """Return the book of (input objects, solution) pairs, such as control objects, with the labels that a worker is offered for each.

        Raises:
            InvalidData: objects do not fit the mapping, or tasks that look the same have different solutions.
        """
        return cls._checked(_to_question(mapping, pair) for pair in solved)

    @classmethod
    def _checked(cls, questions: Iterable[Question]) -> "TruthBook":
        entered: dict[str, Question] = {}
        problems = []
        for number, question in enumerate(questions):
            if question.right is not None and question.right not in question.labels:
                problems.append(f"row {number}: expected one of {list(question.labels)}, found {question.right!r}")
            elif entered.setdefault(question.key, question) != question:
                problems.append(
                    f"row {number}: {question.right!r} is right, but {entered[question.key].right!r} was right before"
                )
        if problems:
            raise InvalidData("The rows do not make a truth book.", problems)
        return cls(entered.values())

    def with_difficulty(self, difficulty: Callable[[Question], float] | Mapping[str, float]) -> "TruthBook":
        """Return the same book with a difficulty in [0, 1] for each question, by a function or by key."""
        of = difficulty if callable(difficulty) else lambda question: difficulty.get(question.key, 0.0)
        return TruthBook(replace(question, difficulty=of(question)) for question in self._questions.values())

    def get_question(self, input_values: Values) -> Question:
        """Return the question behind these visible input values.

        Raises:
            NotFound: it is not in the book.
        """
        key = visible_key(input_values)
        if key not in self._questions:
            message = f"A simulated worker was given the task {key[:120]}, which its truth book does not have; expected every task of the pool"
            raise NotFound(f"{message}, by exactly the values that are shown to workers: add it.")
        return self._questions[key]

    def __or__(self, other: "TruthBook") -> "TruthBook":
        """Return a book with the questions of both; where both have one, that of `other`."""
        return TruthBook([*self._questions.values(), *other._questions.values()])

    def __len__(self) -> int:
        return len(self._questions)

    def __iter__(self) -> Iterator[Question]:
        return iter(self._questions.values())


def visible_key(input_values: Values) -> str:
    """Return a text that is the same for equal visible input values, in whatever order; absent and None are the same.

    Example:
        >>> visible_key({"b": 1, "a": "x", "c": None})
        '{"a":"x","b":1}'
    """
    present = {name: value for name, value in input_values.items() if value is not None}
    return _SORTED_JSON.encode(present).decode()


def visible_values(mapping: TaskMapping, objects: InputObjects) -> dict[str, object]:
    """Return the field values of input objects as workers see them: without hidden fields.

    Raises:
        InvalidData: the objects do not fit the mapping.
    """
    hidden = {name for name, spec in mapping.input_spec.items() if spec.hidden}
    return {name: value for name, value in mapping.input_values(objects).items() if name not in hidden}


def _to_question(mapping: TaskMapping, solved: ControlObject) -> Question:
    objects, solution = solved
    output = mapping.outputs[0]
    right = mapping.output_values(solution)[output.name]
    return Question(
        key=visible_key(visible_values(mapping, objects)),
        field=output.name,
        labels=_offered_labels(output.argument.meta, mapping.input_values(objects)),
        right=right if isinstance(right, bool) else str(right),
    )


def _offered_labels(meta: ObjectMeta, values: Values) -> tuple[Label, ...]:
    if not isinstance(meta, ClassMeta):
        return ()
    offered = meta.type.possible_instances() if meta.available_labels is None else meta.available_labels.choose(values)
    return tuple(label.value for label in offered)
