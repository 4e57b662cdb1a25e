"""One thread that serves every launch of a platform, with some helpers where each call is a request."""

import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Event as StopSignal

from manyhands.crowd import Event, Platform, PoolId, Task
from manyhands.errors import InvalidInput, LaunchChanged, ManyhandsError, PlatformUnavailable

from .agenda import Agenda
from .attendance import Attendance
from .continued_plan import continue_plan
from .execution import carry_out_next
from .handle import LaunchHandle
from .journal import Journal, find_differences, open_entry
from .plan import LabelingPlan
from .running import DEFAULT_GRACE, RunningLaunch

__all__ = ["Runner"]

_log = logging.getLogger(__name__)

#: The longest time on the wall that passes before a stop signal is seen.
_PATIENCE = timedelta(milliseconds=200)
#: Time for one launch's commands before the next launch has its turn.
_TURN_S = 0.05
#: Launches of a platform on another machine that have their turns at the same time: requests mostly wait.
_SIDE_BY_SIDE = 8
#: How often the journal is asked for stops that came from other processes.
_STOP_REQUESTS_EVERY_S = 0.5
_EVENT_LIMIT = 1000
_FIRST_RETRY = timedelta(milliseconds=500)
_LONGEST_RETRY = timedelta(minutes=1)
#: After so many the longest pause is reached.
_MOST_DOUBLINGS = 7
#: A launch that is asked to stop does not wait for an absent platform longer than this many tries.
_STOPPING_TRIES = 5


