"""Whether the config of a pool can work. Pure."""

from datetime import timedelta

from manyhands.crowd import MixerConfig, Money, PoolConfig, PoolType
from manyhands.errors import InvalidParams

from .tallies import find_rule_problems

__all__ = ["check_pool_change", "check_pool_config"]

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
    for rule in config.quality_rules:
        problems.extend(f"quality_rules: {problem}" for problem in find_rule_problems(rule))
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


def _mixer_problems(mixer: MixerConfig | None, pool_type: PoolType) -> list[str]:
    if mixer is None:
        return ["mixer: a training needs one, found none"] if pool_type is PoolType.TRAINING else []
    counts = (mixer.real_count, mixer.control_count, mixer.training_count)
    if min(counts) < 0:
        return ["mixer: expected counts of 0 or more"]
    return [] if sum(counts) else ["mixer: a page has no tasks; expected at least one real, control or training task"]


def _amount_problems(config: PoolConfig) -> list[str]:
    amounts = {"reward": config.reward, "max_bonus": config.max_bonus}
    return [
        f"{name}: expected nothing or more, found {amount}" for name, amount in amounts.items() if amount < Money(0)
    ]
