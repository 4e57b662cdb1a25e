"""Whatever workers, the requester and crashes do, in whatever order: the promises of a launch hold after every step."""

from collections import Counter
from copy import deepcopy
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule

import manyhands as mh
from manyhands.crowd import Assignment, AssignmentId, AssignmentStatus, Page, PoolStatus, Task
from manyhands.errors import BudgetExceeded
from manyhands.launches import Labeling
from manyhands.launches.running import RunningLaunch
from tests.unit.launches.desk import Desk, holders, make_plan

WORKERS = st.sampled_from([f"worker {number}" for number in range(9)])
#: How many commands of the launch are carried out after each step: mostly all.
THEN = st.sampled_from((100, 0, 1, 4, 100, 100, 100))
PENDING = (AssignmentStatus.ACTIVE, AssignmentStatus.SUBMITTED)
OVERLAPS = (mh.StaticOverlap(1), mh.StaticOverlap(2), mh.DynamicOverlap(1, 3, 0.9), mh.DynamicOverlap(2, 4, 0.95))
STRICT = mh.RuleBuilder().add_static_reward(0.5).add_speed_control(0.05, 0.1).build()
GENEROUS = mh.RuleBuilder().add_dynamic_reward(0.01, 0.02, 0.9, 0.5, bonus_granularity_num=2).build()

RULES = {"strict": STRICT, "generous": GENEROUS}


def facts_of(labeling: Labeling) -> dict[str, object]:
    """Return everything that a launch concludes, after the last look at it."""
    labeling.review(is_final=True)
    probabilities = [
        None if result.probas is None else [round(share, 9) for share in result.probas.values()]
        for result in labeling.raw_results()
    ]
    return {
        "votes": [result.votes for result in labeling.raw_results()],
        "probabilities": probabilities,
        "weights": labeling.belief.worker_weights(),
        "accepted": labeling.demand.accepted,
        "rejected": labeling.demand.rejected,
        "pending": labeling.demand.pending,
        "unsatisfied": labeling.demand.unsatisfied(),
        "wanted": labeling.demand.answers_wanted_count,
        "pages": dict(labeling.pages.counts),
        "workers": labeling.pages.worker_count,
        "restrictions": labeling.restriction_count,
        "confusion": labeling.confusion(),
        "overlaps": labeling.overlaps(),
        "durations": sorted(labeling.pages.task_durations),
        "started": labeling.first_taken,
    }


