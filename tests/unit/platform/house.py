"""A platform with a project, for tests: every field has a default, the clock stands still."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from manyhands.crowd import (
    Assignment,
    BudgetId,
    EventKind,
    KnownSolution,
    MixerConfig,
    Money,
    Page,
    Pool,
    PoolConfig,
    PoolId,
    ProjectConfig,
    Solution,
    TaskDraft,
    TaskSuite,
    TaskSuiteChange,
    TaskSuiteDraft,
    WorkerId,
    WorkerProfile,
)
from manyhands.errors import NoWork
from manyhands.platform import EmbeddedPlatform
from manyhands.store import SqliteStore, Store
from manyhands.task import FieldSpec, FieldType
from tests.settable_clock import SettableClock
from tests.unit.platform.audit import find_violations

__all__ = ["CAT", "DOG", "House", "control", "real", "solution", "suite"]

CAT, DOG = "cat", "dog"


def solution(label: str = CAT) -> Solution:
    """Return an answer."""
    return Solution(output_values={"label": label})


def real(key: str = "r", **changes: Any) -> TaskDraft:
    """Return a real task."""
    return TaskDraft(**{"key": key, "input_values": {"text": key, "id": key}, **changes})


def control(key: str = "c", *, right: str = CAT, **changes: Any) -> TaskDraft:
    """Return a control task for everybody."""
    known = (KnownSolution(output_values={"label": right}),)
    return real(key, **{"known_solutions": known, "overlap": None, **changes})


def suite(key: str = "s", *tasks: TaskDraft, **changes: Any) -> TaskSuiteDraft:
    """Return a task suite, with two real tasks that show its key if nothing else is said."""
    return TaskSuiteDraft(**{"key": key, "tasks": tasks or (real(f"{key}-0"), real(f"{key}-1")), **changes})


class House:
    """An embedded platform in memory (or over a store), a project, and shortcuts for what workers and requesters do."""

    def __init__(self, store: Store | None = None, *, fee_share: float = 0.2) -> None:
        self.clock = SettableClock()
        self.store = store or SqliteStore(None)
        self.platform = EmbeddedPlatform(self.store, clock=self.clock, fee_share=fee_share, seed=7)
        self.project = self.platform.put_project(project_config())
        self._pool_count = 0

    def budget(self, ceiling: str | None, key: str = "budget") -> BudgetId:
        """Return a budget of this many dollars."""
        return self.platform.put_budget(key, None if ceiling is None else Money(ceiling)).id

    def pool(self, *drafts: TaskDraft, is_open: bool = True, mixer: MixerConfig | None = None, **changes: Any) -> Pool:
        """Return a pool with tasks, open where there are any."""
        self._pool_count += 1
        values: dict[str, Any] = {
            "project_id": self.project.id,
            "key": f"pool {self._pool_count}",
            "reward": Money("0.10"),
            "assignment_duration": timedelta(minutes=10),
            "mixer": mixer or MixerConfig(real_count=1),
        }
        pool = self.platform.create_pool(PoolConfig(**{**values, **changes}))
        self.platform.add_tasks(pool.id, drafts)
        return self.platform.open_pool(pool.id) if drafts and is_open else pool

    def suite_pool(self, *drafts: TaskSuiteDraft, is_open: bool = True, **changes: Any) -> Pool:
        """Return a pool without a mixer, with task suites, open where there are any."""
        self._pool_count += 1
        values: dict[str, Any] = {
            "project_id": self.project.id,
            "key": f"pool {self._pool_count}",
            "reward": Money("0.10"),
            "assignment_duration": timedelta(minutes=10),
            "mixer": None,
            "is_suite_order_kept": True,
        }
        pool = self.platform.create_pool(PoolConfig(**{**values, **changes}))
        self.platform.add_task_suites(pool.id, drafts)
        return self.platform.open_pool(pool.id) if drafts and is_open else pool

    def worker(self, name: str = "ann", **profile: Any) -> WorkerId:
        """Return a registered worker."""
        return self.platform.register_worker(WorkerId(name), WorkerProfile(**profile)).id

    def workers(self, *names: str) -> list[WorkerId]:
        """Return registered workers."""
        return [self.worker(name) for name in names]

    def take(self, worker: str, pool: Pool) -> Page:
        """Take a page."""
        return self.platform.take(WorkerId(worker), pool.id)

    def refusal(self, worker: str, pool: Pool) -> str:
        """Return why the worker gets nothing; fail when there is a page."""
        try:
            page = self.take(worker, pool)
        except NoWork as error:
            return error.reason
        message = f"{worker} got {page.assignment_id}"
        raise AssertionError(message)

    def hand_in(self, page: Page, *labels: str) -> None:
        """Submit a page: one label for each task, or cats for all."""
        solutions = [solution(label) for label in labels or [CAT] * len(page.tasks)]
        self.platform.submit(page.assignment_id, page.worker_id, solutions=solutions)

    def work(self, worker: str, pool: Pool, *labels: str) -> Page:
        """Take a page and submit it."""
        page = self.take(worker, pool)
        self.hand_in(page, *labels)
        return page

    def work_all(self, worker: str, pool: Pool) -> list[Page]:
        """Submit pages until there are none; return them."""
        pages: list[Page] = []
        while True:
            try:
                pages.append(self.work(worker, pool))
            except NoWork:
                return pages

    def keys(self, page: Page) -> set[str]:
        """Return what the tasks of the page show, which is their keys."""
        return {task.input_values["text"] for task in page.tasks}

    def assignment(self, page: Page) -> Assignment:
        """Return the assignment of a page as the requester sees it."""
        return self.platform.get_assignment(page.assignment_id)

    def now(self, pool: Pool) -> Pool:
        """Return the pool as it is now."""
        return self.platform.get_pool(pool.id)

    def events(self, *pools: Pool) -> list[EventKind]:
        """Return the kinds of all events of the pools."""
        return [event.kind for event in self.platform.list_events([pool.id for pool in pools]).events]

    def overlaps(self, pool: Pool, overlaps: Mapping[str, int]) -> None:
        """Ask for overlaps, by the keys of tasks."""
        ids = {task.key: task.id for task in self.platform.list_tasks(pool.id)}
        self.platform.raise_overlaps(pool.id, {ids[key]: overlap for key, overlap in overlaps.items()})

    def remaining(self, pool: Pool) -> dict[str, int | None]:
        """Return the remaining overlap of every task by key."""
        return {task.key: task.remaining_overlap for task in self.platform.list_tasks(pool.id)}

    def suites(self, pool: Pool) -> dict[str, TaskSuite]:
        """Return the task suites of a pool by key."""
        return {found.key: found for found in self.platform.list_task_suites(pool.id)}

    def suite_of(self, page: Page) -> str:
        """Return the key of the task suite that a page shows."""
        suite_id = self.assignment(page).task_suite_id
        assert suite_id is not None
        return self.platform.get_task_suite(suite_id).key

    def change_suite(self, pool: Pool, key: str, **changes: Any) -> TaskSuite:
        """Change a task suite, by its key."""
        return self.platform.change_task_suite(self.suites(pool)[key].id, TaskSuiteChange(**changes))

    def raise_suite(self, pool: Pool, key: str, overlap: int) -> TaskSuite:
        """Ask for an overlap of a task suite, by its key."""
        return self.platform.raise_suite_overlap(self.suites(pool)[key].id, overlap)

    def accept(self, *pages: Page) -> None:
        """Accept pages."""
        self.platform.accept([page.assignment_id for page in pages])

    def audit(self) -> None:
        """Fail when anything that always has to hold does not."""
        violations = find_violations(self.store)
        assert violations == [], violations


def project_config(**changes: Any) -> ProjectConfig:
    """Return a project about cats and dogs."""
    text = FieldSpec(type=FieldType.STRING)
    values: dict[str, Any] = {
        "key": "pets",
        "name": "Cats and dogs",
        "input_spec": {"text": text, "id": FieldSpec(type=FieldType.STRING, hidden=True)},
        "output_spec": {
            "label": FieldSpec(type=FieldType.STRING, allowed_values=(CAT, DOG)),
            "note": FieldSpec(type=FieldType.STRING, required=False),
        },
        "view": {"view": {"type": "view.list", "items": []}},
    }
    return ProjectConfig(**{**values, **changes})


def numbered(prefix: str, count: int) -> Iterable[str]:
    """Return keys."""
    return [f"{prefix}{number}" for number in range(count)]


def reals(count: int, **changes: Any) -> list[TaskDraft]:
    """Return real tasks r0, and so on."""
    return [real(key, **changes) for key in numbered("r", count)]


def controls(count: int, **changes: Any) -> list[TaskDraft]:
    """Return control tasks c0, and so on."""
    return [control(key, **changes) for key in numbered("c", count)]


def as_pool_id(text: str) -> PoolId:
    """Return an id that nobody gave out."""
    return PoolId(text)
