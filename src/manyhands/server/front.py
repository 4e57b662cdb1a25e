"""The front of the server: names every request, answers errors as JSON, and writes one line about each."""

import itertools
import logging
import secrets
import time
from collections.abc import MutableMapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from manyhands.errors import ManyhandsError
from manyhands.platform.toloka.wire import encode_failure

from .calls import Answer
from .refusals import Refused, Word, tell

__all__ = ["Front", "send_answer", "send_start"]

#: One line per request: method, path, status, milliseconds, request id. Neither query nor headers nor bodies: they may hold secrets.
_ACCESS = logging.getLogger("manyhands.server.access")
_FAULTS = logging.getLogger("manyhands.server")
#: Requests are named by process and number: a random name each would cost more than all the rest of this module.
_PROCESS = secrets.token_hex(8)
_NUMBERS = itertools.count(1)
_NO_BODY = frozenset({204, 304})


class Front:
    """The outermost part of the application.

    Args:
        inside: the application that answers.
    """

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            return
        exchange = _Exchange(scope, send)
        # Without this entry the router answers in plain text where it finds the path but not the method.
        scope["app"] = self
        try:
            await self._inside(scope, receive, exchange.send)
        except HTTPException as error:
            await exchange.refuse(_refusal_of(error, scope))
        except ManyhandsError as error:
            await exchange.refuse(error)
        except Exception:  # noqa: BLE001 - the top of the server: it logs, answers, and goes on
            _FAULTS.exception("request %s: %s %s failed", exchange.request_id, scope["method"], scope["path"])
            await exchange.refuse(Refused(Word.INTERNAL_ERROR, "The server has a defect; its log says more."))
        finally:
            exchange.log()


class _Exchange:
    """One request and what was answered."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.request_id = f"{_PROCESS}-{next(_NUMBERS):x}"
        self._scope = scope
        self._send = send
        self._status = 0
        self._started = time.perf_counter()
        scope["request_id"] = self.request_id

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._status = message["status"]
            message["headers"] = [*message.get("headers", []), (b"x-request-id", self.request_id.encode())]
        await self._send(message)

    async def refuse(self, error: ManyhandsError) -> None:
        if self._status:
            # The answer had begun; all that is left is to break it off, so that nobody takes it for whole.
            return
        failure = tell(error, request_id=self.request_id)
        await send_answer(self.send, Answer(status=failure.status, payload=encode_failure(failure)))

    def log(self) -> None:
        if _ACCESS.isEnabledFor(logging.INFO):
            elapsed_ms = (time.perf_counter() - self._started) * 1000
            method, path = self._scope["method"], self._scope["path"]
            _ACCESS.info("%s %r %d %.1f ms %s", method, path, self._status, elapsed_ms, self.request_id)


async def send_answer(send: Send, answer: Answer) -> None:
    """Send an answer that has no parts."""
    body = b"" if answer.status in _NO_BODY else answer.body()
    await send_start(send, answer, size_bytes=len(body))
    await send({"type": "http.response.body", "body": body})


async def send_start(send: Send, answer: Answer, *, size_bytes: int) -> None:
    """Send what comes before the body of an answer."""
    headers = [(name.lower().encode(), value.encode()) for name, value in answer.headers.items()]
    headers.append((b"content-length", str(size_bytes).encode()))
    if size_bytes:
        headers.append((b"content-type", answer.media_type.encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})


def _refusal_of(error: HTTPException, scope: MutableMapping[str, Any]) -> Refused:
    if error.status_code == 405:
        return Refused(Word.METHOD_NOT_ALLOWED, f"{scope['path']} does not take {scope['method']}.")
    return Refused(Word.DOES_NOT_EXIST, f"There is nothing at {scope['path']}.")
