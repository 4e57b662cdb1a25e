"""Webhooks: what is told to whom, and what becomes of it when it does not arrive."""

from typing import Any

import pytest

from manyhands.crowd import CloseReason, Delivery, EventKind, Pool, PoolId, Webhook, WebhookDraft, WebhookId
from manyhands.errors import NotFound
from manyhands.platform import EmbeddedPlatform
from tests.unit.platform.house import House, reals

_URL = "https://example.com/hook"
_SECRET = "open sesame"  # noqa: S105 - opens nothing


@pytest.fixture
def house() -> House:
    """Return a platform with a worker."""
    house = House()
    house.worker("ann")
    return house


def _draft(pool: Pool, kind: EventKind | None = EventKind.SUBMITTED, **changes: Any) -> WebhookDraft:
    event_type = "NONE" if kind is None else kind.name
    return WebhookDraft(**{"url": _URL, "event_type": event_type, "kind": kind, "pool_id": pool.id, **changes})


def _put(house: House, *drafts: WebhookDraft) -> list[Webhook]:
    return house.platform.put_webhooks(drafts)


def _take(house: House, webhook: Webhook) -> Delivery:
    delivery = house.platform.take_delivery(webhook.id)
    assert delivery is not None
    return delivery


def _due(house: House) -> list[WebhookId]:
    return house.platform.list_due_webhooks(limit=100)


def test_webhook_tells_what_happens_from_then_on(house: House) -> None:
    """In its own pool, of its own kind, in order."""
    pool, other = house.pool(*reals(9)), house.pool(*reals(9))
    house.work("ann", pool)
    submitted, taken = _put(house, _draft(pool), _draft(pool, EventKind.TAKEN))
    house.work("ann", other)
    pages = [house.work("ann", pool).assignment_id for _ in range(2)]
    assert _due(house) == [submitted.id, taken.id]
    for webhook in (submitted, taken):
        delivery = _take(house, webhook)
        assert [event.assignment_id for event in delivery.events] == pages
        assert {(event.pool_id, event.project_id) for event in delivery.events} == {(pool.id, house.project.id)}
        house.platform.confirm_delivery(delivery)
    assert _due(house) == []
    assert house.platform.take_delivery(submitted.id) is None


def test_closing_says_why(house: House) -> None:
    """As the pool does."""
    pool = house.pool(*reals(1))
    (webhook,) = _put(house, _draft(pool, EventKind.POOL_CLOSED))
    house.platform.close_pool(pool.id)
    (event,) = _take(house, webhook).events
    assert (event.close_reason, event.assignment_id) == (CloseReason.MANUAL, None)


def test_what_happens_by_itself_is_told(house: House) -> None:
    """Even when nobody asks the platform for anything else."""
    pool = house.pool(*reals(1))
    (webhook,) = _put(house, _draft(pool, EventKind.EXPIRED))
    page = house.take("ann", pool)
    at = house.clock.move(minutes=10)
    house.clock.move(minutes=1)
    assert _due(house) == [webhook.id]
    assert [(event.assignment_id, event.at) for event in _take(house, webhook).events] == [(page.assignment_id, at)]


def test_repeats_carry_the_same_uuid(house: House) -> None:
    """Whoever tells it and however often; another webhook has other ones."""
    pool = house.pool(*reals(2))
    first, second = _put(house, _draft(pool), _draft(pool, url=f"{_URL}/2"))
    house.work("ann", pool)
    before = _take(house, first)
    house.platform.release_delivery(before)
    assert _take(house, first).events == before.events
    assert _take(house, second).events[0].uuid != before.events[0].uuid


def test_only_one_tells_at_a_time(house: House) -> None:
    """Until it is done, or its lease has ended; then what it says about the outcome does not count."""
    pool = house.pool(*reals(2))
    (webhook,) = _put(house, _draft(pool))
    elsewhere = EmbeddedPlatform(house.store, clock=house.clock)
    house.work("ann", pool)
    late = _take(house, webhook)
    assert (elsewhere.take_delivery(webhook.id), elsewhere.list_due_webhooks(limit=1)) == (None, [])
    house.clock.move(seconds=61)
    assert elsewhere.list_due_webhooks(limit=1) == [webhook.id]
    again = elsewhere.take_delivery(webhook.id)
    house.platform.confirm_delivery(late)
    house.platform.fail_delivery(late)
    house.platform.release_delivery(late)
    assert house.platform.take_delivery(webhook.id) is None
    assert again is not None
    elsewhere.fail_delivery(again)
    house.clock.move(seconds=1)
    assert _take(house, webhook).events == late.events


