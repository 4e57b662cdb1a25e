"""Watching pools and launches: one row each, kept up to date at a cost that follows what changed, not what is there."""

import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from manyhands.crowd import PoolId, PoolStatus, PoolType, SystemClock
from manyhands.launches import LaunchState, find_obstacle, is_left_alone
from manyhands.platform.toloka.wire import encode_json
from manyhands.server.desks import RequesterDesk
from manyhands.server.pool_readings import LAUNCH_KEY, read_pool
from manyhands.server.stamps import to_moment
from manyhands.store import Row

from .figures import PoolFigures, estimate_eta, figures_of

__all__ = ["Changes", "PoolRow", "PoolWatch", "RowKind"]

#: Seconds for which one look may read pages again; pools that wait longest come first at the next look.
_LOOK_S = 0.25
#: Whoever looks again within this time sees the same: many open pages cost what one costs.
_FRESH_S = 0.8
#: A pool that takes long to read is read so seldom that it takes no more than this share of the time.
_READING_SHARE = 0.1
_UNITS_PER_DOLLAR = 100_000


class RowKind(StrEnum):
    """What works in a pool."""

    #: A launch that the journal here knows.
    LAUNCH = "launch"
    #: A launch over HTTP: its journal lies where it was launched.
    ELSEWHERE = "elsewhere"
    #: Nobody launched it: it was made through the API.
    POOL = "pool"
    #: A training.
    TRAINING = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRow:
    """A pool and the launch that works in it, at one moment; amounts are US dollars, shares in [0, 1].

    Attributes:
        kind: see `RowKind`.
        name: the launch's, or what the requester calls the pool.
        whole: the name of the call that launched it as one of several baskets; empty for one by itself.
        state: the launch's, as its journal says; empty where there is none.
        version: changes whenever something happens in the pool.
        finished_count: objects that want no more answers.
        budget_id: launches with the same budget share it; null without one.
        budget_left: what may still be reserved; null without a ceiling.
        alpha: Krippendorff's alpha, agreement beyond chance.
        expected: share of right labels that the control tasks let expect, with its range and the number of control tasks that tell it.
        eta_seconds: until everything is finished at the pace so far; null when that cannot be said.
        eta_low_seconds: the lower end of a 95 % range, as if objects finished independently of each other.
        is_stop_requested: somebody asked for a stop that was not carried out yet.
        is_resume_requested: somebody asked the server to go on with it, and it has not begun.
        is_left_alone: it is not over, and nobody works on it.
        is_hosted: the server itself has gone on with it.
        obstacle: why only whoever launched can go on with it; empty when the server can.
        file: the launch file that describes it; empty when it was launched from Python.
    """

    kind: RowKind
    name: str
    whole: str = ""
    pool_id: str
    project_id: str
    version: int
    pool_state: str
    close_reason: str
    state: str = ""
    reason: str = ""
    problem: str = ""
    created: str
    object_count: int = 0
    finished_count: int = 0
    answer_count: int = 0
    pages: Mapping[str, int]
    worker_count: int = 0
    paid: float = 0.0
    reserved: float = 0.0
    budget_id: str | None = None
    budget: float | None = None
    budget_left: float | None = None
    agreement: float | None = None
    alpha: float | None = None
    confidence: float | None = None
    control_accuracy: float | None = None
    expected: float | None = None
    expected_low: float | None = None
    expected_high: float | None = None
    expected_count: int = 0
    suspicious_count: int = 0
    eta_seconds: float | None = None
    eta_low_seconds: float | None = None
    eta_high_seconds: float | None = None
    is_stop_requested: bool = False
    is_resume_requested: bool = False
    is_left_alone: bool = False
    is_hosted: bool = False
    obstacle: str = ""
    file: str = ""


class Changes(NamedTuple):
    """Rows as JSON that changed since somebody looked, and the mark with which to look on."""

    mark: str
    rows: list[bytes]


class _Seen(NamedTuple):
    version: int
    figures: PoolFigures
    cost_s: float
    looked_s: float


