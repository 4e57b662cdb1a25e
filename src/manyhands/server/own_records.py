"""A requester's records by kind: what the platform's port finds only by key or pool is found here by requester."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    Bonus,
    BonusId,
    MixerConfig,
    Money,
    Pool,
    PoolId,
    ProjectId,
    Task,
    TaskId,
    TaskSuite,
    TaskSuiteId,
    WorkerId,
)
from manyhands.errors import NotFound
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import Row, SqlValue

from .stamps import to_moment

__all__ = ["OwnRecords", "PoolCounts", "id_before", "number_of", "pool_of", "record_id_of"]

_CHUNK = 1000
_MICROSECONDS_PER_MILLISECOND = 1000
#: Digits of the number in an id of a task or an assignment.
_PLACES = 24
#: The store's numbers of tasks and assignments hold the pool above this many bits.
_SHIFT = 32
_HEXADECIMAL = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolCounts:
    """What can be counted about a pool.

    Attributes:
        pages: number of assignments by state.
        paid_rewards: rewards of accepted pages, without bonuses and fees.
        mean_milliseconds: from taking to submitting; 0 before the first submission.
        real_task_count: real tasks whose overlap has an end; of them:
        wanted: solutions wanted.
        remaining: solutions that can still be handed out.
        wanted_page_count: pages that hold all solutions wanted.
    """

    pages: Mapping[AssignmentStatus, int]
    paid_rewards: Money
    mean_milliseconds: float
    worker_count: int
    submitter_count: int
    real_task_count: int
    wanted: int
    remaining: int
    wanted_page_count: int


class OwnRecords:
    """The records of one requester, and of nobody else.

    Args:
        platform: the requester's platform.
        requester: whose records.
    """

    def __init__(self, platform: EmbeddedPlatform, *, requester: str) -> None:
        self._platform = platform
        self._requester = requester

    def pools(self, project_id: ProjectId | None = None) -> list[Pool]:
        """Return the requester's pools, of one project or of all, in order of id."""
        with self._platform.reading() as transaction:
            rows = transaction.rows("list_own_pools", {"requester": self._requester})
        wanted = [row for row in rows if project_id is None or str(row["project_id"]) == project_id]
        return [self._platform.get_pool(PoolId(str(row["id"]))) for row in wanted]

    def get_task(self, task_id: TaskId) -> Task:
        """Return one task.

        Raises:
            NotFound: the requester has no such task.
        """
        before = id_before(task_id)
        after = None if before is None else TaskId(before)
        found = self._platform.list_tasks(pool_of(task_id, "task"), after, limit=1)
        if not found or found[0].id != task_id:
            raise NotFound(f"requester {self._requester!r} has no task {task_id!r}")
        return found[0]

    def tasks(self, pool_id: PoolId, after: TaskId | None = None, *, chunk: int = _CHUNK) -> Iterator[Task]:
        """Return the tasks of a pool in order of id, from behind `after`, reading so many at a time."""
        while found := self._platform.list_tasks(pool_id, after, limit=chunk):
            yield from found
            if len(found) < chunk:
                return
            after = found[-1].id

    def task_suites(
        self, pool_id: PoolId, after: TaskSuiteId | None = None, *, task_id: TaskId | None = None, chunk: int = _CHUNK
    ) -> Iterator[TaskSuite]:
        """Return the task suites of a pool in order of id, all or those that hold a task, from behind `after`, reading so many at a time."""
        while found := self._platform.list_task_suites(pool_id, after, task_id=task_id, limit=chunk):
            yield from found
            if len(found) < chunk:
                return
            after = found[-1].id

    def assignments(
        self, pool_id: PoolId, after: AssignmentId | None = None, *, chunk: int = _CHUNK
    ) -> Iterator[Assignment]:
        """Return the assignments of a pool in order of id, from behind `after`, reading so many at a time."""
        while found := self._platform.list_assignments(pool_id, after, limit=chunk):
            yield from found
            if len(found) < chunk:
                return
            after = found[-1].id

    def assignments_in(
        self, pool_id: PoolId, statuses: Collection[str], after: AssignmentId | None = None, *, chunk: int = _CHUNK
    ) -> Iterator[Assignment]:
        """Return the assignments of a pool that are in one of these states, in order of id; the others are not even read."""
        self._platform.get_pool(pool_id)
        first = int(pool_id) << _SHIFT if after is None else number_of(after, "assignment")
        values: dict[str, SqlValue] = {"end_id": (int(pool_id) + 1) << _SHIFT, "statuses": ",".join(statuses)}
        while True:
            with self._platform.reading() as transaction:
                rows = transaction.rows("list_assignments_by_status", {**values, "after": first, "count": chunk})
            yield from (self._platform.get_assignment(AssignmentId(record_id_of(row["id"]))) for row in rows)
            if len(rows) < chunk:
                return
            first = rows[-1]["id"]

    def has_worker(self, worker_id: WorkerId) -> bool:
        """Return whether somebody is registered under this id."""
        with self._platform.reading() as transaction:
            return transaction.find("find_worker", {"id": worker_id}) is not None

    def count_pool(self, pool_id: PoolId) -> PoolCounts:
        """Return what can be counted about a pool. Cost: one pass over its tasks and assignments."""
        pool = self._platform.get_pool(pool_id)
        values = {"first_id": int(pool_id) << _SHIFT, "end_id": (int(pool_id) + 1) << _SHIFT}
        with self._platform.reading() as transaction:
            pages = {AssignmentStatus(row["status"]): row for row in transaction.rows("count_pages_of_pool", values)}
            (workers,) = transaction.rows("count_workers_of_pool", values)
            (tasks,) = transaction.rows("count_tasks_of_pool", values)
            (suites,) = transaction.rows("count_task_suites_of_pool", values)
        timed = [
            (int(row["page_count"]), float(row["mean_duration"])) for row in pages.values() if row["mean_duration"]
        ]
        accepted = pages.get(AssignmentStatus.ACCEPTED)
        return PoolCounts(
            pages={status: int(row["page_count"]) for status, row in pages.items()},
            paid_rewards=Money() if accepted is None else Money.from_units(int(accepted["reward"])),
            mean_milliseconds=_mean(timed) / _MICROSECONDS_PER_MILLISECOND,
            worker_count=workers["worker_count"],
            submitter_count=workers["submitter_count"],
            real_task_count=tasks["task_count"],
            wanted=int(tasks["wanted"]),
            remaining=int(tasks["remaining"]),
            wanted_page_count=_count_pages(
                pool.config.mixer, int(tasks["wanted"]), suites_wanted=int(suites["wanted"])
            ),
        )

    def bonuses(self) -> list[Bonus]:
        """Return the bonuses that the requester paid, in order of id."""
        with self._platform.reading() as transaction:
            return [_bonus(row) for row in transaction.rows("list_own_bonuses", {"requester": self._requester})]


