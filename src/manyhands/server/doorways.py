"""Doorways: from an HTTP request to a handler, and back."""

from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Generic, TypeVar

from starlette.datastructures import Headers, QueryParams
from starlette.types import Receive, Scope, Send

from .accounts import AccountBook, Holder
from .calls import Answer, Call
from .crew import Crew
from .doors import Door, Key, check_key
from .front import send_answer
from .guesses import GuessLimit
from .refusals import Refused, Word

__all__ = ["SESSION_COOKIE", "Doorway", "Porter", "find_token"]

D = TypeVar("D")
#: Holds a worker's token in a browser.
SESSION_COOKIE = "manyhands_worker"
#: Sent by clients that understand what only manyhands says. Others would send it back with copies of records and get the originals.
_EXTENSION_HEADER = "x-manyhands-client"
_SCHEMES = frozenset({"oauth", "apikey", "bearer"})
_READING = frozenset({"GET", "HEAD"})


class Porter:
    """Looks at everybody who comes in.

    Args:
        accounts: knows the tokens.
        crew: asks the store.
        guesses: how many may come without a valid token.
    """

    def __init__(self, accounts: AccountBook, *, crew: Crew, guesses: GuessLimit) -> None:
        self._accounts = accounts
        self._crew = crew
        self._guesses = guesses

    async def admit(self, scope: Scope, headers: Headers, *, key: Key) -> str:
        """Return the name of who comes in.

        Raises:
            Refused: they may not.
        """
        token = find_token(headers, method=scope["method"]) if key is not Key.NONE else ""
        holder = await self._find_holder(token) if token else None
        is_harmless = key is Key.NONE and scope["method"] in _READING
        if holder is None and not is_harmless:
            self._guesses.count(scope["client"][0] if scope.get("client") else "")
        return check_key(key, holder)

    async def _find_holder(self, token: str) -> Holder | None:
        remembered = self._accounts.recall_holder(token)
        if remembered is not None:
            return remembered
        return await self._crew.run(self._accounts.find_holder, token)


class Doorway(Generic[D]):
    """An ASGI application that serves one door.

    Args:
        door: what is done.
        key: who may come in.
        porter: lets them in.
        desk: gives who came in, by name, what the handler may reach.
        crew: runs the handlers.
        most_bytes: the largest body.
    """

    def __init__(
        self,
        door: Door[D],
        *,
        key: Key,
        porter: Porter,
        desk: Callable[[str], D],
        crew: Crew,
        most_bytes: int,
    ) -> None:
        self._handle = door.handle
        self._key = key
        self._porter = porter
        self._desk = desk
        self._crew = crew
        self._most_bytes = door.most_bytes or most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)
        name = await self._porter.admit(scope, headers, key=self._key)
        body = await _read_body(receive, headers, most_bytes=self._most_bytes)
        query = dict(QueryParams(scope["query_string"]).items()) if scope["query_string"] else {}
        call = Call(
            request_id=scope["request_id"],
            path=scope["path_params"],
            query=query,
            body=body,
            is_extended=_EXTENSION_HEADER in headers,
        )
        answer = await self._crew.run(self._carry_out, name, call)
        await send_answer(send, answer)

    def _carry_out(self, name: str, call: Call) -> Answer:
        return self._handle(self._desk(name), call)


def find_token(headers: Headers, *, method: str) -> str:
    """Return the token of a request; empty if there is none.

    A cookie counts only with a request that a foreign page cannot send in the browser's name: one that reads, or one with a JSON body.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme:
        return token.strip() if scheme.lower() in _SCHEMES else ""
    is_ours = method in _READING or headers.get("content-type", "").startswith("application/json")
    return _find_cookie(headers.get("cookie", "")) if is_ours else ""


def _find_cookie(text: str) -> str:
    try:
        cookie = SimpleCookie(text).get(SESSION_COOKIE)
    except CookieError:
        return ""
    return "" if cookie is None else cookie.value


async def _read_body(receive: Receive, headers: Headers, *, most_bytes: int) -> bytes:
    stated = headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > most_bytes:
        raise _too_large(most_bytes)
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(Word.VALIDATION_ERROR, "The connection ended before the body did; nothing was done.")
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > most_bytes:
            raise _too_large(most_bytes)
        chunks.append(chunk)
        if not message.get("more_body", False):
            return b"".join(chunks)


def _too_large(most_bytes: int) -> Refused:
    return Refused(Word.REQUEST_TOO_LARGE, f"The body is larger than {most_bytes} bytes; send it in parts.")
