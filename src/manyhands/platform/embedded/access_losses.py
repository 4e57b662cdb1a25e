"""Workers who lose access to pools in which they have worked, for the rules that ask their work again.

A loss is noted in the transaction in which it happens, and followed up right afterwards in transactions of the pools concerned, because these
may be other pools than the one that the first transaction has locked. What is noted is in the store, so a crash in between loses nothing.
"""

from manyhands.crowd import AccessLoss, AccessLossReason, QualityRule
from manyhands.store import Row, SqlValue

from .books import Books

__all__ = ["note_restriction", "note_skill_change", "watch_access"]

#: Stands for all pools of a project.
_EVERY_POOL = 0


def watch_access(
    books: Books, rules: tuple[QualityRule, ...], *, requester: str, project_number: int, pool_number: int | None
) -> None:
    """Remember where the rules of a pool, or of a project where `pool_number` is None, want to know who loses access.

    What once wanted it is asked for ever: other versions of a project may still have the rule, and a loss that no rule is about is passed over.
    """
    if not any(isinstance(rule.collector, AccessLoss) for rule in rules):
        return
    values: dict[str, SqlValue] = {
        "requester": requester,
        "project_id": project_number,
        "pool_id": _EVERY_POOL if pool_number is None else pool_number,
    }
    books.transaction.run("watch_access", values)


def note_restriction(
    books: Books, *, requester: str, worker_number: int, pool_number: int | None, project_number: int | None
) -> None:
    """Note that a worker was restricted in a pool, in a project, or, where both are None, everywhere at the requester."""
    for row in _list_watching(books, requester=requester, worker_number=worker_number):
        is_meant = pool_number in (None, row["id"]) and project_number in (None, row["project_id"])
        if is_meant:
            _note(books, row, worker_number=worker_number, reason=AccessLossReason.RESTRICTION, skill_number=None)


def note_skill_change(books: Books, *, requester: str, worker_number: int, skill_number: int) -> None:
    """Note that a skill of a worker was set or taken away; whether that costs access is looked at afterwards."""
    for row in _list_watching(books, requester=requester, worker_number=worker_number):
        _note(books, row, worker_number=worker_number, reason=AccessLossReason.SKILL_CHANGE, skill_number=skill_number)


def _list_watching(books: Books, *, requester: str, worker_number: int) -> list[Row]:
    if books.transaction.find("find_access_watch", {"requester": requester}) is None:
        return []
    values: dict[str, SqlValue] = {"requester": requester, "worker_number": worker_number}
    return books.transaction.rows("list_pools_that_watch_access", values)


def _note(books: Books, pool: Row, *, worker_number: int, reason: AccessLossReason, skill_number: int | None) -> None:
    values: dict[str, SqlValue] = {
        "pool_id": pool["id"],
        "worker_number": worker_number,
        "reason": reason.value,
        "skill_id": skill_number,
    }
    books.transaction.run("add_access_loss", values)
    books.has_access_losses = True
