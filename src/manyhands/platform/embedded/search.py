"""Finding the next tasks for a worker, at a cost that does not grow with the pool.

Every task has a position. A worker has cursors in each pool: everything up to a cursor was issued to the worker already or never will be. A
task that can be issued again gets a new position behind all cursors, so a cursor only moves forward and passes every place once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from manyhands.crowd import MixerConfig, TaskKind
from manyhands.store import Row

from .books import Books, PoolBook
from .catalogue import WorkerFacts
from .mixing import Candidates

__all__ = ["TaskSearch"]

_BEFORE_ALL = -1
_CURSORS = ("real_cursor", "control_cursor", "control_lap", "training_cursor")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Rows (``id, position, overlap``), and where the cursors stand when they are issued and when they are not."""

    rows: Sequence[Row]
    passed: Mapping[str, int]
    stayed: Mapping[str, int]


class TaskSearch:
    """One worker's search in one pool within one transaction.

    Control tasks are all open to everybody all the time, so every worker begins at a place of their own and comes round to it: lap 0 goes from
    there to the end, lap 1 from the beginning over what lap 0 left out.
    """

    def __init__(
        self, books: Books, pool: PoolBook, worker: WorkerFacts, *, mixer: MixerConfig, randomness: Random
    ) -> None:
        self._books = books
        self._pool = pool
        self._mixer = mixer
        self._worker = worker
        self._key = {"pool_id": pool.number, "worker_number": worker.number}
        row = books.transaction.find("find_progress", self._key)
        self._stored = None if row is None else {name: int(row[name]) for name in _CURSORS}
        self._cursors = self._stored or {
            "real_cursor": _BEFORE_ALL,
            "control_cursor": randomness.randrange(pool.next_position + 1) - 1,
            "control_lap": 0,
            "training_cursor": _BEFORE_ALL,
        }
        self._found: dict[TaskKind, _Found] = {}

    def run(self) -> Candidates:
        """Return what can be issued to the worker, at most a page; the other kinds are not looked for when no real task is found."""
        mixer = self._mixer
        self._found[TaskKind.REAL] = self._find(TaskKind.REAL, mixer.real_count)
        if self._found[TaskKind.REAL].rows or mixer.real_count == 0:
            self._found[TaskKind.CONTROL] = self._find_control(mixer.control_count)
            self._found[TaskKind.TRAINING] = self._find(TaskKind.TRAINING, mixer.training_count)
        return Candidates(
            real=self._ids(TaskKind.REAL), control=self._ids(TaskKind.CONTROL), training=self._ids(TaskKind.TRAINING)
        )

    def count_limited_real(self) -> int:
        """Return how many of the real tasks found have an overlap with an end."""
        return sum(row["overlap"] is not None for row in self._found[TaskKind.REAL].rows)

    def pass_found(self) -> None:
        """Move the cursors behind what was found, because it is issued."""
        self._store([found.passed for found in self._found.values()])

    def stay_before_found(self) -> None:
        """Move the cursors up to what was found, because it is not issued."""
        self._store([found.stayed for found in self._found.values()])

    def _ids(self, kind: TaskKind) -> list[int]:
        return [row["id"] for row in self._found[kind].rows] if kind in self._found else []

    def _find(self, kind: TaskKind, count: int) -> _Found:
        name = f"{kind.value}_cursor"
        rows = self._rows(kind, self._cursors[name], count) if count else []
        if not rows:
            end = {name: self._pool.next_position - 1} if count else {}
            return _Found(rows=(), passed=end, stayed=end)
        return _Found(rows=rows, passed={name: rows[-1]["position"]}, stayed={name: rows[0]["position"] - 1})

    def _find_control(self, count: int) -> _Found:
        found = self._find(TaskKind.CONTROL, count)
        if len(found.rows) == count or self._cursors["control_lap"] == 1:
            return found
        known = {row["id"] for row in found.rows}
        round_again = [row for row in self._rows(TaskKind.CONTROL, _BEFORE_ALL, count) if row["id"] not in known]
        more = round_again[: count - len(found.rows)]
        end = self._pool.next_position - 1
        passed = {"control_lap": 1, "control_cursor": more[-1]["position"] if more else end}
        stayed = {"control_lap": 1, "control_cursor": more[0]["position"] - 1 if more else end}
        return _Found(rows=[*found.rows, *more], passed=passed, stayed={} if found.rows else stayed)

    def _rows(self, kind: TaskKind, cursor: int, count: int) -> list[Row]:
        values = {"kind": kind.value, "cursor": cursor, "count": count, "worker_id": self._worker.id}
        return self._books.transaction.rows("list_candidates", {**self._key, **values})

    def _store(self, moves: Sequence[Mapping[str, int]]) -> None:
        cursors = dict(self._cursors)
        for move in moves:
            cursors.update(move)
        if cursors != self._stored:
            self._books.transaction.run("put_progress", {**self._key, **cursors})
