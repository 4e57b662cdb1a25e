"""Bringing events to webhooks in the background."""

import asyncio
import logging
from collections.abc import Callable

import pytest

from manyhands.crowd import EventKind, Pool, Webhook, WebhookDraft
from manyhands.server.crew import Crew
from manyhands.server.webhooks import Courier, Pusher
from tests.patience import PATIENCE_S
from tests.unit.platform.house import House, reals
from tests.unit.server.receiver import Receiver

_SUBMITTED = "ASSIGNMENT_SUBMITTED"


def _deliver(house: House, until: Callable[[], bool], *, courier_count: int = 1) -> None:
    """Let couriers work until something holds, and end them in an orderly way."""

    async def work() -> None:
        pusher = Pusher(is_private_allowed=True)
        couriers = [Courier(house.platform, pusher, crew) for _ in range(courier_count)]
        tasks = [asyncio.create_task(courier.run()) for courier in couriers]
        async with asyncio.timeout(PATIENCE_S):
            while not until():
                await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    crew = Crew(2, name="courier")
    asyncio.run(work())
    crew.dismiss()


def _webhook(house: House, pool: Pool, url: str, *, secret: str | None = None) -> Webhook:
    draft = WebhookDraft(url=url, event_type=_SUBMITTED, kind=EventKind.SUBMITTED, pool_id=pool.id, secret=secret)
    (made,) = house.platform.put_webhooks([draft])
    return made


@pytest.fixture
def house() -> House:
    """Return a platform with a worker."""
    house = House()
    house.worker("ann")
    return house


def test_events_are_told_once_and_in_order(house: House) -> None:
    """Each in the words of the API, signed, however many couriers there are."""
    pool = house.pool(*reals(5))
    with Receiver() as receiver:
        webhook = _webhook(house, pool, receiver.url, secret="12345")  # noqa: S106 - of this test
        pages = [house.assignment(page) for page in house.work_all("ann", pool)]
        _deliver(house, lambda: len(receiver.told) >= 5, courier_count=3)
        assert house.platform.list_due_webhooks(limit=1) == []
    assert [event["assignment_id"] for event in receiver.told] == [page.id for page in pages]
    assert receiver.told[0] == {
        "uuid": receiver.told[0]["uuid"],
        "webhook_subscription_id": webhook.id,
        "event_time": "2026-01-01T00:00:00",
        "type": _SUBMITTED,
        "project_id": house.project.id,
        "pool_id": pool.id,
        "assignment_id": pages[0].id,
        "task_suite_id": pages[0].task_suite_id,
    }
    assert receiver.got[0].headers["toloka-signature"].startswith("{v=1, ts=1767225600000, sign=")


def test_what_did_not_arrive_is_told_again_with_the_same_ids(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """After a pause, together with what happened meanwhile; the log has neither address nor secret."""
    pool = house.pool(*reals(2))
    with Receiver(500) as receiver, caplog.at_level(logging.DEBUG):
        webhook = _webhook(house, pool, f"{receiver.url}?key=geheim", secret="streng")  # noqa: S106 - of this test
        house.work("ann", pool)
        _deliver(house, lambda: len(receiver.got) == 1)
        receiver.status = 200
        house.work("ann", pool)
        house.clock.move(seconds=1)
        _deliver(house, lambda: len(receiver.got) == 2)
    first, again = receiver.got
    assert [event["uuid"] for event in again.events][:1] == [event["uuid"] for event in first.events]
    assert len(again.events) == 2
    said = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("manyhands"))
    assert f"webhook subscription {webhook.id}: WRONG_STATUS_CODE (status 500)" in said
    assert "geheim" not in said
    assert "streng" not in said


@pytest.mark.slow
def test_slow_receiver_keeps_only_itself_waiting(house: House) -> None:
    """Others are told meanwhile; what the slow one has not confirmed when the server ends is told again."""
    pool = house.pool(*reals(1))
    with Receiver() as slow, Receiver() as quick:
        slow.gate.clear()
        for receiver in (slow, quick):
            _webhook(house, pool, receiver.url)
        house.work("ann", pool)
        _deliver(house, lambda: len(slow.got) == len(quick.got) == 1)
        slow.gate.set()
        _deliver(house, lambda: len(slow.got) == 2)
    assert slow.got[0].events == slow.got[1].events
    assert len(quick.got) == 1


def test_long_backlog_is_told_without_a_pause(house: House) -> None:
    """In several notifications, one after the other."""
    pool = house.pool(*reals(450))
    with Receiver() as receiver:
        _webhook(house, pool, receiver.url)
        house.work_all("ann", pool)
        _deliver(house, lambda: len(receiver.told) >= 450)
    assert [len(received.events) for received in receiver.got] == [200, 200, 50]
    assert len({event["uuid"] for event in receiver.told}) == 450
