"""The requester's side: budgets, pools and tasks."""

from collections.abc import Iterable, Mapping

from manyhands.crowd import (
    Budget,
    BudgetId,
    CloseReason,
    Money,
    Pool,
    PoolConfig,
    PoolId,
    PoolStatus,
    PoolType,
    Task,
    TaskDraft,
    TaskId,
)
from manyhands.errors import BudgetExceeded, NotFound
from manyhands.store import Row, SqlValue, Transaction

from .access_losses import watch_access
from .archiving import archive
from .books import Books
from .documents import write_document
from .engine import Engine
from .ids import first_id, parse_number, parse_numbered
from .lifecycle import close, is_starved, open_for_work
from .named_things import check_named_by_pool
from .numbering import next_number
from .pool_checks import check_pool_config
from .projects import lock_project
from .records import budget_of, pool_of_book, pool_of_row, project_of
from .tasks import add_tasks, list_tasks, raise_overlaps
from .training import provide_training_skill

__all__ = ["Publishing"]


class Publishing(Engine):
    """Budgets, pools and tasks of one requester; what the methods promise is written at `Platform`."""

    def put_budget(self, key: str, ceiling: Money | None) -> Budget:
        """Create the budget of this key, or set its ceiling.

        Raises:
            BudgetExceeded: the ceiling is lower than what is paid and reserved already.
        """
        names = {"requester": self._requester, "key": key}
        units = None if ceiling is None else ceiling.units
        with self.writing() as books:
            transaction = books.transaction
            if transaction.find("find_budget_by_key", names) is None:
                number = next_number(transaction, "budget")
                transaction.run("create_budget", {**names, "id": number, "ceiling": units})
            budget = budget_of(_found(transaction.find("find_budget_by_key", names), f"budget {key!r}"))
            if budget.ceiling == ceiling:
                return budget
            self._set_ceiling(transaction, budget, units)
            return budget_of(_found(transaction.find("find_budget_by_key", names), f"budget {key!r}"))

    def get_budget(self, budget_id: BudgetId) -> Budget:
        """Return the budget as it is now."""
        with self.reading() as transaction:
            return budget_of(self._own_budget(transaction, budget_id))

    def create_pool(self, config: PoolConfig) -> Pool:
        """Create a closed pool.

        Raises:
            InvalidParams: the config cannot work.
        """
        check_pool_config(config)
        with self.writing() as books:
            transaction = books.transaction
            names = {"requester": self._requester, "key": config.key}
            if transaction.find("find_pool_by_key", names) is None:
                self._create_pool(books, config)
            number = _found(transaction.find("find_pool_by_key", names), f"pool {config.key!r}")["id"]
            row = _found(transaction.find("find_pool", {"id": number}), f"pool {number}")
            return pool_of_row(transaction, self._catalogue, row)

    def get_pool(self, pool_id: PoolId) -> Pool:
        """Return the pool as it is now."""
        self.settle()
        with self.reading() as transaction:
            number = self.own_pool(transaction, pool_id).number
            row = _found(transaction.find("find_pool", {"id": number}), f"pool {number}")
            return pool_of_row(transaction, self._catalogue, row)

    def open_pool(self, pool_id: PoolId) -> Pool:
        """Begin to issue pages; an open pool stays open. A pool with nothing to issue, or no money to issue it, closes again by itself.

        Raises:
            EmptyPool: the pool has no tasks.
        """
        self.settle()
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            open_for_work(books, pool)
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            has_work = pool.open_slots > 0 or pool.endless_count > 0
            if pool.status is PoolStatus.OPEN and has_work and is_starved(books.transaction, pool):
                close(books, pool, CloseReason.NOT_ENOUGH_BALANCE)
        return pool_of_book(pool)

    def close_pool(self, pool_id: PoolId) -> Pool:
        """Stop issuing pages; pages in work may still be submitted."""
        self.settle()
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            close(books, pool, CloseReason.MANUAL)
        return pool_of_book(pool)

    def archive_pool(self, pool_id: PoolId) -> Pool:
        """Archive a closed pool in which every page is judged, and no rejection can be or is appealed against.

        What is reserved for bonuses is released. A training is archived after the pools that ask for it.
        """
        self.settle()
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            archive(books, pool)
        return pool_of_book(pool)

    def add_tasks(self, pool_id: PoolId, drafts: Iterable[TaskDraft]) -> list[TaskId]:
        """Add tasks to the pool, all or none, and return their ids in order.

        The drafts are read within the transaction, so whatever yields them must not call the platform.

        Raises:
            InvalidData: values do not fit the project's specs.
        """
        self.settle()
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            return add_tasks(books, pool, drafts, randomness=self._randomness)

    def list_tasks(self, pool_id: PoolId, after: TaskId | None = None, *, limit: int = 1000) -> list[Task]:
        """Return up to `limit` tasks of the pool in order of id, from behind `after`."""
        self.settle()
        with self.reading() as transaction:
            number = self.own_pool(transaction, pool_id).number
            first = first_id(number) if after is None else parse_numbered("task", after, pool_id=pool_id)
            return list_tasks(transaction, number, after=first, limit=limit)

    def raise_overlaps(self, pool_id: PoolId, overlaps: Mapping[TaskId, int]) -> None:
        """Set each task's overlap to the larger of what is asked for and what is consumed."""
        self.settle()
        with self.writing() as books:
            raise_overlaps(books, self.lock_own_pool(books, pool_id), overlaps)

    def _own_budget(self, transaction: Transaction, budget_id: BudgetId) -> Row:
        row = transaction.find("find_budget", {"id": parse_number("budget", budget_id)})
        if row is None or row["requester"] != self._requester:
            raise NotFound(f"requester {self._requester!r} has no budget {budget_id}")
        return row

    def _set_ceiling(self, transaction: Transaction, budget: Budget, units: int | None) -> None:
        if units is None:
            transaction.run("remove_budget_ceiling", {"id": int(budget.id)})
        elif transaction.find("set_budget_ceiling", {"id": int(budget.id), "ceiling": units}) is None:
            spent = budget.spending
            message = f"budget {budget.key!r} has paid {spent.paid} and reserved {spent.reserved}"
            raise BudgetExceeded(f"{message}; its ceiling cannot be lowered to {Money.from_units(units)}")

    def _create_pool(self, books: Books, config: PoolConfig) -> None:
        transaction = books.transaction
        project = lock_project(transaction, config.project_id, requester=self._requester)
        budget = None if config.budget_id is None else self._own_budget(transaction, config.budget_id)["id"]
        project_config = project_of(project).config
        check_named_by_pool(books, config, requester=self._requester, project=project_config)
        if config.type is PoolType.TRAINING:
            provide_training_skill(
                books, requester=self._requester, project_number=project["id"], project_name=project_config.name
            )
        number = next_number(transaction, "pool")
        values: dict[str, SqlValue] = {
            "id": number,
            "requester": self._requester,
            "project_id": project["id"],
            "project_version": project["version"],
            "key": config.key,
            "budget_id": budget,
            "page_price": self._tariff.least_price(config),
            "priority": config.priority,
            "config": write_document(config),
            "created": books.now,
            "status": PoolStatus.CLOSED.value,
            "close_reason": CloseReason.MANUAL.value,
        }
        transaction.run("create_pool", values)
        watch_access(
            books,
            config.quality_rules,
            requester=self._requester,
            project_number=project["id"],
            pool_number=number,
        )


def _found(row: Row | None, name: str) -> Row:
    if row is None:
        raise NotFound(f"{name} is not there any more")
    return row
