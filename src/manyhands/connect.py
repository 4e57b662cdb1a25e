"""From what a requester has in hand (a URL, a file, a platform) to a platform, its journal and its one runner."""

import threading
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from manyhands.crowd import Platform
from manyhands.errors import InvalidInput
from manyhands.launch import Journal, Runner
from manyhands.platform.embedded import EmbeddedPlatform

__all__ = ["Connection", "Place", "connect"]

#: What a requester may name as the place where workers answer.
Place = EmbeddedPlatform | str | Path


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Connection:
    """A platform, the journal of its launches, and the runner that serves them all."""

    platform: Platform
    journal: Journal
    runner: Runner


# One runner per platform and one platform per URL in the process, so that calls from many threads share a poller. Both are caches: what they
# hold can be made again from the requester's words.
_lock = threading.Lock()
_by_platform: "WeakKeyDictionary[EmbeddedPlatform, Connection]" = WeakKeyDictionary()
_by_url: dict[str, EmbeddedPlatform] = {}


def connect(place: Place) -> Connection:
    """Return the connection to a place; the same place has the same connection in the whole process.

    Args:
        place: a platform; a URL such as ``sqlite:///labels.db``, ``sqlite://`` (in memory, gone with the process) or ``postgresql://…``; or the
            path of a SQLite file.

    Raises:
        InvalidInput: the place is none of these.
    """
    with _lock:
        platform = place if isinstance(place, EmbeddedPlatform) else _opened(place)
        connection = _by_platform.get(platform)
        if connection is None:
            connection = Connection(
                platform=platform, journal=platform.journal, runner=Runner(platform, platform.journal)
            )
            _by_platform[platform] = connection
        return connection


def _opened(place: object) -> EmbeddedPlatform:
    if isinstance(place, Path):
        place = f"sqlite:///{place.absolute()}"
    if not isinstance(place, str):
        msg = f"{place!r} is not a place with workers; expected a platform, a URL such as 'sqlite:///labels.db', or the path of a SQLite file"
        raise InvalidInput(msg)
    url = place if "://" in place else f"sqlite:///{Path(place).absolute()}"
    if url not in _by_url:
        _by_url[url] = EmbeddedPlatform.connect(url)
    return _by_url[url]
