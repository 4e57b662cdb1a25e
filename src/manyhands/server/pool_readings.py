"""Pools that somebody looks into: their tasks and pages, and what follows from them, read once for each change."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from manyhands.crowd import Assignment, Pool, PoolId
from manyhands.launches.findings import LaunchFacts, read_facts, scheme_of
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import LaunchJournal

from .own_records import OwnRecords

__all__ = ["LAUNCH_KEY", "PoolReading", "PoolReadings", "find_launch", "read_pool"]

#: How the key of a launch's pool begins; the name of the launch follows.
LAUNCH_KEY = "launch:"
#: A requester looks into one pool and maybe compares it with another; each may hold many pages.
_KEPT_COUNT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolReading:
    """A pool at one moment.

    Attributes:
        name: the launch's, or what the requester calls the pool.
        document: what the journal says of the launch; None for a pool that nobody launched, or was launched over HTTP.
    """

    pool: Pool
    name: str
    document: Mapping[str, Any] | None
    pages: Sequence[Assignment]
    facts: LaunchFacts


class PoolReadings:
    """The last few pools that somebody looked into. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[PoolId, tuple[int, PoolReading]] = OrderedDict()

    def get(
        self, pool_id: PoolId, *, platform: EmbeddedPlatform, records: OwnRecords, journal: LaunchJournal
    ) -> PoolReading:
        """Return a pool as it is now.

        Args:
            pool_id: which.
            platform: the requester's.
            records: the requester's.
            journal: of the launches there.

        Raises:
            NotFound: the requester has no such pool.
        """
        # Asked first, for this is where a foreign pool is refused.
        pool = platform.get_pool(pool_id)
        with platform.reading() as transaction:
            row = transaction.find("find_pool_version", {"id": int(pool_id)})
        version = -1 if row is None else int(row["version"])
        with self._lock:
            kept = self._kept.get(pool_id)
        if kept is not None and kept[0] == version and kept[1].pool == pool:
            return kept[1]
        reading = read_pool(pool, records=records, journal=journal)
        with self._lock:
            self._kept[pool_id] = version, reading
            self._kept.move_to_end(pool_id)
            while len(self._kept) > _KEPT_COUNT:
                self._kept.popitem(last=False)
        return reading


def read_pool(pool: Pool, *, records: OwnRecords, journal: LaunchJournal) -> PoolReading:
    """Return what the tasks and pages of a pool tell. Cost: one pass over both."""
    name, document = find_launch(pool, journal)
    pages = list(records.assignments(pool.id))
    facts = read_facts(records.tasks(pool.id), pages, scheme_of(document))
    return PoolReading(pool=pool, name=name, document=document, pages=pages, facts=facts)


def find_launch(pool: Pool, journal: LaunchJournal) -> tuple[str, Mapping[str, Any] | None]:
    """Return the name of what works in a pool, and what the journal says of it; None where the journal knows nothing."""
    name = pool.config.key.removeprefix(LAUNCH_KEY)
    if name == pool.config.key:
        return pool.config.private_note or pool.config.key, None
    document = journal.find(name)
    # A launch of the same name may be somebody else's, or one on another platform.
    return name, document if document is not None and document.get("pool_id") == pool.id else None
