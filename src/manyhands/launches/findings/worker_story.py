"""The story of one worker in a launch: how right, how quick, how well paid, and how much of one mind with the others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, Bonus, Money, TaskKind, WorkerId

from .facts import LaunchFacts, is_right

__all__ = ["WorkerPage", "WorkerStory", "tell_worker"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPage:
    """One page of the worker.

    Attributes:
        task_seconds: time on the page divided by its tasks; None before it was submitted.
        control_count: control tasks on it that were answered.
        right_count: those answered right.
        accuracy_so_far: share of right answers to control tasks up to this page; None before the first.
        reward: US dollars, paid only where the page is accepted; bonuses included.
    """

    assignment_id: AssignmentId
    status: AssignmentStatus
    taken: datetime
    submitted: datetime | None
    task_seconds: float | None
    control_count: int
    right_count: int
    accuracy_so_far: float | None
    reward: float
    public_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerStory:
    """A worker in one launch.

    Attributes:
        pages: in order of taking.
        weight: how far the aggregation trusts the worker, in [0, 1]; None where it does not weigh workers.
        says: label → how probable it is by one such answer of this worker alone; empty where that is not known.
        agreement: share of pairs of an accepted answer of this worker and one of another to the same object that are equal; None before the
            first pair.
        label_agreement: share of the worker's accepted answers that are the label the object has now; None before the first.
        confusion: answers to control tasks: (right label, answered label) → number.
        earned: US dollars on accepted pages, bonuses included.
        hours: time on submitted pages.
    """

    worker_id: WorkerId
    pages: Sequence[WorkerPage]
    weight: float | None
    says: Mapping[str, float]
    agreement: float | None
    label_agreement: float | None
    confusion: Mapping[tuple[str, str], int]
    earned: float
    hours: float

    @property
    def hourly(self) -> float | None:
        """US dollars per hour on submitted pages; None before the first."""
        return self.earned / self.hours if self.hours else None


def tell_worker(
    worker_id: WorkerId, facts: LaunchFacts, pages: Iterable[Assignment], *, bonuses: Iterable[Bonus] = ()
) -> WorkerStory:
    """Return the story of one worker.

    Args:
        worker_id: which.
        facts: the launch.
        pages: its pages.
        bonuses: what was paid beside.
    """
    own = sorted((page for page in pages if page.worker_id == worker_id), key=lambda page: (page.created, page.id))
    paid: Counter[AssignmentId | None] = Counter()
    for bonus in bonuses:
        paid[bonus.assignment_id] += bonus.amount.units
    told = _pages(own, paid)
    durations = [page.duration for page in own if page.duration is not None]
    weights = None if facts.belief is None else facts.belief.worker_weights()
    return WorkerStory(
        worker_id=worker_id,
        pages=told,
        weight=None if weights is None else weights.get(worker_id),
        says=_says(worker_id, facts),
        agreement=_agreement(worker_id, facts),
        label_agreement=_label_agreement(worker_id, facts),
        confusion=_confusion(worker_id, facts),
        earned=sum(page.reward for page in told if page.status is AssignmentStatus.ACCEPTED),
        hours=sum(durations, timedelta(0)) / timedelta(hours=1),
    )


def _pages(own: Sequence[Assignment], paid: Mapping[AssignmentId | None, int]) -> list[WorkerPage]:
    told: list[WorkerPage] = []
    control_count = right_count = 0
    for page in own:
        checks = [
            is_right(task, solution.output_values)
            for task, solution in zip(page.tasks, page.solutions, strict=False)
            if task.kind is TaskKind.CONTROL
        ]
        control_count, right_count = control_count + len(checks), right_count + sum(checks)
        told.append(
            WorkerPage(
                assignment_id=page.id,
                status=page.status,
                taken=page.created,
                submitted=page.submitted,
                task_seconds=None if page.duration is None else page.duration.total_seconds() / len(page.tasks),
                control_count=len(checks),
                right_count=sum(checks),
                accuracy_so_far=right_count / control_count if control_count else None,
                reward=float(page.reward + Money.from_units(paid.get(page.id, 0))),
                public_comment=page.public_comment,
            )
        )
    return told


def _says(worker_id: WorkerId, facts: LaunchFacts) -> dict[str, float]:
    if facts.belief is None:
        return {}
    return {
        label: float(facts.belief.trace([(worker_id, number)])[0][number]) for number, label in enumerate(facts.labels)
    }


def _agreement(worker_id: WorkerId, facts: LaunchFacts) -> float | None:
    pair_count = equal_count = 0
    for fact in facts.objects.values():
        accepted = fact.accepted
        own = next((answer.label for answer in accepted if answer.worker_id == worker_id), None)
        if own is not None:
            pair_count += len(accepted) - 1
            equal_count += sum(answer.label == own for answer in accepted) - 1
    return equal_count / pair_count if pair_count else None


def _label_agreement(worker_id: WorkerId, facts: LaunchFacts) -> float | None:
    equal = [
        answer.label == fact.label
        for fact in facts.objects.values()
        for answer in fact.accepted
        if answer.worker_id == worker_id and fact.label is not None
    ]
    return sum(equal) / len(equal) if equal else None


def _confusion(worker_id: WorkerId, facts: LaunchFacts) -> Counter[tuple[str, str]]:
    return Counter(
        (control.label, answer.label)
        for control in facts.controls.values()
        for answer in control.answers
        if answer.worker_id == worker_id and control.label is not None and answer.label is not None
    )
