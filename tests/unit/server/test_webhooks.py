"""Webhook subscriptions through the doors of the requester API."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.patience import PATIENCE_S
from tests.unit.server.front_desk import TASKS, FrontDesk, task_form
from tests.unit.server.receiver import Receiver

_WEBHOOKS = "/api/v1/webhook-subscriptions"


def _form(pool_id: str, **changes: Any) -> dict[str, Any]:
    form = {"webhook_url": "https://example.com/hook", "event_type": "ASSIGNMENT_SUBMITTED", "pool_id": pool_id}
    return {**form, "secret_key": "geheim", **changes}


def _wait(until: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.01)


def test_several_subscriptions_are_made_at_once(desk: FrontDesk) -> None:
    """They are answered under their places; the same again is the same; secrets are not given back."""
    pool_id = desk.pool(task_form())
    forms = [_form(pool_id), _form(pool_id, event_type="POOL_CLOSED")]
    made = desk.ann.ask("PUT", _WEBHOOKS, forms)
    assert made["validation_errors"] == {}
    assert [made["items"][place]["event_type"] for place in ("0", "1")] == ["ASSIGNMENT_SUBMITTED", "POOL_CLOSED"]
    assert desk.ann.ask("PUT", _WEBHOOKS, forms[0]) == made["items"]["0"]
    assert desk.ann.get(f"{_WEBHOOKS}/{made['items']['0']['id']}") == made["items"]["0"]
    assert "geheim" not in desk.ann.call("GET", _WEBHOOKS).text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3),
        ({"event_type": "POOL_CLOSED"}, 1),
        ({"pool_id": "{pool}"}, 2),
        ({"pool_id": "{pool}", "event_type": "ASSIGNMENT_CREATED"}, 0),
        ({"sort": "created", "limit": 2}, 2),
    ],
    ids=["all", "event", "pool", "both", "limited"],
)
def test_subscriptions_are_listed(desk: FrontDesk, query: dict[str, Any], count: int) -> None:
    """By event and pool."""
    pool_id, other = desk.pool(task_form()), desk.pool(task_form())
    desk.ann.ask("PUT", _WEBHOOKS, [_form(pool_id), _form(pool_id, event_type="POOL_CLOSED"), _form(other)])
    asked = {name: str(value).format(pool=pool_id) for name, value in query.items()}
    assert len(desk.ann.get(_WEBHOOKS, **asked)["items"]) == count


def test_subscription_ends(desk: FrontDesk) -> None:
    """It is not there any more."""
    made = desk.ann.ask("PUT", _WEBHOOKS, _form(desk.pool(task_form())))
    assert desk.ann.call("DELETE", f"{_WEBHOOKS}/{made['id']}").status_code == 204
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/test")):
        assert desk.ann.refusal(method, f"{_WEBHOOKS}/{made['id']}{path}") == (404, "DOES_NOT_EXIST")


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:1/", "http://localhost/", "ftp://example.com/", "https://me:pw@example.com/", "https://"],
)
def test_address_that_is_not_to_be_reached_is_refused(desk: FrontDesk, url: str) -> None:
    """With the field that is wrong; nothing of the request is made."""
    pool_id = desk.pool(task_form())
    answer = desk.ann.call("PUT", _WEBHOOKS, [_form(pool_id), _form(pool_id, webhook_url=url)])
    assert (answer.status_code, answer.json()["code"]) == (400, "VALIDATION_ERROR")
    assert "INVALID_URL_SYNTAX" in answer.text
    assert desk.ann.get(_WEBHOOKS)["items"] == []


def test_subscriptions_of_others_are_not_there(desk: FrontDesk) -> None:
    """Nor can they be made for pools of others."""
    bob, pool_id = desk.requester("bob"), desk.pool(task_form())
    made = desk.ann.ask("PUT", _WEBHOOKS, _form(pool_id))
    missing = (404, "DOES_NOT_EXIST")
    assert bob.refusal("GET", f"{_WEBHOOKS}/{made['id']}") == bob.refusal("PUT", _WEBHOOKS, _form(pool_id)) == missing
    assert bob.refusal("DELETE", f"{_WEBHOOKS}/{made['id']}") == missing
    assert bob.refusal("POST", f"{_WEBHOOKS}/{made['id']}/test") == missing


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (200, {"success": True, "originalStatusCode": 200}),
        (500, {"success": False, "errorType": "WRONG_STATUS_CODE", "originalStatusCode": 500}),
    ],
)
def test_test_notification_tells_what_became_of_it(status: int, told: dict[str, Any]) -> None:
    """It is sent at once, signed, and is one event."""
    desk = FrontDesk(are_private_webhooks_allowed=True)
    with Receiver(status) as receiver:
        made = desk.ann.ask("PUT", _WEBHOOKS, _form(desk.pool(task_form()), webhook_url=receiver.url))
        answer = desk.ann.call("POST", f"{_WEBHOOKS}/{made['id']}/test")
    result = answer.json()
    assert (answer.status_code, {name: result[name] for name in told}) == (201, told)
    (event,) = receiver.told
    assert (event["type"], [event["uuid"]]) == ("TEST_EVENT", result["uuids"])
    assert receiver.got[0].headers["toloka-signature"].startswith("{v=1, ts=")


def test_silent_receivers_block_no_request() -> None:
    """While tests of webhooks wait for their receivers, everybody else is served."""
    desk = FrontDesk(are_private_webhooks_allowed=True, thread_count=1)
    with Receiver() as receiver, desk.client, ThreadPoolExecutor(3) as threads:
        receiver.gate.clear()
        made = desk.ann.ask("PUT", _WEBHOOKS, _form(desk.pool(task_form()), webhook_url=receiver.url))
        tests = [threads.submit(desk.ann.ask, "POST", f"{_WEBHOOKS}/{made['id']}/test") for _ in range(3)]
        _wait(lambda: len(receiver.got) == 3)
        assert desk.ann.get(f"{_WEBHOOKS}/{made['id']}") == made
        assert not any(test.done() for test in tests)
        receiver.gate.set()
        assert all(test.result()["success"] for test in tests)


def test_running_server_tells_what_happens() -> None:
    """From taking a page to closing the pool, each to whom it was promised."""
    desk = FrontDesk(are_private_webhooks_allowed=True)
    events = ["ASSIGNMENT_CREATED", "ASSIGNMENT_SUBMITTED", "ASSIGNMENT_REJECTED", "ASSIGNMENT_APPROVED", "POOL_CLOSED"]
    with Receiver() as receiver, desk.client:
        pool_id = desk.pool(task_form())
        desk.ann.ask("PUT", _WEBHOOKS, [_form(pool_id, webhook_url=receiver.url, event_type=word) for word in events])
        page_id = desk.answer(desk.worker(), pool_id)
        for status in ("REJECTED", "ACCEPTED"):
            desk.ann.ask("PATCH", f"/api/v1/assignments/{page_id}", {"status": status})
        desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/close")
        _wait(lambda: len(receiver.told) == len(events))
    assert {event["type"]: event.get("assignment_id") for event in receiver.told} == {
        **dict.fromkeys(events[:-1], page_id),
        "POOL_CLOSED": None,
    }
    assert [event["close_reason"] for event in receiver.told if event["type"] == "POOL_CLOSED"] == ["MANUAL"]


def test_running_server_tells_that_a_task_wants_no_more_answers() -> None:
    """With the task, when its answers are confident enough."""
    desk = FrontDesk(are_private_webhooks_allowed=True)
    with Receiver() as receiver, desk.client:
        skill_id = desk.ann.ask("POST", "/api/v1/skills", {"name": "sure"})["id"]
        overlap = {"type": "BASIC", "max_overlap": 3, "min_confidence": 0.5, "answer_weight_skill_id": skill_id}
        pool_id = desk.pool(
            task_form(),
            auto_accept_solutions=True,
            defaults={"default_overlap_for_new_tasks": 1},
            dynamic_overlap_config={**overlap, "fields": [{"name": "label"}]},
        )
        form = _form(pool_id, webhook_url=receiver.url, event_type="DYNAMIC_OVERLAP_COMPLETED")
        desk.ann.ask("PUT", _WEBHOOKS, form)
        desk.answer(desk.worker(), pool_id)
        _wait(lambda: bool(receiver.told))
        (task,) = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    assert [(event["type"], event["task_id"]) for event in receiver.told] == [("DYNAMIC_OVERLAP_COMPLETED", task["id"])]
