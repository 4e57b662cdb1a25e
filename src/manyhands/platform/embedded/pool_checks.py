"""Whether the config of a pool or a project can work. Pure."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from manyhands.crowd import (
    MixerConfig,
    Money,
    PoolConfig,
    PoolType,
    ProjectConfig,
    QualityRule,
    SetWorkerSkill,
    SkillId,
)
from manyhands.errors import InvalidParams

from .frequencies import find_frequency_problems
from .rule_conditions import find_rule_problems

__all__ = ["check_pool_change", "check_pool_config", "check_project_config", "skills_of_pool", "skills_of_rules"]

#: What a pool is made for: its tasks, its money and its workers are bound to it.
_FIXED = ("project_id", "key", "type", "budget_id", "exclusive_group")
_MOST_PRIORITY = 100


def check_pool_config(config: PoolConfig) -> None:
    """Check a pool's config.

    Raises:
        InvalidParams: something cannot work; every problem is named.
    """
    problems = [*_mixer_problems(config.mixer, config.type), *_amount_problems(config)]
    if config.assignment_duration <= timedelta(0):
        problems.append(f"assignment_duration: expected a time above zero, found {config.assignment_duration}")
    if not 0 <= config.priority <= _MOST_PRIORITY:
        problems.append(f"priority: expected a number from 0 to {_MOST_PRIORITY}, found {config.priority}")
    problems.extend(_rule_problems(config.quality_rules))
    problems.extend(_price_problems(config))
    problems.extend(_overlap_problems(config))
    if problems:
        raise InvalidParams(f"pool {config.key!r} cannot work", problems)


def check_pool_change(before: PoolConfig, after: PoolConfig, *, has_tasks: bool) -> None:
    """Check the config that is to take the place of another.

    Args:
        before: the config that the pool has.
        after: the config that it is to have.
        has_tasks: whether there are tasks in it: alone with a mixer, in task suites without one.

    Raises:
        InvalidParams: it cannot work, or changes what stays for ever; every problem is named.
    """
    problems = [
        f"{name}: it stays {getattr(before, name)!r}, found {getattr(after, name)!r}; create another pool"
        for name in _FIXED
        if getattr(before, name) != getattr(after, name)
    ]
    if has_tasks and (before.mixer is None) != (after.mixer is None):
        problems.append("mixer: tasks that are there need it as it was, there or not; create another pool")
    if problems:
        raise InvalidParams(f"pool {before.key!r} cannot be changed so", problems)
    check_pool_config(after)


def check_project_config(config: ProjectConfig) -> None:
    """Check a project's config.

    Raises:
        InvalidParams: a rule cannot work; every problem is named.
    """
    problems = list(_rule_problems(config.quality_rules))
    if problems:
        raise InvalidParams(f"project {config.key!r} cannot be as it is wanted", problems)


def skills_of_pool(config: PoolConfig) -> Iterator[SkillId]:
    """Yield the skills that have to be there for the pool to work."""
    yield from skills_of_rules(config.quality_rules)
    if config.skill_prices is not None:
        yield config.skill_prices.skill_id
    if config.growing_overlap is not None:
        yield config.growing_overlap.weight_skill_id
    if config.training_requirement is not None and config.training_requirement.skill_id is not None:
        yield config.training_requirement.skill_id


def skills_of_rules(rules: Iterable[QualityRule]) -> Iterator[SkillId]:
    """Yield the skills that rules set."""
    yield from (rule.action.skill_id for rule in rules if isinstance(rule.action, SetWorkerSkill))


def _rule_problems(rules: Iterable[QualityRule]) -> Iterator[str]:
    for rule in rules:
        yield from (f"quality_rules: {problem}" for problem in find_rule_problems(rule))


def _mixer_problems(mixer: MixerConfig | None, pool_type: PoolType) -> list[str]:
    if mixer is None:
        return ["mixer: a training needs one, found none"] if pool_type is PoolType.TRAINING else []
    counts = (mixer.real_count, mixer.control_count, mixer.training_count)
    if min(counts) < 0:
        return ["mixer: expected counts of 0 or more"]
    frequencies = [each for each in (mixer.control_frequency, mixer.training_frequency) if each is not None]
    problems = [f"mixer: {problem}" for each in frequencies for problem in find_frequency_problems(each)]
    if frequencies and not mixer.real_count:
        problems.append("mixer: expected the number of tasks on a page in real_count, as it has a frequency")
    if problems:
        return problems
    return [] if sum(counts) else ["mixer: a page has no tasks; expected at least one real, control or training task"]


def _price_problems(config: PoolConfig) -> Iterator[str]:
    steps = () if config.skill_prices is None else config.skill_prices.steps
    for step in steps:
        if not 0.0 <= step.lowest <= step.highest <= 1.0 or step.reward < Money(0):
            yield f"skill_prices: expected 0 <= lowest <= highest <= 1 and a reward of nothing or more, found {step}"
    ordered = sorted(steps, key=lambda step: step.lowest)
    for before, after in pairwise(ordered):
        if before.highest >= after.lowest:
            yield f"skill_prices: expected steps that do not overlap, found {before} and {after}"


def _overlap_problems(config: PoolConfig) -> Iterator[str]:
    growing = config.growing_overlap
    if growing is None:
        return
    if config.mixer is None:
        yield "growing_overlap: expected a mixer, as task suites are asked for as a whole"
    if growing.max_overlap < max(1, config.default_overlap):
        least = max(1, config.default_overlap)
        yield f"growing_overlap: expected a max_overlap of at least {least}, found {growing.max_overlap}"
    if not 0.0 <= growing.min_confidence <= 1.0:
        yield f"growing_overlap: expected a min_confidence from 0 to 1, found {growing.min_confidence}"
    if not growing.fields:
        yield "growing_overlap: expected at least one output field, found none"


def _amount_problems(config: PoolConfig) -> list[str]:
    amounts = {"reward": config.reward, "max_bonus": config.max_bonus}
    return [
        f"{name}: expected nothing or more, found {amount}" for name, amount in amounts.items() if amount < Money(0)
    ]
