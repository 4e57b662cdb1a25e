"""Whatever requesters and workers do, in whatever order: the promises of the platform hold after every step."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

from manyhands.crowd import (
    AssignmentStatus,
    BonusDraft,
    CloseReason,
    KnownSolution,
    MixerConfig,
    Money,
    Page,
    PoolStatus,
    RestrictionDraft,
    RestrictionScope,
    TaskChange,
    TaskKind,
    WorkerId,
)
from manyhands.errors import BudgetExceeded, InvalidInput, NoWork, WrongState
from tests.unit.platform.house import House, controls, real, reals, solution, suite

WORKERS = ("ann", "ben", "cay", "dan")
LABELS = st.sampled_from(("cat", "dog"))
SUITES = ("s0", "s1", "s2", "urgent", "for ben", "lesson")
#: The pools with a mixer, and all pools.
MIXED, PLACES = st.integers(0, 1), st.integers(0, 2)


class PlatformMachine(RuleBasedStateMachine):
    """Two pools with a mixer and one of task suites that share a budget, four workers, one requester."""

    pages = Bundle("pages")
    submitted = Bundle("submitted")

    @initialize(
        real_count=st.integers(1, 3),
        control_count=st.integers(0, 2),
        overlap=st.sampled_from((1, 2, 3, 0)),
        ceiling=st.sampled_from((None, "0.50", "2.00")),
        max_bonus=st.sampled_from(("0", "0.05")),
        is_forced=st.integers(0, 1),
        is_ordered=st.booleans(),
    )
    def publish(
        self,
        real_count: int,
        control_count: int,
        overlap: int,
        ceiling: str | None,
        max_bonus: str,
        is_forced: int,
        *,
        is_ordered: bool,
    ) -> None:
        """Publish two pools of six tasks, and one of six task suites."""
        self.house = House()
        self.house.workers(*WORKERS)
        self.ceiling = Money(ceiling) if ceiling else None
        mixer = MixerConfig(real_count=real_count, control_count=control_count, is_last_page_forced=bool(is_forced))
        budget = self.house.budget(ceiling)
        drafts = [*reals(5, overlap=overlap), real("x", overlap=1, unavailable_for=frozenset({"ann"})), *controls(3)]
        self.pools = [
            self.house.pool(*drafts, mixer=mixer, budget_id=budget, max_bonus=Money(max_bonus)) for _ in range(2)
        ]
        suites = [suite(f"s{number}", *reals(real_count), *controls(control_count)) for number in range(3)]
        suites = [replace(draft, overlap=overlap) for draft in suites]
        suites.append(suite("urgent", issuing_order_override=1, unavailable_for=frozenset({"ann"})))
        suites.append(suite("for ben", reserved_for=frozenset({"ben"}), overlap=2))
        suites.append(suite("lesson", *controls(1), issuing_order_override=-1))
        self.suite_pool = self.house.suite_pool(
            *suites, budget_id=budget, max_bonus=Money(max_bonus), is_suite_order_kept=is_ordered
        )
        self.pools.append(self.suite_pool)
        self.step_count = 0

    def _key(self) -> str:
        self.step_count += 1
        return f"key {self.step_count}"

    def _expect_reason(self, reason: str) -> None:
        assert reason in {"pool_closed", "exhausted", "control_exhausted", "budget_exhausted", "restricted"}

    def _take(self, worker: str, place: int) -> Page | None:
        try:
            page = self.house.take(worker, self.pools[place])
        except NoWork as error:
            self._expect_reason(error.reason)
            return None
        assert self.house.take(worker, self.pools[place]) == page
        return page

    @rule(target=pages, worker=st.sampled_from(WORKERS), place=PLACES)
    def take(self, worker: str, place: int):  # type: ignore[no-untyped-def]  # what hypothesis returns here has no type
        """Take a page, or learn that there is none."""
        return self._take(worker, place) or multiple()

    @rule(target=submitted, worker=st.sampled_from(WORKERS), place=PLACES, label=LABELS)
    def work(self, worker: str, place: int, label: str):  # type: ignore[no-untyped-def]  # see take
        """Take a page and submit it, which is what workers mostly do."""
        page = self._take(worker, place)
        if page is None:
            return multiple()
        self.house.hand_in(page, *[label] * len(page.tasks))
        return page

    @rule(target=submitted, place=PLACES)
    def work_all(self, place: int):  # type: ignore[no-untyped-def]  # see take
        """Let every worker submit a page."""
        taken = [page for page in (self._take(worker, place) for worker in WORKERS) if page is not None]
        for page in taken:
            self.house.hand_in(page)
        return multiple(*taken)

    @rule(target=submitted, page=consumes(pages), label=LABELS)
    def submit(self, page: Page, label: str):  # type: ignore[no-untyped-def]  # see take
        """Submit a page, or learn that it is over."""
        solutions = [solution(label)] * len(page.tasks)
        try:
            self.house.platform.submit(page.assignment_id, page.worker_id, solutions=solutions)
        except WrongState:
            assert self.house.assignment(page).status is not AssignmentStatus.ACTIVE
            return multiple()
        self.house.platform.submit(page.assignment_id, page.worker_id, solutions=solutions)
        return page

    @rule(page=pages)
    def skip(self, page: Page) -> None:
        """Skip a page, or learn that it is over."""
        before = self.house.assignment(page).status
        try:
            self.house.platform.skip(page.assignment_id, page.worker_id)
        except WrongState:
            assert before not in {AssignmentStatus.ACTIVE, AssignmentStatus.SKIPPED}

    @rule(minutes=st.integers(1, 15))
    def wait(self, minutes: int) -> None:
        """Let time pass: pages expire when somebody looks."""
        self.house.clock.move(minutes=minutes)
        self.house.platform.list_events([pool.id for pool in self.pools])

    @rule(days=st.sampled_from((1, 15)))
    def wait_long(self, days: int) -> None:
        """Let much time pass: what nobody judged is accepted."""
        self.house.clock.move(days=days)
        self.house.platform.get_pool(self.pools[0].id)

    @rule(page=submitted)
    def accept(self, page: Page) -> None:
        """Accept a page twice; a rejected one may be too dear by now."""
        status = self.house.assignment(page).status
        try:
            self.house.accept(page)
        except BudgetExceeded:
            assert status is AssignmentStatus.REJECTED
            return
        self.house.accept(page)
        assert self.house.assignment(page).status is AssignmentStatus.ACCEPTED

    @rule(page=submitted)
    def reject(self, page: Page) -> None:
        """Reject a page twice, unless it is paid."""
        try:
            self.house.platform.reject(page.assignment_id, "no")
        except WrongState:
            assert self.house.assignment(page).status is AssignmentStatus.ACCEPTED
            return
        self.house.platform.reject(page.assignment_id, "no")

    @rule(place=MIXED, key=st.sampled_from(("r0", "r1", "r2", "x", "c0")), overlap=st.integers(0, 4))
    def raise_overlap(self, place: int, key: str, overlap: int) -> None:
        """Ask for more or fewer solutions."""
        self.house.overlaps(self.pools[place], {key: overlap})

    @rule(page=submitted, cents=st.integers(1, 12), times=st.integers(1, 2))
    def pay_bonus(self, page: Page, cents: int, times: int) -> None:
        """Pay a bonus, perhaps twice under the same key."""
        draft = BonusDraft(
            key=self._key(), worker_id=page.worker_id, amount=Money(cents) * 0.01, assignment_id=page.assignment_id
        )
        try:
            self.house.platform.pay_bonus(draft)
        except BudgetExceeded:
            return
        if times > 1:
            assert self.house.platform.pay_bonus(draft).amount == draft.amount

    @rule(page=submitted)
    def give_up_bonus(self, page: Page) -> None:
        """Give up what is reserved for a bonus."""
        self.house.platform.release_bonus_reserve([page.assignment_id])

    @rule(cents=st.integers(1, 50))
    def raise_budget(self, cents: int) -> None:
        """Raise the ceiling."""
        if self.ceiling is not None:
            self.ceiling = self.ceiling + Money(cents) * 0.01
            assert self.house.platform.put_budget("budget", self.ceiling).ceiling == self.ceiling

    @rule(place=PLACES, is_closed_first=st.sampled_from((0, 0, 1)))
    def open(self, place: int, is_closed_first: int) -> None:
        """Open a pool, perhaps after closing it; it may close again by itself, but then it says why."""
        if is_closed_first:
            assert self.house.platform.close_pool(self.pools[place].id).status is PoolStatus.CLOSED
            self.house.audit()
        pool = self.house.platform.open_pool(self.pools[place].id)
        assert (pool.status is PoolStatus.OPEN) is (pool.close_reason is None)
        assert pool.close_reason in {None, CloseReason.COMPLETED, CloseReason.NOT_ENOUGH_BALANCE}
        if pool.close_reason is CloseReason.COMPLETED:
            real_tasks = [task for task in self.house.platform.list_tasks(pool.id) if task.kind is TaskKind.REAL]
            assert all(task.remaining_overlap == 0 for task in real_tasks)

    @rule(
        place=MIXED,
        key=st.sampled_from(("r0", "r1", "x", "c0")),
        overlap=st.sampled_from((None, 0, 2, 4)),
        is_endless=st.sampled_from((None, None, True, False)),
        is_known=st.sampled_from((None, True, False)),
    )
    def change_task(
        self, place: int, key: str, *, overlap: int | None, is_endless: bool | None, is_known: bool | None
    ) -> None:
        """Change overlap and kind of a task, unless more solutions are there than are asked for."""
        known = None if is_known is None else (KnownSolution(output_values={"label": "cat"}),) * is_known
        change = TaskChange(overlap=overlap, is_endless=is_endless, known_solutions=known)
        platform, pool = self.house.platform, self.pools[place]
        task = next(task for task in platform.list_tasks(pool.id) if task.key == key)
        try:
            changed = platform.change_task(task.id, change)
        except InvalidInput:
            assert overlap is not None
            assert task.overlap is None or task.overlap - (task.remaining_overlap or 0) > overlap
            return
        assert platform.change_task(task.id, change) == changed

    @rule(key=st.sampled_from(SUITES), number=st.integers(0, 5), is_known=st.booleans())
    def change_task_of_suite(self, key: str, number: int, *, is_known: bool) -> None:
        """Change the kind of a task that is issued with its suite; when the suite is wanted changes with it."""
        tasks = self.house.suites(self.suite_pool)[key].tasks
        task = tasks[number % len(tasks)]
        known = (KnownSolution(output_values={"label": "cat"}),) * is_known
        changed = self.house.platform.change_task(task.id, TaskChange(known_solutions=known))
        assert changed.kind is (TaskKind.CONTROL if is_known else TaskKind.REAL)

    @rule(place=PLACES, cents=st.integers(1, 20), real_count=st.integers(1, 3))
    def change_pool(self, place: int, cents: int, real_count: int) -> None:
        """Close a pool for an update and change its price and its pages; it opens by itself later."""
        pool = self.house.platform.close_pool_for_update(self.pools[place].id)
        mixer = pool.config.mixer
        changed = None if mixer is None else replace(mixer, real_count=real_count)
        config = replace(pool.config, reward=Money(cents) * 0.01, mixer=changed)
        assert self.house.platform.update_pool(pool.id, config).config == config

    @rule(key=st.sampled_from(SUITES), overlap=st.integers(0, 4))
    def raise_suite(self, key: str, overlap: int) -> None:
        """Ask for more or fewer pages of a suite."""
        before = self.house.suites(self.suite_pool)[key]
        after = self.house.raise_suite(self.suite_pool, key, overlap)
        assert after.overlap is not None
        assert after.overlap >= overlap
        if before.overlap is not None and before.remaining_overlap is not None:
            assert after.overlap == max(overlap, before.overlap - before.remaining_overlap)

    @rule(
        key=st.sampled_from(SUITES),
        overlap=st.sampled_from((None, None, 1, 3)),
        is_endless=st.sampled_from((None, None, True, False)),
        order=st.sampled_from((None, -2, 0, 1, 2)),
    )
    def change_suite(self, key: str, overlap: int | None, order: int | None, *, is_endless: bool | None) -> None:
        """Change how often a suite is wanted and when it comes, or learn that too many have it already."""
        before = self.house.suites(self.suite_pool)[key]
        change = {"overlap": overlap, "is_endless": is_endless, "issuing_order_override": order}
        try:
            after = self.house.change_suite(self.suite_pool, key, **change)
        except InvalidInput:
            assert overlap is not None
            assert self.house.suites(self.suite_pool)[key] == before
            return
        assert after.issuing_order_override == (before.issuing_order_override if order is None else order)

    @rule(count=st.integers(1, 2), overlap=st.sampled_from((1, 2, None)), order=st.integers(-1, 1))
    def add_suites(self, count: int, overlap: int | None, order: int) -> None:
        """Add task suites, of which one is there already."""
        keys = ["s0", *(self._key() for _ in range(count))]
        drafts = [suite(key, real("r"), overlap=overlap, issuing_order_override=order) for key in keys]
        ids = self.house.platform.add_task_suites(self.suite_pool.id, drafts)
        assert ids == sorted(set(ids))

    @rule(place=MIXED, count=st.integers(1, 2), overlap=st.integers(1, 2))
    def add_tasks(self, place: int, count: int, overlap: int) -> None:
        """Add tasks, of which one is there already."""
        keys = ["r0", *(self._key() for _ in range(count))]
        ids = self.house.platform.add_tasks(self.pools[place].id, [real(key, overlap=overlap) for key in keys])
        assert ids == sorted(set(ids))

    @rule(worker=st.sampled_from(WORKERS), minutes=st.integers(1, 5), place=PLACES)
    def restrict(self, worker: str, minutes: int, place: int) -> None:
        """Restrict a worker in one pool; afterwards the worker gets nothing new there."""
        until = self.house.clock.now() + timedelta(minutes=minutes)
        pool_id = self.pools[place].id
        draft = RestrictionDraft(
            key=self._key(), worker_id=WorkerId(worker), scope=RestrictionScope.POOL, pool_id=pool_id, until=until
        )
        assert self.house.platform.restrict(draft) == self.house.platform.restrict(draft)

    @invariant()
    def holds(self) -> None:
        """Compare every table with every other."""
        if hasattr(self, "house"):
            self.house.audit()

    def teardown(self) -> None:
        """Let go of the database."""
        if hasattr(self, "house"):
            self.house.platform.close()


PlatformMachine.TestCase.settings = settings(
    max_examples=40, stateful_step_count=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestPlatformMachine = pytest.mark.slow(pytest.mark.timeout(120)(PlatformMachine.TestCase))
