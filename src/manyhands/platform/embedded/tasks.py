"""Putting tasks into a pool, listing them, and asking for more or fewer solutions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from random import Random

from manyhands.crowd import (
    INFINITE_OVERLAP,
    KnownSolution,
    MixerConfig,
    PoolStatus,
    PoolType,
    Task,
    TaskDraft,
    TaskId,
    TaskKind,
    WorkerId,
)
from manyhands.errors import InvalidData, NoMixer, NotFound, WrongState
from manyhands.store import Row, SqlValue, Transaction

from .books import Books, PoolBook
from .catalogue import read_known_solutions
from .documents import read_fields, read_json, write_fields, write_json
from .drafts import find_draft_problems
from .ids import first_id, parse_numbered, pool_id_of, pool_number_of, task_id_of, task_suite_id_of
from .moments import to_moment
from .scatter import SCATTER_RANGE, Scatter

__all__ = [
    "add_tasks",
    "change_overlap",
    "describe_task",
    "list_tasks",
    "raise_overlaps",
    "remaining_of",
    "set_overlap",
    "write_known_solutions",
]

#: Rows that are handed to the database at once.
_CHUNK = 5_000
#: Problems that one error names; a million wrong rows are described by their first ones.
_PROBLEMS_SHOWN = 100
#: What `remaining` holds when the overlap has no end.
_ENDLESS = 1


def add_tasks(books: Books, pool: PoolBook, drafts: Iterable[TaskDraft], *, randomness: Random) -> list[TaskId]:
    """Add tasks and return their ids in order; a draft whose key is there already stands for the task that is there.

    Raises:
        InvalidData: the values do not fit the project; nothing is added.
        NoMixer: the pool takes task suites.
        WrongState: the pool is archived.
    """
    if pool.status is PoolStatus.ARCHIVED:
        raise WrongState(f"pool {pool.number} is archived; tasks can be added to open and closed pools")
    mixer = pool.facts.config.mixer
    if mixer is None:
        raise NoMixer(f"pool {pool.number} has no mixer that would put tasks together; add task suites")
    addition = _Addition(books, pool, mixer, randomness)
    stream = iter(drafts)
    numbers: list[int] = []
    while chunk := list(islice(stream, _CHUNK)):
        numbers.extend(addition.add(chunk))
    addition.finish()
    return [task_id_of(number) for number in numbers]


class _Addition:
    """Tasks that are added in one call: they share a range of positions, in which real and control tasks are scattered."""

    def __init__(self, books: Books, pool: PoolBook, mixer: MixerConfig, randomness: Random) -> None:
        self._books = books
        self._pool = pool
        self._config = books.catalogue.project(
            books.transaction, pool.facts.project_number, revision=pool.project_revision
        ).config
        self._is_order_kept = mixer.is_creation_order_kept
        self._is_training = pool.facts.config.type is PoolType.TRAINING
        self._scatter = Scatter(randomness.getrandbits(64))
        self._first_number = first_id(pool.number) + pool.task_count + 1
        self._has_old_keys = pool.task_count > 0
        self._added: dict[str, int] = {}
        self._problems: list[str] = []

    def add(self, drafts: list[TaskDraft]) -> list[int]:
        """Add some tasks and return the integers of their ids."""
        rows: list[dict[str, SqlValue]] = []
        access: list[dict[str, SqlValue]] = []
        numbers = [self._add_one(draft, rows, access) for draft in drafts]
        if not self._problems:
            self._books.transaction.run_many("create_task", rows)
            self._books.transaction.run_many("add_task_access", access)
        return numbers

    def finish(self) -> None:
        """Enter what was added into the pool's book.

        Raises:
            InvalidData: there was a problem.
        """
        if self._problems:
            message = f"{len(self._problems)} problems in the tasks for pool {self._pool.number}; nothing was added"
            raise InvalidData(message, self._problems[:_PROBLEMS_SHOWN])
        if self._added:
            self._pool.task_count += len(self._added)
            self._pool.next_position += SCATTER_RANGE
            self._pool.last_changed = self._books.now

    def _add_one(self, draft: TaskDraft, rows: list[dict[str, SqlValue]], access: list[dict[str, SqlValue]]) -> int:
        known = self._find_known(draft.key)
        if known is not None:
            return known
        if self._is_training:
            draft = replace(draft, overlap=INFINITE_OVERLAP)
        self._problems.extend(find_draft_problems(draft, self._config))
        if self._is_training and not draft.known_solutions:
            self._problems.append(f"task {draft.key!r}: expected a known solution, as every task of a training has one")
        number = self._first_number + len(self._added)
        if not self._problems:
            kind = TaskKind.TRAINING if self._is_training else draft.kind
            rows.append(self._row(draft, kind, number))
            if draft.reserved_for or draft.unavailable_for:
                access.extend(_access_rows(draft, number))
            if kind is TaskKind.REAL:
                self._pool.count_open(draft.overlap, remaining_of(draft.overlap, consumed=0))
        self._added[draft.key] = number
        return number

    def _find_known(self, key: str) -> int | None:
        if key in self._added:
            return self._added[key]
        if not self._has_old_keys:
            return None
        row = self._books.transaction.find("find_task_by_key", {"pool_id": self._pool.number, "key": key})
        return None if row is None else int(row["id"])

    def _row(self, draft: TaskDraft, kind: TaskKind, number: int) -> dict[str, SqlValue]:
        index = len(self._added)
        is_lesson = kind is TaskKind.TRAINING and not self._is_training
        is_in_order = is_lesson or (kind is not TaskKind.CONTROL and self._is_order_kept)
        return {
            **describe_task(draft),
            "kind": kind.value,
            "id": number,
            "pool_id": self._pool.number,
            "created": self._books.now,
            "suite_id": None,
            "overlap": draft.overlap,
            "remaining": remaining_of(draft.overlap, consumed=0),
            "position": self._pool.next_position + (index if is_in_order else self._scatter.place(index)),
            "is_limited": int(bool(draft.reserved_for or draft.unavailable_for)),
        }


def describe_task(draft: TaskDraft) -> dict[str, SqlValue]:
    """Return what a row says of the content of a task."""
    return {
        "key": draft.key,
        "kind": draft.kind.value,
        "input_values": write_json(draft.input_values),
        "known_solutions": write_known_solutions(draft.known_solutions),
        "hint": draft.hint,
        "foreign_fields": write_fields(draft.foreign),
    }


def _access_rows(draft: TaskDraft, number: int) -> list[dict[str, SqlValue]]:
    return [
        {"task_id": number, "is_reserved": is_reserved, "worker_id": worker_id}
        for is_reserved, worker_ids in ((1, draft.reserved_for), (0, draft.unavailable_for))
        for worker_id in sorted(worker_ids)
    ]


def raise_overlaps(books: Books, pool: PoolBook, overlaps: Mapping[TaskId, int]) -> None:
    """Set overlaps to the larger of what is asked for and what is consumed.

    Raises:
        NoMixer: a task belongs to a task suite.
        NotFound: a task is not in the pool; nothing is changed.
        WrongState: the pool is archived.
    """
    if pool.status is PoolStatus.ARCHIVED:
        raise WrongState(f"pool {pool.number} is archived; the overlap of its tasks is final")
    pool_id = pool_id_of(pool.number)
    for task_id, overlap in overlaps.items():
        set_overlap(books, pool, parse_numbered("task", task_id, pool_id=pool_id), wanted=overlap)


def set_overlap(books: Books, pool: PoolBook, task_number: int, *, wanted: int | None) -> None:
    """Set the overlap of one task to the larger of `wanted` and what is consumed; None, or a training, makes it infinite.

    Raises:
        NoMixer: the task belongs to a task suite.
        NotFound: there is no such task.
    """
    row = books.transaction.find("find_task_overlap", {"id": task_number})
    if row is None:
        raise NotFound(f"there is no task {task_id_of(task_number)}")
    if row["suite_id"] is not None:
        message = f"task {task_id_of(task_number)} is issued with task suite {task_suite_id_of(row['suite_id'])} only"
        raise NoMixer(f"{message}; change the overlap of the suite")
    if pool.facts.config.type is PoolType.TRAINING:
        wanted = INFINITE_OVERLAP
    is_counted = row["kind"] == TaskKind.REAL
    change_overlap(books, pool, row, wanted=wanted, statement="set_task_overlap", is_counted=is_counted)


def change_overlap(
    books: Books, pool: PoolBook, row: Row, *, wanted: int | None, statement: str, is_counted: bool
) -> None:
    """Set the overlap of a task or task suite to the larger of `wanted` and what is consumed; None makes it infinite.

    Args:
        books: of the transaction.
        pool: of the task or suite, locked.
        row: ``id, overlap, consumed, remaining``.
        wanted: solutions, or pages, wanted.
        statement: writes ``overlap`` and ``remaining``, and ``position`` where it can be issued again.
        is_counted: whether the pool counts it among what is still to be issued.
    """
    overlap = None if wanted is None else max(wanted, row["consumed"])
    if row["overlap"] == overlap:
        return
    remaining = remaining_of(overlap, consumed=row["consumed"])
    values = {"id": row["id"], "overlap": overlap, "remaining": remaining, "position": pool.take_position()}
    books.transaction.run(statement, values)
    pool.last_changed = books.now
    if is_counted:
        pool.count_open(overlap, remaining, sign=1)
        pool.count_open(row["overlap"], row["remaining"], sign=-1)


def remaining_of(overlap: int | None, *, consumed: int) -> int:
    """Return how often a task or task suite can still be issued; 1 for ever when its overlap has no end."""
    return _ENDLESS if overlap is None else overlap - consumed


def write_known_solutions(known_solutions: Sequence[KnownSolution]) -> str | None:
    """Return known solutions as a task row holds them."""
    known = [{"output_values": part.output_values, "weight": part.weight} for part in known_solutions]
    return write_json(known) if known else None


def list_tasks(transaction: Transaction, pool_number: int, *, after: int, limit: int) -> list[Task]:
    """Return up to `limit` tasks of the pool in order of id, from behind `after`."""
    values = {"after": after, "end_id": first_id(pool_number + 1), "count": limit}
    return [_task_of(transaction, row) for row in transaction.rows("list_tasks", values)]


def _task_of(transaction: Transaction, row: Row) -> Task:
    access = transaction.rows("list_task_access", {"task_id": row["id"]}) if row["is_limited"] else []
    return Task(
        id=task_id_of(row["id"]),
        pool_id=pool_id_of(pool_number_of(row["id"])),
        key=row["key"],
        kind=TaskKind(row["kind"]),
        created=to_moment(row["created"]),
        input_values=read_json(row["input_values"]),
        known_solutions=read_known_solutions(row["known_solutions"]),
        hint=row["hint"],
        overlap=row["overlap"],
        remaining_overlap=None if row["overlap"] is None else row["remaining"],
        reserved_for=frozenset(WorkerId(entry["worker_id"]) for entry in access if entry["is_reserved"]),
        unavailable_for=frozenset(WorkerId(entry["worker_id"]) for entry in access if not entry["is_reserved"]),
        foreign=read_fields(row["foreign_fields"]),
    )
