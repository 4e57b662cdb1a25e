"""Whether a worker may take a page in a pool."""

from collections.abc import Mapping
from dataclasses import dataclass

from manyhands.crowd import AllOf, AnyOf, FilterCategory, FilterCondition, SkillId, WorkerFilterExpression, admits
from manyhands.errors import NotFound, NoWork
from manyhands.store import Row, SqlValue, Transaction

from .books import Books, PoolBook
from .catalogue import PoolFacts, WorkerFacts

__all__ = ["Refusal", "find_refusal", "join_exclusive_group", "read_skills"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a worker gets nothing: a word of `Workplace.take` and a sentence."""

    reason: str
    message: str

    def to_error(self) -> NoWork:
        """Return the error that tells the worker."""
        return NoWork(self.message, reason=self.reason)


def find_refusal(books: Books, pool: PoolBook, worker: WorkerFacts) -> Refusal | None:
    """Return why the worker may not work in the pool now, or None; that tasks and money are there is not looked at."""
    transaction, facts = books.transaction, pool.facts
    standing = _find_standing(books, facts, worker)
    if standing["restriction_scope"] is not None:
        return Refusal(reason="restricted", message=f"worker {worker.id} may not work in pool {pool.number} now")
    profile = books.catalogue.worker(transaction, worker.id, revision=standing["revision"]).profile
    if facts.config.may_contain_adult_content and not profile.is_adult_content_allowed:
        return Refusal(reason="filtered", message=f"worker {worker.id} does not allow adult content")
    skills = read_skills(books, facts, worker) if _needs_skills(facts) else {}
    if not admits(facts.config.worker_filter, profile, skills=skills):
        return Refusal(reason="filtered", message=f"the filter of pool {pool.number} does not admit worker {worker.id}")
    if not _is_trained(facts, skills):
        return Refusal(reason="training_required", message=f"worker {worker.id} has to pass the training first")
    if _is_bound_elsewhere(transaction, facts, worker):
        return Refusal(reason="exclusive", message=f"worker {worker.id} works in another pool of the group")
    if _has_hands_full(books, pool, worker):
        message = f"worker {worker.id} has as many pages in hand as project {facts.project_number} allows"
        return Refusal(reason="too_many_pages", message=message)
    return None


def join_exclusive_group(transaction: Transaction, facts: PoolFacts, worker: WorkerFacts) -> bool:
    """Bind the worker to this pool of its exclusive group; return False when another pool was faster."""
    if facts.config.exclusive_group is None:
        return True
    transaction.run("join_exclusive_group", {**_membership(facts, worker), "pool_id": facts.number})
    return not _is_bound_elsewhere(transaction, facts, worker)


def read_skills(books: Books, facts: PoolFacts, worker: WorkerFacts) -> dict[SkillId, float]:
    """Return the worker's skills at the pool's requester."""
    values: dict[str, SqlValue] = {"worker_number": worker.number, "requester": facts.requester, "now": books.now}
    rows = books.transaction.rows("list_worker_skills", values)
    return {SkillId(str(row["skill_id"])): row["value"] for row in rows}


def _find_standing(books: Books, facts: PoolFacts, worker: WorkerFacts) -> Row:
    """Return the revision of the worker's profile and the scope of a restriction in force: one question, as it is asked for every page."""
    found = books.transaction.find(
        "find_worker_standing",
        {
            "worker_number": worker.number,
            "requester": facts.requester,
            "now": books.now,
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
