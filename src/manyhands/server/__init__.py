"""The server: HTTP in front of the embedded platform.

In: HTTP requests of requesters' clients, workers and web pages. Out: JSON. It is a thin skin: it finds out who asks, translates, and calls the
platform; it never decides what may happen.
"""

from .accounts import AccessToken, AccountBook, ConsentText, Holder, HolderKind, RequesterAccount
from .app import create_app
from .serving import DEFAULT_REQUESTER, serve
from .settings import ServerSettings

__all__ = [
    "DEFAULT_REQUESTER",
    "AccessToken",
    "AccountBook",
    "ConsentText",
    "Holder",
    "HolderKind",
    "RequesterAccount",
    "ServerSettings",
    "create_app",
    "serve",
]
