"""A thin client of Toloka's API over HTTP: JSON out, JSON in, our errors for its refusals."""

import logging
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from ipaddress import ip_address
from types import TracebackType
from typing import Any, Self

import msgspec

from manyhands.errors import MissingExtra, PlatformUnavailable

from .account import Account, AccountHolder
from .retries import RetryPolicy
from .server_clock import ServerClock
from .wire import Failure, decode_failure, to_error

try:
    import httpx
except ImportError as error:
    raise MissingExtra("Servers are reached with httpx; install it with: pip install 'manyhands[toloka]'") from error

__all__ = ["Query", "Reply", "TolokaClient", "create_toloka_client"]

#: Fields of a query; None leaves a field out.
Query = Mapping[str, str | int | bool | None]

_LOG = logging.getLogger("manyhands.platform.toloka")
_ENCODER = msgspec.json.Encoder(decimal_format="number")
_CONNECT_TIMEOUT_S, _TIMEOUT_S = 5.0, 30.0
_CONNECTIONS = 32
_FIRST_ERROR = 400
#: The server did not begin with the request, so that even one that must not be carried out twice may be sent again.
_NOT_BEGUN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered: the JSON value of the body, None when there is none."""

    status: int
    document: Any


class TolokaClient(AccountHolder):
    """Talks to one server in the name of one account. Thread-safe.

    Requests that time out, meet a broken connection, or are answered with 429 or 5xx are repeated a few times; then `PlatformUnavailable` is
    raised. Nothing that is secret is logged.

    Args:
        account: whose token, and where.
        retries: how often and after which pauses requests are repeated.
        timeout_s: for one answer.
        headers: sent with every request.
        transport: how requests travel, instead of sockets: for a server in the same process.
    """

    def __init__(
        self,
        account: Account,
        *,
        retries: RetryPolicy | None = None,
        timeout_s: float = _TIMEOUT_S,
        headers: Mapping[str, str] | None = None,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        super().__init__(account)
        self.clock = ServerClock()
        self._retries = retries or RetryPolicy()
        self._timeout_s = timeout_s
        self._transport = transport
        self._http = httpx.Client(
            base_url=account.url,
            headers={**account.headers, "User-Agent": "manyhands", **(headers or {})},
            timeout=httpx.Timeout(timeout_s, connect=min(timeout_s, _CONNECT_TIMEOUT_S)),
            limits=httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS),
            verify=account.verify,
            transport=transport,
            # Proxies of the environment are no way to one's own machine.
            trust_env=not _is_loopback(account.url),
        )

    def __repr__(self) -> str:
        return f"TolokaClient({self.account!r})"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def speaking(self, headers: Mapping[str, str]) -> "TolokaClient":
        """Return a client of the same account that sends these headers with every request."""
        return TolokaClient(
            self.account,
            retries=self._retries,
            timeout_s=self._timeout_s,
            headers=headers,
            transport=self._transport,
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def get(self, path: str, query: Query | None = None) -> Any:
        """Return what is at a path."""
        return self.request("GET", path, query=query)

    def request(
        self, method: str, path: str, *, query: Query | None = None, body: object = None, is_repeatable: bool = True
    ) -> Any:
        """Send a request and return the JSON value of the answer, None for an answer without one.

        Args:
            method: of HTTP.
            path: with ``/api`` in front.
            query: fields of the query.
            body: a JSON value; None sends none.
            is_repeatable: whether doing it twice is the same as doing it once. Otherwise it is sent again only when it cannot have been done.

        Raises:
            PlatformUnavailable: the server does not answer, or asks to come back later.
            ManyhandsError: the server refused; the class tells why.
        """
        answer = self.ask(method, path, query=query, body=body, is_repeatable=is_repeatable)
        if isinstance(answer, Failure):
            raise to_error(answer)
        return answer.document

    def ask(
        self, method: str, path: str, *, query: Query | None = None, body: object = None, is_repeatable: bool = True
    ) -> Reply | Failure:
        """Send a request as `request` does, and return the refusal of a server that refuses for good.

        Raises:
            PlatformUnavailable: the server does not answer, or asks to come back later.
        """
        content = None if body is None else _ENCODER.encode(body)
        request = self._http.build_request(
            method,
            path,
            params=_write_query(query or {}),
            content=content,
            headers={} if content is None else {"Content-Type": "application/json"},
        )
        attempt = 0
        while True:
            answer, asked_s = self._send(request, is_repeatable=is_repeatable)
            if not isinstance(answer, PlatformUnavailable):
                return answer
            if asked_s is None or attempt >= self._retries.count:
                raise answer
            pause_s = self._retries.pause_s(attempt, asked_s=asked_s)
            attempt += 1
            _LOG.warning("%s %s: %s; repeating in %.2f s", method, path, answer, pause_s)
            time.sleep(pause_s)

    def iter_items(self, path: str, query: Query | None = None, *, limit: int) -> Iterator[dict[str, Any]]:
        """Yield the items of a list in order of id, page by page.

        Args:
            path: of the list.
            query: which items; ``id_gt`` is where to begin.
            limit: items asked for at once.
        """
        wanted = {**(query or {}), "sort": "id", "limit": limit}
        while True:
            page = self.get(path, wanted)
            items = page["items"]
            yield from items
            if not (page.get("has_more") and items):
                return
            wanted["id_gt"] = items[-1]["id"]

    def _send(
        self, request: httpx.Request, *, is_repeatable: bool
    ) -> tuple[Reply | Failure | PlatformUnavailable, float | None]:
        """Return the answer, and the pause that the server asks for before the request is repeated; None when that must not be."""
        sent = datetime.now(UTC)
        try:
            response = self._http.send(request)
        except httpx.TransportError as error:
            is_safe = is_repeatable or isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
            return _unreachable(self.account.url, error), 0.0 if is_safe else None
        self.clock.see_header(response.headers.get("date"), sent=sent, received=datetime.now(UTC))
        document = _read(response)
        if response.status_code < _FIRST_ERROR:
            return Reply(status=response.status_code, document=document), None
        failure = decode_failure(document, status=response.status_code)
        refusal = to_error(failure)
        if isinstance(refusal, PlatformUnavailable):
            is_safe = is_repeatable or response.status_code in _NOT_BEGUN
            return refusal, _read_pause(response) if is_safe else None
        return failure, None


def create_toloka_client(token: str, environment: str | None = None, *, url: str | None = None) -> TolokaClient:
    """Return a client that may be given wherever a place with workers is expected.

    Args:
        token: an OAuth token or an API key of a requester.
        environment: ``PRODUCTION`` or ``SANDBOX``, for Toloka's own servers.
        url: of any other server that speaks Toloka's API, such as ``http://127.0.0.1:8000`` for a manyhands server.

    Raises:
        InvalidInput: not exactly one of environment and URL is given, or one of them is none.

    Example:
        >>> create_toloka_client("secret", url="http://127.0.0.1:8000")
        TolokaClient(Account(url='http://127.0.0.1:8000', token=***, acts_for=None))
    """
    return TolokaClient(Account.at(token, environment=environment, url=url))


def _write_query(query: Query) -> dict[str, str]:
    shown = {name: value for name, value in query.items() if value is not None}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in shown.items()}


def _read(response: httpx.Response) -> Any:
    if not response.content:
        return None
    try:
        return msgspec.json.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # A proxy in between may answer in HTML; the status tells enough.
        return None


def _read_pause(response: httpx.Response) -> float:
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() else 0.0


def _unreachable(url: str, error: httpx.TransportError) -> PlatformUnavailable:
    unavailable = PlatformUnavailable(f"{url} does not answer ({type(error).__name__}: {error}); try again later")
    unavailable.__cause__ = error
    return unavailable


def _is_loopback(url: str) -> bool:
    host = httpx.URL(url).host
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
