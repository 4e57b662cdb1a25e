"""Bots: registering on a testing server, taking pages, handing them in or back."""

from typing import Any

import pytest

from tests.unit.server.front_desk import TASKS, WORK, FrontDesk, Person, task_form

FORM = {"languages": ["EN"], "country": "BY", "birthDay": "1990-01-01", "adultAllowed": True, "displayName": "Bot"}


@pytest.fixture
def testing_desk() -> FrontDesk:
    """Return a server on which programs may register."""
    return FrontDesk(is_testing=True)


def _register(desk: FrontDesk, suffix: str, kind: str, form: dict[str, Any]) -> Person:
    made = desk.client.post("/public/testing/env/register", json={"loginSuffix": suffix}).json()
    person = Person(desk.client, made["uid"], made["oauth"])
    refused = person.call("POST", f"/api/users/current/{kind}", form)
    assert (refused.status_code, refused.json()["code"]) == (409, "NEED_PHONE_CONFIRMATION")
    key = refused.json()["payload"]["key"]
    code = desk.client.get("/public/testing/env/sms", params={"trackId": key}).json()
    person.ask("POST", "/api/passport/sms/validate", {"key": key, "code": code})
    person.ask("POST", f"/api/users/current/{kind}", form)
    return person


def test_worker_registers_and_works(testing_desk: FrontDesk) -> None:
    """The phone is confirmed in between, and filters see what the form said."""
    worker = _register(testing_desk, "wrk", "worker", FORM)
    speaks = {"category": "profile", "key": "languages", "operator": "IN", "value": "EN"}
    pool_id = testing_desk.pool(task_form(), filter={"and": [{"or": [speaks]}]})
    page_id = testing_desk.answer(worker, pool_id)
    shown = testing_desk.ann.get(f"/api/v1/assignments/{page_id}")
    resolved = testing_desk.client.get(f"/api/dmz/dev/resolve-worker-id/{worker.name}").json()
    assert shown["user_id"] == resolved["id"] == worker.name


def test_requester_registers_and_an_administrator_gives_money(testing_desk: FrontDesk) -> None:
    """Only an administrator may; the balance shows it."""
    requester = _register(testing_desk, "req", "requester", {"displayName": {"EN": "Labs"}})
    made = testing_desk.client.post("/public/testing/env/register", json={"loginSuffix": "adm"}).json()
    admin = Person(testing_desk.client, made["uid"], made["oauth"])
    path = f"/api/admin/requesters/{requester.name}/change-credit"
    assert requester.refusal("POST", path, {"creditDiff": 10}) == (403, "ACCESS_DENIED")
    admin.ask("POST", path, {"creditDiff": 10})
    shown = requester.get("/api/v1/requester")
    assert (shown["balance"], shown["public_name"]) == (10, {"EN": "Labs"})


def test_asking_again_gives_the_page_in_hand(desk: FrontDesk) -> None:
    """A bot that crashed goes on where it was."""
    worker, pool_id = desk.worker(), desk.pool(task_form())
    assert desk.take(worker, pool_id) == desk.take(worker, pool_id)


def test_page_that_is_skipped_goes_to_somebody_else(desk: FrontDesk) -> None:
    """Skipping gives the overlap back."""
    pool_id = desk.pool(task_form(overlap=1))
    worker, other = desk.worker("wim"), desk.worker("eva")
    page = desk.take(worker, pool_id)
    assert other.refusal("POST", WORK, {"poolId": pool_id}) == (403, "POOL_ASSIGNMENTS_EXHAUSTED")
    assert worker.ask("POST", f"{WORK}/{page['id']}/skip") == {"success": True}
    assert desk.take(other, pool_id)["tasks"]


def test_worker_cannot_hand_in_the_page_of_another(desk: FrontDesk) -> None:
    """Pages of others look like pages that are not there."""
    page = desk.take(desk.worker("wim"), desk.pool(task_form()))
    body = {"solutions": [{"output_values": {"label": "cat"}}]}
    assert desk.worker("eva").refusal("POST", f"{WORK}/{page['id']}/submit", body) == (404, "DOES_NOT_EXIST")


@pytest.mark.parametrize(
    "solutions",
    [[], [{"output_values": {}}], [{"output_values": {"label": "cow"}}], [{}], "text"],
    ids=["none", "empty", "not allowed", "no values", "no list"],
)
def test_answers_that_do_not_fit_leave_the_page_in_hand(desk: FrontDesk, solutions: object) -> None:
    """The worker may mend them and hand in again."""
    worker, pool_id = desk.worker(), desk.pool(task_form())
    page = desk.take(worker, pool_id)
    refusal = worker.refusal("POST", f"{WORK}/{page['id']}/submit", {"solutions": solutions})
    assert refusal == (400, "VALIDATION_ERROR")
    assert desk.take(worker, pool_id)["id"] == page["id"]


