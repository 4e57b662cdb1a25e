"""Webhook subscriptions in the requester API."""

import asyncio
from typing import Any

from manyhands.crowd import Webhook, WebhookDraft, WebhookId
from manyhands.platform.toloka.wire import (
    EVENT_TYPES,
    WEBHOOK_SUBSCRIPTIONS,
    Batch,
    PushResult,
    WebhookEventType,
    WebhookForm,
    WebhookSubscription,
    decode_webhook_forms,
    encode_batch,
    encode_push_result,
    encode_webhook_subscription,
    write_moment,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing
from manyhands.server.webhooks import refuse_private, write_test

__all__ = ["WEBHOOK_DOORS"]

_FIELDS: Fields[Webhook] = {
    "id": lambda webhook: webhook.id,
    "created": lambda webhook: webhook.created,
    "event_type": lambda webhook: webhook.event_type,
    "pool_id": lambda webhook: webhook.pool_id,
}
_KINDS = {event_type: kind for kind, event_type in EVENT_TYPES.items()}


def put_webhooks(desk: RequesterDesk, call: Call) -> Answer:
    """Make subscriptions, all or none; one of the same event, pool and address is replaced."""
    document = call.json()
    forms = decode_webhook_forms(document)
    for form in forms:
        refuse_private(form.webhook_url, is_private_allowed=desk.pusher.is_private_allowed)
    made = desk.platform.put_webhooks([_draft(form) for form in forms])
    if isinstance(document, dict):
        return Answer(payload=_write(made[0]))
    batch = Batch(items=dict(enumerate(made)), validation_errors={})
    return Answer(payload=encode_batch(batch, _write))


def list_webhooks(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's subscriptions."""
    listing = Listing(call, WEBHOOK_SUBSCRIPTIONS, _FIELDS, desk.settings)
    return listing.answer(desk.platform.list_webhooks(), _write)


def get_webhook(desk: RequesterDesk, call: Call) -> Answer:
    """Show one subscription."""
    return Answer(payload=_write(desk.platform.get_webhook(_webhook_id(call))))


def delete_webhook(desk: RequesterDesk, call: Call) -> Answer:
    """End a subscription."""
    desk.platform.remove_webhook(_webhook_id(call))
    return Answer(status=204)


def test_webhook(desk: RequesterDesk, call: Call) -> Answer:
    """Send a test notification and tell what became of it."""
    delivery = desk.platform.draft_test(_webhook_id(call))
    pushed = asyncio.run(desk.pusher.push(write_test(delivery, sent=desk.platform.clock.now())))
    result = PushResult(
        success=pushed.error is None,
        response_received_at=None if pushed.status is None else desk.platform.clock.now(),
        error_type=pushed.error,
        original_status_code=pushed.status,
        uuids=tuple(event.uuid for event in delivery.events),
    )
    return Answer(status=201, payload=encode_push_result(result))


def _webhook_id(call: Call) -> WebhookId:
    return WebhookId(call.path["id"])


def _draft(form: WebhookForm) -> WebhookDraft:
    return WebhookDraft(
        url=form.webhook_url,
        event_type=form.event_type.value,
        kind=_KINDS.get(form.event_type),
        pool_id=form.pool_id,
        secret=form.secret_key,
    )


def _write(webhook: Webhook) -> dict[str, Any]:
    document = WebhookSubscription(
        id=webhook.id,
        created=webhook.created,
        webhook_url=webhook.url,
        event_type=WebhookEventType(webhook.event_type),
        pool_id=webhook.pool_id,
        # Our own word: the API does not know that a subscription can stop.
        foreign={} if webhook.stopped is None else {"stopped": write_moment(webhook.stopped)},
    )
    return encode_webhook_subscription(document)


_WEBHOOKS = "/api/v1/webhook-subscriptions"
WEBHOOK_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path=_WEBHOOKS, handle=list_webhooks),
    Door(method="PUT", path=_WEBHOOKS, handle=put_webhooks),
    Door(method="GET", path=f"{_WEBHOOKS}/{{id}}", handle=get_webhook),
    Door(method="DELETE", path=f"{_WEBHOOKS}/{{id}}", handle=delete_webhook),
    Door(method="POST", path=f"{_WEBHOOKS}/{{id}}/test", handle=test_webhook, is_patient=True),
)
