"""One launch as its runner keeps it: the machine, its commands, and who waits for it."""

import threading
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future
from datetime import datetime, timedelta

from manyhands.crowd import Budget, BudgetId, Event, Platform, PoolId, Spending, WorkerId
from manyhands.errors import LaunchFailed
from manyhands.results import RawResults

from .commands import (
    AddTasks,
    Command,
    CreatePool,
    ExtendPool,
    OpenPool,
    Outcome,
    PutBudget,
    PutProject,
    RaiseOverlaps,
    ReplayHistory,
)
from .journal import LaunchEntry
from .machine import LaunchMachine
from .plan import LabelingPlan
from .progress import Progress
from .states import LaunchState

__all__ = ["DEFAULT_GRACE", "RunningLaunch"]

_PUBLISHING = (PutProject, PutBudget, CreatePool, ExtendPool, AddTasks, ReplayHistory, OpenPool, RaiseOverlaps)

#: How long pages in work may still be submitted after a stop.
DEFAULT_GRACE = timedelta(seconds=1)


class RunningLaunch:
    """A launch, its pending commands and its place in the platform's events. One thread at a time works it for its runner; others read and stop it.

    Args:
        plan: what is to be labeled and how.
        entry: the journal's page.
        platform: where the workers are.
    """

    def __init__(self, plan: LabelingPlan, entry: LaunchEntry, *, platform: Platform) -> None:
        self.plan = plan
        self.entry = entry
        self.pool_id: PoolId | None = entry.pool_id
        self.machine = LaunchMachine(plan, started=platform.clock.now(), pool_id=entry.pool_id)
        self.commands: deque[Command] = deque()
        self.ended: Future[None] = Future()
        self.budget_id: BudgetId | None = None
        self.cursor = 0
        self.is_live = False
        self.retry_at: datetime | None = None
        self.failure_count = 0
        self._platform = platform
        self._lock = threading.RLock()
        self._grace: timedelta | None = None
        self._told_grace: timedelta | None = None
        self._noted_state = LaunchState.WAITING
        self._has_news = False

    @property
    def name(self) -> str:
        """The name of the launch."""
        return self.plan.name

    @property
    def state(self) -> LaunchState:
        """Where the launch is."""
        with self._lock:
            return self.machine.state

    def request_stop(self, grace: timedelta) -> None:
        """Ask for the end; the shortest grace that was asked for counts."""
        with self._lock:
            self._grace = grace if self._grace is None else min(grace, self._grace)

    @property
    def is_stop_asked(self) -> bool:
        """Whether somebody asked for the end."""
        return self._grace is not None

    @property
    def is_stop_told(self) -> bool:
        """Whether the machine knows that somebody asked for the end."""
        return self._told_grace is not None

    @property
    def is_backing_off(self) -> bool:
        """Whether the platform did not answer and is left alone for a while."""
        return self.retry_at is not None and self._platform.clock.now() < self.retry_at

    def back_off(self, pause: timedelta) -> None:
        """Leave the platform alone for a while, because it did not answer."""
        self.failure_count += 1
        self.retry_at = self._platform.clock.now() + pause

    def begin(self) -> None:
        """Let the machine begin, once."""
        with self._lock:
            if self.machine.state is LaunchState.WAITING:
                self.commands.extend(self.machine.start())
        self.note_state()

    def stop(self) -> None:
        """Tell the machine to come to an end, if somebody asked for it; commands that would publish more are dropped."""
        with self._lock:
            if self._grace is None or self._grace == self._told_grace or self.machine.state.is_over:
                return
            self._told_grace = self._grace
            # An absent platform is asked again at once: it may be back, and whoever stops a launch waits for it.
            self.retry_at, self.failure_count = None, 0
            if self.machine.is_stoppable:
                self.commands = deque(command for command in self.commands if not isinstance(command, _PUBLISHING))
            self._has_news = True
            self.commands.extend(self.machine.stop(self._platform.clock.now(), self._grace))

    def take_outcome(self, outcome: Outcome) -> None:
        """Tell the machine that something was done."""
        with self._lock:
            self._has_news = True
            self.commands.extend(self.machine.handle(outcome))

    def observe(self, events: Iterable[Event]) -> None:
        """Tell the machine what happened on the platform; events that it has seen are left out."""
        with self._lock:
            for event in events:
                if event.position > self.cursor:
                    self._has_news = True
                    self.commands.extend(self.machine.observe(event))
                    self.cursor = event.position

    @property
    def next_moment(self) -> datetime | None:
        """When something has to be done although nothing happened; None when never."""
        with self._lock:
            is_pending = bool(self.commands) or self.machine.state is not self._noted_state
            return self.retry_at if is_pending else self.machine.next_moment

    def settle_if_due(self) -> None:
        """Let the machine draw its conclusions when there is news or the time has come, and write down where it is."""
        now = self._platform.clock.now()
        with self._lock:
            moment = self.machine.next_moment
            if self.commands or not (self._has_news or (moment is not None and now >= moment)):
                return
            self._has_news = False
            self.commands.extend(self.machine.settle(now))
        self.note_state()

    def end(self) -> None:
        """Mark the launch as over; whoever waits goes on."""
        self.ended.set_result(None)

    def break_off(self, error: Exception) -> None:
        """Let the machine fail; nothing more is carried out."""
        with self._lock:
            self.commands.clear()
            self.machine.fail()
            self.machine.problem = str(error)

    def fail(self, error: Exception, *, is_pool_closed: bool) -> None:
        """Mark the launch as failed; whoever waits hears why, and whether money can still be spent."""
        warning = "" if is_pool_closed else f"; its pool {self.pool_id} could not be closed and may still issue pages"
        message = (
            f"The launch {self.name!r} stopped on an error ({error}){warning}; the same call goes on where it was."
        )
        failure = LaunchFailed(message)
        failure.__cause__ = error
        self.ended.set_exception(failure)

    def note_state(self) -> None:
        """Write down where the launch is, when that is new."""
        state = self.machine.state
        if state is not self._noted_state:
            reason, problem = self.machine.stop_reason, self.machine.problem
            self.entry.note_state(
                state,
                now=self._platform.clock.now(),
                reason="" if reason is None else str(reason),
                problem=problem if state.is_over else "",
            )
            self._noted_state = state

    def progress(self) -> Progress:
        """Return how the launch is doing now.

        Raises:
            PlatformError: the platform does not tell what was spent.
        """
        spending, budget = self._money()
        with self._lock:
            return self.machine.progress(spending, budget=budget, now=self._platform.clock.now())

    def results(self) -> tuple[RawResults, dict[WorkerId, float] | None]:
        """Return what is known so far and the workers' weights."""
        with self._lock:
            return self.machine.results(), self.machine.worker_weights()

    def _money(self) -> tuple[Spending | None, Budget | None]:
        spending = None if self.pool_id is None else self._platform.spending(self.pool_id)
        return spending, None if self.budget_id is None else self._platform.get_budget(self.budget_id)
