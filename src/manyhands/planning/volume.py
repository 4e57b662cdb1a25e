"""Whether there is too little or too much to label, before anything is published."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from .pool_pricing import PoolPricingConfig

__all__ = ["Advice", "AdviceLevel", "advise_volume"]

#: More objects than this are not launched at once: split them into baskets or launches.
_MOST_OBJECTS = 100_000
_MOST_RECOMMENDED_OBJECTS = 10_000
_SHORTEST_RECOMMENDED = timedelta(minutes=1)
_LONGEST_RECOMMENDED = timedelta(days=2)
#: With fewer control objects per object, workers run out of control tasks they have not seen.
_RECOMMENDED_CONTROL_RATIO = 0.05


class AdviceLevel(StrEnum):
    """How serious an advice is."""

    #: The launch cannot work as it is.
    ERROR = "error"
    #: The launch works, but probably not as wanted.
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What is wrong or doubtful about a launch, and what to do, in words."""

    level: AdviceLevel
    text: str


def advise_volume(
    object_count: int, control_count: int, *, task_duration_hint: timedelta, pricing: PoolPricingConfig
) -> list[Advice]:
    """Return what is wrong or doubtful about the number of input and control objects; nothing if all is well.

    Errors: no object or more than 100,000; fewer control objects than a page needs; control objects that no page shows.
    Warnings, of both kinds of objects: more than 10,000, less than a minute or more than two days of work for one worker;
    and less than one control object to 20 objects.

    Args:
        object_count: input objects.
        control_count: control objects.
        task_duration_hint: the expected time for one task.
        pricing: the tasks on a page.

    Example:
        >>> pricing = PoolPricingConfig(assignment_price=0.05, real_tasks_count=9, control_tasks_count=2)
        >>> for advice in advise_volume(100, 1, task_duration_hint=timedelta(seconds=60), pricing=pricing):
        ...     print(advice.level, advice.text)
        error There is 1 control object, but every page shows 2; add 1 more or show fewer.
    """
    return [
        *_advise_count(object_count, "input object", hint=task_duration_hint),
        *_advise_control(object_count, control_count, hint=task_duration_hint, pricing=pricing),
    ]


def _advise_control(
    object_count: int, control_count: int, *, hint: timedelta, pricing: PoolPricingConfig
) -> Iterator[Advice]:
    needed = pricing.control_tasks_count
    if needed == 0:
        if control_count:
            text = f"There are {control_count} control objects, but no page shows any; raise control_tasks_count or leave them out."
            yield Advice(level=AdviceLevel.ERROR, text=text)
        return
    if control_count < needed:
        found = "There is 1 control object" if control_count == 1 else f"There are {control_count} control objects"
        text = f"{found}, but every page shows {needed}; add {needed - control_count} more or show fewer."
        yield Advice(level=AdviceLevel.ERROR, text=text)
        return
    yield from _advise_count(control_count, "control object", hint=hint)
    if control_count < _RECOMMENDED_CONTROL_RATIO * object_count:
        text = (
            f"There are {control_count} control objects to {object_count} input objects; at least 1 to 20 is recommended, "
            "because a worker sees each control object once. Add control objects or launch fewer objects."
        )
        yield Advice(level=AdviceLevel.WARNING, text=text)


def _advise_count(count: int, noun: str, *, hint: timedelta) -> Iterator[Advice]:
    if not 1 <= count <= _MOST_OBJECTS:
        text = f"There are {count:,} {noun}s; expected 1 to {_MOST_OBJECTS:,}."
        yield Advice(level=AdviceLevel.ERROR, text=f"{text} {'Split them.' if count else 'Add some.'}")
        return
    if count > _MOST_RECOMMENDED_OBJECTS:
        text = f"There are {count:,} {noun}s; at most {_MOST_RECOMMENDED_OBJECTS:,} are recommended. Split them."
        yield Advice(level=AdviceLevel.WARNING, text=text)
    duration = count * hint
    if not _SHORTEST_RECOMMENDED <= duration <= _LONGEST_RECOMMENDED:
        text = (
            f"Going once through the {noun}s takes one worker {duration}; between {_SHORTEST_RECOMMENDED} and "
            f"{_LONGEST_RECOMMENDED} is recommended. Check the task duration hint, or change the number of {noun}s."
        )
        yield Advice(level=AdviceLevel.WARNING, text=text)
