"""Tallies of workers in the store."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from manyhands.crowd import AcceptedCount
from manyhands.store import Row, SqlValue

from .assignments import AssignmentBook
from .books import Books, PoolBook
from .documents import read_json, write_json
from .tallies import ScopedRule, Tally

__all__ = ["count_again", "discount", "rules_of", "update_tally"]


def rules_of(books: Books, pool: PoolBook) -> Sequence[ScopedRule]:
    """Return the rules of the pool and of its project, in order of scope, so that tallies are locked in one order everywhere."""
    facts = pool.facts
    project = books.catalogue.project(books.transaction, facts.project_number, revision=pool.project_revision)
    if not project.rules:
        return facts.rules
    return sorted((*project.rules, *facts.rules), key=lambda scoped: scoped.scope)


def update_tally(books: Books, worker_number: int, scope: str, *, change: Callable[[Tally], Tally]) -> Tally:
    """Change a tally and return it; it stays locked until the transaction ends."""
    key: dict[str, SqlValue] = {"worker_number": worker_number, "scope": scope}
    row = books.transaction.find("lock_tally", key)
    old = Tally() if row is None else _tally_of(row)
    new = change(old)
    if new != old:
        history = None if new.history is None else write_json(new.history)
        values = {"total": new.total, "hits": new.hits, "history": history, "since": new.since}
        books.transaction.run("write_tally", {**key, **values})
    return new


def discount(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Take a page that was rejected out of the counts of pages that were not."""
    _recount(books, pool, page, difference=-1)


def count_again(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Put a page whose rejection was taken back into the counts again."""
    _recount(books, pool, page, difference=1)


def _recount(books: Books, pool: PoolBook, page: AssignmentBook, *, difference: int) -> None:
    for scoped in rules_of(books, pool):
        if isinstance(scoped.rule.collector, AcceptedCount):

            def change(tally: Tally) -> Tally:
                # What was submitted before the count began was never in it.
                is_counted = page.submitted is not None and page.submitted > tally.since
                return replace(tally, total=tally.total + difference) if is_counted else tally

            update_tally(books, page.worker_number, scoped.scope, change=change)


def _tally_of(row: Row) -> Tally:
    history = row["history"]
    return Tally(
        total=row["total"],
        hits=row["hits"],
        history=None if history is None else tuple(read_json(history)),
        since=row["since"],
    )
