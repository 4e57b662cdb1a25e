"""The platform's own quality rules about what was judged, and about workers who have lost access."""

from manyhands.crowd import (
    AccessLoss,
    AccessLossReason,
    AssignmentStatus,
    DailyIncome,
    PageReview,
    ReviewedPages,
    ReviewEvent,
    TaskKind,
    WorkerId,
)
from manyhands.store import Row, SqlValue

from .access import find_refusal
from .assignments import AssignmentBook, find_assignment
from .books import Books, Judgement, PoolBook
from .growing_overlap import grow_overlaps
from .ids import first_id, parse_numbered
from .rule_actions import act
from .rule_conditions import Measures, holds
from .tallies import ScopedRule, Tally, history_size_of, measure_shares
from .tally_keeping import rules_of, update_tally

__all__ = ["follow_up_loss", "watch_judgements"]

_DAY = 24 * 60 * 60 * 1_000_000
_UNITS_PER_DOLLAR = 100_000


def watch_judgements(books: Books) -> None:
    """Carry out the rules that hold after the judgements of a transaction, and after those that follow from them."""
    while books.judgements:
        judgement = books.judgements.pop(0)
        pool = books.pools[judgement.pool_number]
        grow_overlaps(books, pool, judgement)
        rules = [
            scoped
            for scoped in rules_of(books, pool)
            if isinstance(scoped.rule.collector, (ReviewedPages, PageReview, DailyIncome))
        ]
        for scoped in rules:
            page = find_assignment(books.transaction, judgement.assignment_number)
            _watch_judgement(books, pool, scoped, page=page, judgement=judgement)


def follow_up_loss(books: Books, loss: Row) -> None:
    """Carry out the rules about a worker who lost access to a pool (``id, pool_id, worker_id, worker_number, reason, skill_id``), once."""
    pool = books.lock_one(loss["pool_id"])
    if books.transaction.find("take_access_loss", {"id": loss["id"]}) is None:
        return
    reason, skill = AccessLossReason(loss["reason"]), loss["skill_id"]
    worker = books.catalogue.worker(books.transaction, WorkerId(loss["worker_id"]))
    if reason is AccessLossReason.SKILL_CHANGE:
        refusal = find_refusal(books, pool, worker)
        if refusal is None or refusal.reason not in ("filtered", "training_required"):
            return
    found: Measures = {"reason": reason.value, "skill_id": None if skill is None else str(skill)}
    for scoped in rules_of(books, pool):
        if isinstance(scoped.rule.collector, AccessLoss) and holds(scoped.rule, found):
            tasks = _take_pages(books, pool, scoped, worker_number=worker.number)
            act(books, pool, scoped, worker_number=worker.number, found=found, task_numbers=tasks)


def _watch_judgement(
    books: Books, pool: PoolBook, scoped: ScopedRule, *, page: AssignmentBook, judgement: Judgement
) -> None:
    found = _measure(books, scoped, page=page, judgement=judgement)
    if not holds(scoped.rule, found):
        return
    tasks = _real_tasks(books, page)
    if act(books, pool, scoped, worker_number=page.worker_number, found=found, task_numbers=tasks):
        update_tally(books, page.worker_number, scoped.scope, change=lambda tally: tally.start_anew(books.now))


def _measure(books: Books, scoped: ScopedRule, *, page: AssignmentBook, judgement: Judgement) -> Measures:
    """Return what the rule's collector says; nothing where the judgement does not concern it."""
    match scoped.rule.collector:
        case ReviewedPages() if not judgement.is_automatic:
            return _count_review(books, scoped, page=page, event=judgement.event)
        case PageReview():
            return {"event": judgement.event.value, **_count_alike(books, page)}
        case DailyIncome() if judgement.event is not ReviewEvent.REJECT:
            return {"income": _sum_income(books, scoped, page=page)}
        case _:
            return {}


def _count_alike(books: Books, page: AssignmentBook) -> dict[str, float]:
    """Return how many assignments with the same page are in each state; a page that a mixer has put together is the only one."""
    if page.suite_number is None:
        statuses = {page.status.value: 1}
    else:
        rows = books.transaction.rows("count_assignments_of_suite", {"suite_id": page.suite_number})
        statuses = {row["status"]: int(row["page_count"]) for row in rows}
    names = {
        "pending_count": AssignmentStatus.SUBMITTED,
        "accepted_count": AssignmentStatus.ACCEPTED,
        "rejected_count": AssignmentStatus.REJECTED,
    }
    return {name: statuses.get(status.value, 0) for name, status in names.items()}


def _count_review(books: Books, scoped: ScopedRule, *, page: AssignmentBook, event: ReviewEvent) -> Measures:
    def change(tally: Tally) -> Tally:
        if page.submitted is not None and page.submitted <= tally.since:
            return tally
        if event is ReviewEvent.ACCEPT_AFTER_REJECT:
            return tally.turn_miss_into_hit()
        is_accepted = float(event is ReviewEvent.ACCEPT)
        return tally.add(is_accepted, history_size=history_size_of(scoped.rule.collector))

    tally = update_tally(books, page.worker_number, scoped.scope, change=change)
    return {**measure_shares(tally, total="total_count", hits="accepted_share", misses="rejected_share")}


def _sum_income(books: Books, scoped: ScopedRule, *, page: AssignmentBook) -> float:
    tally = update_tally(books, page.worker_number, scoped.scope, change=lambda tally: tally)
    values: dict[str, SqlValue] = {
        "worker_number": page.worker_number,
        "first_id": first_id(page.pool_number),
        "end_id": first_id(page.pool_number + 1),
        "since": max(books.now - _DAY, tally.since),
    }
    row = books.transaction.find("sum_income", values)
    return 0.0 if row is None else int(row["reward"]) / _UNITS_PER_DOLLAR


def _take_pages(books: Books, pool: PoolBook, scoped: ScopedRule, *, worker_number: int) -> list[int]:
    """Return the real tasks of the worker's pages that this rule has not asked again yet, and remember these pages."""
    values: dict[str, SqlValue] = {
        "worker_number": worker_number,
        "first_id": first_id(pool.number),
        "end_id": first_id(pool.number + 1),
        "scope": scoped.scope,
    }
    rows = books.transaction.rows("list_pages_to_ask_again", values)
    notes = [{"scope": scoped.scope, "assignment_id": row["id"]} for row in rows]
    books.transaction.run_many("note_asked_again", notes)
    pages = [find_assignment(books.transaction, row["id"]) for row in rows]
    return [task for page in pages for task in _real_tasks(books, page)]


def _real_tasks(books: Books, page: AssignmentBook) -> list[int]:
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=page.pool_revision)
    return [parse_numbered("task", task.id) for task in tasks if task.kind is TaskKind.REAL]
