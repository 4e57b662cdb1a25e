"""Sending one notification."""

import asyncio
import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import pytest

from manyhands.platform.toloka.wire import PushErrorType
from manyhands.server.webhooks import Notification, Pushed, Pusher
from tests.unit.server.receiver import Receiver


def _push(url: str, *, is_private_allowed: bool = True, timeout_s: float = 5) -> Pushed:
    pusher = Pusher(is_private_allowed=is_private_allowed, timeout_s=timeout_s)
    return asyncio.run(pusher.push(Notification(url=url, body=b'{"events":[]}', headers={"x-mark": "7"})))


def test_notification_arrives_as_it_is() -> None:
    """Body, headers, path, and the name of the host under which it is sent."""
    with Receiver() as receiver:
        pushed = _push(f"http://localhost:{receiver.port}/a/b?c=d")
    (got,) = receiver.got
    assert pushed == Pushed(status=200)
    assert (got.path, got.body, got.headers["x-mark"]) == ("/a/b?c=d", b'{"events":[]}', "7")
    assert got.headers["host"] == f"localhost:{receiver.port}"


@pytest.mark.parametrize("status", [204, 301, 307, 404, 500])
def test_only_a_yes_counts(status: int) -> None:
    """Redirections are not followed: they could lead anywhere."""
    with Receiver(status) as receiver:
        pushed = _push(receiver.url)
    error = None if status == 204 else PushErrorType.WRONG_STATUS_CODE
    assert pushed == Pushed(status=status, error=error)
    assert len(receiver.got) == 1


def test_private_addresses_are_not_even_connected_to() -> None:
    """Neither by number nor by name."""
    with Receiver() as receiver:
        pushed = [
            _push(f"http://{host}:{receiver.port}/", is_private_allowed=False) for host in ("127.0.0.1", "localhost")
        ]
    assert pushed == [Pushed(error=PushErrorType.CONNECTION_ERROR)] * 2
    assert receiver.got == []


def test_silence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever does not answer in time keeps nobody waiting, and proxies of the environment are not asked."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with Receiver() as receiver:
        receiver.gate.clear()
        pushed = _push(receiver.url, timeout_s=0.2)
    assert pushed == Pushed(error=PushErrorType.REQUEST_TIMEOUT)


def test_nobody_at_home() -> None:
    """A closed port is no connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert _push(f"http://127.0.0.1:{port}/") == Pushed(error=PushErrorType.CONNECTION_ERROR)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate")
def test_certificate_has_to_be_of_the_named_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Although the connection goes to an address that was looked up before."""
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run([*command, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    with Receiver(tls=context) as receiver:
        stranger = _push(f"https://localhost:{receiver.port}/")
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        named, numbered = (_push(f"https://{host}:{receiver.port}/") for host in ("localhost", "127.0.0.1"))
    assert named == Pushed(status=200)
    assert stranger == numbered == Pushed(error=PushErrorType.CONNECTION_ERROR)
