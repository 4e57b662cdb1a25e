"""Pools."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from manyhands.crowd import (
    BudgetId,
    MixerConfig,
    Money,
    Pool,
    PoolConfig,
    PoolType,
    ProjectId,
    SkillId,
    TrainingRequirement,
    WorkerFilterExpression,
)

from .amounts import to_days, to_dollars, to_percent, to_seconds
from .filters import FILTER, encode_filter
from .foreign import keep, keep_empty, recall, with_foreign
from .keys import EXTENSION, read_key, write_name
from .kinds import DOLLARS, FLAG, IDENTIFIER, MOMENT, SECONDS, SHARE, TEXT, choice, integer, object_of
from .mixers import encode_mixer, read_mixer
from .moments import write_moment
from .quality_control import QUALITY_CONTROL, QualityControl, encode_quality_control, keep_quality_control
from .reading import Kind, Reader
from .states import READ_ONLY, encode_state, read_pool
from .training_terms import (
    encode_own_terms,
    encode_pool_terms,
    hide_training_skill,
    read_pool_terms,
    show_training_skill,
)
from .variable_terms import (
    GROWING_OVERLAP,
    SKILL_PRICES,
    encode_growing_overlap,
    encode_skill_prices,
    read_growing_overlap,
    read_skill_prices,
)

__all__ = ["NEVER", "decode_pool", "decode_pool_config", "encode_pool", "encode_pool_config"]

#: The API wants to know when a pool ends; this moment stands for "it does not".
NEVER = datetime(2099, 12, 31, 23, 59, 59, tzinfo=UTC)

_TYPE = choice(PoolType, PoolType.REGULAR)
_PRIORITY = integer(least=0, most=100)
_OVERLAP = integer(least=0, most=30_000)
_KEY_FIELD = "private_name"
_ISSUING_FIELD, _SUITE_ORDER_FIELD = "assignments_issuing_config", "issue_task_suites_in_creation_order"
#: The overlap of task suites that bring none, and that of tasks.
_DEFAULTS = ("default_overlap_for_new_task_suites", "default_overlap_for_new_tasks")
_TEXTS = ("private_comment", "public_description", "public_instructions")
#: Days within which the API accepts pages that nobody has judged.
_MIN_REVIEW_DAYS, _MAX_REVIEW_DAYS = 1, 21
_REVIEW_PERIOD = timedelta(days=14)
_SHORTEST_PAGE_S = 5


def encode_pool_config(config: PoolConfig, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a pool to be created or changed; durations become whole seconds, rounded up.

    Args:
        config: what the requester chose.
        is_extended: whether to add what only a manyhands server understands: key, budget, largest bonus, group, and what the API
            rounds.
    """
    foreign = config.foreign
    control = QualityControl(rules=config.quality_rules, training=config.training_requirement)
    expires = config.expires or NEVER
    document = {
        "project_id": config.project_id,
        _KEY_FIELD: write_name(_KEY_FIELD, config.key, foreign),
        "private_comment": config.private_note or foreign.get("private_comment"),
        "public_description": config.description or foreign.get("public_description"),
        "public_instructions": config.instruction or foreign.get("public_instructions"),
        "may_contain_adult_content": config.may_contain_adult_content,
        "will_expire": recall(foreign, "will_expire", kind=MOMENT, value=expires, canonical=write_moment(expires)),
        "auto_close_after_complete_delay_seconds": to_seconds(config.auto_close_delay),
        "reward_per_assignment": to_dollars(config.reward),
        SKILL_PRICES: encode_skill_prices(config.skill_prices, foreign),
        "assignment_max_duration_seconds": max(_SHORTEST_PAGE_S, to_seconds(config.assignment_duration)),
        "auto_accept_solutions": config.auto_accept,
        "auto_accept_period_day": _review_days(config.auto_accept_after),
        "filter": _encode_filter(config),
        "quality_control": encode_quality_control(control, foreign),
        "mixer_config": encode_mixer(config.mixer, foreign),
        _ISSUING_FIELD: _encode_issuing(config),
        "defaults": _encode_defaults(config),
        GROWING_OVERLAP: encode_growing_overlap(config.growing_overlap, foreign),
        "priority": config.priority,
        "type": config.type.value,
        **encode_pool_terms(config),
        EXTENSION: _encode_extension(config) if is_extended else None,
    }
    return with_foreign(document, foreign)