def test_pool_that_is_closed_issues_nothing(desk: FrontDesk) -> None:
    """The bot is told so and asks again later."""
    pool_id = desk.pool(task_form(), is_open=False)
    assert desk.worker().refusal("POST", WORK, {"poolId": pool_id}) == (403, "POOL_INAPPROPRIATE_STATUS")


def test_page_expires_before_its_time_on_a_testing_server(testing_desk: FrontDesk) -> None:
    """Its tasks go to somebody else; a page that is over cannot expire, and nobody ends the page of another."""
    pool_id = testing_desk.pool(task_form(overlap=1))
    worker, other = testing_desk.worker("wim"), testing_desk.worker("eva")
    path = f"{WORK}/{testing_desk.take(worker, pool_id)['id']}/expire"
    assert other.refusal("POST", path) == (404, "DOES_NOT_EXIST")
    for _ in range(2):
        assert worker.ask("POST", path) == {"success": True}
    page_id = testing_desk.answer(other, pool_id)
    assert other.refusal("POST", f"{WORK}/{page_id}/expire") == (400, "INAPPROPRIATE_STATUS")
    (first, second) = testing_desk.ann.get("/api/v1/assignments", pool_id=pool_id)["items"]
    assert (first["status"], second["status"]) == ("EXPIRED", "SUBMITTED")


def test_time_of_pages_is_nobodys_on_an_open_server(desk: FrontDesk) -> None:
    """There is no such door."""
    worker, pool_id = desk.worker(), desk.pool(task_form())
    page = desk.take(worker, pool_id)
    assert worker.refusal("POST", f"{WORK}/{page['id']}/expire") == (404, "DOES_NOT_EXIST")
    assert desk.take(worker, pool_id)["id"] == page["id"]


def test_crowds_of_any_size_register() -> None:
    """A testing server counts no guesses where no token is needed; an open one has no such doors."""
    desk = FrontDesk(is_testing=True, guesses_per_minute=3)
    made = [desk.client.post("/public/testing/env/register", json={"loginSuffix": "wrk"}) for _ in range(9)]
    assert {answer.status_code for answer in made} == {200}


@pytest.mark.parametrize(
    ("reason", "refusal"),
    [
        pytest.param("closed", (403, "POOL_INAPPROPRIATE_STATUS"), id="closed"),
        pytest.param("restricted", (403, "INAPPROPRIATE_STATUS"), id="restricted"),
        pytest.param("filtered", (403, "ACCESS_DENIED"), id="filtered"),
        pytest.param("exhausted", (403, "POOL_ASSIGNMENTS_EXHAUSTED"), id="exhausted"),
        pytest.param("no control tasks", (404, "DOES_NOT_EXIST"), id="no control tasks"),
        pytest.param("no such pool", (404, "DOES_NOT_EXIST"), id="no such pool"),
    ],
)
def test_bots_are_told_why_there_is_nothing(desk: FrontDesk, reason: str, refusal: tuple[int, str]) -> None:
    """In words after which they ask again; never with a status that makes their client repeat for minutes."""
    worker, changes = desk.worker(languages=frozenset({"RU"})), dict[str, Any]()
    if reason == "filtered":
        speaks = {"category": "profile", "key": "languages", "operator": "IN", "value": "EN"}
        changes["filter"] = {"and": [{"or": [speaks]}]}
    if reason == "no control tasks":
        changes["mixer_config"] = {"real_tasks_count": 1, "golden_tasks_count": 1, "training_tasks_count": 0}
    pool_id = desk.pool(task_form("a", overlap=0 if reason == "exhausted" else 2), **changes)
    if reason == "closed":
        desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/close")
    if reason == "restricted":
        desk.ann.ask("PUT", "/api/v1/user-restrictions", {"scope": "ALL_PROJECTS", "user_id": worker.name})
    if reason == "exhausted":
        desk.ann.ask("POST", TASKS, task_form("b", pool_id=pool_id, infinite_overlap=True), open_pool=True)
        desk.answer(worker, pool_id)
    assert worker.refusal("POST", WORK, {"poolId": "10000999" if reason == "no such pool" else pool_id}) == refusal
