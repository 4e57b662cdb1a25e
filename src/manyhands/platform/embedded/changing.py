"""The requester's side: changing pools and tasks that are there."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from manyhands.crowd import CloseReason, Pool, PoolConfig, PoolId, PoolStatus, Task, TaskChange, TaskId
from manyhands.errors import NotFound, WrongState

from .access_losses import watch_access
from .books import Books, PoolBook
from .documents import write_document
from .engine import Engine
from .ids import parse_numbered, pool_number_of
from .lifecycle import close
from .named_things import check_named_by_pool
from .pool_checks import check_pool_change
from .projects import find_project_of_pool
from .records import pool_of_book
from .task_changes import change_task
from .tasks import list_tasks

__all__ = ["Changing"]


class Changing(Engine):
    """Pools and tasks of one requester that are changed after they were made.

    Pages that are out keep the price, the time and the tasks that they were issued with, and pages in review the time in which they are
    judged; quality rules that stay go on counting. Every process that uses the store sees a change with its next look at the pool.
    """

    def update_pool(self, pool_id: PoolId, config: PoolConfig) -> Pool:
        """Replace the config of a closed pool.

        Project, key, type, budget and exclusive group stay for ever; tasks that are there keep their overlaps and their order. The same
        config again changes nothing.

        Raises:
            InvalidParams: the config cannot work, or changes what stays.
            WrongState: the pool is open or archived.
        """

        def update(pool: PoolBook) -> PoolConfig:
            if pool.status is not PoolStatus.CLOSED:
                raise WrongState(
                    f"pool {pool_id} is {pool.status}; only a closed pool can be changed, so close it first"
                )
            return config

        return self._replace_config(pool_id, update)

    def set_priority(self, pool_id: PoolId, priority: int) -> Pool:
        """Set the priority of a pool, 0..100, also while it is open.

        Raises:
            InvalidParams: there is no such priority.
            WrongState: the pool is archived.
        """
        return self._replace_config(pool_id, lambda pool: replace(pool.facts.config, priority=priority))

    def extend_pool(self, pool_id: PoolId, expires: datetime) -> Pool:
        """Let the pool close by itself no earlier than `expires`; one that closes later, or never, stays as it is.

        Raises:
            WrongState: the pool is archived.
        """

        def extend(pool: PoolBook) -> PoolConfig:
            config = pool.facts.config
            is_later = config.expires is not None and config.expires < expires
            return replace(config, expires=expires) if is_later else config

        return self._replace_config(pool_id, extend)

    def close_pool_for_update(self, pool_id: PoolId) -> Pool:
        """Close an open pool for so long as it takes to change it: it opens again after `UPDATE_TIME`, unless it is opened or closed before.

        A closed pool stays as it is.
        """
        self.settle()
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            close(books, pool, CloseReason.FOR_UPDATE)
        return pool_of_book(pool)

    def change_task(self, task_id: TaskId, change: TaskChange) -> Task:
        """Change a task, and return it as it is then; the same change again changes nothing.

        Raises:
            InvalidData: the known solutions do not fit the project.
            InvalidInput: the overlap is below what is consumed.
            WrongState: the pool is archived.
        """
        self.settle()
        number = parse_numbered("task", task_id)
        with self.writing() as books:
            pool = self.lock_own_pool(books, str(pool_number_of(number)))
            change_task(books, pool, number, change)
            found = list_tasks(books.transaction, pool.number, after=number - 1, limit=1)
        if not found:
            raise NotFound(f"there is no task {task_id}")
        return found[0]

    def _replace_config(self, pool_id: PoolId, choose: Callable[[PoolBook], PoolConfig]) -> Pool:
        self.settle()
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            if pool.status is PoolStatus.ARCHIVED:
                raise WrongState(f"pool {pool_id} is archived; its config is final")
            config = choose(pool)
            if config != pool.facts.config:
                check_pool_change(pool.facts.config, config, has_tasks=pool.task_count > 0)
                project = find_project_of_pool(books.transaction, pool.number).config
                check_named_by_pool(books, config, requester=self._requester, project=project)
                _write_config(books, pool, config)
        return pool_of_book(pool)


def _write_config(books: Books, pool: PoolBook, config: PoolConfig) -> None:
    # The catalogue must not remember what may still come to nothing; the next transaction asks it for the new revision.
    pool.facts = books.catalogue.facts_of(books.transaction, pool.facts, config)
    pool.revision += 1
    facts = pool.facts
    watch_access(
        books,
        config.quality_rules,
        requester=facts.requester,
        project_number=facts.project_number,
        pool_number=facts.number,
    )
    books.transaction.run(
        "replace_pool_config",
        {
            "id": pool.number,
            "config": write_document(config),
            "page_price": facts.least_price,
            "priority": config.priority,
        },
    )
