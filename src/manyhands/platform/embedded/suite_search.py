"""Finding the next task suite for a worker, at a cost that does not grow with the pool.

Suites have an order, and a worker has a cursor in it: no suite up to the cursor is for them. Suites keep their place when they are given back or
asked for more often, so that those come first that are to come first; each then notes its arrival, and a worker who has passed its place goes
back to it at the next look.
"""

from manyhands.store import Row

from .books import Books, PoolBook
from .catalogue import WorkerFacts

__all__ = ["SuiteSearch"]

#: Before the first suite and behind the last; a rank is within ±10**10.
_BEFORE_ALL = {"rank": -(10**11), "place": 0}
_BEHIND_ALL = {"rank": 10**11, "place": 0}


class SuiteSearch:
    """One worker's search in one pool within one transaction."""

    def __init__(self, books: Books, pool: PoolBook, worker: WorkerFacts) -> None:
        self._books = books
        self._pool = pool
        self._key = {"pool_id": pool.number, "worker_number": worker.number}
        self._worker_id = worker.id
        row = books.transaction.find("find_suite_progress", self._key)
        self._stored = None if row is None else {name: int(row[name]) for name in ("rank", "place", "seen")}
        self._found: Row | None = None

    def run(self) -> Row | None:
        """Return the suite (``id, first_task_id, task_count, is_real, overlap``) that comes next for the worker, or None."""
        cursor = dict(_BEFORE_ALL)
        if self._stored is not None:
            cursor = {"rank": self._stored["rank"], "place": self._stored["place"]}
            arrived = self._find("find_arrived_task_suite", {**cursor, "seen": self._stored["seen"]})
            if arrived is not None:
                cursor = _just_before(arrived)
        self._found = self._find("find_next_task_suite", cursor)
        return self._found

    def pass_found(self) -> None:
        """Move the cursor onto what was found, because it is issued."""
        if self._found is not None:
            self._store({"rank": self._found["rank"], "place": self._found["place"]})

    def stay_before_found(self) -> None:
        """Move the cursor up to what was found, because it is not issued; behind all suites when nothing was found."""
        self._store(_BEHIND_ALL if self._found is None else _just_before(self._found))

    def _find(self, statement: str, values: dict[str, int]) -> Row | None:
        return self._books.transaction.find(statement, {**self._key, **values, "worker_id": self._worker_id})

    def _store(self, cursor: dict[str, int]) -> None:
        progress = {**cursor, "seen": self._pool.next_position - 1}
        if progress != self._stored:
            self._books.transaction.run("put_suite_progress", {**self._key, **progress})


def _just_before(row: Row) -> dict[str, int]:
    return {"rank": row["rank"], "place": row["place"] - 1}
