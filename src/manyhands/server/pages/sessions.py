"""Sessions of workers in a browser: signing in with one's own key, and signing out."""

import asyncio
import hashlib

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from manyhands.errors import NotFound
from manyhands.server.accounts import AccountBook, Holder, HolderKind
from manyhands.server.doorways import SESSION_COOKIE, find_token
from manyhands.server.guesses import GuessLimit
from manyhands.server.refusals import Refused, Word

__all__ = ["session_routes"]

_PATH = "/api/worker/session"
_YEAR_S = 31_536_000
_ID_DIGITS = 12
_MOST_BYTES = 4096


def session_routes(accounts: AccountBook, guesses: GuessLimit) -> list[BaseRoute]:
    """Return the routes that begin and end a session.

    Args:
        accounts: knows the keys.
        guesses: how many wrong keys may be tried.
    """
    desk = _SessionDesk(accounts, guesses)
    return [Route(_PATH, desk.sign_in, methods=["POST"]), Route(_PATH, desk.sign_out, methods=["DELETE"])]


class _SessionDesk:
    def __init__(self, accounts: AccountBook, guesses: GuessLimit) -> None:
        self._accounts = accounts
        self._guesses = guesses

    async def sign_in(self, request: Request) -> Response:
        """Exchange a worker's key for a session of this browser; the key stays valid for other devices."""
        self._guesses.count(request.client.host if request.client else "")
        _check_is_ours(request.headers)
        return await asyncio.to_thread(self._begin, await _read_key(request), is_secure=request.url.scheme == "https")

    async def sign_out(self, request: Request) -> Response:
        """End the session of this browser for good; other keys of the worker stay valid."""
        _check_is_ours(request.headers)
        token = find_token(request.headers, method="DELETE")
        if token:
            await asyncio.to_thread(self._end, token)
        response = Response(b'{"success":true}', media_type="application/json")
        response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="strict")
        return response

    def _begin(self, key: str, *, is_secure: bool) -> Response:
        holder = self._accounts.find_holder(key)
        if holder is None or holder.kind is not HolderKind.WORKER:
            raise Refused(Word.AUTHENTICATION_ERROR, "This key is unknown or no longer valid.")
        token = self._accounts.issue_token(Holder(HolderKind.WORKER, holder.name), label="browser")
        response = Response(b'{"success":true}', status_code=201, media_type="application/json")
        response.set_cookie(
            SESSION_COOKIE, token, max_age=_YEAR_S, path="/", httponly=True, samesite="strict", secure=is_secure
        )
        return response

    def _end(self, token: str) -> None:
        digest = hashlib.sha256(token.encode()).hexdigest()
        try:
            self._accounts.revoke_token(digest[:_ID_DIGITS])
        except NotFound:
            # It has ended already, in another tab.
            return


def _check_is_ours(headers: Headers) -> None:
    # No page of another site can send this type without being asked first, and nobody answers that question with yes.
    if not headers.get("content-type", "").startswith("application/json"):
        raise Refused(Word.VALIDATION_ERROR, "Send JSON: Content-Type: application/json.")


async def _read_key(request: Request) -> str:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Refused(Word.REQUEST_TOO_LARGE, "A key is much shorter.")
    try:
        return msgspec.json.decode(body, type=dict[str, str]).get("key", "")
    except msgspec.DecodeError as error:
        raise Refused(Word.VALIDATION_ERROR, f"The body is not as expected: {error}.") from error
