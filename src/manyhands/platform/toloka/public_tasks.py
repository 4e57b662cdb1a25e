"""Tasks over the public API: added once, found again by what they show, asked for as often as the budget allows."""

import threading
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from manyhands.crowd import PlatformFeatures, Pool, PoolId, Task, TaskDraft, TaskId, TaskKind
from manyhands.errors import InvalidData

from .budget_book import BudgetBook
from .client import TolokaClient
from .key_locks import KeyLocks
from .operations import carry_out_batch, finish_operation, name_operation
from .platform import API, TolokaPlatform
from .task_book import TaskBook
from .task_keys import check_keys, key_of
from .wire import decode_task, encode_task_draft

__all__ = ["PublicTasks", "first"]

T = TypeVar("T")
#: Items asked for at once.
_TASKS, _OPERATIONS = 5000, 500
#: Tasks sent at once.
_CHUNK = 5000


class PublicTasks(TolokaPlatform):
    """Tasks of a server that speaks the public API only; what the methods promise is written at `Platform`.

    Args:
        client: talks to the server.
        features: what the server can promise.
        budgets: what may be published.
        threads: where requests are sent that belong together.
    """

    def __init__(
        self, client: TolokaClient, *, features: PlatformFeatures, budgets: BudgetBook, threads: ThreadPoolExecutor
    ) -> None:
        super().__init__(client, features=features, is_extended=False)
        self._budgets = budgets
        self._threads = threads
        self._locks = KeyLocks()
        self._publishing = threading.RLock()
        # Granted by the budget, and not known to have reached the platform.
        self._unsent: dict[PoolId, dict[TaskId, int]] = {}
        self._pools: dict[PoolId, Pool] = {}
        self._books: dict[PoolId, TaskBook] = {}

    def add_tasks(self, pool_id: PoolId, drafts: Iterable[TaskDraft]) -> list[TaskId]:
        """Add tasks to the pool and return their ids in order; each chunk of 5,000 is added whole or not at all.

        Raises:
            InvalidData: a key is not the one that the task shows (see `key_of`), or the platform refuses a task.
        """
        listed = list(drafts)
        check_keys(listed)
        book = self._book(pool_id)
        with book.adding:
            missing = list({draft.key: draft for draft in listed if book.find(draft.key) is None}.values())
            for start in range(0, len(missing), _CHUNK):
                self._add_chunk(pool_id, book, missing[start : start + _CHUNK])
            task_ids = [book.get(draft.key) for draft in listed]
        if self._budgets.find_key(pool_id) is not None:
            self._ask_for_more(pool_id, book, listed)
        return task_ids

    def list_tasks(self, pool_id: PoolId, after: TaskId | None = None, *, limit: int = 1000) -> list[Task]:
        """Return up to `limit` tasks of the pool in order of id, from behind `after`."""
        return first(self._iter_tasks(pool_id, after, limit=min(limit, _TASKS)), limit)

    def raise_overlaps(self, pool_id: PoolId, overlaps: Mapping[TaskId, int]) -> None:
        """Set each task's overlap to the larger of what is asked for and what is consumed; with a budget, as far as it allows now."""
        book = self._book(pool_id)
        changes = book.changes(overlaps)
        if self._budgets.find_key(pool_id) is None:
            self._set_overlaps(pool_id, changes)
        else:
            with self._publishing:
                kept = {task: book.overlaps.get(task) or 0 for task in changes}
                self._set_overlaps(
                    pool_id, {task: overlap for task, overlap in changes.items() if overlap < kept[task]}
                )
                self._budgets.ask(pool_id, overlaps)
                self._publish_affordable(pool_id)
        self._doubt(pool_id)

    @abstractmethod
    def _doubt(self, pool_id: PoolId) -> None:
        """Hear that the state of a pool may have changed."""

    def _publish_affordable(self, pool_id: PoolId) -> bool:
        """Ask for the answers that the budget allows now and return whether there were any."""
        # One at a time, so that a smaller overlap never follows a larger one.
        with self._publishing:
            granted = self._budgets.grant(pool_id)
            self._unsent.setdefault(pool_id, {}).update(granted)
            unsent = dict(self._unsent[pool_id])
            self._set_overlaps(pool_id, unsent)
            self._unsent[pool_id].clear()
            return bool(unsent)

    def _set_overlaps(self, pool_id: PoolId, overlaps: Mapping[TaskId, int]) -> None:
        book = self._book(pool_id)

        def set_one(change: tuple[TaskId, int]) -> None:
            task_id, overlap = change
            path = f"{API}/tasks/{task_id}/set-overlap-or-min"
            document = self._client.request("PATCH", path, body={"overlap": overlap, "infinite_overlap": False})
            known = decode_task(document).overlap
            book.see_overlap(task_id, known)
            if self._budgets.find_key(pool_id) is not None:
                self._budgets.see_overlaps(pool_id, {task_id: known})

        list(self._threads.map(set_one, overlaps.items()))

    def _book(self, pool_id: PoolId) -> TaskBook:
        with self._locks.of("tasks", pool_id):
            if pool_id not in self._books:
                self._finish_adding()
                self._books[pool_id] = TaskBook(self._iter_tasks(pool_id, None, limit=_TASKS))
                if self._budgets.find_key(pool_id) is not None:
                    self._budgets.see_overlaps(pool_id, self._books[pool_id].overlaps)
            return self._books[pool_id]

    def _finish_adding(self) -> None:
        """Wait for tasks that a call before a crash is still adding."""
        query = {"type": "TASK.BATCH_CREATE", "status": "PENDING,RUNNING"}
        for operation in self._client.iter_items(f"{API}/operations", query, limit=_OPERATIONS):
            finish_operation(self._client, operation)

    def _iter_tasks(self, pool_id: PoolId, after: TaskId | None, *, limit: int) -> Iterator[Task]:
        query = {"pool_id": pool_id, "id_gt": after}
        for document in self._client.iter_items(f"{API}/tasks", query, limit=limit):
            task = decode_task(document)
            yield replace(task, key=key_of(task.kind, task.input_values, task_id=task.id))

    def _add_chunk(self, pool_id: PoolId, book: TaskBook, chunk: list[TaskDraft]) -> None:
        name = ("tasks", pool_id, *(draft.key for draft in chunk))
        is_budgeted = self._budgets.find_key(pool_id) is not None
        if is_budgeted:
            chunk = self._affordable(pool_id, name_operation(*name), chunk)
        items = [encode_task_draft(draft, pool_id) for draft in chunk]
        made = carry_out_batch(self._client, f"{API}/tasks", items, name=name, id_field="task_id")
        for draft, task_id in zip(chunk, made, strict=True):
            book.add(draft.key, TaskId(task_id), overlap=draft.overlap)
        if is_budgeted:
            overlaps = {TaskId(task_id): draft.overlap for draft, task_id in zip(chunk, made, strict=True)}
            self._budgets.see_overlaps(pool_id, overlaps)
            self._budgets.end_reserve(pool_id, name_operation(*name))

    def _affordable(self, pool_id: PoolId, name: str, chunk: list[TaskDraft]) -> list[TaskDraft]:
        """Return the tasks as the budget lets them be published: all with their overlap, or all without."""
        endless = [draft.key for draft in chunk if draft.kind is TaskKind.REAL and draft.overlap is None]
        if endless:
            message = f"pool {pool_id} has a budget; a task that every worker may get would have no highest price"
            raise InvalidData(message, endless[:1])
        if self._budgets.reserve(pool_id, name, slots=sum(draft.overlap or 0 for draft in chunk)):
            return chunk
        return [draft if draft.overlap is None else replace(draft, overlap=0) for draft in chunk]

    def _ask_for_more(self, pool_id: PoolId, book: TaskBook, drafts: list[TaskDraft]) -> None:
        wanted = {book.get(draft.key): draft.overlap for draft in drafts if draft.overlap is not None}
        more = {task: overlap for task, overlap in wanted.items() if overlap > (book.overlaps.get(task) or 0)}
        self._budgets.ask(pool_id, more)
        self._publish_affordable(pool_id)


def first(items: Iterable[T], count: int) -> list[T]:
    """Return the first `count` items."""
    return list(islice(items, count))
