"""Whose account on which server: taken from a client of toloka-kit, or given as URL and token."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

from manyhands.errors import InvalidInput

__all__ = ["Account", "AccountHolder", "TolokaEnvironment", "find_account"]

#: An API key is two dots apart, the first of them behind this many characters; any other token belongs to OAuth.
_API_KEY_DOTS = 2
_API_KEY_HEADS = range(22, 25)
_KIT = "toloka"
_KIT_CLIENTS = frozenset({"TolokaClient", "AsyncTolokaClient"})
_SCHEMES = frozenset({"http", "https"})


class TolokaEnvironment(StrEnum):
    """Toloka's own servers."""

    #: People work and are paid.
    PRODUCTION = "https://toloka.dev"
    #: Nobody works; switched off by Toloka since July 2024.
    SANDBOX = "https://sandbox.toloka.dev"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whom a server of Toloka's API knows by a token.

    Attributes:
        url: of the server, without ``/api`` and without a slash at the end.
        token: an OAuth token or an API key; never shown.
        acts_for: the requester in whose name the token's owner acts; None for their own.
        verify: how the server's certificate is checked: True, a path, a context, or False for not at all.

    Example:
        >>> Account(url="https://toloka.dev", token="secret")
        Account(url='https://toloka.dev', token=***, acts_for=None)
    """

    url: str
    token: str
    acts_for: str | None = None
    verify: SSLContext | str | bool = field(default=True, compare=False)

    def __repr__(self) -> str:
        return f"Account(url={self.url!r}, token=***, acts_for={self.acts_for!r})"

    @property
    def headers(self) -> Mapping[str, str]:
        """What tells the server who asks."""
        scheme = "ApiKey" if _is_api_key(self.token) else "OAuth"
        headers = {"Authorization": f"{scheme} {self.token}"}
        return headers if self.acts_for is None else {**headers, "X-Act-Under-Account-ID": self.acts_for}

    @classmethod
    def at(cls, token: str, *, environment: str | None = None, url: str | None = None) -> "Account":
        """Return the account of a token.

        Args:
            token: an OAuth token or an API key.
            environment: ``PRODUCTION`` or ``SANDBOX``, for Toloka's own servers.
            url: of any other server.

        Raises:
            InvalidInput: not exactly one of environment and URL is given, or it is none.
        """
        if (environment is None) is (url is None):
            raise InvalidInput("Give either an environment (PRODUCTION, SANDBOX) or the URL of a server.")
        if not token or not token.isascii() or any(character.isspace() for character in token):
            raise InvalidInput("The token is empty or holds characters that no token has; copy it once more.")
        return cls(url=_check_url(url) if url is not None else _find_environment(environment or ""), token=token)


class AccountHolder:
    """Something that acts in the name of an account: a client, or a platform behind one.

    Args:
        account: whose name.
    """

    def __init__(self, account: Account) -> None:
        self.account = account


def find_account(client: object) -> Account | None:
    """Return the account that a client of toloka-kit uses, sync or async; None for anything else.

    toloka-kit is not imported: its clients are known by their names.
    """
    if not any(_is_kit_class(kind) for kind in type(client).__mro__):
        return None
    # The async client shows the fields of the sync one inside it.
    url, token = getattr(client, "url", None), getattr(client, "token", None)
    if not isinstance(url, str) or not isinstance(token, str):
        raise InvalidInput(f"{type(client).__qualname__} has no url and token; expected a client of toloka-kit 1.x")
    acts_for: Any = getattr(client, "act_under_account_id", None)
    verify: Any = getattr(client, "verify", True)
    return Account(url=_check_url(url), token=token, acts_for=acts_for or None, verify=verify)


def _is_kit_class(kind: type) -> bool:
    return kind.__name__ in _KIT_CLIENTS and kind.__module__.partition(".")[0] == _KIT


def _is_api_key(token: str) -> bool:
    return token.count(".") == _API_KEY_DOTS and token.index(".") in _API_KEY_HEADS


def _check_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.username or parts.query:
        raise InvalidInput(f"{url!r} is not the URL of a server; expected one such as https://toloka.dev")
    return url.rstrip("/").removesuffix("/api")


def _find_environment(name: str) -> str:
    try:
        return TolokaEnvironment[name.upper()].value
    except KeyError as error:
        raise InvalidInput(f"There is no environment {name!r}; expected PRODUCTION or SANDBOX.") from error