def test_pauses_grow_and_end_with_a_success(house: House) -> None:
    """One second, two, four, up to an hour; after a success they begin anew."""
    pool = house.pool(*reals(2))
    (webhook,) = _put(house, _draft(pool))
    house.work("ann", pool)
    for pause in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600):
        _fail_and_wait(house, webhook, seconds=pause)
    house.platform.confirm_delivery(_take(house, webhook))
    house.work("ann", pool)
    _fail_and_wait(house, webhook, seconds=1)


def _fail_and_wait(house: House, webhook: Webhook, *, seconds: float) -> None:
    """Let a delivery fail, and see that it is due again after so many seconds."""
    house.platform.fail_delivery(_take(house, webhook))
    house.clock.move(seconds=seconds - 0.1)
    assert (_due(house), house.platform.take_delivery(webhook.id)) == ([], None)
    house.clock.move(seconds=0.1)
    assert _due(house) == [webhook.id]


def test_webhook_stops_when_nothing_arrives_for_days(house: House) -> None:
    """It goes on where it stopped when its requester makes it again."""
    pool = house.pool(*reals(2))
    (webhook,) = _put(house, _draft(pool))
    house.work("ann", pool)
    first = _take(house, webhook)
    house.platform.fail_delivery(first)
    house.clock.move(days=2.99)
    house.platform.fail_delivery(_take(house, webhook))
    assert house.platform.get_webhook(webhook.id).stopped is None
    house.clock.move(days=0.02)
    house.platform.fail_delivery(_take(house, webhook))
    assert house.platform.get_webhook(webhook.id).stopped == house.clock.now()
    house.clock.move(days=30)
    assert (_due(house), house.platform.take_delivery(webhook.id)) == ([], None)
    (again,) = _put(house, _draft(pool, secret=_SECRET))
    assert (again.id, again.stopped, _due(house)) == (webhook.id, None, [webhook.id])
    delivery = _take(house, again)
    assert (delivery.events, delivery.secret) == (first.events, _SECRET)


def test_removed_webhook_tells_nothing(house: House) -> None:
    """Also what was on its way is forgotten."""
    pool = house.pool(*reals(2))
    (webhook,) = _put(house, _draft(pool))
    house.work("ann", pool)
    delivery = _take(house, webhook)
    house.platform.remove_webhook(webhook.id)
    house.platform.confirm_delivery(delivery)
    house.platform.fail_delivery(delivery)
    assert (house.platform.list_webhooks(), _due(house), house.platform.take_delivery(webhook.id)) == ([], [], None)
    with pytest.raises(NotFound):
        house.platform.remove_webhook(webhook.id)


def test_same_webhook_again_is_the_same(house: House) -> None:
    """Pool, event type and address make it; all of a request are made or none."""
    pool = house.pool(*reals(1))
    first, other = _put(house, _draft(pool), _draft(pool, EventKind.TAKEN))
    assert _put(house, _draft(pool)) == [first]
    with pytest.raises(NotFound):
        _put(house, _draft(pool, url=f"{_URL}/new"), _draft(pool, pool_id=PoolId("99999999")))
    assert house.platform.list_webhooks() == [first, other]


def test_webhooks_are_their_requesters_own(house: House) -> None:
    """Others can neither see nor make them for pools that are not theirs."""
    pool = house.pool(*reals(1))
    (webhook,) = _put(house, _draft(pool))
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="bob")
    assert other.list_webhooks() == []
    for refused in (other.get_webhook, other.remove_webhook, other.draft_test):
        with pytest.raises(NotFound):
            refused(webhook.id)
    with pytest.raises(NotFound):
        other.put_webhooks([_draft(pool)])


def test_kind_that_never_happens_costs_nothing(house: House) -> None:
    """It is never due."""
    pool = house.pool(*reals(1))
    _put(house, _draft(pool, None))
    house.work("ann", pool)
    assert _due(house) == []


def test_secret_is_shown_nowhere(house: House) -> None:
    """Neither by the records nor by their names in logs."""
    pool = house.pool(*reals(1))
    draft = _draft(pool, secret=_SECRET, url=f"{_URL}?key={_SECRET}")
    (webhook,) = _put(house, draft)
    house.work("ann", pool)
    delivery = _take(house, webhook)
    assert delivery.secret == _SECRET
    assert _SECRET not in repr(delivery)
    assert "secret" not in repr(draft)
    assert not hasattr(webhook, "secret")
