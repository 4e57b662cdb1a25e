"""Whether the config of a pool can work. Pure."""

from datetime import timedelta

from manyhands.crowd import MixerConfig, Money, PoolConfig, PoolType
from manyhands.errors import InvalidParams

from .tallies import find_rule_problems

__all__ = ["check_pool_config"]


def check_pool_config(config: PoolConfig) -> None:
    """Check a pool's config.

    Raises:
        InvalidParams: something cannot work; every problem is named.
    """
    problems = [*_mixer_problems(config.mixer, config.type), *_amount_problems(config)]
    if config.assignment_duration <= timedelta(0):
        problems.append(f"assignment_duration: expected a time above zero, found {config.assignment_duration}")
    for rule in config.quality_rules:
        problems.extend(f"quality_rules: {problem}" for problem in find_rule_problems(rule))
    if problems:
        raise InvalidParams(f"pool {config.key!r} cannot be created", problems)


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
