"""Who is simulated."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from manyhands.crowd import WorkerId, WorkerKind, WorkerProfile

from .answers import AnswerModel
from .habits import Habits, LognormalSpeed, SpeedModel

__all__ = ["Routine", "SimulatedWorker", "simulated_profile", "spawn_generator"]


def simulated_profile(language: str = "EN") -> WorkerProfile:
    """Return the profile of an adult who speaks `language` (upper-case ISO 639-1), as ordinary worker filters ask for."""
    return WorkerProfile(
        kind=WorkerKind.SIMULATED, languages=frozenset({language}), country="US", birth_date=date(1990, 1, 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedWorker:
    """A worker who is not there: what they answer, how fast, and what else they do.

    Attributes:
        arrives: how long after the start of the crowd they come; None draws it from the crowd's arrival window.
    """

    id: WorkerId
    answers: AnswerModel
    speed: SpeedModel = field(default_factory=LognormalSpeed)
    habits: Habits = field(default_factory=Habits)
    profile: WorkerProfile = field(default_factory=simulated_profile)
    arrives: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """What is the same for every worker of a group: how fast they are, what they do besides answering, who they say they are."""

    speed: SpeedModel = field(default_factory=LognormalSpeed)
    habits: Habits = field(default_factory=Habits)
    profile: WorkerProfile = field(default_factory=simulated_profile)

    def employ(self, worker_id: WorkerId, answers: AnswerModel, *, speed: SpeedModel | None = None) -> SimulatedWorker:
        """Return a worker with this routine; a `speed` of their own replaces that of the group."""
        return SimulatedWorker(
            id=worker_id, answers=answers, speed=speed or self.speed, habits=self.habits, profile=self.profile
        )


def spawn_generator(seed: int, *names: str) -> np.random.Generator:
    """Return the generator of this seed for the bearer of these names, whoever else was given one before.

    Example:
        >>> spawn_generator(7, "ann").random() == spawn_generator(7, "ann").random() != spawn_generator(7, "bob").random()
        True
    """
    digest = hashlib.blake2b("\0".join(names).encode(), digest_size=16).digest()
    return np.random.default_rng([seed, int.from_bytes(digest, "big")])
