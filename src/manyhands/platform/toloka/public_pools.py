"""Projects, pools and budgets over the public API."""

from abc import abstractmethod
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from manyhands.crowd import (
    Assignment,
    Budget,
    BudgetId,
    CloseReason,
    Money,
    PlatformFeatures,
    Pool,
    PoolConfig,
    PoolId,
    PoolStatus,
    PoolType,
    Project,
    ProjectConfig,
    Spending,
)
from manyhands.errors import ManyhandsError

from .budget_book import BudgetBook, read_budget_mark, with_budget, write_budget_mark
from .client import Query, TolokaClient
from .platform import API
from .pool_observer import PoolObserver, PoolSource
from .public_trainings import PublicTrainings
from .tariff import TolokaTariff
from .task_book import TaskBook
from .wire import decode_pool, decode_project, encode_pool_config, encode_project_config, write_moment

__all__ = ["PublicPools"]

#: Items asked for at once.
_POOLS = 300
#: Requests under way at the same time, beside those of the callers' own threads.
_THREADS = 8


class PublicPools(PublicTrainings):
    """Pools of a server that speaks the public API only; what the methods promise is written at `Platform`.

    Args:
        client: talks to the server.
        poll_interval: between two looks at a pool.
        tariff: what the platform keeps.
    """

    def __init__(self, client: TolokaClient, *, poll_interval: timedelta, tariff: TolokaTariff) -> None:
        features = PlatformFeatures(
            name="toloka", has_budgets=False, has_exclusive_groups=False, poll_interval=poll_interval, is_remote=True
        )
        threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="manyhands-toloka")
        super().__init__(client, features=features, budgets=BudgetBook(tariff), threads=threads)
        self._tariff = tariff
        self._asked_configs: dict[PoolId, PoolConfig] = {}
        self._waiting_for_money: set[PoolId] = set()
        # Looks must not wait for threads that carry out what a look has found to be due.
        self._looking_threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="manyhands-toloka-look")
        self._observer = PoolObserver(
            PoolSource(find_pool=self.get_pool, list_pages=self._iter_pages, on_news=self._on_news),
            clock=self.clock,
            interval=poll_interval,
            threads=self._looking_threads,
        )

    def close(self) -> None:
        """End every wait and every look, and close the connections."""
        self.wake()
        self._looking_threads.shutdown(cancel_futures=True)
        self._threads.shutdown(cancel_futures=True)
        super().close()

    def put_project(self, config: ProjectConfig) -> Project:
        """Create the project of this key, or replace its config where it differs."""
        body = encode_project_config(config)
        with self._locks.of("project", config.key):
            found = self.find_project(config.key)
            if found is None:
                document = self._client.request("POST", f"{API}/projects", body=body, is_repeatable=False)
            elif encode_project_config(found.config) != body:
                document = self._client.request("PUT", f"{API}/projects/{found.id}", body=body)
            else:
                return found
        return decode_project(document, key=config.key)

    def put_budget(self, key: str, ceiling: Money | None) -> Budget:
        """Create the budget of this key, or set its ceiling; pools of earlier calls that name it are looked up and counted.

        Raises:
            BudgetExceeded: the ceiling is lower than what is paid and reserved already.
        """
        # Once: pools that this process opens meanwhile must not be taken for closed ones of an earlier process.
        with self._locks.of("budget", key):
            if not self._budgets.knows(key):
                self._adopt_pools(key)
            self._budgets.put(key, ceiling, spent=self._spent(key))
        with self._publishing:
            for pool_id, task_ids in self._budgets.overdrawn_tasks(key).items():
                self._set_overlaps(pool_id, dict.fromkeys(task_ids, 0))
        for pool_id in self._budgets.pools_of(key):
            self._publish_affordable(pool_id)
        return self.get_budget(BudgetId(key))

    def get_budget(self, budget_id: BudgetId) -> Budget:
        """Return the budget as it is now."""
        return self._budgets.get(budget_id, spent=self._spent(budget_id))

    def create_pool(self, config: PoolConfig) -> Pool:
        """Create a closed pool.

        Raises:
            NotFound: it names a budget that was not put.
        """
        if config.type is PoolType.TRAINING:
            return self._remember(self._create_training(config))
        if config.budget_id is not None:
            self.get_budget(config.budget_id)
        with self._locks.of("pool", config.project_id, config.key):
            found = self._find_pool(config)
            if found is None:
                marked = replace(config, private_note=write_budget_mark(config))
                body = encode_pool_config(marked)
                document = self._client.request("POST", f"{API}/pools", body=body, is_repeatable=False)
                found = self._read_pool(document)
                self._books[found.id] = TaskBook(())
            self._asked_configs.setdefault(found.id, config)
            pool = self._remember(replace(found, config=self._completed(found.id, found.config)))
        self._budgets.attach(pool.id, pool.config)
        return pool

    def get_pool(self, pool_id: PoolId) -> Pool:
        """Return the pool as it is now."""
        return self._remember(super().get_pool(pool_id))

    def open_pool(self, pool_id: PoolId) -> Pool:
        """Begin to issue pages; an open pool stays open.

        A pool that the budget keeps from issuing anything is closed for lack of money, or waits for money that may become free.
        """
        if self._budgets.find_key(pool_id) is not None:
            self._begin_issuing(pool_id)
            self._publish_affordable(pool_id)
            if self._budgets.is_holding_back(pool_id) and not self._budgets.has_slots(pool_id):
                return self._starve(pool_id)
        return self._open(pool_id)

    def close_pool(self, pool_id: PoolId) -> Pool:
        """Stop issuing pages; pages in work may still be submitted."""
        with self._locks.of("state", pool_id):
            self._waiting_for_money.discard(pool_id)
            pool = super().close_pool(pool_id)
            self._budgets.end_issuing(pool_id)
            self._observer.see_pool(pool)
        return pool

    def extend_pool(self, pool_id: PoolId, expires: datetime) -> Pool:
        """Let the pool close by itself no earlier than `expires`; one that closes later, or never, stays as it is.

        An open pool is closed for the update and opened again. One that nobody opens after a crash in between opens by itself.
        """
        path = f"{API}/pools/{pool_id}"
        document = self._client.get(path)
        pool = self._read_pool(document)
        if pool.config.expires is None or pool.config.expires >= expires:
            return self.get_pool(pool_id)
        is_open = pool.status is PoolStatus.OPEN
        if is_open:
            self._change_pool(pool_id, "close-for-update")
        self._client.request("PUT", path, body={**document, "will_expire": write_moment(expires)})
        return self._open(pool_id) if is_open else self.get_pool(pool_id)

    def archive_pool(self, pool_id: PoolId) -> Pool:
        """Archive a closed pool."""
        pool = super().archive_pool(pool_id)
        self._observer.see_pool(pool)
        return pool

    @abstractmethod
    def _iter_pages(self, pool_id: PoolId, query: Query) -> Iterator[Assignment]:
        """Yield the assignments of a pool that a query names, in order of id."""

    def _doubt(self, pool_id: PoolId) -> None:
        self._observer.doubt(pool_id)

    def _on_news(self, pool_id: PoolId) -> None:
        """Publish what the budget allows after pages of a pool have come in cheaper than feared, or were rejected."""
        key = self._budgets.find_key(pool_id)
        if key is None:
            return
        self._budgets.see(pool_id, self._observer.log.pages_of(pool_id))
        for sharing in self._budgets.pools_of(key):
            is_more = self._publish_affordable(sharing)
            if sharing in self._waiting_for_money:
                self._end_waiting(sharing, is_more=is_more)

    def _begin_issuing(self, pool_id: PoolId) -> None:
        """Take back what does not fit any more before the pool is opened."""
        with self._publishing:
            too_dear = self._budgets.begin_issuing(pool_id)
            try:
                self._set_overlaps(pool_id, dict.fromkeys(too_dear, 0))
            except ManyhandsError:
                # Whoever tries again has to take it back, too.
                self._budgets.end_issuing(pool_id)
                raise

    def _end_waiting(self, pool_id: PoolId, *, is_more: bool) -> None:
        """Open a pool for which there is money again, or close it when there can be none; unless it was closed meanwhile."""
        with self._locks.of("state", pool_id):
            if pool_id not in self._waiting_for_money:
                return
            if is_more:
                self._open(pool_id)
            elif not self._budgets.may_get_room(pool_id):
                self._starve(pool_id)

    def _open(self, pool_id: PoolId) -> Pool:
        self._waiting_for_money.discard(pool_id)
        pool = super().open_pool(pool_id)
        self._observer.see_pool(pool)
        return pool

    def _starve(self, pool_id: PoolId) -> Pool:
        """Let a pool for which there is no money wait, or close it when none can become free."""
        self._observer.ensure_known(pool_id)
        is_hopeless = not self._budgets.may_get_room(pool_id)
        (self._waiting_for_money.discard if is_hopeless else self._waiting_for_money.add)(pool_id)
        pool = self.get_pool(pool_id)
        self._observer.see_pool(replace(pool, status=PoolStatus.OPEN, close_reason=None, last_started=self.clock.now()))
        if not is_hopeless:
            return pool
        closed = replace(pool, close_reason=CloseReason.NOT_ENOUGH_BALANCE, last_stopped=self.clock.now())
        self._observer.see_pool(closed)
        return closed

    def _adopt_pools(self, key: str) -> None:
        """Count the pools that earlier processes made on a budget."""
        for document in self._client.iter_items(f"{API}/pools", limit=_POOLS):
            if read_budget_mark(str(document.get("private_comment") or ""))[1] != key:
                continue
            pool = self._remember(self._read_pool(document))
            self._budgets.attach(pool.id, pool.config)
            if pool.status is not PoolStatus.OPEN:
                self._budgets.end_issuing(pool.id)
            self._book(pool.id)
            self._observer.ensure_known(pool.id)

    def _spent(self, key: str) -> Spending:
        """Return what the pools of a budget have paid and reserved together."""
        parts = [self.spending(pool_id) for pool_id in self._budgets.pools_of(key)]
        paid = sum((part.paid for part in parts), Money())
        return Spending(paid=paid, reserved=sum((part.reserved for part in parts), Money()))

    def _read_pool(self, document: Any) -> Pool:
        pool = decode_pool(document)
        return replace(pool, config=self._completed(pool.id, with_budget(pool.config)))

    def _completed(self, pool_id: PoolId, config: PoolConfig) -> PoolConfig:
        """Return a config with what this process asked for and the API cannot say."""
        asked = self._asked_configs.get(pool_id)
        if asked is None:
            return config
        return replace(
            config,
            budget_id=asked.budget_id,
            max_bonus=asked.max_bonus,
            exclusive_group=asked.exclusive_group,
            auto_accept_after=asked.auto_accept_after,
        )

    def _remember(self, pool: Pool) -> Pool:
        shown = pool
        if pool.id in self._waiting_for_money and pool.status is PoolStatus.CLOSED:
            # It issues nothing, but it will as soon as there is money, without being opened again.
            shown = replace(pool, status=PoolStatus.OPEN, close_reason=None)
        self._pools[pool.id] = shown
        return shown

    def _facts(self, pool_id: PoolId) -> Pool:
        return self._pools.get(pool_id) or self.get_pool(pool_id)

    def _find_pool(self, config: PoolConfig) -> Pool | None:
        query = {"project_id": config.project_id}
        for document in self._client.iter_items(f"{API}/pools", query, limit=_POOLS):
            is_named = self._read_key(document, "private_name") == config.key
            if is_named and document.get("status") != PoolStatus.ARCHIVED:
                return self._read_pool(document)
        return None
