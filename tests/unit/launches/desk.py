"""One launch on a real platform whose clock stands still, carried out step by step without the runner's thread."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import manyhands as mh
from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    Page,
    PoolId,
    Solution,
    Task,
    TaskId,
    TaskKind,
    WorkerId,
    WorkerProfile,
)
from manyhands.errors import NoWork, WrongState
from manyhands.launches import ClassificationPlan, Labeling, SharedBudget, prepare_classification
from manyhands.launches.execution import carry_out_next
from manyhands.launches.journal import open_entry
from manyhands.launches.running import RunningLaunch
from tests.flow.parity import CONTROLS, PARAMS, SPEC, numbers
from tests.settable_clock import SettableClock

__all__ = ["Desk", "JudgedOnce", "make_plan"]


def make_plan(
    *,
    object_count: int = 4,
    control_count: int = 30,
    real_count: int = 2,
    controls_per_page: int = 1,
    budget: str | None = None,
    name: str = "desk",
    **changes: Any,
) -> ClassificationPlan:
    """Return the plan of a small launch; `changes` are params."""
    platform = mh.EmbeddedPlatform.in_memory()
    pricing = mh.PoolPricingConfig(
        assignment_price=0.05, real_tasks_count=real_count, control_tasks_count=controls_per_page
    )
    return prepare_classification(
        SPEC,
        replace(PARAMS, **{"pricing_config": pricing, **changes}),
        input_objects=numbers(0, object_count),
        control_objects=CONTROLS[:control_count],
        fee=platform.fee,
        name=name,
        budget=None if budget is None else SharedBudget(key="budget", ceiling=mh.Money(budget)),
    ).plan


class JudgedOnce:
    """The platform, as it is, but it remembers what was asked of it and refuses to judge a page twice."""

    def __init__(self, inner: mh.EmbeddedPlatform) -> None:
        self._inner = inner
        self.calls: Counter[str] = Counter()
        self.problems: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.calls[name] += 1
        return getattr(self._inner, name)

    def accept(self, assignment_ids: Sequence[AssignmentId], public_comment: str = "") -> None:
        """Accept pages that wait for it."""
        self.calls["accept"] += 1
        self._check(assignment_ids)
        self._inner.accept(assignment_ids, public_comment)

    def reject(self, assignment_id: AssignmentId, public_comment: str) -> None:
        """Reject a page that waits for it."""
        self.calls["reject"] += 1
        self._check([assignment_id])
        self._inner.reject(assignment_id, public_comment)

    def _check(self, assignment_ids: Iterable[AssignmentId]) -> None:
        statuses = {page_id: self._inner.get_assignment(page_id).status for page_id in assignment_ids}
        self.problems += [
            f"{page_id} is {status} already"
            for page_id, status in statuses.items()
            if status is not AssignmentStatus.SUBMITTED
        ]


class Desk:
    """A launch, its platform and its workers."""

    def __init__(self, plan: ClassificationPlan) -> None:
        self.plan = plan
        self.clock = SettableClock()
        self.platform = mh.EmbeddedPlatform.in_memory(clock=self.clock, seed=7)
        self.watched = JudgedOnce(self.platform)
        self.launch = self.call()

    def call(self) -> RunningLaunch:
        """Call the launch (again), as after a kill: nothing but the platform and the journal is left."""
        entry = open_entry(
            self.platform.journal, self.plan, now=self.clock.now(), published_tasks=self._iter_published_tasks
        )
        self.launch = RunningLaunch(self.plan, entry, platform=self.watched)
        return self.launch

    @property
    def pool_id(self) -> PoolId | None:
        """The pool, once there is one."""
        return self.launch.pool_id

    @property
    def pool(self) -> PoolId:
        """The pool, which is there."""
        assert self.launch.pool_id is not None
        return self.launch.pool_id

    @property
    def is_over(self) -> bool:
        """Whether the launch has come to its end."""
        return self.launch.ended.done()

    @property
    def is_up_to_date(self) -> bool:
        """Whether the launch has heard everything and has nothing left to do."""
        if self.pool_id is None or not self.launch.is_live or self.launch.commands:
            return False
        return not self.platform.list_events([self.pool_id], self.launch.cursor).events

    def work(self, limit: int = 10**6) -> int:
        """Carry out up to `limit` commands and everything that follows from them; return how many there were."""
        count = 0
        while count < limit and not self.is_over:
            self.launch.stop()
            self.launch.begin()
            if self.launch.commands:
                count += 1
                if carry_out_next(self.launch, self.watched):
                    self.launch.end()
                continue
            self.launch.settle_if_due()
            if not (self.launch.commands or self._observe()):
                break
        return count

    def take(self, name: str) -> Page | None:
        """Take a page; None when there is none."""
        worker = self.platform.register_worker(WorkerId(name), WorkerProfile()).id
        try:
            return None if self.pool_id is None else self.platform.take(worker, self.pool_id)
        except NoWork:
            return None

    def submit(self, page: Page, *, is_right: bool = True, seconds: float = 60) -> bool:
        """Let time pass and submit the page, all right or all wrong; return False when it is over."""
        self.clock.move(seconds=seconds)
        wrong = 0 if is_right else 1
        labels = [("even", "odd")[(int(task.input_values["text"]) + wrong) % 2] for task in page.tasks]
        solutions = [Solution(output_values={"choice": label}) for label in labels]
        try:
            self.platform.submit(page.assignment_id, page.worker_id, solutions=solutions)
        except WrongState:
            return False
        return True

    def answer(self, *names: str, is_right: bool = True, seconds: float = 60) -> list[AssignmentId]:
        """Let workers do one page each, as far as there is one, and let the launch work after each."""
        done = []
        for name in names:
            page = self.take(name)
            if page is not None:
                self.submit(page, is_right=is_right, seconds=seconds)
                done.append(page.assignment_id)
            self.work()
        return done

    def answer_all(self) -> None:
        """Let new good workers come until nobody is needed any more."""
        number = 0
        while self.answer(f"good {number}"):
            number += 1

    def pages(self) -> list[Assignment]:
        """Return all pages."""
        return [] if self.pool_id is None else self.platform.list_assignments(self.pool_id, limit=10**6)

    def statuses(self) -> Counter[AssignmentStatus]:
        """Return how many pages are in which state."""
        return Counter(page.status for page in self.pages())

    def real_tasks(self) -> dict[str, Task]:
        """Return the real tasks by key."""
        tasks = [] if self.pool_id is None else self.platform.list_tasks(self.pool_id, limit=10**6)
        return {task.key: task for task in tasks if task.kind is TaskKind.REAL}

    def replayed(self) -> Labeling:
        """Return what a launch knows that has heard every event of the pool from the first one."""
        labeling = Labeling(self.plan)
        if self.pool_id is not None:
            for event in self.platform.list_events([self.pool_id], limit=10**6).events:
                if event.assignment is not None:
                    labeling.observe(event.assignment)
        labeling.review(is_final=True)
        return labeling

    def _observe(self) -> bool:
        if self.pool_id is None or not self.launch.is_live:
            return False
        page = self.platform.list_events([self.pool_id], self.launch.cursor)
        self.launch.observe(page.events)
        self.launch.cursor = page.position
        return bool(page.events)

    def _iter_published_tasks(self, pool_id: PoolId) -> Iterable[Task]:
        return self.platform.list_tasks(pool_id, limit=10**6)


def holders(pages: Iterable[Assignment], *statuses: AssignmentStatus) -> Counter[TaskId]:
    """Return how many pages in these states hold each task."""
    return Counter(task.id for page in pages if page.status in statuses for task in page.tasks)
