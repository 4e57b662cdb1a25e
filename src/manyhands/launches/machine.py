"""The launch machine: events in, commands out. It does no I/O, knows no clock, and can be replayed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import assert_never

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    Budget,
    BudgetId,
    CloseReason,
    Event,
    EventKind,
    Money,
    Pool,
    PoolId,
    PoolStatus,
    ProjectId,
    Spending,
    TaskId,
    WorkerId,
)
from manyhands.errors import WrongState
from manyhands.results import RawResults

from .commands import (
    AddTasks,
    BudgetReady,
    ClosePool,
    Command,
    CreatePool,
    ExtendPool,
    Finish,
    HistoryReplayed,
    OpenPool,
    Outcome,
    PoolClosed,
    PoolLost,
    PoolOpened,
    PoolReady,
    ProjectReady,
    PutBudget,
    PutProject,
    RaiseOverlaps,
    ReplayHistory,
    TasksAdded,
)
from .forecast import estimate_end
from .labeling import Labeling
from .plan import LabelingPlan
from .progress import Progress
from .states import LAUNCH_TRANSITIONS, LaunchState, StopReason

__all__ = ["LaunchMachine"]

#: Tasks added or changed at once: small enough that a stop is noticed between two slices.
_SLICE = 2000

#: Looks at the platform before the end: one for pages submitted a moment ago, one for what became of them.
_LAST_LOOKS = 2

#: The time of a pool is not worth a change as long as it has lost no more of it than this share.
_SHARE_LOST = 0.1

_FOREIGN_CLOSE: Mapping[CloseReason, StopReason] = {
    CloseReason.EXPIRED: StopReason.POOL_EXPIRED,
    CloseReason.NOT_ENOUGH_BALANCE: StopReason.BUDGET,
}
#: A pool closed so goes on: when more is asked for, or when whoever changes it is done.
_PASSING = (None, CloseReason.COMPLETED, CloseReason.FOR_UPDATE)


class LaunchMachine:
    """Decides what a launch does next.

    The caller carries the commands out in order, tells the machine what came of those that have an outcome (`handle`), what happened on the
    platform (`observe`), and lets it draw conclusions (`settle`) after every batch of either.

    Args:
        plan: what is to be labeled and how.
        started: the moment of this call on the platform's clock.
        pool_id: the pool of an earlier call, so that a stop before anything else still finds what was answered.
    """

    def __init__(self, plan: LabelingPlan, *, started: datetime, pool_id: PoolId | None = None) -> None:
        self.state = LaunchState.WAITING
        self.stop_reason: StopReason | None = None
        self.problem = ""
        self._plan = plan
        self._started = started
        self._labeling = Labeling(plan)
        self._project_id: ProjectId | None = None
        self._pool_id = pool_id
        self._task_ids: list[TaskId] = []
        self._is_replayed = False
        self._expires: datetime | None = None
        self._is_pool_open = False
        self._is_being_updated = False
        self._is_open_asked = False
        self._is_close_asked = False
        self._is_pool_closed = False
        self._last_look_count = 0
        self._deadline: datetime | None = None
        self._is_grace_over = False
        self._last_event_at: datetime | None = None

    @property
    def is_stoppable(self) -> bool:
        """Whether more may be published, so that `stop` would change that."""
        return self.state in (LaunchState.WAITING, LaunchState.PUBLISHING, LaunchState.RUNNING)

    @property
    def next_moment(self) -> datetime | None:
        """When `settle` has to be called although nothing happened; None when never."""
        is_to_come = self.state is LaunchState.STOPPING and not self._is_grace_over
        return self._deadline if is_to_come else None

    def start(self) -> list[Command]:
        """Begin to publish; everything that an earlier call has published is found again by its key."""
        self._enter(LaunchState.PUBLISHING)
        return [PutProject(config=self._plan.project_config())]

    def handle(self, outcome: Outcome) -> list[Command]:
        """Hear what came of a command."""
        match outcome:
            case ProjectReady():
                return self._on_project(outcome.project_id)
            case BudgetReady():
                return self._on_budget(outcome.budget_id)
            case PoolReady():
                return self._on_pool(outcome.pool)
            case TasksAdded():
                self._task_ids.extend(outcome.task_ids)
                return self._next_slice()
            case HistoryReplayed():
                return self._on_replayed()
            case PoolOpened():
                self._is_open_asked, self._is_pool_open = False, True
                return []
            case PoolLost():
                if self.state is LaunchState.RUNNING:
                    self._end_early(StopReason.POOL_CLOSED)
                return []
            case PoolClosed():
                self._is_pool_closed = True
                return []
            case _:
                assert_never(outcome)

    def observe(self, event: Event) -> list[Command]:
        """Hear what happened on the platform."""
        self._last_event_at = event.at
        if event.assignment is not None:
            commands = self._labeling.observe(event.assignment)
            return [] if self._is_too_late(event.assignment) else commands
        if event.task_id is not None:
            return []
        self._is_pool_open = event.kind is EventKind.POOL_OPENED
        self._is_being_updated = event.close_reason is CloseReason.FOR_UPDATE
        is_foreign = event.close_reason not in _PASSING and not self._is_close_asked
        if is_foreign and self.state is LaunchState.RUNNING and not self._is_open_asked:
            self._end_early(_FOREIGN_CLOSE.get(event.close_reason or CloseReason.MANUAL, StopReason.POOL_CLOSED))
        if self.state is LaunchState.RUNNING and event.close_reason is CloseReason.COMPLETED:
            self._on_completed()
        return []

    def settle(self, now: datetime) -> list[Command]:
        """Draw the conclusions from everything heard so far."""
        match self.state:
            case LaunchState.RUNNING:
                return self._go_on()
            case LaunchState.STOPPING:
                return self._wind_down(now)
            case _:
                return []

    def stop(self, now: datetime, grace: timedelta) -> list[Command]:
        """Come to an end: no new pages, `grace` for pages in work, judgement for submitted ones.

        A launch that comes to its end already waits for pages in work no longer than `grace` from now.
        """
        if not self.is_stoppable:
            self._deadline = min(now + grace, self._deadline or now + grace)
            self._is_grace_over = False
            return []
        is_running = self.state is LaunchState.RUNNING
        if self.state is LaunchState.WAITING:
            self._enter(LaunchState.PUBLISHING)
        self._end_early(StopReason.INTERRUPTED)
        self._deadline = now + grace
        if self._pool_id is None:
            return self._finish(LaunchState.STOPPED)
        self._is_close_asked = True
        return [ClosePool()] if is_running else [ClosePool(), ReplayHistory()]

    def fail(self) -> None:
        """Hear that the launch cannot go on."""
        if not self.state.is_over:
            self._enter(LaunchState.FAILED)

    def is_in_review(self, assignment_id: AssignmentId) -> bool:
        """Return whether the page waits to be judged, as far as is known."""
        return self._labeling.pages.is_in_review(assignment_id)

    def results(self) -> RawResults:
        """Return what is known about every object, with those marked that still want answers."""
        unfinished = self._labeling.demand.unsatisfied()
        hint = f"call it again with name={self._plan.name!r} to go on" if unfinished else ""
        return RawResults(
            self._labeling.raw_results(), unfinished=unfinished, launch_name=self._plan.name, resume_hint=hint
        )

    def worker_weights(self) -> dict[WorkerId, float] | None:
        """Return the weight in [0, 1] of every worker; None when the algorithm does not weigh workers so."""
        return self._labeling.belief.worker_weights()

    def progress(self, spending: Spending | None, *, budget: Budget | None, now: datetime) -> Progress:
        """Return how the launch is doing; money is what the platform says."""
        labeling, demand = self._labeling, self._labeling.demand
        eta = estimate_end(
            started=labeling.first_taken,
            now=now,
            done_count=labeling.belief.answer_count,
            left_count=demand.answers_wanted_count,
        )
        return Progress(
            name=self._plan.name,
            state=self.state,
            stop_reason=self.stop_reason,
            object_count=self._plan.object_count,
            finished_count=demand.satisfied_count,
            given_up_count=sum(map(demand.is_given_up, demand.unsatisfied())),
            answer_count=labeling.belief.answer_count,
            pages=labeling.pages.counts,
            worker_count=labeling.pages.worker_count,
            restriction_count=labeling.restriction_count,
            paid=Money() if spending is None else spending.paid,
            reserved=Money() if spending is None else spending.reserved,
            budget=budget,
            mean_task_duration=labeling.pages.mean_task_duration,
            task_durations=tuple(labeling.pages.task_durations),
            duration_hint=self._plan.params.task_duration_hint,
            confidences=labeling.confidences(),
            overlaps=labeling.overlaps(),
            confusion=labeling.confusion(),
            started=labeling.first_taken,
            idle_since=self._idle_since,
            eta=None if self.state.is_over else eta,
            problem=self.problem,
        )

    @property
    def _idle_since(self) -> datetime | None:
        is_work_offered = self.state is LaunchState.RUNNING and self._labeling.demand.open_slot_count > 0
        return self._last_event_at if is_work_offered and self._labeling.is_nobody_at_work else None

    def _on_project(self, project_id: ProjectId) -> list[Command]:
        self._project_id = project_id
        if self.state is not LaunchState.PUBLISHING:
            return []
        if self._plan.budget is not None:
            return [PutBudget(key=self._plan.budget.key, ceiling=self._plan.budget.ceiling)]
        return self._on_budget(None)

    def _on_budget(self, budget_id: BudgetId | None) -> list[Command]:
        if self.state is not LaunchState.PUBLISHING or self._project_id is None:
            return []
        config = self._plan.pool_config(self._project_id, budget_id=budget_id, now=self._started)
        self._expires = config.expires
        return [CreatePool(config=config)]

    def _on_pool(self, pool: Pool) -> list[Command]:
        self._pool_id = pool.id
        if pool.status is PoolStatus.ARCHIVED and self.state is LaunchState.PUBLISHING:
            # Nothing can be published or judged there any more, but what is known can be read.
            self._end_early(StopReason.POOL_CLOSED)
            return [ReplayHistory()]
        return [*self._extension(pool), *self._next_slice()]

    def _extension(self, pool: Pool) -> list[Command]:
        """Give the pool of an earlier call as much time as it would have now."""
        before, after = pool.config.expires, self._expires
        if self.state is not LaunchState.PUBLISHING or before is None or after is None:
            return []
        is_worth_it = after - before > (after - self._started) * _SHARE_LOST
        return [ExtendPool(expires=after)] if is_worth_it else []

    def _on_completed(self) -> None:
        demand = self._labeling.demand
        if demand.open_slot_count and self._labeling.is_nobody_at_work:
            # The platform has nothing left to issue, though it was asked for more: somebody has lowered overlaps by hand.
            demand.doubt_asked(demand.unsatisfied())

    def _next_slice(self) -> list[Command]:
        if self.state is not LaunchState.PUBLISHING:
            return []
        start, count = len(self._task_ids), self._plan.control_count + self._plan.object_count
        if start < count:
            return [AddTasks(start=start, stop=min(count, start + _SLICE))]
        return [ReplayHistory()]

    def _on_replayed(self) -> list[Command]:
        self._is_replayed = True
        if self.state is not LaunchState.PUBLISHING:
            return []
        self._enter(LaunchState.RUNNING)
        self._labeling.review(is_final=True)
        # The platform may keep raises of an earlier call that nobody remembers.
        self._labeling.demand.doubt_asked(self._labeling.demand.issued())
        # Who calls wants it to go on, whoever closed the pool before to change it.
        self._is_being_updated = False
        raises = self._raises(is_idle=True)
        return [*raises, *self._opening()]

    def _go_on(self) -> list[Command]:
        labeling = self._labeling
        labeling.review()
        raises = self._raises(is_idle=labeling.is_idle)
        if not raises and labeling.is_idle:
            labeling.review(is_final=True)
            raises = self._raises(is_idle=True)
            if not raises:
                return self._end()
        return [*raises, *self._opening()]

    def _raises(self, *, is_idle: bool) -> list[Command]:
        changes = self._labeling.demand.due_changes(is_idle=is_idle)
        first = self._plan.control_count
        overlaps = [(self._task_ids[first + position], overlap) for position, overlap in sorted(changes.items())]
        slices = (overlaps[start : start + _SLICE] for start in range(0, len(overlaps), _SLICE))
        return [RaiseOverlaps(overlaps=tuple(part)) for part in slices]

    def _opening(self) -> list[Command]:
        is_there = self._is_pool_open or self._is_being_updated or self._is_open_asked
        if is_there or not self._labeling.demand.open_slot_count:
            return []
        self._is_open_asked = True
        return [OpenPool()]

    def _end(self) -> list[Command]:
        self._enter(LaunchState.STOPPING)
        self._is_close_asked = True
        return [ClosePool()]

    def _end_early(self, reason: StopReason) -> None:
        self.stop_reason = reason
        self._is_close_asked = self._is_pool_closed = reason is not StopReason.INTERRUPTED
        self._enter(LaunchState.STOPPING)

    def _wind_down(self, now: datetime) -> list[Command]:
        pages = self._labeling.pages
        self._is_grace_over = self._deadline is not None and now >= self._deadline
        if not (self._is_pool_closed and self._is_replayed):
            return []
        if pages.active_count and not self._is_grace_over:
            self._last_look_count = 0
            return []
        is_judging = pages.has_in_review(submitted_by=self._deadline)
        looks_wanted = _LAST_LOOKS if is_judging else 1
        if self._last_look_count < looks_wanted:
            # A page may have been submitted, or judged, right before the end, and its event not been read yet.
            self._last_look_count += 1
            return [ReplayHistory()]
        if is_judging:
            return []
        self._labeling.review(is_final=True)
        if not self._labeling.demand.unsatisfied():
            self.stop_reason = None
        is_complete = self.stop_reason is None
        return self._finish(LaunchState.FINISHED if is_complete else LaunchState.STOPPED)

    def _is_too_late(self, assignment: Assignment) -> bool:
        """Return whether a page was submitted after the grace: it waits for the next call, for judged now it could be paid and be in no result."""
        if self.state is not LaunchState.STOPPING or self._deadline is None or assignment.submitted is None:
            return False
        return assignment.status is AssignmentStatus.SUBMITTED and assignment.submitted > self._deadline

    def _finish(self, state: LaunchState) -> list[Command]:
        self._enter(state)
        return [Finish()]

    def _enter(self, state: LaunchState) -> None:
        if state not in LAUNCH_TRANSITIONS[self.state]:
            msg = f"The launch {self._plan.name!r} is {self.state}; it cannot become {state}."
            raise WrongState(msg)
        self.state = state