def pool_of(record_id: str, kind: str) -> PoolId:
    """Return the pool that an id of a task or an assignment names.

    Raises:
        NotFound: no id looks like this.
    """
    return PoolId(str(number_of(record_id, kind) >> _SHIFT))


def number_of(record_id: str, kind: str) -> int:
    """Return the store's number of a task or an assignment.

    Raises:
        NotFound: no id looks like this.
    """
    pool, separator, number = record_id.partition("--")
    parts = _hexadecimal(pool), _hexadecimal(number)
    if not separator or len(number) != _PLACES or parts[0] is None or parts[1] is None or parts[1] >> _SHIFT:
        raise NotFound(f"there is no {kind} {record_id!r}")
    return (parts[0] << _SHIFT) | parts[1]


def record_id_of(number: int) -> str:
    """Return the id of the task or assignment that has a number in the store.

    Example:
        >>> record_id_of(number_of("0000989681--000000000000000000000010", "task"))
        '0000989681--000000000000000000000010'
    """
    return f"{number >> _SHIFT:010x}--{number & ((1 << _SHIFT) - 1):0{_PLACES}x}"


def id_before(record_id: str) -> str | None:
    """Return the id that comes right before an id of a task or an assignment; None if none does or the text is no id.

    Example:
        >>> id_before("0000989681--000000000000000000000010")
        '0000989681--00000000000000000000000f'
    """
    pool, _, number = record_id.partition("--")
    count = _hexadecimal(number)
    return f"{pool}--{count - 1:0{_PLACES}x}" if count is not None and count > 1 and len(number) == _PLACES else None


def _count_pages(mixer: MixerConfig | None, wanted: int, *, suites_wanted: int) -> int:
    if mixer is None:
        return suites_wanted
    return -(-wanted // mixer.real_count) if mixer.real_count else 0


def _mean(parts: Sequence[tuple[int, float]]) -> float:
    count = sum(weight for weight, _ in parts)
    return sum(weight * value for weight, value in parts) / count if count else 0.0


def _hexadecimal(text: str) -> int | None:
    return int(text, 16) if text and set(text) <= _HEXADECIMAL else None


def _bonus(row: Row) -> Bonus:
    number, foreign = row["assignment_id"], row["foreign_fields"]
    return Bonus(
        id=BonusId(str(row["id"])),
        created=to_moment(row["created"]),
        worker_id=WorkerId(row["worker_id"]),
        amount=Money.from_units(row["amount"]),
        assignment_id=None if number is None else AssignmentId(record_id_of(number)),
        private_comment=row["private_comment"],
        public_message=row["public_message"],
        foreign={} if foreign is None else msgspec.json.decode(foreign),
    )