def encode_pool(pool: Pool, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a pool as a platform shows it; the skill of a training is shown by a rule."""
    return {**encode_pool_config(show_training_skill(pool), is_extended=is_extended), **encode_state(pool)}


def decode_pool_config(document: object, *, key: str | None = None) -> PoolConfig:
    """Return the pool that a requester wants to have.

    Args:
        document: a form, or a whole pool, whose read-only fields are passed over.
        key: the config's key if the document brings none of its own; None takes the private name.

    Raises:
        InvalidInput: the document is no pool; every problem has its field and code.
    """
    reader = Reader.open(document)
    config = _read_config(reader, key)
    reader.close("pool")
    return config


def decode_pool(document: object, *, key: str | None = None) -> Pool:
    """Return a pool that a platform shows.

    Raises:
        InvalidInput: the document is no pool.
    """
    reader = Reader.open(document)
    pool = read_pool(reader, _read_config(reader, key))
    reader.close("pool")
    return hide_training_skill(pool)


def _read_config(reader: Reader, key: str | None) -> PoolConfig:
    foreign: dict[str, Any] = {}
    own_key = read_key(reader, _KEY_FIELD, given=key, foreign=foreign)
    extension = reader.get_object(EXTENSION)
    control = reader.get("quality_control", QUALITY_CONTROL, QualityControl())
    keep_quality_control(foreign, reader.raw("quality_control"), control)
    expires = reader.require("will_expire", MOMENT)
    keep(foreign, "will_expire", reader.raw("will_expire"), canonical=write_moment(expires))
    keep_empty(foreign, reader, _TEXTS)
    mixer = read_mixer(reader, foreign)
    kind = reader.get("type", _TYPE, PoolType.REGULAR)
    config = PoolConfig(
        project_id=ProjectId(reader.require("project_id", IDENTIFIER)),
        key=own_key,
        reward=reader.require("reward_per_assignment", DOLLARS),
        assignment_duration=reader.require("assignment_max_duration_seconds", SECONDS),
        mixer=mixer,
        is_suite_order_kept=_read_issuing(reader, foreign),
        skill_prices=read_skill_prices(reader, foreign),
        default_overlap=_read_defaults(reader, mixer, foreign),
        growing_overlap=read_growing_overlap(reader, foreign),
        auto_accept=reader.get("auto_accept_solutions", FLAG, True),
        auto_accept_after=_read_review_period(reader, extension),
        auto_close_delay=reader.get("auto_close_after_complete_delay_seconds", SECONDS, timedelta()),
        expires=None if expires == NEVER else expires,
        worker_filter=_read_filter(reader, foreign),
        training_requirement=_with_skill(control.training, extension),
        training_terms=read_pool_terms(reader, extension, kind),
        quality_rules=control.rules,
        budget_id=None if (budget := extension.find("budget_id", IDENTIFIER)) is None else BudgetId(budget),
        max_bonus=extension.get("max_bonus", DOLLARS, Money()),
        exclusive_group=extension.find("exclusive_group", TEXT),
        priority=reader.get("priority", _PRIORITY, 0),
        description=reader.get("public_description", TEXT, ""),
        instruction=reader.get("public_instructions", TEXT, ""),
        private_note=reader.get("private_comment", TEXT, ""),
        type=kind,
        may_contain_adult_content=reader.get("may_contain_adult_content", FLAG, False),
        foreign=foreign,
    )
    foreign.update(reader.rest(without=READ_ONLY))
    return config


def _encode_filter(config: PoolConfig) -> Any:
    expression = config.worker_filter
    if expression is None:
        return None
    return recall(config.foreign, "filter", kind=FILTER, value=expression, canonical=encode_filter(expression))


def _read_filter(reader: Reader, foreign: dict[str, Any]) -> WorkerFilterExpression | None:
    expression = reader.find("filter", FILTER)
    if expression is not None:
        keep(foreign, "filter", reader.raw("filter"), canonical=encode_filter(expression))
    return expression


def _encode_issuing(config: PoolConfig) -> Any:
    is_kept = config.is_suite_order_kept
    canonical = {_SUITE_ORDER_FIELD: is_kept} if is_kept else None
    return recall(config.foreign, _ISSUING_FIELD, kind=_ISSUING, value=is_kept, canonical=canonical)


def _read_issuing(reader: Reader, foreign: dict[str, Any]) -> bool:
    is_kept = reader.get(_ISSUING_FIELD, _ISSUING, False)
    canonical = {_SUITE_ORDER_FIELD: is_kept} if is_kept else None
    keep(foreign, _ISSUING_FIELD, reader.raw(_ISSUING_FIELD), canonical=canonical)
    return is_kept


def _encode_defaults(config: PoolConfig) -> Any:
    kind, overlap = _defaults_of(config.mixer), config.default_overlap
    return recall(config.foreign, "defaults", kind=kind, value=overlap, canonical=dict.fromkeys(_DEFAULTS, overlap))


def _read_defaults(reader: Reader, mixer: MixerConfig | None, foreign: dict[str, Any]) -> int:
    overlap = reader.require("defaults", _defaults_of(mixer))
    keep(foreign, "defaults", reader.raw("defaults"), canonical=dict.fromkeys(_DEFAULTS, overlap))
    return overlap


def _defaults_of(mixer: MixerConfig | None) -> Kind[int]:
    """Return the kind of default overlaps, of which the one counts that is for what the pool takes."""
    other, own = _DEFAULTS if mixer is not None else reversed(_DEFAULTS)

    def read(defaults: Reader) -> int:
        fallback = defaults.find(other, _OVERLAP)
        return defaults.get(own, _OVERLAP, 1 if fallback is None else fallback)

    return object_of(read, 1)


def _review_days(period: timedelta) -> int:
    return min(max(to_days(period), _MIN_REVIEW_DAYS), _MAX_REVIEW_DAYS)


def _read_review_period(reader: Reader, extension: Reader) -> timedelta:
    period = reader.get("auto_accept_period_day", _REVIEW_DAYS, _REVIEW_PERIOD)
    return extension.get("auto_accept_after_seconds", SECONDS, period)


def _with_skill(training: TrainingRequirement | None, extension: Reader) -> TrainingRequirement | None:
    skill_id = extension.find("training_skill_id", IDENTIFIER)
    if training is None:
        return None
    exact = extension.get("training_passing_skill_value", SHARE, training.passing_skill)
    return replace(training, passing_skill=exact, skill_id=None if skill_id is None else SkillId(skill_id))


def _encode_extension(config: PoolConfig) -> dict[str, Any]:
    training = config.training_requirement
    document = {
        "key": config.key,
        "budget_id": config.budget_id,
        "max_bonus": to_dollars(config.max_bonus),
        "exclusive_group": config.exclusive_group,
        "auto_accept_after_seconds": to_seconds(config.auto_accept_after),
        "training_skill_id": None if training is None else training.skill_id,
        "training_passing_skill_value": None if training is None else to_percent(training.passing_skill),
        **encode_own_terms(config),
    }
    return with_foreign(document, {})


_ISSUING = object_of(lambda config: config.get(_SUITE_ORDER_FIELD, FLAG, False), blank=False)
_DAY_COUNT = integer(least=_MIN_REVIEW_DAYS, most=_MAX_REVIEW_DAYS)
_REVIEW_DAYS: Kind[timedelta] = Kind(
    read=lambda value, place: timedelta(days=_DAY_COUNT.read(value, place)), blank=_REVIEW_PERIOD
)
