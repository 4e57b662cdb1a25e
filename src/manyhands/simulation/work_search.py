"""How a simulated worker finds a page."""

from collections import Counter
from collections.abc import Container, Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice

import numpy as np

from manyhands.crowd import Page, Pool, PoolId, PoolType, WorkerId, Workplace
from manyhands.errors import NoWork

from .clock import VirtualClock

__all__ = ["WorkSearch"]

#: Pools that a worker tries in one look: a person does not try a thousand, and it bounds the cost of a look.
_POOLS_PER_LOOK = 10

#: What a pool says to a worker who need not ask again soon, and whether the worker takes it personally.
_IS_PERSONAL = {
    "restricted": True,
    "filtered": True,
    "training_required": False,
    "exclusive": False,
    "control_exhausted": False,
}


class WorkSearch:
    """Finds pages for one worker, who stays with a pool while it has work.

    Otherwise they try open pools, those of higher priority first, in any order within a priority, but none that turned them away. They do a
    training when a pool requires it, and not for its own sake.

    Args:
        worker_id: for whom.
        workplace: where.
        clock: tells how long ago a pool turned the worker away.
        rng: decides between pools.
        returns_after: time after which the worker tries such a pool again; None means never.
        counts: where refusals are counted, by reason.
    """

    def __init__(
        self,
        worker_id: WorkerId,
        workplace: Workplace,
        *,
        clock: VirtualClock,
        rng: np.random.Generator,
        returns_after: timedelta | None,
        counts: Counter[str],
    ) -> None:
        self._worker_id = worker_id
        self._workplace = workplace
        self._clock = clock
        self._rng = rng
        self._returns_after = returns_after
        self._counts = counts
        self._pool_id: PoolId | None = None
        self._turned_away: dict[PoolId, datetime] = {}
        self._offended: set[PoolId] = set()
        self._refusals: dict[PoolId, str] = {}

    def find_page(self) -> Page | None:
        """Return a page of the worker's pool or of another one; None if there is nothing for now."""
        if self._pool_id is not None and (page := self._take(self._pool_id)):
            return page
        pools = self._workplace.list_open_pools()
        trainings = {pool.id for pool in pools if pool.config.type is PoolType.TRAINING}
        chosen = islice(self._choose_pools(pools), _POOLS_PER_LOOK)
        return next((page for pool in chosen if (page := self._try(pool, trainings))), None)

    def give_up(self, pool_id: PoolId) -> None:
        """Treat the pool as one that turned the worker away."""
        self._turned_away[pool_id] = self._clock.now()
        if self._pool_id == pool_id:
            self._pool_id = None

    def is_unwanted(self) -> bool:
        """Return whether every open pool has restricted or filtered the worker, and they do not try again."""
        if self._returns_after is not None or not self._offended:
            return False
        pools = [pool for pool in self._workplace.list_open_pools() if pool.config.type is not PoolType.TRAINING]
        return bool(pools) and all(pool.id in self._offended for pool in pools)

    def _choose_pools(self, pools: list[Pool]) -> Iterator[Pool]:
        for _, group in groupby(pools, key=lambda pool: pool.config.priority):
            equals = [
                pool
                for pool in group
                if pool.config.type is not PoolType.TRAINING and not self._is_turned_away(pool.id)
            ]
            if len(equals) > 1:
                equals = [equals[place] for place in self._rng.permutation(len(equals))]
            yield from equals

    def _is_turned_away(self, pool_id: PoolId) -> bool:
        since = self._turned_away.get(pool_id)
        if since is None:
            return False
        return self._returns_after is None or self._clock.now() < since + self._returns_after

    def _try(self, pool: Pool, trainings: Container[PoolId]) -> Page | None:
        """Return a page of the pool, or of the open training that it requires."""
        page = self._take(pool.id)
        if page is not None or self._refusals.get(pool.id) != "training_required":
            return page
        requirement = pool.config.training_requirement
        if requirement is None or requirement.training_pool_id not in trainings:
            return None
        page = self._take(requirement.training_pool_id)
        if page is not None:
            # After the training the pool is worth another try.
            self._turned_away.pop(pool.id, None)
        return page

    def _take(self, pool_id: PoolId) -> Page | None:
        self._refusals.pop(pool_id, None)
        try:
            page = self._workplace.take(self._worker_id, pool_id)
        except NoWork as refusal:
            self._refusals[pool_id] = refusal.reason
            self._note(refusal, pool_id)
            return None
        self._pool_id = pool_id
        return page

    def _note(self, refusal: NoWork, pool_id: PoolId) -> None:
        self._counts[refusal.reason] += 1
        if self._pool_id == pool_id:
            self._pool_id = None
        if refusal.reason in _IS_PERSONAL:
            self._turned_away[pool_id] = self._clock.now()
            if _IS_PERSONAL[refusal.reason]:
                self._offended.add(pool_id)
