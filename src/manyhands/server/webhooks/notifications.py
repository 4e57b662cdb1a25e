"""Notifications: what is sent to a webhook, in the words of the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from manyhands.crowd import Delivery
from manyhands.platform.toloka.wire import (
    SIGNATURE_HEADER,
    WebhookEvent,
    WebhookEventType,
    encode_json,
    encode_webhook_events,
    sign_notification,
)
from manyhands.server.stamps import to_stamp

__all__ = ["Notification", "write_notification", "write_test"]

_MICROSECONDS_PER_MILLISECOND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A request to be sent. Neither address nor content are shown anywhere: both may hold secrets."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)


def write_notification(delivery: Delivery, *, sent: datetime) -> Notification:
    """Return what tells the events of a delivery, signed if the webhook has a secret."""
    return _write(delivery, WebhookEventType(delivery.event_type), sent=sent)


def write_test(delivery: Delivery, *, sent: datetime) -> Notification:
    """Return what tells of nothing but that notifications arrive."""
    return _write(delivery, WebhookEventType.TEST_EVENT, sent=sent)


def _write(delivery: Delivery, event_type: WebhookEventType, *, sent: datetime) -> Notification:
    events = [
        WebhookEvent(
            uuid=event.uuid,
            webhook_subscription_id=delivery.webhook_id,
            event_time=event.at,
            type=event_type,
            project_id=event.project_id,
            pool_id=event.pool_id,
            assignment_id=event.assignment_id,
            task_suite_id=event.task_suite_id,
            task_id=event.task_id,
            close_reason=event.close_reason,
        )
        for event in delivery.events
    ]
    body = encode_json(encode_webhook_events(events))
    headers = {"content-type": "application/json", "user-agent": "manyhands"}
    if delivery.secret is not None:
        sent_ms = to_stamp(sent) // _MICROSECONDS_PER_MILLISECOND
        headers[SIGNATURE_HEADER] = sign_notification(delivery.secret, body, sent_ms=sent_ms)
    return Notification(url=delivery.url, body=body, headers=headers)
