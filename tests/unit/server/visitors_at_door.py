"""Somebody with a browser, for tests: a cookie, an origin, and what browsers say of requests."""

from typing import Any

from httpx2 import Response

from manyhands.server.accounts import OWN_CONSENT_VERSION
from manyhands.server.visitors import SESSION_COOKIE
from tests.unit.server.authenticator import Authenticator
from tests.unit.server.front_desk import FrontDesk

__all__ = ["GOOD_PASSWORD", "BrowserVisitor"]

GOOD_PASSWORD = "red horse, green stair"  # noqa: S105 - opens servers that live for one test


class BrowserVisitor:
    """A browser at one address of the server; `cookie` is the session that it keeps."""

    def __init__(self, desk: FrontDesk, origin: str = "http://testserver", **said: str) -> None:
        self._desk = desk
        self._origin = origin
        self._said = {"sec-fetch-site": "same-origin", "user-agent": "Firefox of the tests", **said}
        self.cookie = ""

    def send(self, method: str, path: str, body: Any = None, **said: str) -> Response:
        """Send a request as the page would, and keep the cookie that comes back."""
        headers = {"content-type": "application/json", "origin": self._origin, **self._said}
        headers |= {name.replace("_", "-"): value for name, value in said.items()}
        if self.cookie:
            headers["cookie"] = f"{SESSION_COOKIE}={self.cookie}"
        url = self._origin + path
        response: Response = self._desk.client.request(method, url, json=body, headers=headers)
        # What the client of the tests keeps by itself would mix up people.
        self._desk.client.cookies.clear()
        if "set-cookie" in response.headers:
            self.cookie = response.headers["set-cookie"].partition(";")[0].partition("=")[2]
        return response

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Send a request that has to succeed, and return the JSON of the answer."""
        response = self.send(method, path, body)
        assert response.is_success, response.text
        return response.json()

    def refusal(self, method: str, path: str, body: Any = None, **said: str) -> tuple[int, str]:
        """Send a request that has to be refused, and return status and code."""
        response = self.send(method, path, body, **said)
        assert not response.is_success
        return response.status_code, response.json()["code"]

    def join(self, **form: Any) -> Any:
        """Become a worker; without an invitation in the form with a new one."""
        if "invitation" not in form:
            form["invitation"] = self._desk.ann.ask("POST", "/api/requester/invitations", {})["token"]
        return self.ask("POST", "/api/worker/sessions", {"consent": OWN_CONSENT_VERSION, **form})

    def add_passkey(self, device: Authenticator) -> None:
        """Make a passkey of the worker who is signed in."""
        options = self.ask("POST", "/api/worker/passkeys/options")["options"]
        self.ask("POST", "/api/worker/passkeys", {"passkey": device.make(options), "label": "phone"})

    def use_passkey(self, device: Authenticator) -> Response:
        """Come in with a passkey."""
        options = self.ask("POST", "/api/worker/entrance/passkey")["options"]
        return self.send("POST", "/api/worker/session", {"passkey": device.use(options)})

    def worker_id(self) -> str:
        """Return who is signed in."""
        return str(self.ask("GET", "/api/worker/profile")["worker_id"])
