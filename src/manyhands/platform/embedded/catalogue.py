"""What seldom changes once it is stored, kept in memory so that it is read and parsed once.

What may change is kept under a revision that whoever works with it has just read from the store, so that no process goes on with what it remembers.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from manyhands.crowd import (
    IssuedTask,
    KnownSolution,
    PoolConfig,
    PoolType,
    ProjectConfig,
    TaskKind,
    WorkerId,
    WorkerProfile,
)
from manyhands.errors import NotFound
from manyhands.store import Transaction

from .documents import read_document, read_json
from .ids import task_id_of
from .prices import PagePrice, SteppedPrice, Tariff
from .tallies import ScopedRule, scope_rules

__all__ = ["Catalogue", "PoolFacts", "PoolHome", "ProjectFacts", "WorkerFacts", "read_known_solutions"]

K = TypeVar("K")
V = TypeVar("V")
#: Enough for everything that is worked on at the same time, small enough to be forgotten.
_POOLS_KEPT = 10_000
_WORKERS_KEPT = 20_000
_TASKS_KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolHome:
    """Whose a pool is and in which project it lies; this never changes."""

    number: int
    requester: str
    project_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolFacts(PoolHome):
    """Where a pool belongs, and what one revision of its config says.

    Attributes:
        price: what a page costs, unless one of the `stepped_prices` is meant.
        least_price: what the cheapest page costs altogether.
        training_skill: the number of the skill that the pool gives as a training; None where it is none.
        required_skill: the number of the skill that the training requirement asks for; None without a requirement.
    """

    budget_number: int | None
    config: PoolConfig
    price: PagePrice
    stepped_prices: tuple[SteppedPrice, ...]
    least_price: int
    rules: tuple[ScopedRule, ...]
    training_skill: int | None
    required_skill: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """One revision of a project's config, and the names of the input fields that workers see."""

    config: ProjectConfig
    shown_fields: tuple[str, ...]
    rules: tuple[ScopedRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerFacts:
    """A worker, and one revision of their profile."""

    number: int
    id: WorkerId
    created: int
    revision: int
    profile: WorkerProfile


class Catalogue:
    """Facts by number, read from the store when they are first asked for. Thread-safe."""

    def __init__(self, tariff: Tariff) -> None:
        self._tariff = tariff
        self._homes: _Shelf[int, PoolHome] = _Shelf(_POOLS_KEPT)
        self._pools: _Shelf[tuple[int, int], PoolFacts] = _Shelf(_POOLS_KEPT)
        self._projects: _Shelf[tuple[int, int], ProjectFacts] = _Shelf(_POOLS_KEPT)
        self._workers: _Shelf[str, WorkerFacts] = _Shelf(_WORKERS_KEPT)
        self._tasks: _Shelf[tuple[int, int], IssuedTask] = _Shelf(_TASKS_KEPT)

    def home(self, transaction: Transaction, number: int) -> PoolHome:
        """Return where a pool belongs.

        Raises:
            NotFound: there is no such pool.
        """
        return self._homes.get(number, lambda: _read_home(transaction, number))

    def pool(self, transaction: Transaction, number: int, *, revision: int) -> PoolFacts:
        """Return the facts of a pool in a revision, which is the current one.

        Raises:
            NotFound: there is no such pool.
        """
        return self._pools.get((number, revision), lambda: self._read_pool(transaction, number))

    def current_pool(self, transaction: Transaction, number: int) -> PoolFacts:
        """Return the facts of a pool as they are now.

        Raises:
            NotFound: there is no such pool.
        """
        row = transaction.find("find_pool", {"id": number})
        if row is None:
            raise NotFound(f"there is no pool {number}")
        return self.pool(transaction, number, revision=row["revision"])

    def facts_of(self, transaction: Transaction, home: PoolHome, config: PoolConfig) -> PoolFacts:
        """Return what a config makes of a pool; nothing is remembered, so that it may come to nothing."""
        is_training = config.type is PoolType.TRAINING
        return PoolFacts(
            number=home.number,
            requester=home.requester,
            project_number=home.project_number,
            budget_number=None if config.budget_id is None else int(config.budget_id),
            config=config,
            price=self._tariff.page_price(config),
            stepped_prices=self._tariff.stepped_prices(config),
            least_price=self._tariff.least_price(config),
            rules=scope_rules(config.quality_rules, pool_number=home.number, project_number=home.project_number),
            training_skill=_find_training_skill(transaction, home.project_number) if is_training else None,
            required_skill=self._find_required_skill(transaction, config),
        )

    def project(self, transaction: Transaction, number: int, *, revision: int) -> ProjectFacts:
        """Return a revision of a project: the current one, or the last one of a version that a pool stays with."""
        return self._projects.get((number, revision), lambda: _read_project(transaction, number, revision))

    def worker(self, transaction: Transaction, worker_id: WorkerId, *, revision: int | None = None) -> WorkerFacts:
        """Return the facts of a worker; without a revision, which is then the current one, their profile may be an old one.

        Raises:
            NotFound: nobody is registered under this id.
        """
        facts = self._workers.get(worker_id, lambda: _read_worker(transaction, worker_id))
        if revision in (None, facts.revision):
            return facts
        return self._workers.put(worker_id, _read_worker(transaction, worker_id))

    def tasks(self, transaction: Transaction, task_ids: Iterable[int], *, revision: int) -> tuple[IssuedTask, ...]:
        """Return tasks of a pool as the requester sees them on a page, in the order of the ids; `revision` is the pool's current one."""
        return tuple(
            self._tasks.get((task_id, revision), partial(_read_task, transaction, task_id)) for task_id in task_ids
        )

    def _read_pool(self, transaction: Transaction, number: int) -> PoolFacts:
        row = transaction.find("find_pool_config", {"id": number})
        if row is None:
            raise NotFound(f"there is no pool {number}")
        return self.facts_of(transaction, self.home(transaction, number), read_document(row["config"], PoolConfig))

    def _find_required_skill(self, transaction: Transaction, config: PoolConfig) -> int | None:
        requirement = config.training_requirement
        if requirement is None:
            return None
        if requirement.skill_id is not None:
            return int(requirement.skill_id)
        training = self.home(transaction, int(requirement.training_pool_id))
        return _find_training_skill(transaction, training.project_number)


class _Shelf(Generic[K, V]):
    """The last things asked for; the oldest makes room for the newest."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._things: dict[K, V] = {}

    def get(self, key: K, read: Callable[[], V]) -> V:
        thing = self._things.get(key)
        return self.put(key, read()) if thing is None else thing

    def put(self, key: K, thing: V) -> V:
        with self._lock:
            self._things.pop(key, None)
            if len(self._things) >= self._size:
                del self._things[next(iter(self._things))]
            self._things[key] = thing
        return thing


def _read_home(transaction: Transaction, number: int) -> PoolHome:
    row = transaction.find("find_pool_home", {"id": number})
    if row is None:
        raise NotFound(f"there is no pool {number}")
    return PoolHome(number=number, requester=row["requester"], project_number=row["project_id"])


def _find_training_skill(transaction: Transaction, project_number: int) -> int | None:
    row = transaction.find("find_training_skill", {"project_id": project_number})
    return None if row is None else int(row["skill_id"])


def _read_project(transaction: Transaction, number: int, revision: int) -> ProjectFacts:
    kept = transaction.find("find_project_version", {"id": number, "revision": revision})
    row = kept or transaction.find("find_project", {"id": number})
    if row is None:
        raise NotFound(f"there is no project {number}")
    config = read_document(row["config"], ProjectConfig)
    shown = tuple(name for name, spec in config.input_spec.items() if not spec.hidden)
    rules = scope_rules(config.quality_rules, pool_number=None, project_number=number)
    return ProjectFacts(config=config, shown_fields=shown, rules=rules)


def _read_worker(transaction: Transaction, worker_id: WorkerId) -> WorkerFacts:
    row = transaction.find("find_worker", {"id": worker_id})
    if row is None:
        raise NotFound(f"there is no worker {worker_id!r}; register the worker first")
    profile = read_document(row["profile"], WorkerProfile)
    return WorkerFacts(
        number=row["number"], id=worker_id, created=row["created"], revision=row["revision"], profile=profile
    )


def _read_task(transaction: Transaction, task_id: int) -> IssuedTask:
    row = transaction.find("find_task_content", {"id": task_id})
    if row is None:
        raise NotFound(f"there is no task {task_id_of(task_id)}")
    return IssuedTask(
        id=task_id_of(task_id),
        key=row["key"],
        kind=TaskKind(row["kind"]),
        input_values=read_json(row["input_values"]),
        known_solutions=read_known_solutions(row["known_solutions"]),
        hint=row["hint"],
    )


def read_known_solutions(text: str | None) -> tuple[KnownSolution, ...]:
    """Return the known solutions that a task row holds."""
    if text is None:
        return ()
    return tuple(KnownSolution(output_values=part["output_values"], weight=part["weight"]) for part in read_json(text))
