"""What follows when a quality rule holds."""

from collections.abc import Sequence
from typing import assert_never

from manyhands.crowd import (
    AcceptAll,
    AcceptedCount,
    ChangeOverlap,
    PoolStatus,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    SetWorkerSkill,
)
from manyhands.store import SqlValue

from .access_losses import note_restriction, note_skill_change
from .assignments import find_assignment
from .books import Books, PoolBook
from .ids import parse_number
from .lifecycle import open_for_work
from .moments import to_microseconds
from .numbering import next_number
from .review import accept, reject
from .rule_conditions import Measures
from .tallies import ScopedRule
from .tally_keeping import discount
from .task_suites import find_suite, set_suite_overlap
from .tasks import set_overlap

__all__ = ["act"]


def act(
    books: Books,
    pool: PoolBook,
    scoped: ScopedRule,
    *,
    worker_number: int,
    found: Measures,
    task_numbers: Sequence[int],
) -> bool:
    """Carry out the rule's action on a worker and the tasks concerned, and return whether the rule's count begins anew."""
    action = scoped.rule.action
    match action:
        case RestrictWorker():
            is_given = _restrict(books, pool, action, scope=scoped.scope, worker_number=worker_number)
            if is_given and action.duration is not None:
                return True
        case SetWorkerSkill():
            value = found.get(action.source) if action.value is None else action.value
            if isinstance(value, int | float):
                _set_skill(books, pool, worker_number, parse_number("skill", action.skill_id), value=float(value))
        case AcceptAll():
            _accept_all(books, pool, worker_number=worker_number)
        case RejectAll():
            _reject_all(books, pool, worker_number=worker_number, public_comment=action.public_comment)
        case ChangeOverlap():
            _change_overlaps(books, pool, task_numbers, action=action)
        case _:
            assert_never(action)
    return isinstance(scoped.rule.collector, AcceptedCount)


def _restrict(books: Books, pool: PoolBook, action: RestrictWorker, *, scope: str, worker_number: int) -> bool:
    key: dict[str, SqlValue] = {"worker_number": worker_number, "tally_scope": scope}
    if books.transaction.find("find_restriction_by_rule", {**key, "now": books.now}) is not None:
        return False
    number = next_number(books.transaction, "restriction")
    pool_number = pool.number if action.scope is RestrictionScope.POOL else None
    project_number = pool.facts.project_number if action.scope is RestrictionScope.PROJECT else None
    values: dict[str, SqlValue] = {
        **key,
        "id": number,
        "requester": pool.facts.requester,
        "key": f"quality rule {number}",
        "scope": action.scope.value,
        "pool_id": pool_number,
        "project_id": project_number,
        "created": books.now,
        "until": None if action.duration is None else books.now + to_microseconds(action.duration),
        "private_comment": action.private_comment,
    }
    books.transaction.run("create_restriction", values)
    note_restriction(
        books,
        requester=pool.facts.requester,
        worker_number=worker_number,
        pool_number=pool_number,
        project_number=project_number,
    )
    return True


def _set_skill(books: Books, pool: PoolBook, worker_number: int, skill_number: int, *, value: float) -> None:
    key: dict[str, SqlValue] = {"worker_number": worker_number, "skill_id": skill_number}
    books.transaction.run("put_worker_skill", {**key, "value": value, "now": books.now})
    note_skill_change(books, requester=pool.facts.requester, worker_number=worker_number, skill_number=skill_number)


def _accept_all(books: Books, pool: PoolBook, *, worker_number: int) -> None:
    values = {"pool_id": pool.number, "worker_number": worker_number}
    for row in books.transaction.rows("list_assignments_in_review", values):
        accept(books, pool, find_assignment(books.transaction, row["id"]), public_comment="")


def _reject_all(books: Books, pool: PoolBook, *, worker_number: int, public_comment: str) -> None:
    values = {"pool_id": pool.number, "worker_number": worker_number}
    for row in books.transaction.rows("list_assignments_in_review", values):
        page = find_assignment(books.transaction, row["id"])
        reject(books, pool, page, public_comment=public_comment)
        discount(books, pool, page)


def _change_overlaps(books: Books, pool: PoolBook, task_numbers: Sequence[int], *, action: ChangeOverlap) -> None:
    if pool.status is PoolStatus.ARCHIVED:
        return
    suites: set[int] = set()
    for task_number in task_numbers:
        row = books.transaction.find("find_task_overlap", {"id": task_number})
        if row is not None and row["suite_id"] is not None:
            suites.add(row["suite_id"])
        elif row is not None and row["overlap"] is not None:
            set_overlap(books, pool, task_number, wanted=row["overlap"] + action.delta)
    # A suite is issued as a whole, so it changes once, however many of its tasks are concerned.
    for suite_number in sorted(suites):
        overlap = find_suite(books.transaction, suite_number)["overlap"]
        if overlap is not None:
            set_suite_overlap(books, pool, suite_number, wanted=overlap + action.delta)
    if action.is_pool_opened and pool.status is PoolStatus.CLOSED and task_numbers:
        open_for_work(books, pool)
