"""Who works in the demo: real people, replayed, and a few careless ones who are made up."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from manyhands.crowd import WorkerId
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.simulation import (
    FLYING,
    HASTY,
    MEDIUM,
    Habits,
    RandomClicks,
    ReplayCrowd,
    RteDataset,
    SimulatedCrowd,
    SimulatedWorker,
    VirtualClock,
    spawn_generator,
)
from manyhands.task import PreparedTaskSpec

from .entailment import PARAMS

__all__ = ["CARELESS_COUNT", "CARELESS_PREFIX", "gather_crowd"]

CARELESS_PREFIX = "careless-"

#: Careless workers, a third each clicking within a second, hardly reading, and clicking anything at an ordinary speed.
CARELESS_COUNT = 6
_CARELESS_SPEEDS = (FLYING, HASTY, MEDIUM)
_CARELESS_PAGES = 4

#: Everybody works some time within this window. It is long enough that about half of all that people did is needed, so that those who did most do
#: not do all.
_WINDOW = timedelta(hours=2)

#: A page of the source had as many pairs as ours has real tasks, near enough.
_PAIRS_PER_PAGE = PARAMS.pricing_config.real_tasks_count


def gather_crowd(
    rte: RteDataset, spec: PreparedTaskSpec, *, platform: EmbeddedPlatform, clock: VirtualClock, seed: int
) -> SimulatedCrowd:
    """Return the crowd of the demo, ready to start.

    Everybody of the source is willing to do as many pages as they did there, so that those who answered most (some of them badly) answer most here,
    too: the answers are as good and as bad as in the source before anybody is restricted. `ReplayCrowd` says whose answer is given to which pair.
    """
    recorded = rte.record_crowd(spec.mapping)
    replay = ReplayCrowd(recorded, seed, repeatable=rte.control_keys(spec.mapping))
    chance = spawn_generator(seed, "visits")
    answer_counts = {worker.id: len(recorded.list_answers_of(worker.id)) for worker in replay.workers()}
    people = [_visitor(worker, answer_counts[worker.id], chance) for worker in replay.workers()]
    return SimulatedCrowd(
        platform,
        clock,
        workers=[*(person for person in people if person is not None), *_careless(chance)],
        truth=recorded.truth,
        task_duration_hint=PARAMS.task_duration_hint,
        seed=seed,
    )


def _visitor(worker: SimulatedWorker, answer_count: int, chance: np.random.Generator) -> SimulatedWorker | None:
    """Return the worker with a time to come and a number of pages; None for one whose few answers make no page this time."""
    page_count = int(answer_count / _PAIRS_PER_PAGE + chance.random())
    if page_count == 0:
        return None
    spare = max(timedelta(0), _WINDOW - PARAMS.page_hint * page_count)
    return replace(worker, habits=Habits(page_limit=page_count), arrives=spare * chance.random())


def _careless(chance: np.random.Generator) -> list[SimulatedWorker]:
    # They come early enough to meet open pools.
    return [
        SimulatedWorker(
            id=WorkerId(f"{CARELESS_PREFIX}{number + 1}"),
            answers=RandomClicks(),
            speed=_CARELESS_SPEEDS[number % len(_CARELESS_SPEEDS)],
            habits=Habits(page_limit=_CARELESS_PAGES),
            arrives=_WINDOW * chance.random() / 3,
        )
        for number in range(CARELESS_COUNT)
    ]
