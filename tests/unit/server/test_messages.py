"""Messages and appeals through the doors of workers and requesters."""

from typing import Any

import pytest

from tests.unit.server.front_desk import FrontDesk, Person, task_form

_THREADS = "/api/v1/message-threads"
_MESSAGES = "/api/worker/messages"


def _form(**changes: Any) -> dict[str, Any]:
    form = {
        "topic": {"EN": "News", "DE": "Neues"},
        "text": {"EN": "Hello", "DE": "Hallo"},
        "answerable": True,
        "recipients_select_type": "ALL",
    }
    return {**form, **changes}


@pytest.fixture
def workers(desk: FrontDesk) -> list[Person]:
    """Return two workers who have a page in hand."""
    pool_id = desk.pool(task_form("a"), task_form("b"))
    people = [desk.worker("eva"), desk.worker("wim")]
    for person in people:
        desk.take(person, pool_id)
    return people


def _rejected(desk: FrontDesk, worker: Person) -> str:
    page_id = desk.answer(worker, desk.pool(task_form()))
    desk.ann.ask("PATCH", f"/api/v1/assignments/{page_id}", {"status": "REJECTED", "public_comment": "blurred"})
    return page_id


def test_requester_writes_and_a_worker_answers(desk: FrontDesk, workers: list[Person]) -> None:
    """The worker sees what is theirs in all languages, the requester who wrote what."""
    eva = workers[0]
    thread = desk.ann.ask("POST", f"{_THREADS}/compose", _form())
    assert [found["id"] for found in thread["interlocutors"]] == ["default", "eva", "wim"]
    assert (thread["folders"], thread["answerable"], thread["interlocutors_inlined"]) == (["OUTBOX"], True, True)
    listed = eva.get(_MESSAGES)
    assert (listed["unread_count"], listed["next"], listed["items"][0]["topic"]["DE"]) == (1, "", "Neues")
    shown = eva.get(f"{_MESSAGES}/{thread['id']}")
    assert [(message["sender"], message["text"]["EN"]) for message in shown["messages"]] == [("REQUESTER", "Hello")]
    shown = eva.ask("POST", f"{_MESSAGES}/{thread['id']}/reply", {"text": "Hi", "language": "de"})
    assert shown["messages"][-1] == {
        "sender": "WORKER",
        "text": {"DE": "Hi"},
        "created": shown["conversation"]["updated"],
    }
    assert "wim" not in str(shown)
    (answer,) = desk.ann.get(_THREADS, folder="INBOX")["items"]
    assert (answer["parent_id"], answer["messages"][0]["from"]) == (
        thread["id"],
        {"id": "eva", "role": "USER", "myself": False},
    )
    desk.ann.ask("POST", f"{_THREADS}/{answer['id']}/reply", {"text": {"EN": "Fine"}})
    assert [message["sender"] for message in eva.get(f"{_MESSAGES}/{thread['id']}")["messages"]] == [
        "REQUESTER",
        "WORKER",
        "REQUESTER",
    ]
    assert len(workers[1].get(f"{_MESSAGES}/{thread['id']}")["messages"]) == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [0, 1, 2]),
        ({"folder": "OUTBOX"}, [0, 1]),
        ({"folder": "IMPORTANT,INBOX"}, [1, 2]),
        ({"folder_ne": "UNREAD"}, [0, 1]),
        ({"folder": "OUTBOX", "folder_ne": "IMPORTANT"}, [0]),
        ({"sort": "-id", "limit": 2}, [2, 1]),
    ],
    ids=["all", "one", "several", "not", "one-but-not", "falling"],
)
def test_threads_are_listed_by_folder(
    desk: FrontDesk, workers: list[Person], query: dict[str, Any], found: list[int]
) -> None:
    """In one of these folders, in none of those."""
    direct = {"recipients_select_type": "DIRECT", "recipients_ids": ["eva"]}
    ids = [desk.ann.ask("POST", f"{_THREADS}/compose", _form(**direct))["id"] for _ in range(2)]
    desk.ann.ask("POST", f"{_THREADS}/{ids[1]}/add-to-folders", {"folders": ["IMPORTANT"]})
    pool_id = workers[0].get("/api/worker/pools")["items"][0]["pool_id"]
    reported = workers[0].ask("POST", _MESSAGES, {"text": "Hm", "pool_id": pool_id})
    ids.append(reported["conversation"]["id"])
    assert [thread["id"] for thread in desk.ann.get(_THREADS, **query)["items"]] == [ids[place] for place in found]


