"""Changing a task that is there: how often it is wanted, what is right, and so what it is for."""

from dataclasses import dataclass

from manyhands.crowd import INFINITE_OVERLAP, KnownSolution, PoolStatus, PoolType, TaskChange, TaskKind
from manyhands.errors import InvalidData, InvalidInput, NoMixer, NotFound, WrongState
from manyhands.store import Row

from .books import Books, PoolBook
from .catalogue import read_known_solutions
from .documents import read_fields, write_fields
from .drafts import find_known_solution_problems
from .ids import task_id_of, task_suite_id_of
from .task_suites import review_suite_kind
from .tasks import remaining_of, write_known_solutions

__all__ = ["change_task"]


@dataclass(frozen=True, slots=True)
class _Reach:
    """What a task is for, and how often it is wanted and can still be issued."""

    kind: TaskKind
    overlap: int | None
    remaining: int

    def enter(self, pool: PoolBook, *, sign: int) -> None:
        """Add the task to the counters of its pool, or take it out of them."""
        if self.kind is TaskKind.REAL:
            pool.count_open(self.overlap, self.remaining, sign=sign)


def change_task(books: Books, pool: PoolBook, number: int, change: TaskChange) -> None:
    """Change a task of the pool. Pages that hold it are judged by what is right when they are submitted.

    A task of a training stays one, for everybody.

    Raises:
        InvalidData: the known solutions do not fit the project, or there are none in a training.
        InvalidInput: the overlap is below what is consumed.
        NoMixer: the overlap of a task that belongs to a task suite is to be changed.
        NotFound: there is no such task.
        WrongState: the pool is archived.
    """
    if pool.status is PoolStatus.ARCHIVED:
        raise WrongState(f"pool {pool.number} is archived; its tasks are final")
    row = books.transaction.find("find_task_to_change", {"id": number})
    if row is None:
        raise NotFound(f"there is no task {task_id_of(number)}")
    known = _known_solutions(books, pool, row, change)
    hint = row["hint"] if change.hint is None else change.hint or None
    before = _Reach(TaskKind(row["kind"]), row["overlap"], row["remaining"])
    kind = TaskKind.TRAINING if _is_training(pool) else TaskKind.of(known, hint=hint)
    after = _reach(pool, row, change, kind=kind)
    values = {
        "id": number,
        "kind": after.kind.value,
        "known_solutions": write_known_solutions(known),
        "hint": hint,
        "overlap": after.overlap,
        "remaining": after.remaining,
        "position": _position(pool, row, before, after),
        "foreign_fields": write_fields({**read_fields(row["foreign_fields"]), **change.foreign}),
    }
    books.transaction.run("change_task", values)
    _count(books, pool, row, before=before, after=after)
    if (values["known_solutions"], hint) != (row["known_solutions"], row["hint"]):
        # Whoever remembers the task reads it anew.
        pool.revision += 1


def _known_solutions(books: Books, pool: PoolBook, row: Row, change: TaskChange) -> tuple[KnownSolution, ...]:
    if change.known_solutions is None:
        return read_known_solutions(row["known_solutions"])
    project = books.catalogue.project(books.transaction, pool.facts.project_number, revision=pool.project_revision)
    problems = find_known_solution_problems(change.known_solutions, project.config)
    if _is_training(pool) and not change.known_solutions:
        problems = ["expected a known solution, as every task of a training has one"]
    if problems:
        raise InvalidData(f"task {task_id_of(row['id'])} stays as it is", problems)
    return change.known_solutions


def _is_training(pool: PoolBook) -> bool:
    return pool.facts.config.type is PoolType.TRAINING


def _reach(pool: PoolBook, row: Row, change: TaskChange, *, kind: TaskKind) -> _Reach:
    if row["suite_id"] is None:
        overlap = _overlap(pool, row, change)
        return _Reach(kind, overlap, remaining_of(overlap, consumed=row["consumed"]))
    if change.overlap is not None or change.is_endless is not None:
        message = f"task {task_id_of(row['id'])} is issued with task suite {task_suite_id_of(row['suite_id'])} only"
        raise NoMixer(f"{message}; change the overlap of the suite")
    return _Reach(kind, row["overlap"], row["remaining"])


def _overlap(pool: PoolBook, row: Row, change: TaskChange) -> int | None:
    consumed: int = row["consumed"]
    if change.is_endless or _is_training(pool):
        return INFINITE_OVERLAP
    if change.overlap is not None:
        if change.overlap < consumed:
            message = f"task {task_id_of(row['id'])}: {consumed} solutions are there or in work already"
            raise InvalidInput(f"{message}; its overlap cannot be {change.overlap}")
        return change.overlap
    if change.is_endless is None or row["overlap"] is not INFINITE_OVERLAP:
        overlap: int | None = row["overlap"]
        return overlap
    return max(pool.facts.config.default_overlap, consumed)


def _position(pool: PoolBook, row: Row, before: _Reach, after: _Reach) -> int:
    """Return where the task is found: behind all cursors when workers may have passed it."""
    is_passed = after.kind is not before.kind or (before.remaining == 0 and after.remaining > 0)
    position: int = pool.take_position() if is_passed else row["position"]
    return position


def _count(books: Books, pool: PoolBook, row: Row, *, before: _Reach, after: _Reach) -> None:
    if after == before:
        return
    pool.last_changed = books.now
    if row["suite_id"] is not None:
        review_suite_kind(books, pool, row["suite_id"])
        return
    before.enter(pool, sign=-1)
    after.enter(pool, sign=1)
