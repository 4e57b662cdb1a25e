"""Which addresses notifications may go to: whoever makes a webhook must not reach through it what only this machine can reach."""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import ProblemCode, WireProblem

__all__ = ["PrivateAddress", "find_addresses", "refuse_private"]

_Address = IPv4Address | IPv6Address
#: IPv6 addresses that stand for an IPv4 address behind a translator.
_TRANSLATED = IPv6Network("64:ff9b::/96")
_IPV4_MASK = (1 << 32) - 1
_LONGEST_URL = 2048


class PrivateAddress(OSError):
    """The host has no public address."""


def refuse_private(url: str, *, is_private_allowed: bool) -> None:
    """Return if notifications may go to a URL, as far as the URL itself tells; names are looked up when something is sent.

    Raises:
        InvalidInput: it names no host, holds a password, or a private address that is not allowed.
    """
    problem = _find_problem(url, is_private_allowed=is_private_allowed)
    if problem:
        wire_problem = WireProblem("webhook_url", ProblemCode.INVALID_URL_SYNTAX, message=problem)
        raise InvalidInput("Notifications cannot be sent there; nothing was changed.", [wire_problem])


async def find_addresses(host: str, port: int, *, is_private_allowed: bool) -> list[str]:
    """Return the addresses of a host to which notifications may go, best first.

    Raises:
        PrivateAddress: it has no public one, and others are not allowed.
        OSError: it has none at all.
    """
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    allowed = [address for address in addresses if is_private_allowed or _is_public(ip_address(address))]
    if not allowed:
        message = f"{host} has no public address; allow private ones if notifications are to go there"
        raise PrivateAddress(message)
    return allowed


def _find_problem(url: str, *, is_private_allowed: bool) -> str:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        return f"expected an address, found one that cannot be read: {error}"
    if not host or len(url) > _LONGEST_URL or not url.isprintable() or " " in url:
        return f"expected an address with a host, of at most {_LONGEST_URL} characters"
    if parts.username is not None or parts.password is not None:
        return "expected an address without a password; use secret_key to know who sends"
    if not is_private_allowed and _is_plainly_private(host):
        return f"expected a public address, found {host!r:.60}; whoever runs the server can allow private ones"
    return ""


def _is_plainly_private(host: str) -> bool:
    try:
        return not _is_public(ip_address(host))
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_public(address: _Address) -> bool:
    inner = _find_inner(address) if isinstance(address, IPv6Address) else None
    if inner is not None:
        return _is_public(inner)
    return address.is_global and not address.is_multicast


def _find_inner(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for."""
    if address in _TRANSLATED:
        return IPv4Address(int(address) & _IPV4_MASK)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
