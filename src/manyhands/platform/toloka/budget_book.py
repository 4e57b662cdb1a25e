"""Budgets of launches on a platform that keeps none."""

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    BonusDraft,
    Budget,
    BudgetId,
    Money,
    PoolConfig,
    PoolId,
    Spending,
    TaskId,
)
from manyhands.errors import BudgetExceeded, NotFound

from .pool_account import PoolAccount, total_exposure
from .tariff import TolokaTariff

__all__ = ["BudgetBook", "read_budget_mark", "with_budget", "write_budget_mark"]

#: Stands behind the private comment of a pool, so that another process knows whose money it spends.
_MARK = re.compile(r"\s*\[budget (?P<bonus>[0-9.]+) (?P<key>.*)\]\Z", re.DOTALL)


def write_budget_mark(config: PoolConfig) -> str:
    """Return the private comment of a pool with its budget and its largest bonus.

    Example:
        >>> read_budget_mark("red [budget 0.02 mine]")
        ('red', 'mine', Money('0.02'))
    """
    if config.budget_id is None:
        return config.private_note
    return f"{config.private_note} [budget {config.max_bonus.usd.normalize():f} {config.budget_id}]".lstrip()


def read_budget_mark(comment: str) -> tuple[str, str | None, Money]:
    """Return the comment without its mark, the key of the budget, None if there is none, and the largest bonus."""
    found = _MARK.search(comment)
    if found is None:
        return comment, None, Money()
    return comment[: found.start()], found["key"], Money(found["bonus"])


