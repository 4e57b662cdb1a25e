"""Sending one notification."""

import asyncio
import ssl
from dataclasses import dataclass
from functools import cached_property

import httpx

from manyhands.platform.toloka.wire import PushErrorType

from .addresses import find_addresses
from .notifications import Notification

__all__ = ["Pushed", "Pusher"]

#: For everything: looking the name up, connecting, sending, and the first words of the answer.
_TIMEOUT_S = 10.0
#: A host that cannot be reached at so many addresses cannot be reached.
_ADDRESSES_TRIED = 3
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What became of a notification: `error` is None if it arrived; `status` is None if no answer came."""

    status: int | None = None
    error: PushErrorType | None = None


class Pusher:
    """Sends notifications. It follows no redirections, and connects only to addresses that it has looked at.

    Args:
        is_private_allowed: whether notifications may go to loopback, link-local and private addresses.
        timeout_s: for one notification.
    """

    def __init__(self, *, is_private_allowed: bool, timeout_s: float = _TIMEOUT_S) -> None:
        self.is_private_allowed = is_private_allowed
        self._timeout_s = timeout_s

    async def push(self, notification: Notification) -> Pushed:
        """Send a notification and return what became of it; an answer's body is not read."""
        try:
            async with asyncio.timeout(self._timeout_s):
                status = await self._send(notification)
        except (TimeoutError, httpx.TimeoutException):
            return Pushed(error=PushErrorType.REQUEST_TIMEOUT)
        except (OSError, httpx.TransportError):
            return Pushed(error=PushErrorType.CONNECTION_ERROR)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            return Pushed(error=PushErrorType.UNKNOWN)
        is_taken = httpx.codes.is_success(status)
        return Pushed(status=status, error=None if is_taken else PushErrorType.WRONG_STATUS_CODE)

    async def _send(self, notification: Notification) -> int:
        url = httpx.URL(notification.url)
        host = url.raw_host.decode("ascii")
        port = url.port or _PORTS[url.scheme]
        found = await find_addresses(host, port, is_private_allowed=self.is_private_allowed)
        tried = found[:_ADDRESSES_TRIED]
        # No proxy and no connection of before: it is to this very address, in the name of this very host.
        async with httpx.AsyncClient(verify=self._context, timeout=self._timeout_s, trust_env=False) as client:
            for address in tried[:-1]:
                try:
                    return await _post(client, url, host, address, notification)
                except httpx.ConnectError:
                    continue
            return await _post(client, url, host, tried[-1], notification)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


async def _post(client: httpx.AsyncClient, url: httpx.URL, host: str, address: str, notification: Notification) -> int:
    request = client.build_request(
        "POST",
        url.copy_with(host=address),
        content=notification.body,
        headers={**notification.headers, "host": url.netloc.decode("ascii")},
        extensions={"sni_hostname": host},
    )
    response = await client.send(request, stream=True)
    await response.aclose()
    return response.status_code
