"""Trainings and exams that are open, with the pools that they lead to, as one worker sees them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from manyhands.crowd import (
    AllOf,
    AnyOf,
    Course,
    CourseKind,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    Opening,
    Pool,
    PoolConfig,
    PoolType,
    SetWorkerSkill,
    SkillId,
    WorkerFilterExpression,
)
from manyhands.store import Row, SqlValue, Transaction

from .catalogue import Catalogue, PoolFacts, WorkerFacts
from .ids import first_id
from .moments import find_moment
from .records import pool_of_row

__all__ = ["list_courses"]

#: Comparisons that workers pass who have enough of a skill.
_ENOUGH = frozenset({FilterOperator.GT, FilterOperator.GTE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenPool:
    """An open pool, and how much of which skills it asks for."""

    pool: Pool
    facts: PoolFacts
    needed: Mapping[SkillId, "_Need"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Need:
    """How much of a skill a pool asks for: at least, or more than, `least`."""

    least: float
    is_exceeded: bool = False

    def is_met(self, value: float) -> bool:
        """Return whether this much of the skill is enough."""
        return value > self.least if self.is_exceeded else value >= self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class _Skill:
    """A value that a worker has of a skill."""

    value: float
    expires: int | None


def list_courses(transaction: Transaction, catalogue: Catalogue, worker: WorkerFacts, *, now: int) -> list[Course]:
    """Return the open trainings and exams in the order of the open pools."""
    rows = transaction.rows("list_open_pools", {})
    pools = [_read(transaction, catalogue, row) for row in rows]
    return [
        course
        for pool in pools
        if (course := _find_course(transaction, pool, pools, worker=worker, now=now)) is not None
    ]


def _read(transaction: Transaction, catalogue: Catalogue, row: Row) -> _OpenPool:
    facts = catalogue.pool(transaction, row["id"], revision=row["revision"])
    needed = dict(_skills_asked_for(facts.config.worker_filter))
    requirement = facts.config.training_requirement
    if requirement is not None:
        needed[SkillId(str(facts.required_skill))] = _Need(least=requirement.passing_skill)
    return _OpenPool(pool=pool_of_row(transaction, catalogue, row), facts=facts, needed=needed)


def _find_course(
    transaction: Transaction, pool: _OpenPool, pools: Sequence[_OpenPool], *, worker: WorkerFacts, now: int
) -> Course | None:
    if pool.facts.config.type is PoolType.TRAINING:
        return _training(transaction, pool, pools, worker=worker, now=now)
    skills = _skills_examined(pool.facts.config)
    openings = tuple(
        opening for skill in skills for opening in _openings(transaction, pools, skill, worker=worker, now=now)
    )
    if not openings:
        return None
    return Course(
        pool=pool.pool,
        kind=CourseKind.EXAM,
        pages_done=_count_pages(transaction, pool.facts, worker),
        pages_to_pass=None,
        skill=None,
        retry_at=None,
        is_available=True,
        openings=openings,
    )


def _training(
    transaction: Transaction, pool: _OpenPool, pools: Sequence[_OpenPool], *, worker: WorkerFacts, now: int
) -> Course:
    skill_id = SkillId(str(pool.facts.training_skill))
    skill = _find_skill(transaction, skill_id, worker=worker, now=now)
    values = {"pool_id": pool.facts.number, "worker_number": worker.number}
    progress = transaction.find("find_training_progress", values)
    is_forgotten = progress is None or (skill is None and progress["is_over"])
    return Course(
        pool=pool.pool,
        kind=CourseKind.TRAINING,
        pages_done=0 if progress is None or is_forgotten else progress["page_count"],
        pages_to_pass=pool.facts.config.training_terms.pages_to_pass,
        skill=None if skill is None else skill.value,
        retry_at=None if skill is None else find_moment(skill.expires),
        is_available=skill is None,
        openings=tuple(_openings(transaction, pools, skill_id, worker=worker, now=now)),
    )


def _openings(
    transaction: Transaction, pools: Sequence[_OpenPool], skill_id: SkillId, *, worker: WorkerFacts, now: int
) -> Iterator[Opening]:
    asking = [pool for pool in pools if skill_id in pool.needed]
    skill = _find_skill(transaction, skill_id, worker=worker, now=now) if asking else None
    for pool in asking:
        need = pool.needed[skill_id]
        is_reached = skill is not None and need.is_met(skill.value)
        yield Opening(pool=pool.pool, passing_skill=need.least, is_reached=is_reached)


def _find_skill(transaction: Transaction, skill_id: SkillId, *, worker: WorkerFacts, now: int) -> _Skill | None:
    if not skill_id.isdecimal():
        return None
    values: dict[str, SqlValue] = {"worker_number": worker.number, "skill_id": int(skill_id), "now": now}
    row = transaction.find("find_skill_in_force", values)
    return None if row is None else _Skill(value=row["value"], expires=row["expires"])


def _count_pages(transaction: Transaction, facts: PoolFacts, worker: WorkerFacts) -> int:
    values: dict[str, SqlValue] = {
        "worker_number": worker.number,
        "first_id": first_id(facts.number),
        "end_id": first_id(facts.number + 1),
    }
    row = transaction.find("count_pages_handed_in", values)
    return 0 if row is None else int(row["page_count"])


def _skills_examined(config: PoolConfig) -> list[SkillId]:
    """Return the skills that a pool of nothing but control tasks sets by its rules; none for other pools."""
    mixer = config.mixer
    if mixer is None or mixer.real_count or mixer.training_count or not mixer.control_count:
        return []
    found = [rule.action.skill_id for rule in config.quality_rules if isinstance(rule.action, SetWorkerSkill)]
    return list(dict.fromkeys(found))


def _skills_asked_for(expression: WorkerFilterExpression | None) -> Iterator[tuple[SkillId, _Need]]:
    match expression:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _skills_asked_for(part)
        case FilterCondition(category=FilterCategory.SKILL, operator=operator, value=value):
            if operator in _ENOUGH and isinstance(value, int | float):
                need = _Need(least=float(value), is_exceeded=operator is FilterOperator.GT)
                yield SkillId(expression.key), need
