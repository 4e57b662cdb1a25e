"""Webhooks: who wants to be told of events at which address, and what is on its way there."""

from dataclasses import dataclass, field
from datetime import datetime

from .events import EventKind
from .ids import AssignmentId, PoolId, ProjectId, TaskId, TaskSuiteId, WebhookId
from .pool import CloseReason

__all__ = ["Delivery", "ToldEvent", "Webhook", "WebhookDraft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDraft:
    """A webhook to be made; one of the same pool, event type and address is replaced.

    Attributes:
        url: where notifications go.
        event_type: what is told, in the requester's words.
        kind: the events that are meant; None for none of ours, so that nothing is ever told.
        pool_id: where they happen.
        secret: what notifications are signed with; None leaves them unsigned.
    """

    url: str
    event_type: str
    kind: EventKind | None
    pool_id: PoolId
    secret: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A webhook, without its secret.

    Attributes:
        stopped: since when nothing is sent any more, because nothing arrived for too long; None while it works.
    """

    id: WebhookId
    url: str
    event_type: str
    pool_id: PoolId
    created: datetime
    stopped: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """An event as a webhook tells it; its `uuid` is the same in every attempt to tell it."""

    uuid: str
    at: datetime
    project_id: ProjectId
    pool_id: PoolId
    assignment_id: AssignmentId | None = None
    task_suite_id: TaskSuiteId | None = None
    task_id: TaskId | None = None
    close_reason: CloseReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Events on their way to a webhook, oldest first; nobody else delivers to it until the lease ends.

    Attributes:
        lease: who delivers; unlike any other delivery's.
        position: of the last event that is dealt with when this has arrived.
    """

    webhook_id: WebhookId
    url: str = field(repr=False)
    event_type: str
    secret: str | None = field(repr=False)
    events: tuple[ToldEvent, ...]
    lease: str
    position: int
