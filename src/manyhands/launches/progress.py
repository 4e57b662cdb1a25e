"""How a launch is doing, at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from manyhands.crowd import AssignmentStatus, Budget, Money

from .states import LaunchState, StopReason

__all__ = ["ConfusionCount", "Progress"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfusionCount:
    """How often workers answered `answer` to control tasks whose right label is `truth`."""

    truth: str
    answer: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A launch at one moment.

    Attributes:
        name: the name of the launch.
        state: where it is.
        stop_reason: why it ended early; None otherwise.
        object_count: input objects.
        finished_count: objects that want no more answers.
        given_up_count: objects whose attempts are used up.
        answer_count: accepted answers to objects.
        pages: number of pages by state.
        worker_count: workers who took a page.
        restriction_count: restrictions that the launch gave.
        paid: rewards, bonuses and fees paid.
        reserved: money promised to pages in work or in review.
        budget: the budget with its ceiling; None without one.
        mean_task_duration: mean time per task on submitted pages; None before the first.
        task_durations: seconds per task of every submitted page, in the order in which the launch saw them.
        duration_hint: the expected time for one task.
        confidences: probability of the most probable label per answered object, in order of the objects.
        overlaps: accepted answers per object → number of objects.
        confusion: answers to control tasks by right label.
        started: when the first page was taken; None before.
        idle_since: since when answers are wanted, but nobody has a page in hand or in review; None while somebody works or nothing is wanted. Long
            idleness means that no worker may take a page any more: all are restricted, filtered out, or have seen every control task.
        eta: when it will be over if it goes on as it did; None when that cannot be said.
        problem: what went wrong last, such as a bonus that the budget does not cover; empty when nothing did.
    """

    name: str
    state: LaunchState
    stop_reason: StopReason | None = None
    object_count: int
    finished_count: int
    given_up_count: int = 0
    answer_count: int
    pages: Mapping[AssignmentStatus, int]
    worker_count: int
    restriction_count: int = 0
    paid: Money
    reserved: Money
    budget: Budget | None = None
    mean_task_duration: timedelta | None = None
    task_durations: tuple[float, ...] = ()
    duration_hint: timedelta
    confidences: tuple[float, ...] = ()
    overlaps: Mapping[int, int]
    confusion: tuple[ConfusionCount, ...] = ()
    started: datetime | None = None
    idle_since: datetime | None = None
    eta: datetime | None = None
    problem: str = ""

    @property
    def completion(self) -> float:
        """Share of objects that want no more answers, in [0, 1]; 1 for a launch without objects."""
        return self.finished_count / self.object_count if self.object_count else 1.0

    @property
    def mean_overlap(self) -> float:
        """Accepted answers per object; 0 for a launch without objects."""
        return self.answer_count / self.object_count if self.object_count else 0.0

    @property
    def mean_confidence(self) -> float | None:
        """Mean probability of the most probable label over answered objects; None before the first answer."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else None

    @property
    def control_accuracy(self) -> float | None:
        """Share of right answers to control tasks; None before the first."""
        total = sum(cell.count for cell in self.confusion)
        right = sum(cell.count for cell in self.confusion if cell.truth == cell.answer)
        return right / total if total else None