class LaunchStateMachine(RuleBasedStateMachine):
    """One launch, nine workers, a requester who meddles, and calls that break off anywhere."""

    pages = Bundle("pages")
    submitted = Bundle("submitted")

    @initialize(
        overlap=st.sampled_from(OVERLAPS),
        object_count=st.sampled_from((10, 5, 2)),
        real=st.integers(1, 3),
        algorithm=st.sampled_from(mh.AggregationAlgorithm),
        rules=st.sampled_from(("strict", "generous")),
        is_tight=st.integers(0, 1),
        budget=st.sampled_from((None, "0.30", "5")),
        ending=st.sampled_from(("work", "stop")),
    )
    def prepare(
        self,
        overlap: mh.StaticOverlap | mh.DynamicOverlap,
        object_count: int,
        real: int,
        algorithm: mh.AggregationAlgorithm,
        rules: str,
        is_tight: int,
        budget: str | None,
        ending: str,
    ) -> None:
        """Call the launch."""
        self.max_overlap = overlap.max_overlap
        plan = make_plan(
            object_count=object_count,
            real_count=real,
            budget=budget,
            overlap=overlap,
            aggregation_algorithm=algorithm,
            control=mh.Control(RULES[rules]),
            max_attempts=overlap.max_overlap if is_tight else None,
        )
        self.desk = Desk(plan)
        self.desk.work()
        self.ending = ending
        self.taken_back: Counter[str] = Counter()
        self.seen_over: RunningLaunch | None = None

    @rule(then=THEN)
    def call_again(self, then: int) -> None:
        """Break the call off where it is, and call again."""
        self.desk.call()
        self.desk.work(then)

    @rule(target=pages, worker=WORKERS, then=THEN)
    def take(self, worker: str, then: int):  # type: ignore[no-untyped-def]  # what hypothesis returns here has no type
        """Take a page, if there is one."""
        self._go_on()
        page = self.desk.take(worker)
        self.desk.work(then)
        return multiple() if page is None else page

    @rule(target=submitted, names=st.lists(WORKERS, min_size=2, max_size=6), is_right=st.integers(0, 3))
    def answer(self, names: list[str], is_right: int):  # type: ignore[no-untyped-def]  # see take
        """Take pages and submit them, more often right than wrong."""
        self._go_on()
        return multiple(*self.desk.answer(*names, is_right=is_right > 0))

    @rule(
        target=submitted, page=consumes(pages), is_right=st.integers(0, 1), seconds=st.sampled_from((1, 60)), then=THEN
    )
    def submit(self, page: Page, is_right: int, seconds: int, then: int):  # type: ignore[no-untyped-def]  # see take
        """Submit a page, slowly or too fast, right or wrong."""
        is_done = self.desk.submit(page, is_right=bool(is_right), seconds=seconds)
        self.desk.work(then)
        return page.assignment_id if is_done else multiple()

    @rule(page=consumes(pages), then=THEN)
    def skip(self, page: Page, then: int) -> None:
        """Give a page back, if it is still in hand."""
        if self._status(page.assignment_id) is AssignmentStatus.ACTIVE:
            self.desk.platform.skip(page.assignment_id, page.worker_id)
        self.desk.work(then)

    @rule(minutes=st.sampled_from((1, 5, 60)), then=THEN)
    def wait(self, minutes: int, then: int) -> None:
        """Let time pass; pages expire."""
        self.desk.clock.move(minutes=minutes)
        self.desk.work(then)

    @rule(page_id=submitted, then=THEN)
    def accept_by_hand(self, page_id: AssignmentId, then: int) -> None:
        """Accept a page by hand, perhaps after it was rejected."""
        was_rejected = self._status(page_id) is AssignmentStatus.REJECTED
        try:
            self.desk.platform.accept([page_id])
        except BudgetExceeded:
            return
        if was_rejected:
            self.taken_back.update(task.id for task in self.desk.platform.get_assignment(page_id).tasks)
        self.desk.work(then)

    @rule(page_id=submitted, then=THEN)
    def reject_by_hand(self, page_id: AssignmentId, then: int) -> None:
        """Reject a page by hand, if it is not judged."""
        if self._status(page_id) is AssignmentStatus.SUBMITTED:
            self.desk.platform.reject(page_id, "no")
        self.desk.work(then)

    @rule(then=THEN)
    def close_by_hand_and_call_again(self, then: int) -> None:
        """Close the pool by hand, and call again when the launch is over."""
        if self.desk.pool_id is not None:
            self.desk.platform.close_pool(self.desk.pool_id)
        self.desk.work(then)
        self._go_on()

    @rule(minutes=st.integers(0, 3), then=THEN)
    def interrupt_and_call_again(self, minutes: int, then: int) -> None:
        """Ask for the end, and call again when it has come."""
        self.desk.launch.request_stop(timedelta(minutes=minutes))
        self.desk.work(then)
        self._go_on()

    @rule(target=submitted, page=consumes(pages), seconds=st.integers(29, 31), then=THEN)
    def submit_around_the_end(self, page: Page, seconds: int, then: int):  # type: ignore[no-untyped-def]  # see take
        """Ask for the end, and submit a page just before half a minute is over, or just after it; then call again."""
        self.desk.launch.request_stop(timedelta(seconds=30))
        self.desk.work()
        is_done = self.desk.submit(page, seconds=seconds)
        self.desk.work(then)
        self._go_on()
        return page.assignment_id if is_done else multiple()

    @invariant()
    def no_task_is_handed_out_too_often(self) -> None:
        """Accepted and pending answers never pass the largest overlap, but for rejections that were taken back."""
        held = holders(self._pages(), AssignmentStatus.ACCEPTED, *PENDING)
        for task in self._real_tasks().values():
            assert held[task.id] <= self.max_overlap + self.taken_back[task.id]

    @invariant()
    def nothing_is_judged_twice(self) -> None:
        """No command judges a page that is judged."""
        assert not hasattr(self, "desk") or self.desk.watched.problems == []

    @invariant()
    def what_was_asked_is_what_the_platform_has(self) -> None:
        """The overlaps that the launch believes to have asked for are those of the tasks."""
        if not hasattr(self, "desk") or not self.desk.is_up_to_date or self.desk.is_over:
            return
        demand, tasks = self.desk.launch.machine._labeling.demand, self._real_tasks()
        asked = [demand.asked[position] for position in range(self.desk.plan.object_count)]
        if self.desk.launch.state is mh.LaunchState.RUNNING:
            assert asked == [tasks[key].overlap for key in self.desk.plan.task_keys]
            remaining = sum(task.remaining_overlap or 0 for task in tasks.values())
            assert demand.open_slot_count == remaining

    @invariant()
    def a_replay_tells_the_same(self) -> None:
        """Hearing all events from the first one leads to the same conclusions."""
        if hasattr(self, "desk") and self.desk.is_up_to_date:
            assert facts_of(deepcopy(self.desk.launch.machine._labeling)) == facts_of(self.desk.replayed())

    @invariant()
    def what_is_paid_is_in_the_results(self) -> None:
        """At the end of a call every accepted answer counts; pages that came too late for it are not judged."""
        if not hasattr(self, "desk") or not self.desk.is_over or self.desk.launch is self.seen_over:
            return
        self.seen_over = self.desk.launch
        held = holders(self.desk.pages(), AssignmentStatus.ACCEPTED)
        assert self.desk.launch.progress().answer_count == sum(held[task.id] for task in self._real_tasks().values())

    def teardown(self) -> None:
        """Bring the launch to an end: nothing is open, in review or forgotten."""
        if not hasattr(self, "desk"):
            return
        desk = self.desk
        if desk.is_over:
            desk.call()
        desk.clock.move(hours=2)
        desk.work()
        self._go_on()
        if self.ending == "stop":
            desk.launch.request_stop(timedelta(0))
            desk.work()
        else:
            desk.answer_all()
        assert desk.is_over
        raw_results, progress = desk.launch.results()[0], desk.launch.progress()
        assert len(raw_results) == desk.plan.object_count
        assert progress.finished_count + len(raw_results.unfinished) == desk.plan.object_count
        assert progress.state in (mh.LaunchState.FINISHED, mh.LaunchState.STOPPED)
        if progress.state is mh.LaunchState.FINISHED:
            assert progress.given_up_count == len(raw_results.unfinished)
        if desk.pool_id is not None:
            assert desk.platform.get_pool(desk.pool_id).status is PoolStatus.CLOSED
            assert not desk.statuses()[AssignmentStatus.SUBMITTED]
            held = holders(desk.pages(), AssignmentStatus.ACCEPTED)
            assert progress.answer_count == sum(held[task.id] for task in desk.real_tasks().values())
            assert desk.platform.spending(desk.pool_id).reserved == mh.Money()
        desk.platform.close()

    def _go_on(self) -> None:
        self.what_is_paid_is_in_the_results()
        if self.desk.launch.state is mh.LaunchState.STOPPED:
            self.desk.call()
            self.desk.work()

    def _status(self, page_id: AssignmentId) -> AssignmentStatus:
        return self.desk.platform.get_assignment(page_id).status

    def _pages(self) -> list[Assignment]:
        return self.desk.pages() if hasattr(self, "desk") else []

    def _real_tasks(self) -> dict[str, Task]:
        return self.desk.real_tasks() if hasattr(self, "desk") else {}


LaunchStateMachine.TestCase.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLaunchStateMachine = pytest.mark.slow(pytest.mark.timeout(120)(LaunchStateMachine.TestCase))
