"""What the server does for the pages, over HTTP but without a browser."""

import http.client
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import manyhands as mh
from manyhands.server import Holder, HolderKind
from manyhands.server.accounts import OWN_CONSENT_VERSION
from tests.patience import PATIENCE_S
from tests.web.site import TOKEN, Site, running_site

JSON = {"content-type": "application/json"}
REQUESTER = {"authorization": f"Bearer {TOKEN}", **JSON}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A running server with a launch."""
    with running_site() as running:
        running.start(name="numbers/red", budget=5)
        yield running


class Client:
    """Somebody who sends requests."""

    def __init__(self, site: Site) -> None:
        self._host = site.url.removeprefix("http://")

    def send(self, method: str, path: str, body: object = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Return status, headers and body of the answer."""
        connection = http.client.HTTPConnection(self._host, timeout=PATIENCE_S)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, None if body is None else json.dumps(body), named)
        answer = connection.getresponse()
        result = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return result

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """Return the JSON value of an answer that is no refusal."""
        status, _, content = self.send(method, path, body, **headers)
        assert status < 400, content
        return json.loads(content)


@pytest.fixture
def client(site: Site) -> Client:
    """Somebody who sends requests."""
    return Client(site)


def _join(site: Site, client: Client) -> tuple[str, str]:
    form = {"invitation": site.invitation().rpartition("/")[2], "consent": OWN_CONSENT_VERSION}
    _, headers, content = client.send("POST", "/api/worker/sessions", form, **JSON)
    return headers["set-cookie"].partition(";")[0], json.loads(content)["token"]


@pytest.mark.parametrize("path", ["/", "/requester", "/preview", "/preview?config=N4Ig", "/assets/nothing.js"])
def test_every_page_forbids_what_is_foreign(client: Client, path: str) -> None:
    """No inline script, no script of other hosts, no frame around it, also where there is nothing."""
    _, headers, _ = client.send("GET", path)
    policy = headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["../assets.py", "..%2fassets.py", "%2e%2e/assets.py", ".vite", "worker.html"])
def test_nothing_but_assets_is_served(client: Client, name: str) -> None:
    """No name leads out of the folder."""
    assert client.send("GET", f"/assets/{name}")[0] == 404


def test_signing_out_ends_the_session_and_needs_json(site: Site, client: Client) -> None:
    """A foreign page cannot sign a worker out; afterwards the cookie opens nothing, and the key of another device still does."""
    cookie, token = _join(site, client)
    key = client.ask("POST", "/api/worker/keys", cookie=cookie, **JSON)["key"]
    assert client.send("DELETE", "/api/worker/session", cookie=cookie)[0] == 400
    assert client.send("DELETE", "/api/worker/session", cookie=cookie, **JSON)[0] == 200
    assert site.accounts.find_holder(token) is None
    _, headers, _ = client.send("POST", "/api/worker/session", {"key": key}, **JSON)
    assert "HttpOnly" in headers["set-cookie"]
    assert "samesite=strict" in headers["set-cookie"].lower()


@pytest.mark.parametrize("body", [{"key": "guess"}, {"key": TOKEN}, {}], ids=["unknown", "requester's", "none"])
def test_only_workers_keys_begin_a_session(client: Client, body: dict[str, str]) -> None:
    """Neither made-up keys nor tokens of requesters."""
    status, headers, _ = client.send("POST", "/api/worker/session", body, **JSON)
    assert status == 401
    assert "set-cookie" not in headers


def test_the_first_page_comes_in_one_answer(site: Site, client: Client) -> None:
    """Who is signed in, what there is, and what keeps the worker from it; the same as the doors for each."""
    cookie, _ = _join(site, client)
    home = client.ask("GET", "/api/worker/home", cookie=cookie)
    assert home["profile"] == client.ask("GET", "/api/worker/profile", cookie=cookie)
    assert home["pools"] == client.ask("GET", "/api/worker/pools", cookie=cookie)["items"]
    assert home["restrictions"] == client.ask("GET", "/api/worker/restrictions", cookie=cookie)["items"]
    assert client.send("GET", "/api/worker/home")[0] == 401


