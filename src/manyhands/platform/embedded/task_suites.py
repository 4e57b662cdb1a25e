"""Task suites that requesters put together: putting them into a pool without a mixer, and asking for more or fewer pages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from random import Random

from manyhands.crowd import (
    INFINITE_OVERLAP,
    PoolStatus,
    TaskDraft,
    TaskKind,
    TaskSuiteChange,
    TaskSuiteDraft,
    TaskSuiteId,
)
from manyhands.errors import HasMixer, InvalidData, InvalidInput, NotFound, WrongState
from manyhands.store import Row, SqlValue, Transaction

from .books import Books, PoolBook
from .documents import write_fields
from .drafts import find_draft_problems, find_order_problems, find_suite_problems
from .ids import first_id, task_suite_id_of
from .scatter import SCATTER_RANGE, Scatter
from .tasks import change_overlap, describe_task, remaining_of

__all__ = [
    "add_task_suites",
    "change_task_suite",
    "consume_suite",
    "find_suite",
    "order_of",
    "release_suite",
    "review_suite_kind",
    "set_suite_overlap",
]

#: Suites that are handed to the database at once.
_CHUNK = 1_000
#: Problems that one error names.
_PROBLEMS_SHOWN = 100
#: An order override has five decimals.
_STEPS_PER_ONE = 100_000


def add_task_suites(
    books: Books, pool: PoolBook, drafts: Iterable[TaskSuiteDraft], *, randomness: Random
) -> list[TaskSuiteId]:
    """Add task suites and return their ids in order; a draft whose key is there already stands for the suite that is there.

    Raises:
        HasMixer: the pool takes tasks.
        InvalidData: the values do not fit the project; nothing is added.
        WrongState: the pool is archived.
    """
    if pool.status is PoolStatus.ARCHIVED:
        raise WrongState(f"pool {pool.number} is archived; task suites can be added to open and closed pools")
    if pool.facts.config.mixer is not None:
        raise HasMixer(f"pool {pool.number} has a mixer that puts its task suites together; add tasks")
    addition = _Addition(books, pool, randomness)
    stream = iter(drafts)
    numbers: list[int] = []
    while chunk := list(islice(stream, _CHUNK)):
        numbers.extend(addition.add(chunk))
    addition.finish()
    return [task_suite_id_of(number) for number in numbers]


class _Addition:
    """Suites that are added in one call: they share a range of places, in which they are scattered if no order is to be kept."""

    def __init__(self, books: Books, pool: PoolBook, randomness: Random) -> None:
        self._books = books
        self._pool = pool
        self._config = books.catalogue.project(
            books.transaction, pool.facts.project_number, revision=pool.project_revision
        ).config
        self._scatter = None if pool.facts.config.is_suite_order_kept else Scatter(randomness.getrandbits(64))
        self._first_number = _last_number(books, pool.number) + 1
        self._has_old_keys = pool.task_count > 0
        self._task_count = pool.task_count
        self._added: dict[str, int] = {}
        self._problems: list[str] = []

    def add(self, drafts: Sequence[TaskSuiteDraft]) -> list[int]:
        """Add some suites and return the integers of their ids."""
        rows: dict[str, list[dict[str, SqlValue]]] = {
            "create_task_suite": [],
            "create_task": [],
            "add_task_suite_access": [],
        }
        numbers = [self._add_one(draft, rows) for draft in drafts]
        if not self._problems:
            for statement, values in rows.items():
                self._books.transaction.run_many(statement, values)
        return numbers

    def finish(self) -> None:
        """Enter what was added into the pool's book.

        Raises:
            InvalidData: there was a problem.
        """
        if self._problems:
            message = f"{len(self._problems)} problems in the task suites for pool {self._pool.number}"
            raise InvalidData(f"{message}; nothing was added", self._problems[:_PROBLEMS_SHOWN])
        if self._added:
            self._pool.task_count = self._task_count
            self._pool.next_position += SCATTER_RANGE
            self._pool.last_changed = self._books.now

    def _add_one(self, draft: TaskSuiteDraft, rows: dict[str, list[dict[str, SqlValue]]]) -> int:
        known = self._find_known(draft.key)
        if known is not None:
            return known
        tasks = [replace(task, key=f"{draft.key}/{place}") for place, task in enumerate(draft.tasks)]
        self._problems.extend(find_suite_problems(draft))
        self._problems.extend(problem for task in tasks for problem in find_draft_problems(task, self._config))
        number = self._first_number + len(self._added)
        if not self._problems:
            rows["create_task_suite"].append(self._suite_row(draft, number))
            rows["create_task"].extend(self._task_rows(tasks, suite_number=number))
            rows["add_task_suite_access"].extend(_access_rows(draft, number))
            self._task_count += len(tasks)
            if _is_real(draft):
                self._pool.count_open(draft.overlap, remaining_of(draft.overlap, consumed=0))
        self._added[draft.key] = number
        return number

    def _find_known(self, key: str) -> int | None:
        if key in self._added:
            return self._added[key]
        if not self._has_old_keys:
            return None
        row = self._books.transaction.find("find_task_suite_by_key", {"pool_id": self._pool.number, "key": key})
        return None if row is None else int(row["id"])

    def _suite_row(self, draft: TaskSuiteDraft, number: int) -> dict[str, SqlValue]:
        index = len(self._added)
        return {
            "id": number,
            "pool_id": self._pool.number,
            "key": draft.key,
            "created": self._books.now,
            "first_task_id": first_id(self._pool.number) + self._task_count + 1,
            "task_count": len(draft.tasks),
            "is_real": int(_is_real(draft)),
            "overlap": draft.overlap,
            "remaining": remaining_of(draft.overlap, consumed=0),
            "rank": _rank_of(draft.issuing_order_override),
            "place": self._pool.next_position + (index if self._scatter is None else self._scatter.place(index)),
            "arrival": self._pool.next_position,
            "is_limited": int(bool(draft.reserved_for or draft.unavailable_for)),
            "foreign_fields": write_fields(draft.foreign),
        }

    def _task_rows(self, tasks: Iterable[TaskDraft], *, suite_number: int) -> list[dict[str, SqlValue]]:
        first = first_id(self._pool.number) + self._task_count + 1
        return [
            {
                **describe_task(task),
                "id": number,
                "pool_id": self._pool.number,
                "created": self._books.now,
                "suite_id": suite_number,
                "overlap": None,
                "remaining": 0,
                "position": self._pool.next_position,
                "is_limited": 0,
            }
            for number, task in enumerate(tasks, start=first)
        ]


def find_suite(transaction: Transaction, number: int) -> Row:
    """Return the row of a task suite; its pool is locked already when it is going to be changed.

    Raises:
        NotFound: there is no such suite.
    """
    row = transaction.find("find_task_suite", {"id": number})
    if row is None:
        raise NotFound(f"there is no task suite {task_suite_id_of(number)}")
    return row


def set_suite_overlap(books: Books, pool: PoolBook, number: int, *, wanted: int | None) -> None:
    """Set the overlap of a task suite to the larger of `wanted` and what is consumed; None makes it infinite.

    Raises:
        NotFound: there is no such suite.
        WrongState: the pool is archived.
    """
    if pool.status is PoolStatus.ARCHIVED:
        raise WrongState(f"pool {pool.number} is archived; its task suites are final")
    row = find_suite(books.transaction, number)
    is_counted = bool(row["is_real"])
    change_overlap(books, pool, row, wanted=wanted, statement="set_task_suite_overlap", is_counted=is_counted)


def change_task_suite(books: Books, pool: PoolBook, number: int, change: TaskSuiteChange) -> None:
    """Change the overlap of a task suite, its place in the order, or both.

    Raises:
        InvalidInput: the overlap is below what is consumed, or the order override is out of range.
        NotFound: there is no such suite.
        WrongState: the pool is archived.
    """
    problems = find_order_problems(change.issuing_order_override or 0.0)
    if problems:
        raise InvalidInput(f"task suite {task_suite_id_of(number)} stays as it is", problems)
    row = find_suite(books.transaction, number)
    overlap = _overlap(row, change, default=pool.facts.config.default_overlap)
    set_suite_overlap(books, pool, number, wanted=overlap)
    if change.issuing_order_override is not None:
        _set_rank(books, pool, row, rank=_rank_of(change.issuing_order_override))


def review_suite_kind(books: Books, pool: PoolBook, number: int) -> None:
    """See whether the suite has a real task, after one of its tasks was changed: the pool counts only suites that have one."""
    row = find_suite(books.transaction, number)
    tasks = {"first_task_id": row["first_task_id"], "task_count": row["task_count"]}
    is_real = books.transaction.find("find_real_task_of_suite", tasks) is not None
    if is_real != bool(row["is_real"]):
        books.transaction.run("set_task_suite_kind", {"id": number, "is_real": int(is_real)})
        pool.count_open(row["overlap"], row["remaining"], sign=1 if is_real else -1)


def consume_suite(books: Books, pool: PoolBook, row: Row) -> None:
    """Put a task suite (``id, is_real, overlap``) that can be issued on a page."""
    books.transaction.run("consume_task_suite", {"id": row["id"]})
    if row["is_real"] and row["overlap"] is not None:
        pool.count_open(row["overlap"], 1, sign=-1)


def release_suite(books: Books, pool: PoolBook, number: int) -> None:
    """Take a task suite back from a page that was given up."""
    # Those who passed it while nothing was left of it are told by its new arrival.
    values = {"id": number, "position": pool.take_position()}
    row = books.transaction.find("release_task_suite", values)
    if row is not None and row["is_real"] and row["overlap"] is not None:
        pool.count_open(row["overlap"], 1)


def order_of(rank: int) -> float:
    """Return the order override that a rank stands for.

    Example:
        >>> order_of(_rank_of(10.5))
        10.5
    """
    return -rank / _STEPS_PER_ONE


def _overlap(row: Row, change: TaskSuiteChange, *, default: int) -> int | None:
    consumed: int = row["consumed"]
    if change.is_endless:
        return INFINITE_OVERLAP
    if change.overlap is not None:
        if change.overlap < consumed:
            message = f"task suite {task_suite_id_of(row['id'])}: {consumed} pages are there or in work already"
            raise InvalidInput(f"{message}; its overlap cannot be {change.overlap}")
        return change.overlap
    if change.is_endless is None or row["overlap"] is not INFINITE_OVERLAP:
        overlap: int | None = row["overlap"]
        return overlap
    return max(default, consumed)


def _set_rank(books: Books, pool: PoolBook, row: Row, *, rank: int) -> None:
    if rank != row["rank"]:
        values = {"id": row["id"], "rank": rank, "position": pool.take_position()}
        books.transaction.run("set_task_suite_rank", values)
        pool.last_changed = books.now


def _is_real(draft: TaskSuiteDraft) -> bool:
    return any(task.kind is TaskKind.REAL for task in draft.tasks)


def _access_rows(draft: TaskSuiteDraft, number: int) -> list[dict[str, SqlValue]]:
    return [
        {"suite_id": number, "is_reserved": is_reserved, "worker_id": worker_id}
        for is_reserved, worker_ids in ((1, draft.reserved_for), (0, draft.unavailable_for))
        for worker_id in sorted(worker_ids)
    ]


def _rank_of(issuing_order_override: float) -> int:
    return -round(issuing_order_override * _STEPS_PER_ONE)


def _last_number(books: Books, pool_number: int) -> int:
    first = first_id(pool_number)
    row = books.transaction.find("find_last_task_suite", {"first_id": first, "end_id": first_id(pool_number + 1)})
    return first if row is None or row["id"] is None else int(row["id"])
