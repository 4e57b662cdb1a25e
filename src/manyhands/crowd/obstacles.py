"""What keeps a worker from an open pool, so that it can be told in plain words."""

from dataclasses import dataclass

from .filters import FilterCondition

__all__ = ["Obstacle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a worker gets no page in a pool that is open, whatever tasks and money there are.

    Attributes:
        reason: a word of `Workplace.take`.
        wanted: for ``filtered``, what the worker lacks: of each group of conditions one would have to hold. A skill is called by its public
            name; of one that workers do not see, neither name nor value is told.
    """

    reason: str
    wanted: tuple[tuple[FilterCondition, ...], ...] = ()
