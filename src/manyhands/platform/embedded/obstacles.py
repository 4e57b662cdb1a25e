"""Why open pools are not for a worker now."""

from collections.abc import Iterator
from dataclasses import replace

from manyhands.crowd import (
    FilterCategory,
    FilterCondition,
    FilterOperator,
    Obstacle,
    PoolId,
    find_unmet,
)
from manyhands.store import Transaction

from .access import Standing, find_refusal_of, read_standing
from .catalogue import Catalogue, PoolFacts, WorkerFacts
from .ids import pool_id_of

__all__ = ["find_obstacles"]

_ADULT = FilterCondition(category=FilterCategory.PROFILE, key="adult_allowed", operator=FilterOperator.EQ, value=True)


def find_obstacles(
    transaction: Transaction, catalogue: Catalogue, worker: WorkerFacts, *, now: int
) -> dict[PoolId, Obstacle]:
    """Return what keeps the worker from open pools, by pool; whoever finds no task there is not kept from it."""
    rows = transaction.rows("list_open_pools", {})
    pools = [catalogue.pool(transaction, row["id"], revision=row["revision"]) for row in rows]
    return dict(_obstacles(transaction, catalogue, pools, worker=worker, now=now))


def _obstacles(
    transaction: Transaction, catalogue: Catalogue, pools: list[PoolFacts], *, worker: WorkerFacts, now: int
) -> Iterator[tuple[PoolId, Obstacle]]:
    for facts in pools:
        standing = read_standing(transaction, catalogue, facts, worker, now=now)
        refusal = find_refusal_of(transaction, facts, worker, standing)
        if refusal is not None:
            wanted = _wanted(transaction, facts, standing) if refusal.reason == "filtered" else ()
            yield pool_id_of(facts.number), Obstacle(reason=refusal.reason, wanted=wanted)


def _wanted(transaction: Transaction, facts: PoolFacts, standing: Standing) -> tuple[tuple[FilterCondition, ...], ...]:
    profile = standing.profile
    groups = find_unmet(facts.config.worker_filter, profile, skills=standing.skills)
    if facts.config.may_contain_adult_content and not profile.is_adult_content_allowed:
        groups = ((_ADULT,), *groups)
    return tuple(tuple(_tell(transaction, condition) for condition in group) for group in groups)


def _tell(transaction: Transaction, condition: FilterCondition) -> FilterCondition:
    """Return the condition as a worker may see it."""
    if condition.category is not FilterCategory.SKILL:
        return condition
    skill = transaction.find("find_skill", {"id": int(condition.key) if condition.key.isdecimal() else 0})
    if skill is None or skill["is_hidden"]:
        return replace(condition, key="", value=None)
    return replace(condition, key=skill["name"])