class BudgetBook:
    """Ceilings, and the accounts of the pools that share them. Thread-safe.

    ``exposure <= ceiling`` holds at every moment for what this process publishes, exposure being what is paid plus what all published answers can
    cost at most (see `PoolAccount`). Other processes that publish on the same budget at the same time are not seen. The id of a budget is its key.

    Args:
        tariff: what the platform keeps.
    """

    def __init__(self, tariff: TolokaTariff) -> None:
        self._tariff = tariff
        self._lock = threading.RLock()
        self._ceilings: dict[str, Money | None] = {}
        self._accounts: dict[PoolId, PoolAccount] = {}
        self._keys: dict[PoolId, str] = {}

    def knows(self, key: str) -> bool:
        """Return whether the budget was set in this process."""
        return key in self._ceilings

    def put(self, key: str, ceiling: Money | None, *, spent: Spending) -> None:
        """Set the ceiling of a budget.

        Raises:
            BudgetExceeded: it is lower than what is paid and reserved already.
        """
        if ceiling is not None and spent.paid + spent.reserved > ceiling:
            message = f"budget {key!r} has paid {spent.paid} and reserved {spent.reserved}"
            raise BudgetExceeded(f"{message}; its ceiling cannot be lowered to {ceiling}")
        with self._lock:
            self._ceilings[key] = ceiling

    def get(self, budget_id: BudgetId, *, spent: Spending) -> Budget:
        """Return a budget.

        Raises:
            NotFound: it was not set in this process.
        """
        if budget_id not in self._ceilings:
            raise NotFound(f"there is no budget {budget_id!r}; put it first")
        return Budget(id=budget_id, key=budget_id, ceiling=self._ceilings[budget_id], spending=spent)

    def attach(self, pool_id: PoolId, config: PoolConfig) -> None:
        """Open the account of a pool that names a budget; one that is open stays as it is."""
        with self._lock:
            if config.budget_id is not None and pool_id not in self._accounts:
                self._accounts[pool_id] = PoolAccount(config, self._tariff)
                self._keys[pool_id] = config.budget_id

    def find_key(self, pool_id: PoolId) -> str | None:
        """Return the key of the budget that pays for a pool."""
        return self._keys.get(pool_id)

    def pools_of(self, key: str) -> list[PoolId]:
        """Return the pools that a budget pays for, in the order in which they became known."""
        with self._lock:
            return [pool_id for pool_id, named in self._keys.items() if named == key]

    def see(self, pool_id: PoolId, pages: Iterable[Assignment]) -> None:
        """Take note of pages as they are known now."""
        with self._lock:
            for page in pages:
                self._accounts[pool_id].see(page)

    def see_overlaps(self, pool_id: PoolId, overlaps: Mapping[TaskId, int | None]) -> None:
        """Take note of overlaps as the platform knows them; infinite ones belong to control tasks."""
        with self._lock:
            for task_id, overlap in overlaps.items():
                if overlap is not None:
                    self._accounts[pool_id].see_overlap(task_id, overlap)

    def ask(self, pool_id: PoolId, overlaps: Mapping[TaskId, int]) -> None:
        """Take note of how many answers are wanted."""
        with self._lock:
            self._accounts[pool_id].ask(overlaps)

    def grant(self, pool_id: PoolId) -> dict[TaskId, int]:
        """Return which overlaps of a pool may be raised to what now, and count them as published."""
        with self._lock:
            account = self._accounts[pool_id]
            return account.grant(self._room(pool_id)) if account.is_holding_back else {}

    def reserve(self, pool_id: PoolId, name: str, *, slots: int) -> bool:
        """Return whether this many answers may be published at once, and count them under a name if so."""
        with self._lock:
            account = self._accounts[pool_id]
            account.reserve(name, 0)
            if account.slot_cost * slots > self._room(pool_id):
                return False
            account.reserve(name, slots)
            return True

    def end_reserve(self, pool_id: PoolId, name: str) -> None:
        """Stop counting what was reserved under a name, because it is published now."""
        with self._lock:
            self._accounts[pool_id].reserve(name, 0)

    def begin_issuing(self, pool_id: PoolId) -> list[TaskId]:
        """Hear that a pool is about to be opened, and return the tasks to be taken back first, because they do not fit any more."""
        with self._lock:
            account = self._accounts[pool_id]
            was_issuing, account.is_issuing = account.is_issuing, True
            return [] if was_issuing or not self._is_overdrawn(self._keys[pool_id]) else account.open_tasks()

    def end_issuing(self, pool_id: PoolId) -> None:
        """Hear that a pool was closed."""
        with self._lock:
            if pool_id in self._accounts:
                self._accounts[pool_id].is_issuing = False

    def has_slots(self, pool_id: PoolId) -> bool:
        """Return whether answers are asked of the platform and not handed in."""
        with self._lock:
            return self._accounts[pool_id].slot_count > 0

    def is_holding_back(self, pool_id: PoolId) -> bool:
        """Return whether answers are wanted that may not be asked for yet."""
        with self._lock:
            return self._accounts[pool_id].is_holding_back

    def may_get_room(self, pool_id: PoolId) -> bool:
        """Return whether money that is counted now may become free: answers that cost less than feared, pages that may be rejected."""
        with self._lock:
            accounts = self._sharing(pool_id)
            return any((account.is_issuing and account.slot_count) or account.has_live_pages for account in accounts)

    def overdrawn_tasks(self, key: str) -> dict[PoolId, list[TaskId]]:
        """Return the tasks to be taken back, by pool, because the ceiling was lowered below the exposure; none otherwise."""
        with self._lock:
            if not self._is_overdrawn(key):
                return {}
            issuing = [pool_id for pool_id in self.pools_of(key) if self._accounts[pool_id].is_issuing]
            return {pool_id: self._accounts[pool_id].open_tasks() for pool_id in issuing}

    def check_bonus(self, pool_id: PoolId, draft: BonusDraft, assignment_id: AssignmentId) -> None:
        """Raise if a bonus cannot be paid from what is reserved for the page and what is left.

        Raises:
            BudgetExceeded: the budget does not cover it.
        """
        with self._lock:
            room = self._accounts[pool_id].bonus_room(assignment_id) + self._room(pool_id)
            cost = self._tariff.cost(draft.amount)
        if cost > room:
            key = self._keys[pool_id]
            raise BudgetExceeded(f"a bonus of {draft.amount} costs {cost}, and budget {key!r} has {room} for it")

    def see_bonus(self, pool_id: PoolId, assignment_id: AssignmentId, *, amount: Money) -> None:
        """Take note of a bonus that was paid."""
        with self._lock:
            if pool_id in self._accounts:
                self._accounts[pool_id].see_bonus(assignment_id, amount)

    def release_bonus(self, pool_id: PoolId, assignment_id: AssignmentId) -> None:
        """Give up what is reserved for a bonus of a page."""
        with self._lock:
            if pool_id in self._accounts:
                self._accounts[pool_id].release_bonus(assignment_id)

    def _is_overdrawn(self, key: str) -> bool:
        ceiling = self._ceilings.get(key)
        exposure = total_exposure(self._accounts[pool_id] for pool_id in self.pools_of(key))
        return ceiling is not None and exposure > ceiling

    def _room(self, pool_id: PoolId) -> Money:
        ceiling = self._ceilings.get(self._keys[pool_id])
        if ceiling is None:
            return _NO_CEILING
        return max(Money(), ceiling - total_exposure(self._sharing(pool_id)))

    def _sharing(self, pool_id: PoolId) -> list[PoolAccount]:
        return [self._accounts[other] for other in self.pools_of(self._keys[pool_id])]


def with_budget(config: PoolConfig) -> PoolConfig:
    """Return the config of a pool that a platform shows, with the budget and the largest bonus that its comment tells."""
    note, key, bonus = read_budget_mark(config.private_note)
    return config if key is None else replace(config, private_note=note, budget_id=BudgetId(key), max_bonus=bonus)


_NO_CEILING = Money(10**12)
