"""Task suites as requesters see them: their own, and those that the platform has put together for a page."""

from collections.abc import Iterable

from manyhands.crowd import TaskSuite, WorkerId
from manyhands.store import Row, Transaction

from .assignments import AssignmentBook
from .documents import read_fields
from .ids import mixed_suite_id_of, pool_id_of, pool_number_of, task_suite_id_of
from .moments import to_moment
from .task_suites import order_of
from .tasks import list_tasks

__all__ = ["mixed_suite_of", "suite_of"]


def suite_of(transaction: Transaction, row: Row) -> TaskSuite:
    """Return the task suite of a row."""
    access = transaction.rows("list_task_suite_access", {"suite_id": row["id"]}) if row["is_limited"] else []
    number = pool_number_of(row["id"])
    return TaskSuite(
        id=task_suite_id_of(row["id"]),
        pool_id=pool_id_of(number),
        key=row["key"],
        created=to_moment(row["created"]),
        tasks=tuple(list_tasks(transaction, number, after=row["first_task_id"] - 1, limit=row["task_count"])),
        overlap=row["overlap"],
        remaining_overlap=None if row["overlap"] is None else row["remaining"],
        reserved_for=_workers(entry for entry in access if entry["is_reserved"]),
        unavailable_for=_workers(entry for entry in access if not entry["is_reserved"]),
        issuing_order_override=order_of(row["rank"]),
        foreign=read_fields(row["foreign_fields"]),
    )


def mixed_suite_of(transaction: Transaction, page: AssignmentBook) -> TaskSuite:
    """Return the task suite that a mixer has put together for a page; it is issued this once."""
    return TaskSuite(
        id=mixed_suite_id_of(page.number),
        pool_id=pool_id_of(page.pool_number),
        key="",
        created=to_moment(page.created),
        tasks=tuple(
            task
            for number in page.task_ids
            for task in list_tasks(transaction, page.pool_number, after=number - 1, limit=1)
        ),
        overlap=1,
        remaining_overlap=0,
        is_mixed=True,
    )


def _workers(access: Iterable[Row]) -> frozenset[WorkerId]:
    return frozenset(WorkerId(entry["worker_id"]) for entry in access)
