"""From what a requester has in hand (a URL, a file, a platform, a client of Toloka's API) to a platform, its journal and its one runner."""

import hashlib
import os
import sys
import threading
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from manyhands.crowd import Platform
from manyhands.errors import InvalidInput
from manyhands.launches import Journal, Runner
from manyhands.platform import toloka
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.platform.toloka import Account, AccountHolder, find_account
from manyhands.store import LaunchJournal, SqliteStore

__all__ = ["JOURNAL_VARIABLE", "TOKEN_VARIABLE", "Connection", "ForeignClient", "Place", "connect_to"]

#: Names the folder in which launches on servers are remembered.
JOURNAL_VARIABLE = "MANYHANDS_JOURNAL"
#: Holds the requester's token for servers that are named by their URL only.
TOKEN_VARIABLE = "MANYHANDS_TOKEN"  # noqa: S105 - the name of a variable, not a token
_SERVERS = ("http://", "https://")
_DIGITS = 16


class ForeignClient(Protocol):
    """A client of toloka-kit, sync or async."""

    @property
    def url(self) -> str | None:
        """Where the server is."""
        ...

    @property
    def token(self) -> str:
        """The requester's token."""
        ...


#: What a requester may name as the place where workers answer. An `AccountHolder` is a `TolokaClient` or a `TolokaPlatform`.
Place = EmbeddedPlatform | AccountHolder | ForeignClient | str | Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A platform, the journal of its launches, and the runner that serves them all."""

    platform: Platform
    journal: Journal
    runner: Runner


# One runner per platform and one platform per URL or requester in the process, so that calls from many threads share a poller. Runners are held by
# their thread while they have launches and by their users' handles; one that nobody holds has nothing to remember.
_lock = threading.Lock()
_runners: "WeakValueDictionary[int, Runner]" = WeakValueDictionary()
_platforms: dict[str, EmbeddedPlatform] = {}
_requesters: dict[Account, str] = {}
_servers: dict[tuple[str, str], "_Server"] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    """A platform that is reached over HTTP, and the journal on this machine."""

    platform: Platform
    journal: LaunchJournal


def connect_to(place: Place) -> Connection:
    """Return the connection to a place; calls in one process share the runner and, for a URL or an account, the platform.

    The journal of launches on a server lies on this machine: one SQLite file for each server and requester, in the folder that ``MANYHANDS_JOURNAL``
    names, otherwise in the user's data folder (``~/.local/share/manyhands`` on Linux).

    Args:
        place: a platform; a client that `create_toloka_client` made or one of toloka-kit, of which URL, token and account are taken; the URL of a
            server (``https://…``, with the token in ``MANYHANDS_TOKEN``); a URL such as ``sqlite:///labels.db``, ``sqlite://`` (in memory, gone with
            the process) or ``postgresql://…``; or the path of a SQLite file.

    Raises:
        InvalidInput: the place is none of these.
        MissingExtra: the place is a server, and ``manyhands[toloka]`` is not installed.
        PlatformUnavailable: the server does not answer.
        PlatformError: the server does not accept the token.
    """
    with _lock:
        holder = _find_holder(place)
        if holder is not None:
            server = _reached(holder)
            return _connected(server.platform, server.journal)
        platform = place if isinstance(place, EmbeddedPlatform) else _opened(place)
        return _connected(platform, platform.journal)


def _connected(platform: Platform, journal: Journal) -> Connection:
    # A runner holds its platform, so that the platform's id is not given to another object while the runner lives.
    runner = _runners.get(id(platform))
    if runner is None:
        runner = _runners[id(platform)] = Runner(platform, journal)
    return Connection(platform=platform, journal=journal, runner=runner)


def _opened(place: object) -> EmbeddedPlatform:
    if isinstance(place, Path):
        place = str(place)
    if not isinstance(place, str):
        msg = (
            f"{place!r} is not a place with workers; expected a platform, a client of Toloka's API, "
            "a URL such as 'sqlite:///labels.db', or the path of a SQLite file"
        )
        raise InvalidInput(msg)
    url = place if "://" in place else f"sqlite:///{Path(place).absolute()}"
    if url not in _platforms:
        _platforms[url] = EmbeddedPlatform.connect(url)
    return _platforms[url]


def _find_holder(place: object) -> AccountHolder | None:
    if isinstance(place, AccountHolder):
        return place
    if isinstance(place, str) and place.startswith(_SERVERS):
        return AccountHolder(Account.at(_find_token(place), url=place))
    account = find_account(place)
    return None if account is None else AccountHolder(account)


def _find_token(url: str) -> str:
    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        msg = f"The server {url} wants a token: set {TOKEN_VARIABLE}, or give create_toloka_client(token, url={url!r}) instead."
        raise InvalidInput(msg)
    return token


def _reached(holder: AccountHolder) -> _Server:
    """Return the one platform of a requester in this process; the first client or platform that was given is the one that is used."""
    account = holder.account
    if account not in _requesters or (account.url, _requesters[account]) not in _servers:
        with nullcontext(holder) if isinstance(holder, toloka.TolokaClient) else toloka.TolokaClient(account) as client:
            requester = _requesters[account] = toloka.find_requester_id(client)
            if (account.url, requester) not in _servers:
                platform = holder if isinstance(holder, toloka.TolokaPlatform) else toloka.open_toloka(client)
                journal = LaunchJournal(SqliteStore(_journal_path(account.url, requester, os.environ)))
                _servers[account.url, requester] = _Server(platform=platform, journal=journal)
    return _servers[account.url, _requesters[account]]


def _journal_path(url: str, requester_id: str, environment: Mapping[str, str]) -> Path:
    folder = environment.get(JOURNAL_VARIABLE)
    named = hashlib.sha256(f"{url}\n{requester_id}".encode()).hexdigest()[:_DIGITS]
    host = urlsplit(url).hostname or "server"
    path = (Path(folder) if folder else _data_folder(environment)) / f"launches-{host}-{named}.db"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _data_folder(environment: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "manyhands"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "manyhands"
    data = environment.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "manyhands"
