"""The table ``[control]``: rules in the words of `RuleBuilder`."""

from manyhands.crowd import RestrictionScope
from manyhands.quality import BlockTimePicker, Control, RuleBuilder

from .section import Section

__all__ = ["read_control"]

_REWARDS = ("static_reward", "dynamic_reward")


def read_control(section: Section, *, control_tasks_count: int) -> Control | None:
    """Return the rules; None when the table has problems, which are noted.

    Args:
        section: the table.
        control_tasks_count: control tasks on a page.
    """
    builder = RuleBuilder(section.choice("scope", RestrictionScope, default=RestrictionScope.POOL))
    _add_reward(section, builder)
    if (speed := section.find_section("speed_control")) is not None:
        builder.add_speed_control(speed.number("ratio_rand"), speed.number("ratio_poor"))
        speed.finish()
    blocks = [
        _read_block(table)
        for table in section.sections("complex_speed_control", "[[control.complex_speed_control]] tables")
    ]
    builder.add_complex_speed_control(block for block in blocks if block is not None)
    if (tasks := section.find_section("control_task_control")) is not None:
        _add_control_tasks(tasks, builder, control_tasks_count)
    section.finish()
    return section.build(lambda: Control(builder.build()))


def _add_reward(section: Section, builder: RuleBuilder) -> None:
    found = [name for name in _REWARDS if section.has(name)]
    if len(found) != 1:
        shown = " and ".join(f"[control.{name}]" for name in found) or "none"
        section.note(f"expected either [control.static_reward] or [control.dynamic_reward], found {shown}")
    if (static := section.find_section("static_reward")) is not None:
        builder.add_static_reward(static.number("threshold", "a share of right control answers from 0 to 1"))
        static.finish()
    if (dynamic := section.find_section("dynamic_reward")) is not None:
        builder.add_dynamic_reward(
            dynamic.number("min_bonus_amount_usd"),
            dynamic.number("max_bonus_amount_usd"),
            dynamic.number("min_accuracy_for_bonus"),
            dynamic.number("min_accuracy_for_accept"),
            dynamic.find_count("bonus_granularity_num") or 3,
        )
        dynamic.finish()


def _read_block(section: Section) -> BlockTimePicker | None:
    ratio, time_value = section.number("ratio"), section.text("time_value", 'a duration such as "30m" or "1d 2h"')
    reject = section.flag("reject", default=False)
    section.finish()
    return section.build(lambda: BlockTimePicker(ratio, time_value, reject=reject))


def _add_control_tasks(section: Section, builder: RuleBuilder, control_tasks_count: int) -> None:
    hard, soft = (
        section.count(f"control_task_correct_count_for_{kind}_block", "a number of right control answers on a page")
        for kind in ("hard", "soft")
    )
    section.finish()
    builder.add_control_task_control(control_tasks_count, hard, soft)
