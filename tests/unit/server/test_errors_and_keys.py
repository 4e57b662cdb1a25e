"""Who may come in, and how the server refuses."""

import pytest
from starlette.datastructures import Headers

from manyhands.errors import ManyhandsError, NoWork
from manyhands.server.guesses import GuessLimit
from manyhands.server.refusals import Refused, Word, tell
from manyhands.server.visitors import SESSION_COOKIE, find_token
from tests.unit.server.front_desk import WORK, FrontDesk

REQUESTER_PATHS = ["/api/v1/projects", "/api/v1/requester", "/api/requester/tokens"]
WORKER_PATHS = ["/api/worker/me", "/api/worker/pools", "/api/worker/earnings", "/api/worker/history"]


@pytest.mark.parametrize("scheme", ["OAuth", "ApiKey", "Bearer", "oauth"])
def test_every_scheme_opens_the_door(desk: FrontDesk, scheme: str) -> None:
    """Clients of every age name the scheme in their own way."""
    response = desk.client.get("/api/v1/requester", headers={"Authorization": f"{scheme} {desk.ann.token}"})
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("header", "status"),
    [
        pytest.param({}, 401, id="none"),
        pytest.param({"Authorization": "OAuth wrong"}, 401, id="wrong"),
        pytest.param({"Authorization": "OAuth"}, 401, id="empty"),
        pytest.param({"Authorization": "Basic YTpi"}, 401, id="other scheme"),
    ],
)
def test_nobody_comes_in_without_a_valid_token(desk: FrontDesk, header: dict[str, str], status: int) -> None:
    """The refusal is JSON with a code, as clients need it."""
    response = desk.client.get("/api/v1/requester", headers=header)
    assert (response.status_code, response.json()["code"]) == (status, "AUTHENTICATION_ERROR")


def test_requesters_and_workers_cannot_use_the_doors_of_the_others(desk: FrontDesk) -> None:
    """A token opens the doors of its kind and no others."""
    worker = desk.worker()
    assert {worker.refusal("GET", path) for path in REQUESTER_PATHS} == {(403, "ACCESS_DENIED")}
    assert {desk.ann.refusal("GET", path) for path in WORKER_PATHS} == {(403, "ACCESS_DENIED")}
    assert desk.ann.refusal("POST", WORK, {"poolId": "10000001"}) == (403, "ACCESS_DENIED")


def test_store_keeps_no_token(desk: FrontDesk) -> None:
    """Whoever reads the database cannot come in with what stands there."""
    with desk.store.reading() as transaction:
        rows = transaction.rows("list_access_tokens", {"owner": "default"})
    assert rows
    assert all(desk.ann.token not in (row["digest"], row["label"]) for row in rows)


def test_revoked_token_opens_nothing(desk: FrontDesk) -> None:
    """A requester ends a token by its id; others of the same requester stay valid."""
    first_id = desk.accounts.list_tokens("default")[0].id
    desk.clock.move(seconds=1)
    other = desk.requester("default")
    other.ask("DELETE", f"/api/requester/tokens/{first_id}")
    assert desk.ann.refusal("GET", "/api/v1/requester") == (401, "AUTHENTICATION_ERROR")
    assert other.get("/api/v1/requester")["id"] == "default"
    assert other.refusal("DELETE", f"/api/requester/tokens/{first_id}") == (404, "DOES_NOT_EXIST")