def test_threads_leave_folders(desk: FrontDesk, workers: list[Person]) -> None:
    """What was read is not unread."""
    pool_id = workers[0].get("/api/worker/pools")["items"][0]["pool_id"]
    reported = workers[0].ask("POST", _MESSAGES, {"text": "Hm", "pool_id": pool_id})["conversation"]
    path = f"{_THREADS}/{reported['id']}/remove-from-folders"
    assert desk.ann.ask("POST", path, {"folders": ["UNREAD"]})["folders"] == ["INBOX"]
    assert desk.ann.get(f"{_THREADS}/{reported['id']}")["meta"]["pool_id"] == pool_id


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"recipients_select_type": "DIRECT", "recipients_ids": ["nobody"]}, "INCORRECT_RECIPIENTS"),
        (
            {
                "recipients_select_type": "FILTER",
                "recipients_filter": {"and": [{"category": "skill", "key": "1", "operator": "GT", "value": 5}]},
            },
            "INCORRECT_RECIPIENTS",
        ),
        ({"text": {"EN": ""}}, "VALIDATION_ERROR"),
        ({"topic": {"EN": "x" * 10_001}}, "VALIDATION_ERROR"),
    ],
    ids=["strangers", "filter", "no-text", "too-long"],
)
def test_message_that_cannot_be_sent_is_refused(
    desk: FrontDesk, workers: list[Person], changes: dict[str, Any], code: str
) -> None:
    """With the code by which clients know what is wrong."""
    assert workers
    assert desk.ann.refusal("POST", f"{_THREADS}/compose", _form(**changes)) == (400, code)


def test_many_recipients_are_not_all_listed(desk: FrontDesk) -> None:
    """The thread says so."""
    pool_id = desk.pool(task_form(overlap=200))
    for number in range(101):
        desk.take(desk.worker(f"w{number}"), pool_id)
    thread = desk.ann.ask("POST", f"{_THREADS}/compose", _form())
    assert (thread["interlocutors_inlined"], len(thread["interlocutors"])) == (False, 101)


def test_nobody_reads_the_messages_of_others(desk: FrontDesk, workers: list[Person]) -> None:
    """Neither workers nor requesters, and neither through the doors of the others."""
    eva, wim = workers
    bob = desk.requester("bob")
    direct = {"recipients_select_type": "DIRECT", "recipients_ids": ["eva"]}
    thread = desk.ann.ask("POST", f"{_THREADS}/compose", _form(**direct))
    missing = (404, "DOES_NOT_EXIST")
    assert wim.refusal("GET", f"{_MESSAGES}/{thread['id']}") == missing
    assert wim.refusal("POST", f"{_MESSAGES}/{thread['id']}/reply", {"text": "x"}) == missing
    assert bob.refusal("GET", f"{_THREADS}/{thread['id']}") == missing
    assert bob.refusal("POST", f"{_THREADS}/{thread['id']}/reply", {"text": {"EN": "x"}}) == missing
    assert bob.refusal("POST", f"{_THREADS}/{thread['id']}/add-to-folders", {"folders": ["UNREAD"]}) == missing
    assert bob.get(_THREADS)["items"] == []
    assert eva.refusal("GET", f"{_THREADS}/{thread['id']}") == (403, "ACCESS_DENIED")
    assert bob.refusal("GET", _MESSAGES) == (403, "ACCESS_DENIED")


