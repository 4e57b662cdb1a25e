"""Doorways: from an HTTP request to a handler, and back."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from typing import Generic, TypeVar

from starlette.datastructures import Headers, QueryParams
from starlette.types import Receive, Scope, Send

from manyhands.errors import NotFound

from .accounts import AccountBook, Holder
from .calls import Answer, Call
from .crew import Crew
from .doors import KEYLESS, Door, Intake, Key, UploadDoor, check_key
from .front import send_answer, send_start
from .guesses import GuessLimit
from .refusals import Refused, Word
from .visitors import find_token, is_from_our_pages, read_visitor

__all__ = ["Doorway", "Porter", "UploadDoorway"]

D = TypeVar("D")
T = TypeVar("T")
#: Sent by clients that understand what only manyhands says. Others would send it back with copies of records and get the originals.
_EXTENSION_HEADER = "x-manyhands-client"
_READING = frozenset({"GET", "HEAD"})
_ZERO = "\0"
#: What is stored of a file at a time: few transactions, little memory.
_PART_BYTES = 1 << 18


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
        token = "" if key in KEYLESS else find_token(headers, method=scope["method"])
        holder = await self._find_holder(token) if token else None
        is_harmless = key is Key.TESTING or (key in KEYLESS and scope["method"] in _READING)
        if holder is None and not is_harmless:
            self._guesses.count(scope["client"][0] if scope.get("client") else "")
        if key is Key.VISITOR and not is_harmless and not is_from_our_pages(headers):
            message = "Send JSON (Content-Type: application/json), and not from a page of another site."
            raise Refused(Word.VALIDATION_ERROR, message)
        return check_key(key, holder)

    async def _find_holder(self, token: str) -> Holder | None:
        remembered = self._accounts.recall_holder(token)
        if remembered is not None:
            return remembered
        return await self._crew.run(self._accounts.find_holder, token)


class _AnyDoorway(ABC, Generic[D]):
    """An ASGI application that serves one door.

    Args:
        key: who may come in.
        porter: lets them in.
        desk: gives who came in, by name, what the handler may reach.
        crew: runs the handlers.
        most_bytes: the largest body.
    """

    def __init__(self, *, key: Key, porter: Porter, desk: Callable[[str], D], crew: Crew, most_bytes: int) -> None:
        self._key = key
        self._porter = porter
        self._desk = desk
        self._crew = crew
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if _ZERO in scope["path"]:
            # No id has it, and PostgreSQL cannot even be asked for it.
            raise NotFound("there is nothing at a path with a zero character")
        headers = Headers(scope=scope)
        name = await self._porter.admit(scope, headers, key=self._key)
        body = _iter_body(receive, headers, most_bytes=self._most_bytes)
        answer = await self._answer(name, scope, headers, body)
        if answer.parts is None:
            await send_answer(send, answer)
            return
        await send_start(send, answer, size_bytes=answer.size_bytes)
        await self._send_parts(scope, receive, send, answer.parts)

    @abstractmethod
    async def _answer(self, name: str, scope: Scope, headers: Headers, body: AsyncIterator[bytes]) -> Answer: ...

    async def _send_parts(self, scope: Scope, receive: Receive, send: Send, parts: Iterator[bytes]) -> None:
        # Nothing more is received but that the other side went away.
        is_gone = asyncio.ensure_future(receive())
        try:
            while scope["method"] != "HEAD" and not is_gone.done():
                part = await self._crew.run(_next_part, parts)
                if part is None:
                    break
                await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            is_gone.cancel()


class Doorway(_AnyDoorway[D]):
    """Serves a door that reads the whole body first."""

    def __init__(
        self, door: Door[D], *, key: Key, porter: Porter, desk: Callable[[str], D], crew: Crew, most_bytes: int
    ) -> None:
        most = door.most_bytes or most_bytes
        super().__init__(key=key, porter=porter, desk=desk, crew=crew, most_bytes=most)
        self._handle = door.handle

    async def _answer(self, name: str, scope: Scope, headers: Headers, body: AsyncIterator[bytes]) -> Answer:
        call = _call_of(scope, headers, body=b"".join([chunk async for chunk in body]))
        return await self._crew.run(self._carry_out, name, call)

    def _carry_out(self, name: str, call: Call) -> Answer:
        return self._handle(self._desk(name), call)


class UploadDoorway(_AnyDoorway[D]):
    """Serves a door for files. A slow sender holds no thread: one is used only while a part is stored."""

    def __init__(
        self,
        door: UploadDoor[D],
        *,
        key: Key,
        porter: Porter,
        desk: Callable[[str], D],
        crew: Crew,
        most_bytes: int,
    ) -> None:
        super().__init__(key=key, porter=porter, desk=desk, crew=crew, most_bytes=most_bytes)
        self._begin = door.begin

    async def _answer(self, name: str, scope: Scope, headers: Headers, body: AsyncIterator[bytes]) -> Answer:
        intake = await self._crew.run(self._open, name, _call_of(scope, headers))
        is_done = False
        try:
            async for part in _join(body):
                await self._crew.run(intake.add, part)
            answer = await self._crew.run(intake.finish)
            is_done = True
        finally:
            if not is_done:
                await self._crew.run(intake.give_up)
        return answer

    def _open(self, name: str, call: Call) -> Intake:
        return self._begin(self._desk(name), call)


def _next_part(parts: Iterator[bytes]) -> bytes | None:
    return next(parts, None)


def _call_of(scope: Scope, headers: Headers, *, body: bytes = b"") -> Call:
    return Call(
        request_id=scope["request_id"],
        path=scope["path_params"],
        query=dict(QueryParams(scope["query_string"]).items()) if scope["query_string"] else {},
        body=body,
        media_type=headers.get("content-type", ""),
        is_extended=_EXTENSION_HEADER in headers,
        look_at_visitor=partial(read_visitor, scope, headers),
    )


async def _iter_body(receive: Receive, headers: Headers, *, most_bytes: int) -> AsyncIterator[bytes]:
    """Return the body of a request as it arrives.

    Raises:
        Refused: it is too large, or the connection ended before it did.
    """
    stated = headers.get("content-length", "")
    if stated.isdecimal() and int(stated) > most_bytes:
        raise _too_large(most_bytes)
    size, is_over = 0, False
    while not is_over:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(Word.VALIDATION_ERROR, "The connection ended before the body did; nothing was done.")
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > most_bytes:
            raise _too_large(most_bytes)
        is_over = not message.get("more_body", False)
        yield chunk


async def _join(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Return the same bytes in parts of one size, but for the last."""
    waiting = bytearray()
    async for chunk in chunks:
        waiting += chunk
        while len(waiting) >= _PART_BYTES:
            yield bytes(waiting[:_PART_BYTES])
            del waiting[:_PART_BYTES]
    if waiting:
        yield bytes(waiting)


def _too_large(most_bytes: int) -> Refused:
    return Refused(Word.REQUEST_TOO_LARGE, f"The body is larger than {most_bytes} bytes; send it in parts.")
