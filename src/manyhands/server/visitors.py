"""Who sends a request, as far as the connection and the browser tell, and the cookie that a browser keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.datastructures import Headers

__all__ = [
    "SESSION_COOKIE",
    "Visitor",
    "find_token",
    "is_from_our_pages",
    "read_visitor",
    "write_ended_cookie",
    "write_session_cookie",
]

#: Holds a worker's token in a browser.
SESSION_COOKIE = "manyhands_worker"
_SCHEMES = frozenset({"oauth", "apikey", "bearer"})
_READING = frozenset({"GET", "HEAD"})
#: Types of bodies that no page of another site can send in the browser's name without being asked first.
_OUR_TYPES = ("application/json", "application/octet-stream")
#: What browsers say of requests of our own pages, and of those that somebody typed in.
_OWN_SITES = frozenset({"same-origin", "none"})
#: However much a session is used: after a year the worker signs in again.
_YEAR_S = 31_536_000
_COOKIE = "Path=/; HttpOnly; SameSite=Strict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who sends a request.

    Attributes:
        address: the network address, as a proxy on this machine tells it.
        origin: under which address they reached the server, such as ``https://labels.example``; empty when unknown.
        device: what the browser or program calls itself.
        is_browser: whether it is a browser, which needs no token in the answer, as it has the cookie.
        token: the token or session that they brought and that may count; empty for none.
    """

    address: str = ""
    origin: str = ""
    device: str = ""
    is_browser: bool = False
    token: str = ""

    @property
    def is_secure(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.origin.startswith("https:")


def read_visitor(scope: Mapping[str, Any], headers: Headers) -> Visitor:
    """Return who sends a request."""
    client, host = scope.get("client"), headers.get("host", "")
    return Visitor(
        address=client[0] if client else "",
        origin=f"{scope.get('scheme', 'http')}://{host}" if host else "",
        device=headers.get("user-agent", ""),
        is_browser="sec-fetch-site" in headers or "origin" in headers,
        token=find_token(headers, method=scope["method"]),
    )


def find_token(headers: Headers, *, method: str) -> str:
    """Return the token of a request; empty if there is none.

    A cookie counts only with a request that reads, or that a foreign page cannot send in the browser's name.
    """
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme:
        return token.strip() if scheme.lower() in _SCHEMES else ""
    is_ours = method in _READING or is_from_our_pages(headers)
    return _find_cookie(headers.get("cookie", "")) if is_ours else ""


def is_from_our_pages(headers: Headers) -> bool:
    """Return whether a request that changes something comes from our own pages or from a program, not from a page of somebody else.

    No foreign page can send JSON or a file without being asked first, and nobody answers that question with yes. What the browser says of where the
    request comes from has to agree; browsers that do not say it at least name the page's address.
    """
    if not headers.get("content-type", "").startswith(_OUR_TYPES):
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN_SITES
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] == headers.get("host", "")


def write_session_cookie(token: str, *, is_secure: bool) -> str:
    """Return the header that makes a browser keep a session where no script and no foreign page gets it."""
    return f"{SESSION_COOKIE}={token}; {_COOKIE}; Max-Age={_YEAR_S}{_mark(is_secure=is_secure)}"


def write_ended_cookie(*, is_secure: bool) -> str:
    """Return the header that makes a browser forget the session."""
    return f"{SESSION_COOKIE}=; {_COOKIE}; Max-Age=0{_mark(is_secure=is_secure)}"


def _mark(*, is_secure: bool) -> str:
    return "; Secure" if is_secure else ""


def _find_cookie(text: str) -> str:
    try:
        cookie = SimpleCookie(text).get(SESSION_COOKIE)
    except CookieError:
        return ""
    return "" if cookie is None else cookie.value
