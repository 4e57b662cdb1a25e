"""The story of one object: who answered what and when, how sure the launch was then, why it asked again, and what it cost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, Bonus, Money, TaskId, TaskKind, WorkerId
from manyhands.launches import Params
from manyhands.quality import DynamicOverlap, answers_wanted

from .facts import LaunchFacts

__all__ = ["ObjectStory", "Step", "StepKind", "tell_object"]


class StepKind(StrEnum):
    """What followed from a page for the object on it."""

    #: The page is in work or in review.
    OPEN = "open"
    #: The page brought no answer, so its place was given to somebody else.
    RETURNED = "returned"
    #: The answer was rejected, so another one was asked for.
    REJECTED = "rejected"
    #: Fewer answers than every object gets: more were asked for.
    TOO_FEW = "too few"
    #: The label was not sure enough: one more was asked for.
    UNSURE = "unsure"
    #: The label was sure enough, or there were as many answers as wanted.
    ENOUGH = "enough"
    #: The label was not sure enough, but no object gets more answers.
    LIMIT = "limit"
    #: The answer was accepted; nobody wrote down how many were wanted.
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One page with the object on it.

    Attributes:
        task_seconds: time on the page divided by its tasks; None before it was submitted.
        judged: when it was accepted, rejected, given back or expired.
        label: what was answered; None without an answer.
        alone: how probable the label would be by this answer alone, by what is known of the worker now; None without a known label.
        probabilities: of each label after this and all earlier accepted answers, by what is known of the workers now; empty where the answer
            does not count.
        needed: the confidence that was asked for; None where none was.
        cost: its part of what the page cost, in US dollars: the price is shared by the objects on the page.
    """

    assignment_id: AssignmentId
    worker_id: WorkerId
    status: AssignmentStatus
    kind: StepKind
    taken: datetime
    submitted: datetime | None
    judged: datetime | None
    task_seconds: float | None
    label: str | None
    alone: float | None
    probabilities: Mapping[str, float]
    needed: float | None
    cost: float
    public_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectStory:
    """The pages with one object, in the order in which they counted; `cost` is in US dollars."""

    steps: Sequence[Step]

    @property
    def cost(self) -> float:
        """What the object cost so far."""
        return sum(step.cost for step in self.steps)


def tell_object(
    task_id: TaskId,
    facts: LaunchFacts,
    pages: Iterable[Assignment],
    *,
    fee: Callable[[Money], Money],
    bonuses: Iterable[Bonus] = (),
) -> ObjectStory:
    """Return the story of one object.

    Args:
        task_id: which.
        facts: the launch.
        pages: its pages.
        fee: what the platform keeps on top of a reward or bonus.
        bonuses: what was paid beside.
    """
    paid: dict[AssignmentId | None, Money] = {}
    for bonus in bonuses:
        paid[bonus.assignment_id] = paid.get(bonus.assignment_id, Money()) + bonus.amount + fee(bonus.amount)
    with_it = [page for page in pages if any(task.id == task_id for task in page.tasks)]
    steps = [
        _step(task_id, facts, page, cost=_cost(page, fee, paid.get(page.id, Money())))
        for page in sorted(with_it, key=lambda page: (_end(page) or page.submitted or page.created, page.id))
    ]
    return ObjectStory(steps=_judged(steps, facts))


def _step(task_id: TaskId, facts: LaunchFacts, page: Assignment, *, cost: float) -> Step:
    place = next(place for place, task in enumerate(page.tasks) if task.id == task_id)
    label = facts.scheme.label_of(page.solutions[place].output_values) if page.solutions else None
    return Step(
        assignment_id=page.id,
        worker_id=page.worker_id,
        status=page.status,
        kind=StepKind.OPEN,
        taken=page.created,
        submitted=page.submitted,
        judged=_end(page),
        task_seconds=None if page.duration is None else page.duration.total_seconds() / len(page.tasks),
        label=label,
        alone=_alone(facts, page.worker_id, label),
        probabilities={},
        needed=None,
        cost=cost,
        public_comment=page.public_comment,
    )


def _judged(steps: Sequence[Step], facts: LaunchFacts) -> list[Step]:
    """Return the steps with what was known after each of them, and what followed."""
    numbers = {label: number for number, label in enumerate(facts.labels)}
    counted = [step for step in steps if _counts(step, facts)]
    answers = [(step.worker_id, numbers[step.label or ""]) for step in counted]
    traces = facts.belief.trace(answers) if facts.belief is not None else []
    known = {
        step.assignment_id: dict(zip(facts.labels, map(float, trace), strict=True))
        for step, trace in zip(counted, traces, strict=True)
    }
    judged: list[Step] = []
    accepted_count = 0
    for step in steps:
        accepted_count += step.status is AssignmentStatus.ACCEPTED
        judged.append(_followed(step, known.get(step.assignment_id, {}), accepted_count, facts.scheme.params))
    return judged


def _followed(step: Step, probabilities: Mapping[str, float], accepted_count: int, params: Params | None) -> Step:
    match step.status:
        case AssignmentStatus.ACTIVE | AssignmentStatus.SUBMITTED:
            return step
        case AssignmentStatus.SKIPPED | AssignmentStatus.EXPIRED:
            return replace(step, kind=StepKind.RETURNED)
        case AssignmentStatus.REJECTED:
            return replace(step, kind=StepKind.REJECTED)
    if params is None:
        return replace(step, kind=StepKind.ACCEPTED, probabilities=probabilities)
    top = max(probabilities, key=lambda label: probabilities[label], default=None)
    confidence = probabilities.get(top or "", 0.0)
    overlap = params.overlap
    needed = overlap.required_confidence(top) if isinstance(overlap, DynamicOverlap) and top is not None else None
    wanted = answers_wanted(overlap, accepted_count, label=top, confidence=confidence)
    if wanted:
        kind = StepKind.TOO_FEW if accepted_count < overlap.min_overlap else StepKind.UNSURE
    else:
        kind = StepKind.ENOUGH if needed is None or confidence >= needed else StepKind.LIMIT
    return replace(step, kind=kind, probabilities=probabilities, needed=needed)


def _counts(step: Step, facts: LaunchFacts) -> bool:
    return step.status is AssignmentStatus.ACCEPTED and step.label in facts.labels and facts.belief is not None


def _alone(facts: LaunchFacts, worker_id: WorkerId, label: str | None) -> float | None:
    if facts.belief is None or label not in facts.labels or label is None:
        return None
    number = facts.labels.index(label)
    (trace,) = facts.belief.trace([(worker_id, number)])
    return float(trace[number])


def _end(page: Assignment) -> datetime | None:
    return page.accepted or page.rejected or page.skipped or page.expired


def _cost(page: Assignment, fee: Callable[[Money], Money], bonus: Money) -> float:
    if page.status is not AssignmentStatus.ACCEPTED:
        return 0.0
    shares = sum(task.kind is TaskKind.REAL for task in page.tasks)
    return float(page.reward + fee(page.reward) + bonus) / max(shares, 1)
