"""A worker's own records: pages, drafts, earnings. What other workers did cannot be asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from manyhands.crowd import AssignmentId, AssignmentStatus, Money, PoolId, Project, ProjectId, WorkerId
from manyhands.errors import NotFound
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import Row, SqlValue, Transaction

from .own_records import number_of, record_id_of
from .stamps import find_moment, to_moment

__all__ = ["Earnings", "PastPage", "WorkerRecords"]

_BEHIND_ALL = 2**63 - 1
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastPage:
    """A page that the worker took once."""

    id: AssignmentId
    pool_id: PoolId
    status: AssignmentStatus
    reward: Money
    created: datetime
    deadline: datetime
    submitted: datetime | None
    rejected: datetime | None
    public_comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """What the worker earned: paid rewards and bonuses, rewards of pages in review, and number of pages by status."""

    paid: Money
    bonuses: Money
    in_review: Money
    page_counts: dict[AssignmentStatus, int]


class WorkerRecords:
    """The records of one worker.

    Args:
        workplace: where they work.
        worker_id: who.
        find_project: returns a project of whatever requester.
    """

    def __init__(
        self, workplace: EmbeddedPlatform, worker_id: WorkerId, *, find_project: Callable[[ProjectId], Project]
    ) -> None:
        self._workplace = workplace
        self._worker_id = worker_id
        self._find_project = find_project

    def project_of(self, pool_id: PoolId) -> Project:
        """Return the project of a pool, as the pool's workers see it.

        Raises:
            NotFound: there is no such pool.
        """
        return self._workplace.see_project(pool_id)

    def project(self, project_id: ProjectId) -> Project:
        """Return a project as it is now.

        Raises:
            NotFound: there is no such project.
        """
        return self._find_project(project_id)

    def pools_in_hand(self) -> set[PoolId]:
        """Return the pools in which the worker has a page in hand."""
        with self._workplace.reading() as transaction:
            rows = transaction.rows("list_work_in_hand", {"worker_id": self._worker_id})
        return {PoolId(str(row["pool_id"])) for row in rows}

    def suite_size(self, pool_id: PoolId) -> int:
        """Return how many tasks the first task suite of a pool has that its requester has put together; 0 before there is one."""
        number = int(pool_id)
        values = {"first_id": number << 32, "end_id": (number + 1) << 32}
        with self._workplace.reading() as transaction:
            row = transaction.find("find_first_task_suite", values)
        return 0 if row is None else int(row["task_count"])

    def mean_duration(self, pool_id: PoolId) -> timedelta | None:
        """Return how long the last pages of a pool took, whoever did them; None before the first."""
        number = int(pool_id)
        values = {"first_id": number << 32, "end_id": (number + 1) << 32}
        with self._workplace.reading() as transaction:
            row = transaction.find("find_pool_pace", values)
        return None if row is None or row["mean"] is None else float(row["mean"]) * _MICROSECOND

    def history(self, before: AssignmentId | None, *, limit: int) -> list[PastPage]:
        """Return up to `limit` pages that the worker took before a page, latest first."""
        number = _BEHIND_ALL if before is None else number_of(before, "page")
        with self._workplace.reading() as transaction:
            row = transaction.find("find_work_moment", {"assignment_id": number})
            values: dict[str, SqlValue] = {
                "worker_id": self._worker_id,
                "before_created": _BEHIND_ALL if row is None else row["created"],
                "before_id": number,
                "count": limit,
            }
            return [_past_page(row) for row in transaction.rows("list_work_of_worker", values)]

    def earnings(self) -> Earnings:
        """Return what the worker earned at all requesters together."""
        with self._workplace.reading() as transaction:
            rows = transaction.rows("sum_work_of_worker", {"worker_id": self._worker_id})
            bonuses = transaction.find("sum_bonuses_of_worker", {"worker_id": self._worker_id})
        rewards = {AssignmentStatus(row["status"]): Money.from_units(int(row["reward"])) for row in rows}
        return Earnings(
            paid=rewards.get(AssignmentStatus.ACCEPTED, Money()),
            bonuses=Money.from_units(0 if bonuses is None else int(bonuses["amount"])),
            in_review=rewards.get(AssignmentStatus.SUBMITTED, Money()),
            page_counts={AssignmentStatus(row["status"]): row["page_count"] for row in rows},
        )

    def find_draft(self, page_id: AssignmentId) -> str | None:
        """Return what was kept for a page as JSON text; None for nothing.

        Raises:
            NotFound: the worker has no such page in hand.
        """
        with self._workplace.reading() as transaction:
            number = self._own_page(transaction, page_id)
            row = transaction.find("find_page_draft", {"assignment_id": number})
        return None if row is None else row["document"]

    def keep_draft(self, page_id: AssignmentId, document: str) -> None:
        """Keep JSON text for a page that is in hand.

        Raises:
            NotFound: the worker has no such page in hand.
        """
        with self._workplace.writing() as books:
            number = self._own_page(books.transaction, page_id)
            books.transaction.run("put_page_draft", {"assignment_id": number, "document": document})

    def drop_draft(self, page_id: AssignmentId) -> None:
        """Forget what was kept for a page."""
        with self._workplace.writing() as books:
            books.transaction.run("remove_page_draft", {"assignment_id": number_of(page_id, "page")})

    def _own_page(self, transaction: Transaction, page_id: AssignmentId) -> int:
        number = number_of(page_id, "page")
        row = transaction.find("find_page_owner", {"assignment_id": number})
        if row is None or row["worker_id"] != self._worker_id or row["status"] != AssignmentStatus.ACTIVE:
            raise NotFound(f"worker {self._worker_id!r} has no page {page_id} in hand")
        return number


def _past_page(row: Row) -> PastPage:
    return PastPage(
        id=AssignmentId(record_id_of(row["id"])),
        pool_id=PoolId(str(row["pool_id"])),
        status=AssignmentStatus(row["status"]),
        reward=Money.from_units(row["reward"]),
        created=to_moment(row["created"]),
        deadline=to_moment(row["deadline"]),
        submitted=find_moment(row["submitted"]),
        rejected=find_moment(row["rejected"]),
        public_comment=row["public_comment"],
    )
