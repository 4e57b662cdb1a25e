"""Watching launches: one row per launch, kept up to date at a cost that follows what changed, not what is there."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from manyhands.crowd import AssignmentStatus, PoolId
from manyhands.server.desks import RequesterDesk

from .launch_facts import LaunchFacts, read_facts

__all__ = ["LaunchRow", "LaunchWatch", "facts_of", "own_launches"]

#: Seconds for which one look may read pages again; launches that wait longest come first at the next look.
_LOOK_S = 0.25
#: Whoever looks again within this time sees the same: many open pages cost what one costs.
_FRESH_S = 0.8
#: Before so many finished objects the pace says nothing.
_LEAST_FINISHED = 3
_NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchRow:
    """A launch at one moment; amounts are US dollars, shares in [0, 1].

    Attributes:
        finished_count: objects that want no more answers.
        budget_left: what may still be reserved; null without a ceiling.
        eta_seconds: until everything is finished at the pace so far; null when that cannot be said.
        eta_low_seconds: the lower end of a 95 % range, as if objects finished independently of each other.
        is_stop_requested: somebody asked for a stop that was not carried out yet.
    """

    name: str
    state: str
    reason: str
    kind: str
    pool_id: str
    created: str
    updated: str
    object_count: int
    finished_count: int = 0
    answer_count: int = 0
    pages: Mapping[str, int]
    worker_count: int = 0
    paid: float = 0.0
    reserved: float = 0.0
    budget: float | None = None
    budget_left: float | None = None
    agreement: float | None = None
    confidence: float | None = None
    control_accuracy: float | None = None
    eta_seconds: float | None = None
    eta_low_seconds: float | None = None
    eta_high_seconds: float | None = None
    is_stop_requested: bool = False


class LaunchWatch:
    """The rows of one requester's launches. Thread-safe; everybody who watches shares it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[PoolId, tuple[int, LaunchFacts]] = {}
        self._rows: list[LaunchRow] = []
        self._looked_s = float("-inf")

    def look(self, desk: RequesterDesk) -> list[LaunchRow]:
        """Return the rows as they are now, in order of name; under a heavy load some figures may be a look or two old."""
        with self._lock:
            if time.monotonic() - self._looked_s > _FRESH_S:
                self._rows = self._read(desk)
                self._looked_s = time.monotonic()
            return self._rows

    def _read(self, desk: RequesterDesk) -> list[LaunchRow]:
        versions = _versions(desk)
        self._refresh(desk, versions)
        stops = desk.journal.stop_requests()
        return [
            self._row(desk, name, document, is_stop_requested=name in stops)
            for name, document in own_launches(desk, own=versions.keys())
        ]

    def _refresh(self, desk: RequesterDesk, versions: Mapping[PoolId, int]) -> None:
        until = time.monotonic() + _LOOK_S
        stale = [pool for pool, version in versions.items() if self._seen.get(pool, (-1, None))[0] != version]
        # Whoever was refreshed last stands last in the dictionary.
        places = {pool: place for place, pool in enumerate(self._seen)}
        for pool in sorted(stale, key=lambda pool: places.get(pool, -1)):
            facts = facts_of(desk, pool)
            self._seen.pop(pool, None)
            self._seen[pool] = (versions[pool], facts)
            if time.monotonic() >= until:
                return

    def _row(
        self, desk: RequesterDesk, name: str, document: Mapping[str, Any], *, is_stop_requested: bool
    ) -> LaunchRow:
        pool_id = PoolId(str(document["pool_id"]))
        created = str(document.get("created") or "")
        row = LaunchRow(
            name=name,
            state=str(document.get("state") or ""),
            reason=str(document.get("reason") or ""),
            kind=str(document.get("kind") or ""),
            pool_id=pool_id,
            created=created,
            updated=str(document.get("updated") or created),
            object_count=int(document.get("input_count") or 0),
            pages={},
            is_stop_requested=is_stop_requested,
        )
        row = _with_money(row, desk, pool_id)
        seen = self._seen.get(pool_id)
        return row if seen is None else _with_facts(row, seen[1], now=desk.platform.clock.now())


def own_launches(desk: RequesterDesk, *, own: Any = None) -> list[tuple[str, dict[str, Any]]]:
    """Return name and document of the requester's launches that have published something, in order of name."""
    # The journal does not say whose a launch is; its pool does.
    pools = _versions(desk).keys() if own is None else own
    return [(name, document) for name, document in desk.journal.list() if document.get("pool_id") in pools]


def facts_of(desk: RequesterDesk, pool_id: PoolId) -> LaunchFacts:
    """Return what the tasks and pages of a pool tell."""
    return read_facts(desk.records.tasks(pool_id), desk.records.assignments(pool_id))


def _versions(desk: RequesterDesk) -> dict[PoolId, int]:
    with desk.platform.reading() as transaction:
        rows = transaction.rows("list_pool_versions", {"requester": desk.requester})
    return {PoolId(str(row["id"])): row["version"] for row in rows}


def _with_money(row: LaunchRow, desk: RequesterDesk, pool_id: PoolId) -> LaunchRow:
    spending = desk.platform.spending(pool_id)
    row = replace(row, paid=float(spending.paid), reserved=float(spending.reserved))
    budget_id = desk.platform.get_pool(pool_id).config.budget_id
    budget = None if budget_id is None else desk.platform.get_budget(budget_id)
    if budget is None or budget.ceiling is None or budget.left is None:
        return row
    return replace(row, budget=float(budget.ceiling), budget_left=float(budget.left))


def _with_facts(row: LaunchRow, facts: LaunchFacts, *, now: datetime) -> LaunchRow:
    row = replace(
        row,
        finished_count=facts.finished_count,
        answer_count=facts.answer_count,
        pages={status.value: facts.pages[status] for status in AssignmentStatus},
        worker_count=len(facts.workers),
        agreement=facts.agreement,
        confidence=facts.confidence,
        control_accuracy=facts.control_accuracy,
    )
    is_running = row.state == "running" and facts.started is not None
    return _with_eta(row, now - facts.started) if is_running and facts.started else row


def _with_eta(row: LaunchRow, elapsed: timedelta) -> LaunchRow:
    if row.finished_count < _LEAST_FINISHED:
        return row
    left = row.object_count - row.finished_count
    eta = elapsed.total_seconds() / row.finished_count * left
    spread = min(_NORMAL_95 / row.finished_count**0.5, 0.9)
    return replace(row, eta_seconds=eta, eta_low_seconds=eta / (1 + spread), eta_high_seconds=eta / (1 - spread))
