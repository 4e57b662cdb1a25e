"""What happened on a platform, in order."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .assignments import Assignment
from .ids import PoolId, TaskId
from .pool import CloseReason

__all__ = ["Event", "EventKind"]


class EventKind(StrEnum):
    """The kinds of events."""

    #: A worker took a page.
    TAKEN = "taken"
    #: A worker submitted a page.
    SUBMITTED = "submitted"
    #: A page was accepted.
    ACCEPTED = "accepted"
    #: A page was rejected.
    REJECTED = "rejected"
    #: A worker gave a page back.
    SKIPPED = "skipped"
    #: A page was not submitted in time.
    EXPIRED = "expired"
    #: A pool began to issue pages.
    POOL_OPENED = "pool_opened"
    #: A pool stopped issuing pages.
    POOL_CLOSED = "pool_closed"
    #: No more answers are wanted to a task whose overlap grows.
    OVERLAP_COMPLETED = "overlap_completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes:
        position: its place in the platform's order, rising; also the cursor to read on from.
        assignment: the page concerned, in a state at least as new as the event; None for events of pools and tasks.
        close_reason: why the pool was closed; None for other events.
        task_id: the task concerned; None for events of pools and pages.
    """

    position: int
    kind: EventKind
    at: datetime
    pool_id: PoolId
    assignment: Assignment | None = None
    close_reason: CloseReason | None = None
    task_id: TaskId | None = None