def test_handing_in_twice_brings_the_same_next_page(site: Site, client: Client) -> None:
    """The page is counted once; a worker whose answer was lost gets the page that was issued then."""
    cookie, _ = _join(site, client)
    pool = client.ask("GET", "/api/worker/pools", cookie=cookie)["items"][0]["pool_id"]
    step = client.ask("POST", f"/api/worker/pools/{pool}/next?view=1", cookie=cookie, **JSON)
    assert step["work"]["title"] == "Even or odd?"
    form = {"solutions": [{"output_values": {"choice": "even"}} for _ in step["page"]["tasks"]]}
    first, second = (
        client.ask("POST", f"/api/worker/pages/{step['page']['id']}/advance", form, cookie=cookie, **JSON)
        for _ in range(2)
    )
    assert first["page"] == second["page"]
    assert first["page"]["id"] != step["page"]["id"]
    client.ask("POST", f"/api/worker/pages/{first['page']['id']}/skip", cookie=cookie, **JSON)


def test_nothing_that_a_worker_gets_tells_control_tasks(site: Site, client: Client) -> None:
    """Neither kind nor known solutions nor hidden fields."""
    cookie, _ = _join(site, client)
    pool = client.ask("GET", "/api/worker/pools", cookie=cookie)["items"][0]["pool_id"]
    page = client.ask("POST", f"/api/worker/pools/{pool}/next", cookie=cookie, **JSON)["page"]
    assert {frozenset(task) for task in page["tasks"]} == {frozenset({"id", "input_values", "is_training"})}
    assert not any(task["is_training"] for task in page["tasks"])
    assert {frozenset(task["input_values"]) for task in page["tasks"]} == {frozenset({"text"})}
    client.ask("POST", f"/api/worker/pages/{page['id']}/skip", cookie=cookie, **JSON)


def test_why_there_is_no_page_is_a_word(site: Site, client: Client) -> None:
    """A pool that is closed gives a reason instead of an error."""
    cookie, _ = _join(site, client)
    pool = client.ask("GET", "/api/worker/pools", cookie=cookie)["items"][0]["pool_id"]
    config = replace(site.platform.get_pool(pool).config, key="closed")
    closed = site.platform.create_pool(config).id
    assert client.ask("POST", f"/api/worker/pools/{closed}/next", cookie=cookie, **JSON) == {
        "page": None,
        "reason": "pool_closed",
        "work": None,
        "draft": None,
    }


def test_another_requester_sees_nothing(site: Site) -> None:
    """Nothing of others is told."""
    site.accounts.put_requester("other")
    token = site.accounts.issue_token(Holder(HolderKind.REQUESTER, "other"))
    kind, rows, _ = _first_event(site, {"authorization": f"Bearer {token}", **JSON})
    assert (kind, rows) == ("launches", [])


def test_the_stream_begins_with_all_launches(site: Site) -> None:
    """One row with what the journal, the ledger and the pages tell."""
    kind, rows, _ = _first_event(site, REQUESTER)
    row = next(row for row in rows if row["name"] == "numbers/red")
    assert (kind, row["kind"], row["object_count"], row["budget"]) == ("launches", "launch", 12, 5.0)


def test_who_says_what_was_told_last_hears_only_what_is_new(site: Site) -> None:
    """A stream that ended goes on where it was."""
    _, _, mark = _first_event(site, REQUESTER)
    site.platform.put_budget("launch:numbers/red", mh.Money(6))
    kind, rows, _ = _first_event(site, {**REQUESTER, "last-event-id": mark})
    assert kind == "changes"
    assert {row["budget"] for row in rows} == {6.0}


def test_a_budget_is_changed_and_refused_when_it_is_no_amount(client: Client) -> None:
    """The ceiling is money, and not below what is spent."""
    (row,) = client.ask("GET", "/api/requester/launches", **REQUESTER)["items"]
    path = f"/api/requester/pools/{row['pool_id']}/budget"
    assert client.send("PUT", path, {"ceiling": "a lot"}, **REQUESTER)[0] == 400
    assert client.ask("PUT", path, {"ceiling": "7.50"}, **REQUESTER) == {"success": True}


def test_a_rejection_needs_a_reason(client: Client) -> None:
    """The worker has to be told why."""
    assert client.send("POST", "/api/requester/pages/0000989681--1/reject", {"reason": " "}, **REQUESTER)[0] == 400


def _first_event(site: Site, headers: dict[str, str]) -> tuple[str, list[dict[str, Any]], str]:
    """Return kind, rows and mark of the first event that is no silence."""
    connection = http.client.HTTPConnection(site.url.removeprefix("http://"), timeout=PATIENCE_S)
    connection.request("GET", "/api/requester/live", headers=headers)
    answer = connection.getresponse()
    fields: dict[str, str] = {}
    while "data" not in fields:
        name, _, value = answer.readline().decode().strip().partition(": ")
        fields[name] = value
    connection.close()
    return fields["event"], json.loads(fields["data"]), fields["id"]