def test_appeal_goes_from_the_history_to_the_requester_and_back(desk: FrontDesk) -> None:
    """The history says that one can appeal and what became of it; the requester sees page, reason and text, and grants."""
    worker = desk.worker()
    page_id = _rejected(desk, worker)
    (entry,) = worker.get("/api/worker/history")["items"]
    assert (entry["appeal_until"], entry["appeal"]) == ("2026-01-10T00:00:00Z", None)
    appeal = worker.ask("POST", f"/api/worker/pages/{page_id}/appeal", {"text": "It is a dog"})
    (entry,) = worker.get("/api/worker/history")["items"]
    assert (entry["appeal_until"], entry["appeal"], appeal["state"]) == (None, appeal, "OPEN")
    (seen,) = desk.ann.get("/api/requester/appeals")["items"]
    assert (seen["page_id"], seen["worker_id"], seen["title"]) == (page_id, "wim", "Cats and dogs")
    assert (seen["rejection"], seen["text"]) == ("blurred", {"EN": "It is a dog"})
    granted = desk.ann.ask("POST", f"/api/requester/appeals/{seen['id']}/grant", {})
    assert (granted["state"], granted) == ("GRANTED", desk.ann.get(f"/api/requester/appeals/{seen['id']}"))
    (entry,) = worker.get("/api/worker/history")["items"]
    assert (entry["status"], entry["appeal"]["state"]) == ("ACCEPTED", "GRANTED")
    shown = worker.get(f"{_MESSAGES}/{appeal['id']}")
    assert ([message["sender"] for message in shown["messages"]], shown["appeal"]["state"]) == (
        ["WORKER", "PLATFORM"],
        "GRANTED",
    )


def test_appeal_is_declined_with_a_reason(desk: FrontDesk) -> None:
    """The worker reads it; the page stays rejected."""
    worker = desk.worker()
    page_id = _rejected(desk, worker)
    appeal = worker.ask("POST", f"/api/worker/pages/{page_id}/appeal", {"text": "Es ist ein Hund", "language": "DE"})
    path = f"/api/requester/appeals/{appeal['id']}"
    assert desk.ann.refusal("POST", f"{path}/decline", {}) == (400, "VALIDATION_ERROR")
    desk.ann.ask("POST", f"{path}/decline", {"answer": "No"})
    (entry,) = worker.get("/api/worker/history")["items"]
    assert (entry["status"], entry["appeal"]["state"], entry["appeal"]["answer"]) == ("REJECTED", "DECLINED", "No")
    assert worker.get(f"{_MESSAGES}/{appeal['id']}")["messages"][-1]["text"] == {"DE": "No"}
    assert desk.ann.get("/api/requester/appeals", state="DECLINED")["items"][0]["id"] == appeal["id"]
    assert desk.ann.get("/api/requester/appeals")["items"] == []
    assert desk.ann.refusal("GET", "/api/requester/appeals", state="LOST") == (400, "VALIDATION_ERROR")


def test_appeals_of_others_are_not_there(desk: FrontDesk) -> None:
    """For other workers and other requesters."""
    worker, eva, bob = desk.worker(), desk.worker("eva"), desk.requester("bob")
    page_id = _rejected(desk, worker)
    missing = (404, "DOES_NOT_EXIST")
    assert eva.refusal("POST", f"/api/worker/pages/{page_id}/appeal", {"text": "x"}) == missing
    appeal = worker.ask("POST", f"/api/worker/pages/{page_id}/appeal", {"text": "x"})
    for action in ("grant", "decline"):
        path = f"/api/requester/appeals/{appeal['id']}/{action}"
        assert bob.refusal("POST", path, {"answer": "x"}) == missing
    assert bob.get("/api/requester/appeals") == {"items": [], "has_more": False}
