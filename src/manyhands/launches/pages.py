"""The pages of a launch: who has which, in which state, and what happened to it since it was last seen."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, WorkerId

__all__ = ["Pages"]

_SUBMITTED_ONCE = (AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED)


class Pages:
    """Remembers the last state in which each page was seen, and the counts that follow from it."""

    def __init__(self) -> None:
        self._statuses: dict[AssignmentId, AssignmentStatus] = {}
        self._counts: Counter[AssignmentStatus] = Counter()
        self._in_review: dict[AssignmentId, datetime | None] = {}
        self._workers: set[WorkerId] = set()
        self.task_durations: list[float] = []

    @property
    def counts(self) -> Mapping[AssignmentStatus, int]:
        """Number of pages by state, states without pages included."""
        return {status: self._counts[status] for status in AssignmentStatus}

    @property
    def active_count(self) -> int:
        """Pages in workers' hands."""
        return self._counts[AssignmentStatus.ACTIVE]

    @property
    def unjudged_count(self) -> int:
        """Pages submitted and not judged."""
        return len(self._in_review)

    def has_in_review(self, *, submitted_by: datetime | None) -> bool:
        """Return whether a page that was submitted until a moment (None: at any time) waits to be judged."""
        if submitted_by is None:
            return bool(self._in_review)
        return any(moment is None or moment <= submitted_by for moment in self._in_review.values())

    def is_in_review(self, assignment_id: AssignmentId) -> bool:
        """Return whether the page was last seen submitted and not judged."""
        return assignment_id in self._in_review

    @property
    def worker_count(self) -> int:
        """Workers who took a page."""
        return len(self._workers)

    @property
    def mean_task_duration(self) -> timedelta | None:
        """Mean time per task on submitted pages; None before the first."""
        if not self.task_durations:
            return None
        return timedelta(seconds=sum(self.task_durations) / len(self.task_durations))

    def see(self, assignment: Assignment) -> AssignmentStatus | None:
        """Take note of a page and return the state in which it was seen before; None when it is new."""
        before = self._statuses.get(assignment.id)
        self._statuses[assignment.id] = assignment.status
        self._counts[assignment.status] += 1
        if assignment.status is AssignmentStatus.SUBMITTED:
            self._in_review[assignment.id] = assignment.submitted
        else:
            self._in_review.pop(assignment.id, None)
        if before is None:
            self._workers.add(assignment.worker_id)
        else:
            self._counts[before] -= 1
        if before not in _SUBMITTED_ONCE and assignment.duration is not None:
            self.task_durations.append(assignment.duration.total_seconds() / max(1, len(assignment.tasks)))
        return before
