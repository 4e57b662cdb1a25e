"""Webhooks: who wants to be told of what, and how it is told."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from manyhands.crowd import AssignmentId, CloseReason, EventKind, PoolId, ProjectId, TaskId

from .kinds import list_of
from .mirrors import decode_mirror, encode_mirror, mirror_of
from .problems import ProblemCode
from .reading import Kind, Place, Reader

__all__ = [
    "EVENT_TYPES",
    "SIGNATURE_HEADER",
    "PushErrorType",
    "PushResult",
    "WebhookEvent",
    "WebhookEventType",
    "WebhookForm",
    "WebhookSubscription",
    "decode_webhook_events",
    "decode_webhook_forms",
    "decode_webhook_subscription",
    "encode_push_result",
    "encode_webhook_events",
    "encode_webhook_form",
    "encode_webhook_subscription",
    "sign_notification",
]

#: Proves that a notification comes from the platform.
SIGNATURE_HEADER = "Toloka-Signature"
_SIGNATURE_VERSION = 1


class WebhookEventType(StrEnum):
    """What happened."""

    #: A worker took a page.
    ASSIGNMENT_CREATED = "ASSIGNMENT_CREATED"
    #: A worker submitted a page.
    ASSIGNMENT_SUBMITTED = "ASSIGNMENT_SUBMITTED"
    #: A worker gave a page back.
    ASSIGNMENT_SKIPPED = "ASSIGNMENT_SKIPPED"
    #: A page was not submitted in time.
    ASSIGNMENT_EXPIRED = "ASSIGNMENT_EXPIRED"
    #: A page was accepted.
    ASSIGNMENT_APPROVED = "ASSIGNMENT_APPROVED"
    #: A page was rejected.
    ASSIGNMENT_REJECTED = "ASSIGNMENT_REJECTED"
    #: A pool was closed.
    POOL_CLOSED = "POOL_CLOSED"
    #: A task needs no more overlap.
    DYNAMIC_OVERLAP_COMPLETED = "DYNAMIC_OVERLAP_COMPLETED"
    #: Somebody tests the subscription.
    TEST_EVENT = "TEST_EVENT"


#: Our events that the API tells of.
EVENT_TYPES: Mapping[EventKind, WebhookEventType] = {
    EventKind.TAKEN: WebhookEventType.ASSIGNMENT_CREATED,
    EventKind.SUBMITTED: WebhookEventType.ASSIGNMENT_SUBMITTED,
    EventKind.SKIPPED: WebhookEventType.ASSIGNMENT_SKIPPED,
    EventKind.EXPIRED: WebhookEventType.ASSIGNMENT_EXPIRED,
    EventKind.ACCEPTED: WebhookEventType.ASSIGNMENT_APPROVED,
    EventKind.REJECTED: WebhookEventType.ASSIGNMENT_REJECTED,
    EventKind.POOL_CLOSED: WebhookEventType.POOL_CLOSED,
    EventKind.OVERLAP_COMPLETED: WebhookEventType.DYNAMIC_OVERLAP_COMPLETED,
}


class PushErrorType(StrEnum):
    """Why a notification did not arrive."""

    #: No connection.
    CONNECTION_ERROR = "CONNECTION_ERROR"
    #: A defect of the platform.
    INTERNAL_ERROR = "INTERNAL_ERROR"
    #: No answer in time.
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
    #: Too many connections.
    TOO_MANY_CONNECTIONS = "TOO_MANY_CONNECTIONS"
    #: Something else.
    UNKNOWN = "UNKNOWN"
    #: An answer that says no.
    WRONG_STATUS_CODE = "WRONG_STATUS_CODE"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookForm:
    """A subscription to be made; with the same event, pool and URL it replaces the one that is there.

    Attributes:
        webhook_url: where notifications go.
        event_type: what is told.
        pool_id: where it happens.
        secret_key: what notifications are signed with.
    """

    webhook_url: str
    event_type: WebhookEventType
    pool_id: PoolId
    secret_key: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSubscription:
    """A subscription, without its secret."""

    id: str
    created: datetime | None = None
    webhook_url: str
    event_type: WebhookEventType
    pool_id: PoolId
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookEvent:
    """Something that happened, as it is told.

    Attributes:
        uuid: of the event; the same for every attempt to tell it.
        webhook_subscription_id: who wanted to know.
        event_time: when it happened.
        type: what happened.
        project_id: where.
        pool_id: where.
        assignment_id: of the page concerned.
        task_suite_id: of the page's task suite.
        task_id: of the task that needs no more overlap.
        close_reason: why the pool was closed.
        foreign: what else the API says.
    """

    uuid: str
    webhook_subscription_id: str
    event_time: datetime
    type: WebhookEventType
    project_id: ProjectId | None = None
    pool_id: PoolId | None = None
    assignment_id: AssignmentId | None = None
    task_suite_id: str | None = None
    task_id: TaskId | None = None
    close_reason: CloseReason | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushResult:
    """What became of a test notification."""

    success: bool
    response_received_at: datetime | None = field(default=None, metadata={"name": "responseReceivedAt"})
    error_type: PushErrorType | None = field(default=None, metadata={"name": "errorType"})
    original_status_code: int | None = field(default=None, metadata={"name": "originalStatusCode"})
    uuids: tuple[str, ...] = ()


def encode_webhook_form(form: WebhookForm) -> dict[str, Any]:
    """Return a subscription to be made."""
    return encode_mirror(form)


def decode_webhook_forms(document: object) -> tuple[WebhookForm, ...]:
    """Return the subscriptions that a requester wants to have.

    Raises:
        InvalidInput: the document is no list of subscriptions.
    """
    reader = Reader.open({"items": [document] if isinstance(document, dict) else document})
    forms = reader.require("items", list_of(_FORM))
    reader.close("list of subscriptions")
    return forms


def encode_webhook_subscription(subscription: WebhookSubscription) -> dict[str, Any]:
    """Return a subscription."""
    return encode_mirror(subscription)


def decode_webhook_subscription(document: object) -> WebhookSubscription:
    """Return the subscription that a platform shows.

    Raises:
        InvalidInput: the document is no subscription.
    """
    return decode_mirror(document, WebhookSubscription, what="subscription")


def encode_webhook_events(events: Sequence[WebhookEvent]) -> dict[str, Any]:
    """Return the body of a notification."""
    return {"events": [encode_mirror(event) for event in events]}


def decode_webhook_events(document: object) -> tuple[WebhookEvent, ...]:
    """Return the events that a notification tells of.

    Raises:
        InvalidInput: the document is no notification.
    """
    reader = Reader.open(document)
    events = reader.require("events", list_of(mirror_of(WebhookEvent)))
    reader.close("notification")
    return events


def sign_notification(secret: str, body: bytes, *, sent_ms: int) -> str:
    """Return the value of the header `SIGNATURE_HEADER` for a notification.

    Args:
        secret: the secret key of the subscription.
        body: the bytes that are sent.
        sent_ms: when, in milliseconds since 1970.

    Example:
        >>> sign_notification("12345", b"{}", sent_ms=946728000000)[:40]
        '{v=1, ts=946728000000, sign=e020943c9bdb'
    """
    signed = f"{sent_ms}.{_SIGNATURE_VERSION}.".encode() + body
    sign = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"{{v={_SIGNATURE_VERSION}, ts={sent_ms}, sign={sign}}}"


def encode_push_result(result: PushResult) -> dict[str, Any]:
    """Return what became of a test notification."""
    return encode_mirror(result)


def _read_form(value: Any, place: Place) -> WebhookForm:
    form = mirror_of(WebhookForm).read(value, place)
    if form.webhook_url and not form.webhook_url.startswith(("http://", "https://")):
        url = place.inside("webhook_url")
        url.refuse(
            ProblemCode.INVALID_URL_SYNTAX, f"expected an address with http or https, found {form.webhook_url!r:.60}"
        )
    return form


_FORM: Kind[WebhookForm] = Kind(read=_read_form, blank=mirror_of(WebhookForm).blank)
