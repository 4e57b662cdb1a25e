"""What a worker's control answers say about the worker."""

from dataclasses import dataclass

from manyhands.crowd import Assignment, AssignmentId, WorkerId

from .evaluation import PageEvaluation

__all__ = ["ControlHistory", "WorkerRecord"]

#: Right and wrong answers that everybody is given to begin with, so that nobody has weight 0 or 1.
_SMOOTHING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerRecord:
    """How many control answers a worker has given, and how many were right.

    Example:
        >>> WorkerRecord(correct_count=2, total_count=2).weight
        0.8333333333333334
    """

    correct_count: int = 0
    total_count: int = 0

    @property
    def weight(self) -> float:
        """How far the worker is trusted, in (0, 1): the share of right control answers, drawn towards one half."""
        return (self.correct_count + _SMOOTHING) / (self.total_count + 2 * _SMOOTHING)


class ControlHistory:
    """The control answers of all workers of a launch, page by page.

    Accepted and rejected pages both count, those rejected for their speed too.

    Example:
        >>> ControlHistory().weight(WorkerId("somebody new"))
        0.5
    """

    def __init__(self) -> None:
        self._pages: dict[AssignmentId, PageEvaluation] = {}
        self._records: dict[WorkerId, WorkerRecord] = {}

    def add(self, assignment: Assignment, evaluation: PageEvaluation) -> WorkerRecord:
        """Count a page and return the worker's record; a page added again replaces what was counted for it."""
        before = self._pages.get(assignment.id, PageEvaluation(correct_count=0, control_count=0))
        record = self.record(assignment.worker_id)
        self._pages[assignment.id] = evaluation
        self._records[assignment.worker_id] = WorkerRecord(
            correct_count=record.correct_count - before.correct_count + evaluation.correct_count,
            total_count=record.total_count - before.control_count + evaluation.control_count,
        )
        return self._records[assignment.worker_id]

    def record(self, worker_id: WorkerId) -> WorkerRecord:
        """Return the worker's record, an empty one for a worker without pages."""
        return self._records.get(worker_id, WorkerRecord())

    def weight(self, worker_id: WorkerId) -> float:
        """Return how far the worker is trusted; one half for a worker without control answers."""
        return self.record(worker_id).weight

    def weights(self) -> dict[WorkerId, float]:
        """Return the weight of every worker with a page, in order of their first page."""
        return {worker_id: record.weight for worker_id, record in self._records.items()}
