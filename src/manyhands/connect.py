"""From what a requester has in hand (a URL, a file, a platform) to a platform, its journal and its one runner."""

import threading
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakValueDictionary

from manyhands.crowd import Platform
from manyhands.errors import InvalidInput
from manyhands.launches import Journal, Runner
from manyhands.platform.embedded import EmbeddedPlatform

__all__ = ["Connection", "Place", "connect_to"]

#: What a requester may name as the place where workers answer.
Place = EmbeddedPlatform | str | Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A platform, the journal of its launches, and the runner that serves them all."""

    platform: Platform
    journal: Journal
    runner: Runner


# One runner per platform and one platform per URL in the process, so that calls from many threads share a poller. Runners are held by their thread
# while they have launches and by their users' handles; one that nobody holds has nothing to remember.
_lock = threading.Lock()
_runners: "WeakValueDictionary[int, Runner]" = WeakValueDictionary()
_platforms: dict[str, EmbeddedPlatform] = {}


def connect_to(place: Place) -> Connection:
    """Return the connection to a place; calls in one process share the runner and, for a URL, the platform.

    Args:
        place: a platform; a URL such as ``sqlite:///labels.db``, ``sqlite://`` (in memory, gone with the process) or ``postgresql://…``; or the
            path of a SQLite file.

    Raises:
        InvalidInput: the place is none of these.
    """
    with _lock:
        platform = place if isinstance(place, EmbeddedPlatform) else _opened(place)
        # A runner holds its platform, so that the platform's id is not given to another object while the runner lives.
        runner = _runners.get(id(platform))
        if runner is None:
            runner = _runners[id(platform)] = Runner(platform, platform.journal)
        return Connection(platform=platform, journal=platform.journal, runner=runner)


def _opened(place: object) -> EmbeddedPlatform:
    if isinstance(place, Path):
        place = str(place)
    if not isinstance(place, str):
        msg = (
            f"{place!r} is not a place with workers; expected a platform, a URL such as 'sqlite:///labels.db', or the path of a SQLite file"
        )
        raise InvalidInput(msg)
    url = place if "://" in place else f"sqlite:///{Path(place).absolute()}"
    if url not in _platforms:
        _platforms[url] = EmbeddedPlatform.connect(url)
    return _platforms[url]
