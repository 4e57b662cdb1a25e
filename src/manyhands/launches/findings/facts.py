"""What can be known of a launch from its tasks and pages alone: progress, agreement, confidence, workers, control tasks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np

from manyhands.crowd import Assignment, AssignmentStatus, IssuedTask, Solution, Task, TaskId, TaskKind, Values, WorkerId
from manyhands.launches import Belief
from manyhands.quality import evaluate_page
from manyhands.results import ExpectedAccuracy, expected_accuracy, krippendorff_alpha
from manyhands.task import make_class
from manyhands.truth import top_labels

from .scheme import Scheme

__all__ = [
    "AnswerFact",
    "ControlAnswer",
    "ControlFact",
    "LaunchFacts",
    "ObjectFact",
    "WorkerFact",
    "is_right",
    "read_facts",
]

_LEAST_LABELS = 2
#: A control task is suspicious when so many good workers answered it, and most of them not as it says.
_LEAST_GOOD_ANSWERS = 3
_GOOD_SHARE = 0.7
_JUDGED_WRONG_SHARE = 0.5
_IN_HAND = frozenset({AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED})
_JUDGED = frozenset({AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact:
    """One answer to one task; `label` is None where it is none of the labels."""

    worker_id: WorkerId
    values: Values
    label: str | None
    status: AssignmentStatus
    submitted: datetime | None


@dataclass(slots=True, kw_only=True)
class ObjectFact:
    """An object with its answers; `label` and `confidence` come from accepted answers and are None before the first."""

    task: Task
    answers: list[AnswerFact] = field(default_factory=list)
    in_hand_count: int = 0
    label: str | None = None
    confidence: float | None = None

    @property
    def is_finished(self) -> bool:
        """Whether no more answers are wanted or on their way."""
        return self.task.remaining_overlap == 0 and self.in_hand_count == 0

    @property
    def accepted(self) -> list[AnswerFact]:
        """The accepted answers, in order of submission."""
        return [answer for answer in self.answers if answer.status is AssignmentStatus.ACCEPTED]


@dataclass(slots=True, kw_only=True)
class WorkerFact:
    """A worker in one launch; `task_seconds` are the seconds per task of each submitted page."""

    worker_id: WorkerId
    pages: Counter[AssignmentStatus] = field(default_factory=Counter)
    control_count: int = 0
    control_right_count: int = 0
    task_seconds: list[float] = field(default_factory=list)
    last_seen: datetime | None = None

    @property
    def control_accuracy(self) -> float | None:
        """Share of right answers to control tasks; None before the first."""
        return self.control_right_count / self.control_count if self.control_count else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAnswer:
    """An answer to a control task; `is_by_good` tells whether its worker is right on most of the other ones."""

    worker_id: WorkerId
    values: Values
    label: str | None
    status: AssignmentStatus
    submitted: datetime | None
    is_right: bool
    is_by_good: bool = False


@dataclass(slots=True, kw_only=True)
class ControlFact:
    """A control task and how it was answered."""

    task: IssuedTask
    label: str | None
    answers: list[ControlAnswer] = field(default_factory=list)
    is_suspicious: bool = False

    @property
    def right_count(self) -> int:
        """Right answers."""
        return sum(answer.is_right for answer in self.answers)

    @property
    def right_share(self) -> float:
        """Share of right answers; 1 before the first."""
        return self.right_count / len(self.answers) if self.answers else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchFacts:
    """A launch at one moment.

    Attributes:
        scheme: how the answers were read.
        labels: the labels, in order.
        started: when the first page was taken.
        agreement: share of pairs of accepted answers to the same object that are equal; None before the first pair.
        alpha: Krippendorff's alpha, the agreement beyond that of chance; None where it is undefined.
        belief: what the answers say of objects and workers; None while fewer than two labels are known.
    """

    scheme: Scheme
    labels: tuple[str, ...]
    objects: dict[TaskId, ObjectFact]
    workers: dict[WorkerId, WorkerFact]
    controls: dict[TaskId, ControlFact]
    pages: Counter[AssignmentStatus]
    started: datetime | None
    agreement: float | None
    alpha: float | None
    belief: Belief | None

    @property
    def finished_count(self) -> int:
        """Objects that want no more answers."""
        return sum(fact.is_finished for fact in self.objects.values())

    @property
    def answer_count(self) -> int:
        """Accepted answers to objects."""
        return sum(number * count for number, count in self.overlaps.items())

    @property
    def overlaps(self) -> Counter[int]:
        """Accepted answers per object → number of objects."""
        return Counter(len(fact.accepted) for fact in self.objects.values())

    @property
    def confidences(self) -> list[float]:
        """Probability of the label of every answered object."""
        return [fact.confidence for fact in self.objects.values() if fact.confidence is not None]

    @property
    def confidence(self) -> float | None:
        """Mean probability of the labels of answered objects; None before the first."""
        found = self.confidences
        return sum(found) / len(found) if found else None

    @property
    def control_accuracy(self) -> float | None:
        """Share of right answers to control tasks; None before the first."""
        total = sum(worker.control_count for worker in self.workers.values())
        return sum(worker.control_right_count for worker in self.workers.values()) / total if total else None

    @property
    def expected_accuracy(self) -> ExpectedAccuracy | None:
        """What the control tasks let expect of the labels of objects; None before the first answers."""
        answers = [(len(control.answers), control.right_count) for control in self.controls.values()]
        return expected_accuracy(answers, self.overlaps)

    @property
    def confusion(self) -> Counter[tuple[str, str]]:
        """Answers to control tasks on pages that were not rejected: (right label, answered label) → number."""
        return Counter(
            (control.label, answer.label)
            for control in self.controls.values()
            for answer in control.answers
            if control.label is not None and answer.label is not None and answer.status is not AssignmentStatus.REJECTED
        )

    @property
    def task_seconds(self) -> list[float]:
        """Seconds per task of every submitted page."""
        return [seconds for worker in self.workers.values() for seconds in worker.task_seconds]


def read_facts(tasks: Iterable[Task], pages: Iterable[Assignment], scheme: Scheme | None = None) -> LaunchFacts:
    """Return what tasks and pages of one pool tell. Cost: one pass over both, and one final aggregation of the answers.

    Args:
        tasks: the tasks of the pool; those that are not real are known from the pages.
        pages: the pages of the pool, in any order.
        scheme: how answers are read; None means as those of a pool that nobody launched.
    """
    read = _Reader(scheme or Scheme(), tasks)
    for page in sorted(pages, key=lambda page: (page.submitted or page.created, page.id)):
        read.page(page)
    _flag(read.controls, read.workers)
    labels = read.scheme.labels or tuple(sorted(read.seen_labels))
    belief = _believe(read, labels) if len(labels) >= _LEAST_LABELS else None
    return LaunchFacts(
        scheme=read.scheme,
        labels=labels,
        objects=read.objects,
        workers=read.workers,
        controls=read.controls,
        pages=read.counts,
        started=read.started,
        agreement=_agreement(read.objects.values()),
        alpha=_alpha(read.objects.values(), labels),
        belief=belief,
    )


def is_right(task: IssuedTask, values: Values) -> bool:
    """Return whether an answer to a control task is one of its known solutions."""
    return any(
        known.weight > 0 and all(values.get(name) == value for name, value in known.output_values.items())
        for known in task.known_solutions
    )


class _Reader:
    """Takes pages in, one after the other."""

    def __init__(self, scheme: Scheme, tasks: Iterable[Task]) -> None:
        self.scheme = scheme
        self.objects = {task.id: ObjectFact(task=task) for task in tasks if task.kind is TaskKind.REAL}
        self.workers: dict[WorkerId, WorkerFact] = {}
        self.controls: dict[TaskId, ControlFact] = {}
        self.counts: Counter[AssignmentStatus] = Counter()
        self.started: datetime | None = None
        self.seen_labels: set[str] = set()
        self.judged: list[Assignment] = []

    def page(self, page: Assignment) -> None:
        """Take a page in."""
        self.counts[page.status] += 1
        self.started = page.created if self.started is None else min(self.started, page.created)
        if page.status in _JUDGED:
            self.judged.append(page)
        worker = self.workers.setdefault(page.worker_id, WorkerFact(worker_id=page.worker_id))
        _note_page(worker, page)
        solutions: Sequence[Solution | None] = page.solutions or [None] * len(page.tasks)
        for task, solution in zip(page.tasks, solutions, strict=True):
            if task.kind is TaskKind.REAL and task.id in self.objects:
                self._note_object(self.objects[task.id], page, solution)
            elif task.kind is TaskKind.CONTROL and solution is not None:
                self._note_control(task, page, solution, worker)

    def _note_object(self, fact: ObjectFact, page: Assignment, solution: Solution | None) -> None:
        fact.in_hand_count += page.status in _IN_HAND
        if solution is None:
            return
        answer = AnswerFact(
            worker_id=page.worker_id,
            values=solution.output_values,
            label=self._label(solution.output_values),
            status=page.status,
            submitted=page.submitted,
        )
        fact.answers.append(answer)

    def _note_control(self, task: IssuedTask, page: Assignment, solution: Solution, worker: WorkerFact) -> None:
        fact = self.controls.get(task.id)
        if fact is None:
            known = task.known_solutions[0].output_values if task.known_solutions else {}
            fact = self.controls[task.id] = ControlFact(task=task, label=self._label(known) if known else None)
        was_right = is_right(task, solution.output_values)
        answer = ControlAnswer(
            worker_id=page.worker_id,
            values=solution.output_values,
            label=self._label(solution.output_values),
            status=page.status,
            submitted=page.submitted,
            is_right=was_right,
        )
        fact.answers.append(answer)
        worker.control_count += 1
        worker.control_right_count += was_right

    def _label(self, values: Values) -> str | None:
        label = self.scheme.label_of(values)
        if label is not None:
            self.seen_labels.add(label)
        return label


def _note_page(worker: WorkerFact, page: Assignment) -> None:
    worker.pages[page.status] += 1
    seen = page.submitted or page.created
    worker.last_seen = seen if worker.last_seen is None else max(worker.last_seen, seen)
    if page.duration is not None and page.tasks:
        worker.task_seconds.append(page.duration / timedelta(seconds=1) / len(page.tasks))


def _flag(controls: Mapping[TaskId, ControlFact], workers: Mapping[WorkerId, WorkerFact]) -> None:
    for fact in controls.values():
        fact.answers = [_weighed(answer, workers[answer.worker_id]) for answer in fact.answers]
        verdicts = [answer.is_right for answer in fact.answers if answer.is_by_good]
        wrong_count = verdicts.count(False)
        fact.is_suspicious = len(verdicts) >= _LEAST_GOOD_ANSWERS and wrong_count > len(verdicts) * _JUDGED_WRONG_SHARE


def _weighed(answer: ControlAnswer, worker: WorkerFact) -> ControlAnswer:
    # The task must not testify for itself: its own answer is left out.
    count, right_count = worker.control_count - 1, worker.control_right_count - answer.is_right
    is_good = count > 0 and right_count / count >= _GOOD_SHARE
    return ControlAnswer(
        worker_id=answer.worker_id,
        values=answer.values,
        label=answer.label,
        status=answer.status,
        submitted=answer.submitted,
        is_right=answer.is_right,
        is_by_good=is_good,
    )


def _agreement(objects: Iterable[ObjectFact]) -> float | None:
    pair_count = equal_count = 0
    for fact in objects:
        counts = Counter(answer.label for answer in fact.accepted)
        total = counts.total()
        pair_count += total * (total - 1) // 2
        equal_count += sum(count * (count - 1) // 2 for count in counts.values())
    return equal_count / pair_count if pair_count else None


def _alpha(objects: Iterable[ObjectFact], labels: Sequence[str]) -> float | None:
    numbers = {label: number for number, label in enumerate(labels)}
    answered = [fact for fact in objects if fact.answers]
    counts = np.zeros((len(answered), max(len(labels), 1)), dtype=np.int64)
    for place, fact in enumerate(answered):
        for answer in fact.accepted:
            if answer.label is not None:
                counts[place, numbers[answer.label]] += 1
    return krippendorff_alpha(counts)


def _believe(read: _Reader, labels: Sequence[str]) -> Belief:
    """Return what the answers say, as the launch itself would conclude at its end, and write label and confidence into the objects."""
    numbers = {label: number for number, label in enumerate(labels)}
    positions = {task_id: position for position, task_id in enumerate(read.objects)}
    controls = {task_id: number for number, task_id in enumerate(read.controls)}
    belief = Belief(
        read.scheme.algorithm,
        list(make_class(labels)),
        object_count=len(positions),
        control_labels=[None if fact.label is None else numbers.get(fact.label) for fact in read.controls.values()],
    )
    for page in read.judged:
        belief.add_evaluation(page, evaluate_page(page))
        if page.status is not AssignmentStatus.ACCEPTED:
            continue
        answers, checked = [], []
        for task, solution in zip(page.tasks, page.solutions, strict=True):
            label = numbers.get(read.scheme.label_of(solution.output_values) or "")
            if label is not None and task.id in positions:
                answers.append((positions[task.id], label))
            elif label is not None and task.id in controls:
                checked.append((controls[task.id], label))
        belief.add_answers(page.worker_id, answers)
        belief.add_control_answers(page.worker_id, checked)
    belief.refresh(is_final=True)
    _conclude(read.objects.values(), belief, labels)
    return belief


def _conclude(objects: Iterable[ObjectFact], belief: Belief, labels: Sequence[str]) -> None:
    probabilities = belief.probabilities()
    known = ~np.isnan(probabilities[:, 0])
    chosen = top_labels(np.nan_to_num(probabilities))
    for position, fact in enumerate(objects):
        if known[position]:
            fact.label = labels[int(chosen[position])]
            fact.confidence = float(probabilities[position, chosen[position]])
