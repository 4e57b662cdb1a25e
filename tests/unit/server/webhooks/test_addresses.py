"""Where notifications may go."""

import asyncio
from ipaddress import ip_address

import pytest

from manyhands.errors import InvalidInput
from manyhands.server.webhooks import refuse_private
from manyhands.server.webhooks.addresses import PrivateAddress, _is_public, find_addresses


@pytest.mark.parametrize(
    ("text", "is_public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),  # noqa: S104 - an address that is refused
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("2002:7f00:1::", False),
        ("2001:0:0:0:0:0:80ff:fffe", False),
    ],
)
def test_public_addresses_are_told_from_others(text: str, *, is_public: bool) -> None:
    """Also where an IPv6 address stands for an IPv4 one."""
    assert _is_public(ip_address(text)) is is_public


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("https://example.com/hook?a=b", False),
        ("http://93.184.216.34:8080/", False),
        ("http://localhost/", True),
        ("http://a.LOCALHOST:80/", True),
        ("http://127.0.0.1:8000/api/v1/requester", True),
        ("http://[::1]/", True),
        ("http://169.254.169.254/latest/meta-data", True),
    ],
)
def test_url_shows_a_private_address(url: str, *, is_refused: bool) -> None:
    """It is refused when the webhook is made, unless private addresses are allowed."""
    refuse_private(url, is_private_allowed=True)
    if is_refused:
        with pytest.raises(InvalidInput):
            refuse_private(url, is_private_allowed=False)
    else:
        refuse_private(url, is_private_allowed=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http:///path",
        "https://user:word@example.com/",
        "https://user@example.com/",
        "http://example.com:99999/",
        "http://[::1/",
        "http://exa mple.com/",
        "http://example.com/\r\nx: y",
        f"http://example.com/{'x' * 2048}",
    ],
)
def test_url_that_cannot_be_used_is_refused(url: str) -> None:
    """Without a host, with a password, or not an address at all; also where private ones are allowed."""
    with pytest.raises(InvalidInput):
        refuse_private(url, is_private_allowed=True)


def test_names_are_looked_up_when_something_is_sent() -> None:
    """A name that means this machine is refused then, whatever it meant before."""
    assert "127.0.0.1" in asyncio.run(find_addresses("localhost", 80, is_private_allowed=True))
    with pytest.raises(PrivateAddress, match="no public address"):
        asyncio.run(find_addresses("localhost", 80, is_private_allowed=False))
