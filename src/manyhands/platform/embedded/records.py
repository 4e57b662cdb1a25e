"""Rows of the store as the records that everybody knows."""

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    Bonus,
    BonusId,
    Budget,
    BudgetId,
    CloseReason,
    Money,
    Pool,
    PoolStatus,
    Project,
    ProjectConfig,
    ProjectId,
    ProjectStatus,
    Restriction,
    RestrictionId,
    RestrictionScope,
    Skill,
    SkillId,
    Solution,
    Spending,
    TaskSuiteId,
    WorkerId,
    WorkerSkill,
)
from manyhands.store import Row, Transaction

from .assignments import AssignmentBook
from .books import PoolBook
from .catalogue import Catalogue, PoolFacts
from .documents import read_document, read_fields, read_json
from .ids import assignment_id_of, mixed_suite_id_of, pool_id_of, task_suite_id_of
from .moments import find_moment, to_duration, to_moment

__all__ = [
    "assignment_of",
    "bonus_of",
    "budget_of",
    "pool_of_book",
    "pool_of_row",
    "project_of",
    "restriction_of",
    "skill_of",
    "spending_of",
    "suite_id_of",
    "worker_skill_of",
]


def project_of(row: Row) -> Project:
    """Return the project of a row."""
    return Project(
        id=ProjectId(str(row["id"])),
        status=ProjectStatus(row["status"]),
        created=to_moment(row["created"]),
        config=read_document(row["config"], ProjectConfig),
    )


def budget_of(row: Row) -> Budget:
    """Return the budget of a row."""
    ceiling = row["ceiling"]
    return Budget(
        id=BudgetId(str(row["id"])),
        key=row["key"],
        ceiling=None if ceiling is None else Money.from_units(ceiling),
        spending=spending_of(row),
    )


def spending_of(row: Row) -> Spending:
    """Return what a row (of a budget or a pool) says about money."""
    return Spending(paid=Money.from_units(row["paid"]), reserved=Money.from_units(row["reserved"]))


def pool_of_row(transaction: Transaction, catalogue: Catalogue, row: Row) -> Pool:
    """Return the pool of a row (of ``find_pool`` or ``list_open_pools``)."""
    reason = row["close_reason"]
    facts = catalogue.pool(transaction, row["id"], revision=row["revision"])
    return Pool(
        id=pool_id_of(row["id"]),
        status=PoolStatus(row["status"]),
        close_reason=None if reason is None else CloseReason(reason),
        created=to_moment(row["created"]),
        last_started=find_moment(row["last_started"]),
        last_stopped=find_moment(row["last_stopped"]),
        config=facts.config,
        training_skill_id=_training_skill_of(facts),
    )


def pool_of_book(book: PoolBook) -> Pool:
    """Return the pool of a book that has been written."""
    return Pool(
        id=pool_id_of(book.number),
        status=book.status,
        close_reason=book.close_reason,
        created=to_moment(book.created),
        last_started=find_moment(book.last_started),
        last_stopped=find_moment(book.last_stopped),
        config=book.facts.config,
        training_skill_id=_training_skill_of(book.facts),
    )


def _training_skill_of(facts: PoolFacts) -> SkillId | None:
    return None if facts.training_skill is None else SkillId(str(facts.training_skill))


def assignment_of(transaction: Transaction, catalogue: Catalogue, page: AssignmentBook) -> Assignment:
    """Return the assignment as the requester sees it."""
    return Assignment(
        id=assignment_id_of(page.number),
        pool_id=pool_id_of(page.pool_number),
        project_id=ProjectId(str(catalogue.home(transaction, page.pool_number).project_number)),
        worker_id=page.worker_id,
        status=page.status,
        reward=Money.from_units(page.reward),
        tasks=catalogue.tasks(transaction, page.task_ids, revision=page.pool_revision),
        solutions=_solutions_of(page.solutions),
        created=to_moment(page.created),
        deadline=to_moment(page.deadline),
        submitted=find_moment(page.submitted),
        accepted=find_moment(page.accepted),
        rejected=find_moment(page.rejected),
        skipped=find_moment(page.skipped),
        expired=find_moment(page.expired),
        public_comment=page.public_comment,
        task_suite_id=suite_id_of(page),
        is_mixed=page.suite_number is None,
        first_solutions=_solutions_of(page.first_solutions),
    )


def _solutions_of(text: str | None) -> tuple[Solution, ...]:
    return () if text is None else tuple(Solution(output_values=values) for values in read_json(text))


def restriction_of(row: Row) -> Restriction:
    """Return the restriction of a row."""
    project = row["project_id"]
    pool = row["pool_id"]
    return Restriction(
        id=RestrictionId(str(row["id"])),
        created=to_moment(row["created"]),
        worker_id=WorkerId(row["worker_id"]),
        scope=RestrictionScope(row["scope"]),
        pool_id=None if pool is None else pool_id_of(pool),
        project_id=None if project is None else ProjectId(str(project)),
        until=find_moment(row["until"]),
        private_comment=row["private_comment"],
    )


def skill_of(row: Row) -> Skill:
    """Return the skill of a row."""
    return Skill(
        id=SkillId(str(row["id"])),
        name=row["name"],
        created=to_moment(row["created"]),
        is_hidden=bool(row["is_hidden"]),
        lifetime=None if row["lifetime"] is None else to_duration(row["lifetime"]),
        is_training=bool(row["is_training"]),
        foreign=read_fields(row["foreign_fields"]),
    )


def worker_skill_of(row: Row, worker_id: WorkerId) -> WorkerSkill:
    """Return the value of a skill of a row."""
    return WorkerSkill(
        worker_id=worker_id,
        skill_id=SkillId(str(row["skill_id"])),
        value=row["value"],
        created=to_moment(row["created"]),
        modified=to_moment(row["modified"]),
    )


def bonus_of(row: Row) -> Bonus:
    """Return the bonus of a row."""
    number = row["assignment_id"]
    return Bonus(
        id=BonusId(str(row["id"])),
        created=to_moment(row["created"]),
        worker_id=WorkerId(row["worker_id"]),
        amount=Money.from_units(row["amount"]),
        assignment_id=None if number is None else AssignmentId(assignment_id_of(number)),
        private_comment=row["private_comment"],
        public_message=row["public_message"],
        foreign=read_fields(row["foreign_fields"]),
    )


def suite_id_of(page: AssignmentBook) -> TaskSuiteId:
    """Return the id of the task suite that a page shows."""
    return mixed_suite_id_of(page.number) if page.suite_number is None else task_suite_id_of(page.suite_number)