class _Told(NamedTuple):
    number: int
    text: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Journal:
    """What the journal says of all launches at once."""

    documents: Mapping[str, Mapping[str, Any]]
    stops: frozenset[str]
    resumes: frozenset[str]
    heard: Mapping[str, datetime]
    now: datetime


class PoolWatch:
    """The rows of one requester's pools. Thread-safe; everybody who watches shares it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[PoolId, _Seen] = {}
        self._told: dict[PoolId, _Told] = {}
        self._rows: list[PoolRow] = []
        self._looked_s = float("-inf")
        # Marks of another watch, such as that of the server before a restart, mean nothing here.
        self._epoch = secrets.token_hex(4)
        self._number = 0

    def look(self, desk: RequesterDesk) -> list[PoolRow]:
        """Return the rows as they are now, in order of pool; under a heavy load some figures may be a look or two old."""
        with self._lock:
            if time.monotonic() - self._looked_s > _FRESH_S:
                self._rows = self._read(desk)
                self._note_changes()
                self._looked_s = time.monotonic()
            return self._rows

    def changes(self, desk: RequesterDesk, mark: str) -> Changes:
        """Return the rows that changed since the mark, or all rows when the mark means nothing here."""
        self.look(desk)
        epoch, _, number = mark.partition("-")
        since = int(number) if epoch == self._epoch and number.isdecimal() else -1
        with self._lock:
            rows = [told.text for told in self._told.values() if told.number > since]
            return Changes(f"{self._epoch}-{self._number}", rows)

    def knows(self, mark: str) -> bool:
        """Return whether a mark was given out by this watch."""
        return mark.startswith(f"{self._epoch}-")

    def _note_changes(self) -> None:
        texts = {PoolId(row.pool_id): encode_json(row) for row in self._rows}
        changed = {
            pool: text for pool, text in texts.items() if pool not in self._told or self._told[pool].text != text
        }
        if changed:
            self._number += 1
            self._told.update({pool: _Told(self._number, text) for pool, text in changed.items()})

    def _read(self, desk: RequesterDesk) -> list[PoolRow]:
        desk.platform.settle()
        with desk.platform.reading() as transaction:
            rows = transaction.rows("list_pool_figures", {"requester": desk.requester})
        self._refresh(desk, {PoolId(str(row["id"])): int(row["version"]) for row in rows})
        journal, now = _read_journal(desk), desk.platform.clock.now()
        return [self._row(row, journal, now) for row in rows]

    def _refresh(self, desk: RequesterDesk, versions: Mapping[PoolId, int]) -> None:
        begun = time.monotonic()
        stale = [pool for pool, version in versions.items() if self._is_stale(pool, version, begun)]
        # Whoever was refreshed last stands last in the dictionary.
        places = {pool: place for place, pool in enumerate(self._seen)}
        for pool in sorted(stale, key=lambda pool: places.get(pool, -1)):
            started = time.monotonic()
            figures = figures_of(read_pool(desk.platform.get_pool(pool), records=desk.records, journal=desk.journal))
            ended = time.monotonic()
            self._seen.pop(pool, None)
            self._seen[pool] = _Seen(versions[pool], figures, ended - started, ended)
            if ended >= begun + _LOOK_S:
                return

    def _is_stale(self, pool: PoolId, version: int, now_s: float) -> bool:
        seen = self._seen.get(pool)
        return seen is None or (seen.version != version and now_s - seen.looked_s >= seen.cost_s / _READING_SHARE)

    def _row(self, record: Row, journal: _Journal, now: datetime) -> PoolRow:
        pool_id, key = PoolId(str(record["id"])), str(record["key"])
        seen = self._seen.get(pool_id)
        name = key.removeprefix(LAUNCH_KEY)
        is_launch = name != key
        row = PoolRow(
            kind=RowKind.ELSEWHERE if is_launch else RowKind.POOL,
            name=name,
            pool_id=pool_id,
            project_id=str(record["project_id"]),
            version=int(record["version"]),
            pool_state=str(record["status"]),
            close_reason=str(record["close_reason"] or ""),
            created=to_moment(record["created"]).isoformat(),
            pages={},
            **_money(record),
        )
        if is_launch:
            row = _with_launch(row, journal)
        return row if seen is None else _with_figures(row, seen.figures, now)


def _read_journal(desk: RequesterDesk) -> _Journal:
    return _Journal(
        documents=dict(desk.journal.list()),
        stops=desk.journal.stop_requests(),
        resumes=desk.journal.resume_requests(),
        heard=desk.journal.last_heard(),
        now=SystemClock().now(),
    )


def _money(record: Row) -> dict[str, Any]:
    ceiling = record["ceiling"]
    left = None if ceiling is None else ceiling - record["budget_paid"] - record["budget_reserved"]
    return {
        "paid": record["paid"] / _UNITS_PER_DOLLAR,
        "reserved": record["reserved"] / _UNITS_PER_DOLLAR,
        "budget_id": None if record["budget_id"] is None else str(record["budget_id"]),
        "budget": None if ceiling is None else ceiling / _UNITS_PER_DOLLAR,
        "budget_left": None if left is None else left / _UNITS_PER_DOLLAR,
    }


def _with_launch(row: PoolRow, journal: _Journal) -> PoolRow:
    document = journal.documents.get(row.name)
    if document is None or document.get("pool_id") != row.pool_id:
        # Whether it runs is known where it was launched.
        return replace(row, whole=_whole(row.name, None))
    state = str(document.get("state") or LaunchState.WAITING)
    return replace(
        row,
        kind=RowKind.LAUNCH,
        whole=_whole(row.name, document),
        state=state,
        reason=str(document.get("reason") or ""),
        problem=str(document.get("problem") or ""),
        created=str(document.get("created") or row.created),
        object_count=int(document.get("input_count") or 0),
        is_stop_requested=row.name in journal.stops,
        is_resume_requested=row.name in journal.resumes,
        is_left_alone=is_left_alone(LaunchState(state), journal.heard.get(row.name), now=journal.now),
        is_hosted=bool(document.get("is_hosted")),
        obstacle=find_obstacle(document) or "",
        file=str(document.get("file") or ""),
    )


def _whole(name: str, document: Mapping[str, Any] | None) -> str:
    """Return the name of the call that launched baskets; where nobody wrote it down, what stands before the first slash."""
    if document is not None and "whole" in document:
        return str(document["whole"] or "")
    whole, slash, _ = name.partition("/")
    return whole if slash else ""


def _with_figures(row: PoolRow, figures: PoolFigures, now: datetime) -> PoolRow:
    row = replace(
        row,
        name=figures.name if row.kind is RowKind.POOL else row.name,
        kind=RowKind.TRAINING if figures.kind is PoolType.TRAINING else row.kind,
        object_count=max(row.object_count, figures.object_count),
        finished_count=figures.finished_count,
        answer_count=figures.answer_count,
        pages=figures.pages,
        worker_count=figures.worker_count,
        agreement=figures.agreement,
        alpha=figures.alpha,
        confidence=figures.confidence,
        control_accuracy=figures.control_accuracy,
        expected=figures.expected,
        expected_low=figures.expected_low,
        expected_high=figures.expected_high,
        expected_count=figures.expected_count,
        suspicious_count=figures.suspicious_count,
    )
    is_at_work = row.pool_state == PoolStatus.OPEN and figures.started is not None
    return _with_eta(row, figures, now) if is_at_work else row


def _with_eta(row: PoolRow, figures: PoolFigures, now: datetime) -> PoolRow:
    if figures.started is None:
        return row
    eta = estimate_eta(elapsed=now - figures.started, finished_count=row.finished_count, object_count=row.object_count)
    if eta is None:
        return row
    middle, low, high = (_rounded(part.total_seconds()) for part in eta)
    return replace(row, eta_seconds=middle, eta_low_seconds=low, eta_high_seconds=high)


def _rounded(seconds: float) -> float:
    """Return a time to two digits: an estimate is no better, and a row that changed every second would be told every second."""
    return float(f"{seconds:.1e}")
