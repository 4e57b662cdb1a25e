"""What can be known of a launch from its tasks and pages alone: progress, agreement, confidence, workers, control tasks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from manyhands.crowd import Assignment, AssignmentStatus, IssuedTask, Solution, Task, TaskId, TaskKind, WorkerId
from manyhands.truth import Answers, DawidSkene

__all__ = ["AnswerFact", "ControlFact", "LaunchFacts", "ObjectFact", "WorkerFact", "is_right", "read_facts"]

#: Answers per label that every worker is assumed to have given as all workers together did; the same as in launches.
_SHRINKAGE = 2.0
_LEAST_LABELS = 2
#: A control task is suspicious when so many good workers answered it, and most of them not as it says.
_LEAST_GOOD_ANSWERS = 3
_GOOD_SHARE = 0.7
_JUDGED_WRONG_SHARE = 0.5
_IN_HAND = frozenset({AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact:
    """One answer to one task."""

    worker_id: WorkerId
    values: Mapping[str, Any]
    status: AssignmentStatus
    submitted: datetime | None


@dataclass(slots=True, kw_only=True)
class ObjectFact:
    """An object with its answers; `label` and `confidence` come from accepted answers and are None before the first.

    Attributes:
        is_finished: no more answers are wanted, and nobody has the object in hand or in review.
    """

    task: Task
    answers: list[AnswerFact] = field(default_factory=list)
    in_hand_count: int = 0
    label: Mapping[str, Any] | None = None
    confidence: float | None = None

    @property
    def is_finished(self) -> bool:
        """Whether no more answers are wanted or on their way."""
        return self.task.remaining_overlap == 0 and self.in_hand_count == 0


@dataclass(slots=True, kw_only=True)
class WorkerFact:
    """A worker in one launch; `task_seconds` are the mean seconds per task of submitted pages."""

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


@dataclass(slots=True, kw_only=True)
class ControlFact:
    """A control task and how it was answered."""

    task: IssuedTask
    answers: list[tuple[WorkerId, Mapping[str, Any]]] = field(default_factory=list)
    right_count: int = 0
    is_suspicious: bool = False

    @property
    def right_share(self) -> float:
        """Share of right answers; 1 before the first."""
        return self.right_count / len(self.answers) if self.answers else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchFacts:
    """A launch at one moment.

    Attributes:
        agreement: share of pairs of accepted answers to the same object that are equal; None before the first pair.
        confidence: mean probability of the most probable label, by Dawid-Skene over accepted answers; None before the first.
    """

    objects: dict[TaskId, ObjectFact]
    workers: dict[WorkerId, WorkerFact]
    controls: dict[TaskId, ControlFact]
    pages: Counter[AssignmentStatus]
    started: datetime | None
    agreement: float | None
    confidence: float | None

    @property
    def finished_count(self) -> int:
        """Objects that want no more answers."""
        return sum(fact.is_finished for fact in self.objects.values())

    @property
    def answer_count(self) -> int:
        """Accepted answers to objects."""
        return sum(len(_accepted(fact)) for fact in self.objects.values())

    @property
    def control_accuracy(self) -> float | None:
        """Share of right answers to control tasks; None before the first."""
        total = sum(worker.control_count for worker in self.workers.values())
        return sum(worker.control_right_count for worker in self.workers.values()) / total if total else None


def read_facts(tasks: Iterable[Task], pages: Iterable[Assignment]) -> LaunchFacts:
    """Return what tasks and pages of one pool tell. Cost: one pass over both, and one Dawid-Skene fit."""
    objects = {task.id: ObjectFact(task=task) for task in tasks if task.kind is TaskKind.REAL}
    workers: dict[WorkerId, WorkerFact] = {}
    controls: dict[TaskId, ControlFact] = {}
    counts: Counter[AssignmentStatus] = Counter()
    started: datetime | None = None
    for page in pages:
        counts[page.status] += 1
        started = page.created if started is None else min(started, page.created)
        worker = workers.setdefault(page.worker_id, WorkerFact(worker_id=page.worker_id))
        _note_page(worker, page)
        _note_tasks(page, worker, objects=objects, controls=controls)
    _flag(controls, workers)
    _conclude(objects, controls)
    confidences = [fact.confidence for fact in objects.values() if fact.confidence is not None]
    return LaunchFacts(
        objects=objects,
        workers=workers,
        controls=controls,
        pages=counts,
        started=started,
        agreement=_agreement(objects.values()),
        confidence=sum(confidences) / len(confidences) if confidences else None,
    )


def _note_page(worker: WorkerFact, page: Assignment) -> None:
    worker.pages[page.status] += 1
    seen = page.submitted or page.created
    worker.last_seen = seen if worker.last_seen is None else max(worker.last_seen, seen)
    if page.duration is not None and page.tasks:
        worker.task_seconds.append(page.duration / timedelta(seconds=1) / len(page.tasks))


def _note_tasks(
    page: Assignment,
    worker: WorkerFact,
    *,
    objects: Mapping[TaskId, ObjectFact],
    controls: dict[TaskId, ControlFact],
) -> None:
    solutions: Sequence[Solution | None] = page.solutions or [None] * len(page.tasks)
    for task, solution in zip(page.tasks, solutions, strict=True):
        if task.kind is TaskKind.REAL and task.id in objects:
            _note_object(objects[task.id], page, solution)
        elif task.kind is TaskKind.CONTROL and solution is not None:
            fact = controls.setdefault(task.id, ControlFact(task=task))
            fact.answers.append((page.worker_id, solution.output_values))
            was_right = is_right(task, solution.output_values)
            fact.right_count += was_right
            worker.control_count += 1
            worker.control_right_count += was_right


def _note_object(fact: ObjectFact, page: Assignment, solution: Solution | None) -> None:
    fact.in_hand_count += page.status in _IN_HAND
    if solution is not None:
        answer = AnswerFact(
            worker_id=page.worker_id, values=solution.output_values, status=page.status, submitted=page.submitted
        )
        fact.answers.append(answer)


def is_right(task: IssuedTask, values: Mapping[str, Any]) -> bool:
    """Return whether an answer to a control task is one of its known solutions."""
    return any(
        known.weight > 0 and all(values.get(name) == value for name, value in known.output_values.items())
        for known in task.known_solutions
    )


def _flag(controls: Mapping[TaskId, ControlFact], workers: Mapping[WorkerId, WorkerFact]) -> None:
    for fact in controls.values():
        verdicts = [
            is_right(fact.task, values) for worker, values in fact.answers if _is_good(workers[worker], fact, values)
        ]
        wrong_count = verdicts.count(False)
        fact.is_suspicious = len(verdicts) >= _LEAST_GOOD_ANSWERS and wrong_count > len(verdicts) * _JUDGED_WRONG_SHARE


def _is_good(worker: WorkerFact, fact: ControlFact, values: Mapping[str, Any]) -> bool:
    # The task must not testify for itself: its own answer is left out.
    count = worker.control_count - 1
    right_count = worker.control_right_count - is_right(fact.task, values)
    return count > 0 and right_count / count >= _GOOD_SHARE


def _accepted(fact: ObjectFact) -> list[AnswerFact]:
    return [answer for answer in fact.answers if answer.status is AssignmentStatus.ACCEPTED]


def _agreement(objects: Iterable[ObjectFact]) -> float | None:
    pair_count = equal_count = 0
    for fact in objects:
        counts = Counter(_name(answer.values) for answer in _accepted(fact))
        total = counts.total()
        pair_count += total * (total - 1) // 2
        equal_count += sum(count * (count - 1) // 2 for count in counts.values())
    return equal_count / pair_count if pair_count else None


def _conclude(objects: Mapping[TaskId, ObjectFact], controls: Mapping[TaskId, ControlFact]) -> None:
    """Write label and confidence into every object with an accepted answer."""
    answered = [(fact, accepted) for fact in objects.values() if (accepted := _accepted(fact))]
    labels: dict[bytes, int] = {}
    values: list[Mapping[str, Any]] = []
    workers: dict[WorkerId, int] = {}
    rows: list[tuple[int, int, int]] = []

    def number(given: Mapping[str, Any]) -> int:
        name = _name(given)
        if name not in labels:
            labels[name] = len(values)
            values.append(given)
        return labels[name]

    for place, (_, accepted) in enumerate(answered):
        rows += [
            (place, workers.setdefault(answer.worker_id, len(workers)), number(answer.values)) for answer in accepted
        ]
    known: dict[int, int] = {}
    for place, control in enumerate(controls.values(), start=len(answered)):
        known[place] = number(control.task.known_solutions[0].output_values)
        rows += [(place, workers.setdefault(worker, len(workers)), number(given)) for worker, given in control.answers]
    if not answered or len(labels) < _LEAST_LABELS:
        return
    answers = Answers.from_rows(rows, label_count=len(labels))
    posterior = DawidSkene(shrinkage=_SHRINKAGE).fit(answers, known_labels=known)
    chosen, confidences = posterior.labels().tolist(), posterior.confidences().tolist()
    for place, (fact, _) in enumerate(answered):
        fact.label, fact.confidence = values[chosen[place]], confidences[place]


def _name(values: Mapping[str, Any]) -> bytes:
    return msgspec.json.encode(values, order="deterministic")
