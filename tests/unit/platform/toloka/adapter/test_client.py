"""The client repeats what may be repeated, gives up in time, translates refusals, and tells nobody its token."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from manyhands.errors import EmptyPool, InvalidInput, ManyhandsError, NotFound, PlatformError, PlatformUnavailable
from manyhands.platform.toloka import Account, RetryPolicy, TolokaClient

TOKEN = "top-secret-token"  # noqa: S105 - opens nothing
Answer = httpx.Response | Exception


def refusal(status: int, code: str, **more: Any) -> httpx.Response:
    """Return a refusal of the API."""
    return httpx.Response(status, json={"code": code, "message": "no", "request_id": "7", **more})


class Server:
    """Gives one answer after the other, then yes for ever, and remembers what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.asked: list[httpx.Request] = []
        self._answers: Iterator[Answer] = iter(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Give the next answer."""
        self.asked.append(request)
        answer = next(self._answers, httpx.Response(200, json={"done": True}))
        if isinstance(answer, Exception):
            raise answer
        return answer


def make_client(server: Callable[[httpx.Request], httpx.Response], **changes: Any) -> TolokaClient:
    """Return a client of a server in this process."""
    retries = RetryPolicy(first_pause_s=0.0, longest_pause_s=0.0, count=3)
    account = Account.at(TOKEN, url="http://server")
    return TolokaClient(account, transport=httpx.MockTransport(server), **{"retries": retries, **changes})


PASSING = [
    refusal(429, "TOO_MANY_REQUESTS"),
    refusal(500, "INTERNAL_ERROR"),
    refusal(503, "REMOTE_SERVICE_UNAVAILABLE"),
    refusal(409, "CONFLICT_STATE"),
    httpx.Response(502, text="<html>Bad gateway</html>"),
    httpx.ConnectError("refused"),
    httpx.ReadTimeout("slow"),
    httpx.RemoteProtocolError("cut"),
]


@pytest.mark.parametrize("trouble", PASSING, ids=lambda trouble: str(getattr(trouble, "status_code", type(trouble))))
def test_trouble_that_passes_is_waited_out(trouble: Answer) -> None:
    """Overload, defects, slow and broken connections are met by asking again."""
    server = Server(trouble, trouble, trouble)
    assert make_client(server).get("/api/v1/pools/1") == {"done": True}
    assert len(server.asked) == 4


@pytest.mark.parametrize("trouble", PASSING, ids=lambda trouble: str(getattr(trouble, "status_code", type(trouble))))
def test_trouble_that_stays_is_told(trouble: Answer) -> None:
    """After a few times the platform is said to be unavailable."""
    server = Server(*[trouble] * 10)
    with pytest.raises(PlatformUnavailable):
        make_client(server).get("/api/v1/pools/1")
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    ("trouble", "count"),
    [
        (httpx.ReadTimeout("slow"), 1),
        (httpx.RemoteProtocolError("cut"), 1),
        (refusal(500, "INTERNAL_ERROR"), 1),
        (httpx.ConnectError("refused"), 4),
        (refusal(429, "TOO_MANY_REQUESTS"), 4),
        (refusal(503, "REMOTE_SERVICE_UNAVAILABLE"), 4),
    ],
    ids=["timeout", "cut", "500", "refused", "429", "503"],
)
def test_what_must_not_happen_twice_is_sent_again_only_when_it_cannot_have_happened(
    trouble: Answer, count: int
) -> None:
    """A request without a key of its own is not repeated once it may have been carried out."""
    server = Server(*[trouble] * 10)
    with pytest.raises(PlatformUnavailable):
        make_client(server).request("POST", "/api/v1/projects", body={}, is_repeatable=False)
    assert len(server.asked) == count


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusal(400, "VALIDATION_ERROR", payload={"name": {"code": "VALUE_REQUIRED", "message": "x"}}), InvalidInput),
        (refusal(404, "DOES_NOT_EXIST"), NotFound),
        (refusal(409, "EMPTY_POOL"), EmptyPool),
        (refusal(401, "AUTHENTICATION_ERROR"), PlatformError),
        (refusal(403, "ACCESS_DENIED"), PlatformError),
        (httpx.Response(404, text="not here"), NotFound),
        (refusal(400, "SOMETHING_NEW"), PlatformError),
    ],
    ids=["validation", "missing", "empty pool", "token", "others'", "no json", "unknown code"],
)
def test_refusals_become_our_errors_at_once(answer: httpx.Response, error: type[ManyhandsError]) -> None:
    """What will not change by waiting is raised after one request."""
    server = Server(answer)
    with pytest.raises(error):
        make_client(server).get("/api/v1/pools/1")
    assert len(server.asked) == 1


def test_pauses_grow_but_not_for_ever_and_heed_the_server() -> None:
    """Each pause is about twice the one before, at least what the server asks for, at most the longest."""
    policy = RetryPolicy(first_pause_s=1.0, longest_pause_s=5.0)
    longest = [policy.pause_s(attempt, chance=lambda _low, high: high) for attempt in range(5)]
    assert longest == [1.0, 2.0, 4.0, 5.0, 5.0]
    assert policy.pause_s(0, asked_s=3.0) == 3.0
    assert policy.pause_s(0, asked_s=3600.0) == 5.0


def test_lists_are_read_to_their_end() -> None:
    """Page by page from behind the last id, in order of id."""
    server = Server(
        httpx.Response(200, json={"items": [{"id": "a"}, {"id": "b"}], "has_more": True}),
        httpx.Response(200, json={"items": [{"id": "c"}], "has_more": False}),
    )
    found = make_client(server).iter_items("/api/v1/tasks", {"pool_id": "1"}, limit=2)
    assert [item["id"] for item in found] == ["a", "b", "c"]
    queries = [dict(request.url.params) for request in server.asked]
    assert queries == [
        {"pool_id": "1", "sort": "id", "limit": "2"},
        {"pool_id": "1", "sort": "id", "limit": "2", "id_gt": "b"},
    ]


def test_truths_are_written_as_the_api_reads_them() -> None:
    """In small letters; what is None is left out."""
    server = Server()
    make_client(server).get("/api/v1/tasks", {"async_mode": True, "open_pool": False, "pool_id": None})
    assert dict(server.asked[0].url.params) == {"async_mode": "true", "open_pool": "false"}


def test_nothing_is_logged_that_is_secret(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever goes wrong, the token stands in no line and in no message."""
    caplog.set_level(logging.DEBUG)
    client = make_client(Server(*[httpx.ConnectError("refused")] * 10))
    with pytest.raises(PlatformUnavailable) as failure:
        client.request("POST", "/api/v1/tasks", body={"a": 1})
    assert "repeating" in caplog.text
    assert TOKEN not in caplog.text + str(failure.value) + repr(client)
