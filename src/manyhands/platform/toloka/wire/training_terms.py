"""What passing a training takes, as the API says it: in a form of its own, and in the pool that a training also is."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from manyhands.crowd import (
    Comparison,
    Pool,
    PoolConfig,
    PoolType,
    QualityCondition,
    QualityRule,
    SetWorkerSkill,
    SkillId,
    TrainingAnswers,
    TrainingTerms,
)

from .amounts import to_days
from .kinds import integer
from .reading import Reader

__all__ = [
    "encode_own_terms",
    "encode_pool_terms",
    "encode_terms",
    "hide_training_skill",
    "read_pool_terms",
    "read_terms",
    "show_training_skill",
]

_PAGES = "task_suites_required_to_pass"
_RETRY = "retry_training_after_days"
_POOL_FIELD = "training_config"
_SKILL_DAYS = "training_skill_ttl_days"
_OWN_PAGES = "training_pages_to_pass"
_PAGE_COUNT = integer(least=0, most=500)
_DAY_COUNT = integer(least=1, most=100_000)


def encode_terms(terms: TrainingTerms) -> dict[str, Any]:
    """Return the fields of a training; None where nothing is said."""
    return {_PAGES: terms.pages_to_pass, _RETRY: _days_of(terms.retry_after)}


def read_terms(reader: Reader) -> TrainingTerms:
    """Return what a training says."""
    return TrainingTerms(
        pages_to_pass=reader.find(_PAGES, _PAGE_COUNT), retry_after=_duration_of(reader.find(_RETRY, _DAY_COUNT))
    )


def encode_pool_terms(config: PoolConfig) -> dict[str, Any]:
    """Return the field that a pool has because it is a training; none for other pools, which may have it to be kept."""
    days = _days_of(config.training_terms.retry_after)
    return {_POOL_FIELD: {_SKILL_DAYS: days}} if config.type is PoolType.TRAINING and days is not None else {}


def read_pool_terms(reader: Reader, extension: Reader, kind: PoolType) -> TrainingTerms:
    """Return what a pool says because it is a training."""
    if kind is not PoolType.TRAINING:
        return TrainingTerms()
    days = reader.get_object(_POOL_FIELD).find(_SKILL_DAYS, _DAY_COUNT)
    return TrainingTerms(pages_to_pass=extension.find(_OWN_PAGES, _PAGE_COUNT), retry_after=_duration_of(days))


def encode_own_terms(config: PoolConfig) -> dict[str, Any]:
    """Return what only a manyhands server understands of it."""
    return {_OWN_PAGES: config.training_terms.pages_to_pass}


def show_training_skill(pool: Pool) -> PoolConfig:
    """Return the config of a pool with the rule by which the API shows the skill of a training."""
    if pool.training_skill_id is None:
        return pool.config
    rule = _training_rule(pool.config.training_terms, pool.training_skill_id)
    return replace(pool.config, quality_rules=(*pool.config.quality_rules, rule))


def hide_training_skill(pool: Pool) -> Pool:
    """Return a pool that a platform shows with its training skill in its place instead of among the rules."""
    rules = pool.config.quality_rules
    found = (
        next((rule for rule in rules if _gives_skill(rule)), None) if pool.config.type is PoolType.TRAINING else None
    )
    if found is None or not isinstance(found.action, SetWorkerSkill):
        return pool
    others = tuple(rule for rule in rules if rule is not found)
    terms = pool.config.training_terms
    if terms.pages_to_pass is None:
        terms = replace(terms, pages_to_pass=_find_pages(found))
    config = replace(pool.config, quality_rules=others, training_terms=terms)
    return replace(pool, config=config, training_skill_id=found.action.skill_id)


def _training_rule(terms: TrainingTerms, skill_id: SkillId) -> QualityRule:
    if terms.pages_to_pass is None:
        condition = QualityCondition(key="is_next_available", comparison=Comparison.EQ, threshold=0.0)
    else:
        condition = QualityCondition(key="submitted_count", comparison=Comparison.GTE, threshold=terms.pages_to_pass)
    action = SetWorkerSkill(skill_id=skill_id)
    return QualityRule(collector=TrainingAnswers(), conditions=(condition,), action=action)


def _gives_skill(rule: QualityRule) -> bool:
    is_share = isinstance(rule.action, SetWorkerSkill) and rule.action.value is None
    return is_share and isinstance(rule.collector, TrainingAnswers)


def _find_pages(rule: QualityRule) -> int | None:
    thresholds = (condition.threshold for condition in rule.conditions if condition.key == "submitted_count")
    return next((int(threshold) for threshold in thresholds), None)


def _days_of(duration: timedelta | None) -> int | None:
    return None if duration is None else to_days(duration)


def _duration_of(days: int | None) -> timedelta | None:
    return None if days is None else timedelta(days=days)
