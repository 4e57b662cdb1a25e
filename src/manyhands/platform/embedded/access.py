"""Whether a worker may take a page in a pool."""

from collections.abc import Mapping
from dataclasses import dataclass

from manyhands.crowd import (
    AllOf,
    AnyOf,
    FilterCategory,
    FilterCondition,
    SkillId,
    WorkerFilterExpression,
    WorkerProfile,
    admits,
)
from manyhands.errors import NotFound, NoWork
from manyhands.store import Row, SqlValue, Transaction

from .books import Books, PoolBook
from .catalogue import Catalogue, PoolFacts, WorkerFacts

__all__ = ["Refusal", "Standing", "find_refusal", "find_refusal_of", "join_exclusive_group", "read_standing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a worker gets nothing: a word of `Workplace.take` and a sentence."""

    reason: str
    message: str

    def to_error(self) -> NoWork:
        """Return the error that tells the worker."""
        return NoWork(self.message, reason=self.reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a worker stands to the requester of a pool.

    Attributes:
        skills: in force now; empty where the pool looks at none.
    """

    is_restricted: bool
    profile: WorkerProfile
    skills: Mapping[SkillId, float]


def find_refusal(books: Books, pool: PoolBook, worker: WorkerFacts) -> Refusal | None:
    """Return why the worker may not work in the pool now, or None; that tasks and money are there is not looked at."""
    standing = read_standing(books.transaction, books.catalogue, pool.facts, worker, now=books.now)
    refusal = find_refusal_of(books.transaction, pool.facts, worker, standing)
    if refusal is None and _has_hands_full(books, pool, worker):
        message = f"worker {worker.id} has as many pages in hand as project {pool.facts.project_number} allows"
        return Refusal(reason="too_many_pages", message=message)
    return refusal


def find_refusal_of(
    transaction: Transaction, facts: PoolFacts, worker: WorkerFacts, standing: Standing
) -> Refusal | None:
    """Return why a worker of this standing may not work in the pool, or None; how many pages they have in hand is not looked at."""
    if standing.is_restricted:
        return Refusal(reason="restricted", message=f"worker {worker.id} may not work in pool {facts.number} now")
    if facts.config.may_contain_adult_content and not standing.profile.is_adult_content_allowed:
        return Refusal(reason="filtered", message=f"worker {worker.id} does not allow adult content")
    if not admits(facts.config.worker_filter, standing.profile, skills=standing.skills):
        return Refusal(
            reason="filtered", message=f"the filter of pool {facts.number} does not admit worker {worker.id}"
        )
    if not _is_trained(facts, standing.skills):
        return Refusal(reason="training_required", message=f"worker {worker.id} has to pass the training first")
    if _is_bound_elsewhere(transaction, facts, worker):
        return Refusal(reason="exclusive", message=f"worker {worker.id} works in another pool of the group")
    return None


def join_exclusive_group(transaction: Transaction, facts: PoolFacts, worker: WorkerFacts) -> bool:
    """Bind the worker to this pool of its exclusive group; return False when another pool was faster."""
    if facts.config.exclusive_group is None:
        return True
    transaction.run("join_exclusive_group", {**_membership(facts, worker), "pool_id": facts.number})
    return not _is_bound_elsewhere(transaction, facts, worker)


def read_standing(
    transaction: Transaction, catalogue: Catalogue, facts: PoolFacts, worker: WorkerFacts, *, now: int
) -> Standing:
    """Return how a worker stands to the requester of a pool: their profile now, restrictions in force, and skills where the pool looks at them."""
    row = _find_standing(transaction, facts, worker, now=now)
    return Standing(
        is_restricted=row["restriction_scope"] is not None,
        profile=catalogue.worker(transaction, worker.id, revision=row["revision"]).profile,
        skills=_read_skills(transaction, facts, worker, now=now) if _needs_skills(facts) else {},
    )


def _read_skills(transaction: Transaction, facts: PoolFacts, worker: WorkerFacts, *, now: int) -> dict[SkillId, float]:
    values: dict[str, SqlValue] = {"worker_number": worker.number, "requester": facts.requester, "now": now}
    rows = transaction.rows("list_worker_skills", values)
    return {SkillId(str(row["skill_id"])): row["value"] for row in rows}


def _find_standing(transaction: Transaction, facts: PoolFacts, worker: WorkerFacts, *, now: int) -> Row:
    """Return the revision of the worker's profile and the scope of a restriction in force: one question, as it is asked for every page."""
    found = transaction.find(
        "find_worker_standing",
        {
            "worker_number": worker.number,
            "requester": facts.requester,
            "now": now,
            "project_id": facts.project_number,
            "pool_id": facts.number,
        },
    )
    if found is None:
        raise NotFound(f"worker {worker.id!r} is not there any more")
    return found


def _needs_skills(facts: PoolFacts) -> bool:
    return facts.config.training_requirement is not None or _names_skill(facts.config.worker_filter)


def _names_skill(expression: WorkerFilterExpression | None) -> bool:
    match expression:
        case None:
            return False
        case AllOf(parts) | AnyOf(parts):
            return any(_names_skill(part) for part in parts)
        case FilterCondition():
            return expression.category is FilterCategory.SKILL


def _is_trained(facts: PoolFacts, skills: Mapping[SkillId, float]) -> bool:
    requirement = facts.config.training_requirement
    # The skill of a worker without one is below every passing value.
    return requirement is None or skills.get(SkillId(str(facts.required_skill)), -1.0) >= requirement.passing_skill


def _is_bound_elsewhere(transaction: Transaction, facts: PoolFacts, worker: WorkerFacts) -> bool:
    if facts.config.exclusive_group is None:
        return False
    row = transaction.find("find_exclusive_pool", _membership(facts, worker))
    return row is not None and row["pool_id"] != facts.number


def _has_hands_full(books: Books, pool: PoolBook, worker: WorkerFacts) -> bool:
    number = pool.facts.project_number
    project = books.catalogue.project(books.transaction, number, revision=pool.project_revision)
    if project.config.max_active_pages is None:
        return False
    # Whoever takes a page for the same worker in another pool of the project waits here, and then counts this one.
    books.transaction.find("hold_worker", {"number": worker.number})
    row = books.transaction.find("count_pages_in_hand", {"project_id": number, "worker_number": worker.number})
    return row is not None and row["page_count"] >= project.config.max_active_pages


def _membership(facts: PoolFacts, worker: WorkerFacts) -> dict[str, str | int]:
    group = facts.config.exclusive_group or ""
    return {"requester": facts.requester, "exclusive_group": group, "worker_number": worker.number}