def test_unknown_paths_and_methods_are_refused_in_json(desk: FrontDesk) -> None:
    """Clients read the code of every refusal."""
    assert desk.ann.refusal("GET", "/api/v1/nothing") == (404, "DOES_NOT_EXIST")
    assert desk.ann.refusal("GET", "/api/nothing") == (404, "DOES_NOT_EXIST")
    assert desk.ann.refusal("PATCH", "/api/v1/projects") == (405, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize(
    "body", [b"{", b"\xff", b"[]", b'"text"', b"1"], ids=["cut", "bytes", "list", "text", "number"]
)
def test_body_that_is_no_project_is_refused(desk: FrontDesk, body: bytes) -> None:
    """Whatever comes is answered with a 400, never with a fault of the server."""
    headers = {"Authorization": f"OAuth {desk.ann.token}"}
    response = desk.client.post("/api/v1/projects", content=body, headers=headers)
    assert (response.status_code, response.json()["code"]) == (400, "VALIDATION_ERROR")


def test_body_that_is_too_large_is_refused() -> None:
    """The limit holds for stated lengths and for bodies that come in parts."""
    desk = FrontDesk(max_body_bytes=100)
    parts = (b"x" * 60 for _ in range(2))
    headers = {"Authorization": f"OAuth {desk.ann.token}"}
    assert desk.ann.refusal("POST", "/api/v1/projects", {"public_name": "x" * 100}) == (413, "REQUEST_TOO_LARGE")
    response = desk.client.post("/api/v1/projects", content=parts, headers=headers)
    assert (response.status_code, response.json()["code"]) == (413, "REQUEST_TOO_LARGE")


def test_guesses_are_limited_and_valid_tokens_are_not() -> None:
    """Who comes without a valid token too often is told to wait, without the header that breaks clients."""
    desk = FrontDesk(guesses_per_minute=3)
    answers = [desk.client.get("/api/v1/requester") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429, 429]
    assert "retry-after" not in answers[-1].headers
    assert desk.ann.get("/api/v1/requester")["id"] == "default"


def test_limit_of_guesses_begins_anew_every_minute() -> None:
    """Addresses are counted one by one, and forgotten after a minute."""
    now = [0.0]
    limit = GuessLimit(1, seconds=lambda: now[0])
    limit.count("a")
    limit.count("b")
    with pytest.raises(Refused):
        limit.count("a")
    now[0] = 60.0
    limit.count("a")


@pytest.mark.parametrize(
    ("reason", "status", "code"),
    [
        ("pool_closed", 403, "POOL_INAPPROPRIATE_STATUS"),
        ("restricted", 403, "INAPPROPRIATE_STATUS"),
        ("filtered", 403, "ACCESS_DENIED"),
        ("exhausted", 403, "POOL_ASSIGNMENTS_EXHAUSTED"),
        ("control_exhausted", 404, "DOES_NOT_EXIST"),
    ],
)
def test_bots_are_told_why_there_is_no_work(reason: str, status: int, code: str) -> None:
    """No reason has a status that clients repeat for minutes."""
    failure = tell(NoWork("nothing", reason))
    assert (failure.status, failure.code) == (status, code)


@pytest.mark.parametrize("word", list(Word))
def test_only_refusals_that_are_no_end_are_conflicts(word: Word) -> None:
    """Clients send a request again that is answered with 409."""
    is_conflict = tell(Refused(word, "no")).status == 409
    assert is_conflict == (word in {Word.OPERATION_ALREADY_EXISTS, Word.NEED_PHONE_CONFIRMATION})


def test_fault_of_the_server_is_told_as_one() -> None:
    """An error that nobody expected is a 500 in JSON."""
    failure = tell(ManyhandsError("inner"))
    assert (failure.status, failure.code) == (500, "INTERNAL_ERROR")


@pytest.mark.parametrize(
    ("headers", "method", "token"),
    [
        pytest.param({"authorization": "OAuth a"}, "GET", "a", id="header"),
        pytest.param({"cookie": f"{SESSION_COOKIE}=b"}, "GET", "b", id="cookie reads"),
        pytest.param({"cookie": f"{SESSION_COOKIE}=b"}, "POST", "", id="cookie of a foreign form"),
        pytest.param(
            {"cookie": f"{SESSION_COOKIE}=b", "content-type": "application/json"}, "POST", "b", id="cookie with json"
        ),
        pytest.param({"authorization": "OAuth a", "cookie": f"{SESSION_COOKIE}=b"}, "GET", "a", id="header first"),
        pytest.param({"cookie": 'bad"cookie=\x01'}, "GET", "", id="nonsense"),
    ],
)
def test_token_is_found_where_it_may_stand(headers: dict[str, str], method: str, token: str) -> None:
    """A cookie counts only with requests that a foreign page cannot send."""
    assert find_token(Headers(headers), method=method) == token


def test_invitation_opens_no_other_door(desk: FrontDesk) -> None:
    """Whoever has the link may become a worker, nothing else."""
    code = desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
    for path in [*REQUESTER_PATHS, *WORKER_PATHS]:
        response = desk.client.get(path, headers={"Authorization": f"Bearer {code}"})
        assert (response.status_code, response.json()["code"]) == (401, "AUTHENTICATION_ERROR")


def test_testing_doors_are_closed_by_default(desk: FrontDesk) -> None:
    """An open server lets nobody register workers or give out money."""
    paths = ["/public/testing/env/register", "/api/users/current/worker", "/api/admin/requesters/default/change-credit"]
    assert {desk.ann.refusal("POST", path, {}) for path in paths} == {(404, "DOES_NOT_EXIST")}
