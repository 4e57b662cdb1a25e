"""The server as a process: connections, TLS, signals, death and return."""

import shutil
import signal
import sqlite3
import ssl
import subprocess
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

from manyhands.server.pages import are_pages_built
from tests.contract.server.live_server import TOKEN, LiveServer, options
from tests.patience import PATIENCE_S
from tests.unit.server.front_desk import SUITES, TASKS, pool_form, project_form, suite_form, task_form
from tests.unit.server.receiver import Receiver

_ITEM_COUNT = 3000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a store may be kept."""
    return tmp_path / "server.db"


def test_first_token_is_shown_once_when_none_is_given(file: Path) -> None:
    """A later start on the same store shows none, for one is valid already."""
    with LiveServer(file, token="") as server:
        token = server.said[-1].split()[2]
        header = {"Authorization": f"OAuth {token}"}
        assert httpx.get(f"{server.address}/api/v1/requester", headers=header, trust_env=False).status_code == 200
    with LiveServer(file) as server:
        assert not any("token" in line for line in server.said)


def test_addresses_of_pages_are_told_if_there_are_pages(file: Path) -> None:
    """Whoever starts a server sees where to go; without built pages, how to build them."""
    with LiveServer(file) as server:
        told = [line.split(maxsplit=1) for line in server.said[1:]]
    if are_pages_built():
        assert told[:2] == [["workers", f"{server.address}/"], ["requesters", f"{server.address}/requester"]]
    else:
        assert told[0][0] == "pages"
        assert "scripts/web.sh" in told[0][1]
    assert told[-1] == ["requester", f"API  {server.address}/api/v1"]


def test_connection_serves_many_requests(file: Path) -> None:
    """HTTP/1.1 with keep-alive: the next request needs no new connection."""
    with LiveServer(file) as server:
        connection = HTTPConnection(server.address.removeprefix("http://"))
        connection.connect()
        first_socket = connection.sock
        versions = [_ask_health(connection) for _ in range(3)]
        assert connection.sock is first_socket
        connection.close()
    assert versions == [11, 11, 11]


def test_two_hundred_connections_at_once_are_all_served(file: Path) -> None:
    """Every thread of a client and every bot opens a connection of its own."""
    with LiveServer(file) as server:
        connections = [HTTPConnection(server.address.removeprefix("http://")) for _ in range(200)]
        for connection in connections:
            connection.connect()
        assert [_ask_health(connection) for connection in connections] == [11] * 200
        for connection in connections:
            connection.close()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_server_speaks_tls(file: Path, tmp_path: Path) -> None:
    """With a certificate there is HTTPS and nothing else."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.create_default_context(cafile=str(cert))
    with LiveServer(file, cert=cert, key=key) as server:
        assert server.address.startswith("https://")
        response = httpx.get(f"{server.address}/api/v1/requester", **options(verify=context))
        assert response.json()["id"] == "default"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT], ids=str)
def test_server_ends_in_order(file: Path, how: signal.Signals) -> None:
    """A signal ends it soon, and the store is whole."""
    with LiveServer(file) as server:
        httpx.get(f"{server.address}/health", trust_env=False)
        assert server.end(how) == 0
    with LiveServer(file) as server:
        assert httpx.get(f"{server.address}/health", trust_env=False).json() == {"status": "ok"}


@pytest.mark.parametrize("path", [TASKS, SUITES])
def test_operation_is_known_after_death_and_carried_out_once(file: Path, path: str) -> None:
    """Killed while it adds tasks or task suites, the server goes on when it is started again; every task is there once."""
    operation_id = str(uuid.uuid4())
    form: Callable[[str], dict[str, Any]] = task_form if path == TASKS else lambda name: suite_form("", task_form(name))
    with LiveServer(file, background=0) as server, httpx.Client(base_url=server.address, **options()) as client:
        project_id = client.post("/api/v1/projects", json=project_form()).json()["id"]
        changes = {} if path == TASKS else {"mixer_config": None}
        pool_id = client.post("/api/v1/pools", json=pool_form(project_id, **changes)).json()["id"]
        items = [{**form(str(n)), "pool_id": pool_id} for n in range(_ITEM_COUNT)]
        query = {"operation_id": operation_id, "async_mode": "true", "allow_defaults": "true"}
        assert client.post(path, json=items, params=query).json()["status"] == "RUNNING"
        server.end(signal.SIGKILL)
    with LiveServer(file) as server, httpx.Client(base_url=server.address, **options()) as client:
        repeated = client.post(path, json=items, params=query)
        assert (repeated.status_code, repeated.json()["code"]) == (409, "OPERATION_ALREADY_EXISTS")
        operation = _wait(client, operation_id)
        assert operation["details"]["success_count"] == _ITEM_COUNT
        page = client.get(TASKS, params={"pool_id": pool_id, "limit": 10_000}).json()
        assert sorted(task["input_values"]["id"] for task in page["items"]) == sorted(
            str(n) for n in range(_ITEM_COUNT)
        )


def test_log_holds_no_secret(file: Path) -> None:
    """The token that scripts know beforehand is not said."""
    with LiveServer(file) as server:
        assert not any(TOKEN in line for line in server.said)


def _ask_health(connection: HTTPConnection) -> int:
    connection.request("GET", "/health")
    response = connection.getresponse()
    assert response.read() == b'{"status":"ok"}'
    return response.version


def _wait(client: httpx.Client, operation_id: str) -> dict[str, Any]:
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends:
        operation: dict[str, Any] = client.get(f"/api/v1/operations/{operation_id}").json()
        if operation["status"] in ("SUCCESS", "FAIL"):
            return operation
        time.sleep(0.05)
    pytest.fail("the operation is not over in time")


def test_killed_server_tells_its_webhooks_afterwards(file: Path) -> None:
    """What had not arrived when the server was killed arrives after its return, under the same id."""
    with Receiver(status=503) as receiver:
        with LiveServer(file) as server, httpx.Client(base_url=server.address, **options()) as client:
            project_id = client.post("/api/v1/projects", json=project_form()).json()["id"]
            pool_id = client.post("/api/v1/pools", json=pool_form(project_id)).json()["id"]
            item = {**task_form(), "pool_id": pool_id}
            client.post(TASKS, json=item, params={"allow_defaults": "true"}).raise_for_status()
            form = {"webhook_url": receiver.url, "event_type": "POOL_CLOSED", "pool_id": pool_id}
            client.put("/api/v1/webhook-subscriptions", json=[form]).raise_for_status()
            for action in ("open", "close"):
                client.post(f"/api/v1/pools/{pool_id}/{action}").raise_for_status()
            _wait_until(lambda: _failures_noted(file) > 0)
            server.end(signal.SIGKILL)
        refused = len(receiver.got)
        receiver.status = 200
        with LiveServer(file):
            _wait_until(lambda: len(receiver.got) > refused)
    assert len({event["uuid"] for event in receiver.told}) == 1
    assert receiver.told[0]["type"] == "POOL_CLOSED"


def _failures_noted(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT SUM(failure_count) FROM webhook").fetchone()[0])


def _wait_until(condition: Callable[[], bool]) -> None:
    ends_at = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < ends_at, "it did not happen in time"
        time.sleep(0.02)