class Runner:
    """Serves all launches of one platform: a thousand that wait cost one thread and one look at the events.

    On a platform on another machine a few launches have their turns at the same time, by threads that end with the round; each launch is in
    one of them at a time.

    The thread starts with the first launch and ends with the last one. Every method is safe from any thread.

    Args:
        platform: where the workers are.
        journal: where launches are remembered.
    """

    def __init__(self, platform: Platform, journal: Journal) -> None:
        self._platform = platform
        self._journal = journal
        self._lock = threading.Lock()
        self._launches: dict[str, RunningLaunch] = {}
        self._thread: threading.Thread | None = None
        self._agenda = Agenda()
        self._attendance = Attendance(journal)
        self._live: dict[PoolId, RunningLaunch] = {}
        self._cursor = 0
        self._requests_seen_s = 0.0

    def start(self, plan: LabelingPlan, signals: Iterable[StopSignal] = ()) -> LaunchHandle:
        """Start, attach to, or resume the launch of this name, and return at once.

        Args:
            plan: what is to be labeled and how.
            signals: events that stop the launch when one of them is set.

        Raises:
            LaunchChanged: a launch of this name has another task, other data or other params.
        """
        signals = list(signals)
        with self._lock:
            launch = self._launches.get(plan.name)
            if launch is None or launch.ended.done():
                launch = self._begin(plan)
            else:
                _check_same(launch.plan, plan)
            if any(signal.is_set() for signal in signals):
                launch.request_stop(DEFAULT_GRACE)
            self._agenda.put(launch, signals)
            if self._thread is None:
                self._thread = threading.Thread(target=self._serve, name="manyhands-runner", daemon=True)
                self._thread.start()
        self._platform.wake()
        return LaunchHandle(launch, partial(self._look_at, launch))

    def resume(self, name: str) -> LaunchHandle | None:
        """Go on with a launch that was published before, from what the journal and the platform know of it.

        Returns:
            A handle; None when somebody else works on the launch.

        Raises:
            InvalidInput: only whoever launched can go on with it, or there is no such launch.
        """
        document = self._journal.find(name)
        if document is None:
            raise InvalidInput(f"There is no launch {name!r} in the journal.")
        if not self._attendance.claim(name):
            return None
        try:
            return self.start(continue_plan(name, document, self._platform))
        except ManyhandsError:
            self._attendance.leave(name)
            raise

    def let_go(self, name: str) -> None:
        """Leave a launch as it is, open pool and all, for somebody else to go on with; whoever waits for its end is told that it is cancelled."""
        with self._lock:
            launch = self._launches.get(name)
        if launch is not None and launch.ended.cancel():
            self._forget(launch)

    def _begin(self, plan: LabelingPlan) -> RunningLaunch:
        entry = open_entry(
            self._journal, plan, now=self._platform.clock.now(), published_tasks=self._iter_published_tasks
        )
        self._attendance.take(plan.name)
        launch = self._launches[plan.name] = RunningLaunch(plan, entry, platform=self._platform)
        return launch

    def _iter_published_tasks(self, pool_id: PoolId) -> Iterable[Task]:
        after = None
        while tasks := self._platform.list_tasks(pool_id, after):
            yield from tasks
            after = tasks[-1].id

    def _look_at(self, launch: RunningLaunch) -> None:
        if not launch.ended.done():
            self._agenda.put(launch)
            self._platform.wake()

    def _serve(self) -> None:
        while self._has_launches():
            try:
                self._serve_once()
            except PlatformUnavailable as error:
                _log.warning("the platform does not answer (%s); looking again in %s", error, _FIRST_RETRY)
                time.sleep(_FIRST_RETRY.total_seconds())
            except Exception as error:  # noqa: BLE001 - the top of the runner: whoever waits must hear of it
                for launch in self._all_launches():
                    self._fail(launch, error)

    def _has_launches(self) -> bool:
        with self._lock:
            if not self._launches:
                self._thread = None
                self._attendance.retire()
            return bool(self._launches)

    def _all_launches(self) -> list[RunningLaunch]:
        with self._lock:
            return list(self._launches.values())

    def _serve_once(self) -> None:
        self._attendance.beat()
        self._notice_signals()
        self._notice_requests()
        due = self._agenda.take_due(self._platform.clock.now())
        self._give_turns(due)
        if not (self._observe() or due):
            until = self._agenda.find_next_moment()
            self._platform.wait_for_events(self._cursor, until=until, patience=_PATIENCE)

    def _notice_signals(self) -> None:
        for launch in self._agenda.take_signalled():
            launch.request_stop(DEFAULT_GRACE)
            self._agenda.put(launch)

    def _notice_requests(self) -> None:
        now_s = time.monotonic()
        if now_s - self._requests_seen_s < _STOP_REQUESTS_EVERY_S:
            return
        self._requests_seen_s = now_s
        requested = self._journal.stop_requests()
        for launch in self._all_launches():
            if launch.name in requested and not launch.is_stop_asked:
                launch.request_stop(DEFAULT_GRACE)
                self._agenda.put(launch)

    def _give_turns(self, due: Sequence[RunningLaunch]) -> None:
        try:
            if len(due) > 1 and self._platform.features.is_remote:
                self._give_turns_side_by_side(due)
            else:
                for launch in due:
                    self._give_turn(launch)
        except Exception:
            # Nobody loses a turn by what happened to another.
            for launch in due:
                self._agenda.put(launch)
            raise

    def _give_turns_side_by_side(self, due: Sequence[RunningLaunch]) -> None:
        waiting, errors = deque(due), deque[Exception]()

        def work() -> None:
            while not errors:
                try:
                    launch = waiting.popleft()
                except IndexError:
                    return
                try:
                    self._give_turn(launch)
                except Exception as error:  # noqa: BLE001 - raised again by the runner's thread
                    errors.append(error)

        # Not those of a pool: the end of the process does not wait for threads that only launches need, and may refuse to begin new ones.
        helpers: list[threading.Thread] = []
        with suppress(RuntimeError):
            for _ in range(min(_SIDE_BY_SIDE, len(due)) - 1):
                helper = threading.Thread(target=work, name="manyhands-turn", daemon=True)
                helper.start()
                helpers.append(helper)
        work()
        for helper in helpers:
            helper.join()
        if errors:
            raise errors[0]

    def _give_turn(self, launch: RunningLaunch) -> None:
        # Looked at before every turn, because the turns of very many launches together take longer than a stop may.
        self._notice_signals()
        self._attendance.beat()
        if launch.ended.done():
            return
        try:
            self._work(launch)
        except PlatformUnavailable as error:
            self._back_off(launch, error)
        except Exception as error:  # noqa: BLE001 - the top of the runner: one launch that fails must not stop the others
            self._fail(launch, error)

    def _work(self, launch: RunningLaunch) -> None:
        """Carry out what the launch wants now, for one turn, and see when it wants the next."""
        turn_ends_s = time.monotonic() + _TURN_S
        launch.stop()
        launch.begin()
        while launch.commands and not launch.is_backing_off and time.monotonic() < turn_ends_s:
            if carry_out_next(launch, self._platform):
                self._forget(launch)
                launch.end()
                return
            launch.failure_count = 0
        launch.settle_if_due()
        self._follow(launch)
        self._plan_turn(launch)

    def _follow(self, launch: RunningLaunch) -> None:
        """Look for events of the launch from now on, from where it has read itself; others know those that they have heard of."""
        if not launch.is_live or launch.pool_id is None or launch.ended.done():
            return
        with self._lock:
            if self._live.get(launch.pool_id) is not launch:
                self._cursor = min(self._cursor, launch.cursor) if self._live else launch.cursor
                self._live[launch.pool_id] = launch

    def _plan_turn(self, launch: RunningLaunch) -> None:
        if launch.commands and not launch.is_backing_off:
            self._agenda.put(launch)
        elif launch.next_moment is not None:
            self._agenda.put_off(launch)

    def _back_off(self, launch: RunningLaunch, error: PlatformUnavailable) -> None:
        if launch.is_stop_told and launch.failure_count >= _STOPPING_TRIES:
            self._fail(launch, error)
            return
        pause = min(_LONGEST_RETRY, _FIRST_RETRY * 2 ** min(launch.failure_count, _MOST_DOUBLINGS))
        launch.back_off(pause)
        _log.warning("launch %s: the platform does not answer (%s); trying again in %s", launch.name, error, pause)
        self._agenda.put_off(launch)

    def _fail(self, launch: RunningLaunch, error: Exception) -> None:
        if launch.ended.done():
            return
        _log.error("launch %s failed: %s", launch.name, error, exc_info=error)
        self._forget(launch)
        launch.break_off(error)
        is_pool_closed = False
        try:
            if launch.pool_id is not None:
                self._platform.close_pool(launch.pool_id)
            is_pool_closed = True
            launch.note_state()
        except Exception as second_error:  # noqa: BLE001 - whatever goes wrong here, whoever waits must hear of the first error
            _log.error("launch %s could not be ended properly: %s", launch.name, second_error)
        launch.fail(error, is_pool_closed=is_pool_closed)

    def _forget(self, launch: RunningLaunch) -> None:
        with self._lock:
            # Together, so that nobody can attach to a launch that has no turn any more.
            self._agenda.drop(launch)
            if self._launches.get(launch.name) is launch:
                del self._launches[launch.name]
                self._attendance.leave(launch.name)
            if launch.pool_id is not None and self._live.get(launch.pool_id) is launch:
                del self._live[launch.pool_id]

    def _observe(self) -> bool:
        """Tell every launch what happened in its pool, and return whether anything did.

        Without live launches there is nothing to tell, but the cursor moves on, so that old events do not cut the next wait short.
        """
        page = self._platform.list_events(list(self._live), self._cursor, limit=_EVENT_LIMIT)
        for event in page.events:
            self._tell(self._live.get(event.pool_id), event)
        self._cursor = page.position
        return bool(page.events)

    def _tell(self, launch: RunningLaunch | None, event: Event) -> None:
        if launch is None:
            return
        try:
            launch.observe([event])
        except Exception as error:  # noqa: BLE001 - as in `_give_turn`
            self._fail(launch, error)
        else:
            self._agenda.put(launch)


def _check_same(running: LabelingPlan, called: LabelingPlan) -> None:
    before, now = running.describe(), called.describe()
    if before != now:
        differences = find_differences(before, now) or [
            "the input or control objects; data can be added when it is over"
        ]
        msg = f"The launch {called.name!r} is running, and differs from this call; stop it first, or use another name."
        raise LaunchChanged(msg, differences)
