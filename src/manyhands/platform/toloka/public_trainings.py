"""Trainings over the public API, which has endpoints of their own for them."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from manyhands.crowd import PlatformFeatures, Pool, PoolConfig, PoolId, PoolStatus

from .budget_book import BudgetBook
from .client import TolokaClient
from .platform import API
from .public_tasks import PublicTasks
from .task_book import TaskBook
from .wire import encode_training_config

__all__ = ["PublicTrainings"]


class PublicTrainings(PublicTasks):
    """Trainings of a server that speaks the public API only; what the methods promise is written at `Platform`.

    A training is found again by its private name. Those that this process has made or listed are known to be trainings.

    Args:
        client: talks to the server.
        features: what the server can promise.
        budgets: what may be published.
        threads: where requests are sent that belong together.
    """

    def __init__(
        self, client: TolokaClient, *, features: PlatformFeatures, budgets: BudgetBook, threads: ThreadPoolExecutor
    ) -> None:
        super().__init__(client, features=features, budgets=budgets, threads=threads)
        self._training_ids: set[PoolId] = set()

    def get_pool(self, pool_id: PoolId) -> Pool:
        """Return the pool as it is now."""
        if not self._is_training(pool_id):
            return super().get_pool(pool_id)
        return self._read_training(self._client.get(f"{API}/trainings/{pool_id}"))

    def _create_training(self, config: PoolConfig) -> Pool:
        with self._locks.of("training", config.project_id, config.key):
            named = (known for known in self.list_trainings(config.project_id) if known.config.key == config.key)
            found = next((known for known in named if known.status is not PoolStatus.ARCHIVED), None)
            if found is not None:
                return found
            body = encode_training_config(config)
            made = self._read_training(self._client.request("POST", f"{API}/trainings", body=body, is_repeatable=False))
            self._books[made.id] = TaskBook(())
            return made

    def _is_training(self, pool_id: PoolId) -> bool:
        return pool_id in self._training_ids

    def _read_training(self, document: Any) -> Pool:
        training = super()._read_training(document)
        self._training_ids.add(training.id)
        return training

    def _collection_of(self, pool_id: PoolId) -> str:
        return "trainings" if self._is_training(pool_id) else super()._collection_of(pool_id)
