"""Plausible crowds, made of numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from manyhands.crowd import WorkerId
from manyhands.errors import InvalidInput

from .answers import AlwaysPosition, AnswerModel, RandomClicks, UniformErrors
from .habits import SpeedModel, UniformSpeed
from .workers import Routine, SimulatedWorker, spawn_generator

__all__ = ["FAST", "FLYING", "HASTY", "MEDIUM", "SLOW", "mixed_crowd"]

# The ranges are those of Crowdom's bots (crowdom-facts, section 5).
#: Clicks without reading.
FLYING = UniformSpeed(low=0.01, high=0.05)
#: Reads a little.
HASTY = UniformSpeed(low=0.2, high=0.25)
#: Knows the task.
FAST = UniformSpeed(low=0.5, high=0.8)
#: As fast as expected.
MEDIUM = UniformSpeed(low=0.9, high=1.1)
#: Takes their time.
SLOW = UniformSpeed(low=1.2, high=1.5)

_SERIOUS_SPEEDS = (FAST, MEDIUM, SLOW)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How a worker answers and how fast."""

    answers: AnswerModel
    speed: SpeedModel


#: The kinds that take turns among the careless: too fast, hardly slower, and always the first label at an ordinary speed.
_CARELESS_KINDS = (
    _Kind(RandomClicks(), FLYING),
    _Kind(RandomClicks(), HASTY),
    _Kind(AlwaysPosition(position=0), MEDIUM),
)


def mixed_crowd(
    *,
    count: int,
    accuracy: float = 0.85,
    accuracy_deviation: float = 0.06,
    careless: float = 0.1,
    seed: int = 0,
    routine: Routine | None = None,
) -> list[SimulatedWorker]:
    """Return serious workers of different accuracy and speed, and some careless ones.

    The accuracies of the serious workers follow a Beta distribution; a third each is fast, medium and slow. The careless ones are, in turn, random
    and far too fast, random and too fast, and always choose the first label.

    Args:
        count: workers in all; their ids are ``simulated-001`` and so on, the careless ones last.
        accuracy: mean of the serious workers, in (0, 1).
        accuracy_deviation: standard deviation of their accuracies; 0 makes all alike.
        careless: share of careless workers, in [0, 1]; rounded to whole workers.
        seed: decides the accuracies.
        routine: habits and profile of all; its speed is not used.

    Raises:
        InvalidInput: the numbers are out of range, or no Beta distribution has this mean and deviation.

    Example:
        >>> [worker.id for worker in mixed_crowd(count=3, careless=0.3)]
        ['simulated-001', 'simulated-002', 'simulated-003']
    """
    _check(count, accuracy, accuracy_deviation, careless)
    routine = routine or Routine()
    careless_count = round(count * careless)
    draw = _accuracy_source(accuracy, accuracy_deviation, spawn_generator(seed, "accuracies"))
    kinds = [
        _Kind(UniformErrors(accuracy=draw()), _SERIOUS_SPEEDS[number % len(_SERIOUS_SPEEDS)])
        for number in range(count - careless_count)
    ]
    kinds += [_CARELESS_KINDS[number % len(_CARELESS_KINDS)] for number in range(careless_count)]
    return [
        routine.employ(WorkerId(f"simulated-{number:03}"), kind.answers, speed=kind.speed)
        for number, kind in enumerate(kinds, start=1)
    ]


def _accuracy_source(mean: float, deviation: float, chance: np.random.Generator) -> Callable[[], float]:
    if deviation == 0:
        return lambda: mean
    # The Beta distribution of this mean and variance: alpha + beta = mean * (1 - mean) / variance - 1.
    weight = mean * (1 - mean) / deviation**2 - 1
    return lambda: float(chance.beta(mean * weight, (1 - mean) * weight))


def _check(count: int, accuracy: float, deviation: float, careless: float) -> None:
    problems = []
    if count < 1:
        problems.append(f"count: expected at least 1 worker, found {count}")
    if not 0 < accuracy < 1:
        problems.append(f"accuracy: expected a number between 0 and 1, found {accuracy}")
    elif not 0 <= deviation**2 < accuracy * (1 - accuracy):
        problems.append(f"accuracy_deviation: expected less than sqrt(accuracy * (1 - accuracy)), found {deviation}")
    if not 0 <= careless <= 1:
        problems.append(f"careless: expected a share in [0, 1], found {careless}")
    if problems:
        raise InvalidInput("There is no crowd of these numbers.", problems)
