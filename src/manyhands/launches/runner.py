"""One thread that serves every launch of a platform."""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from threading import Event as StopSignal

from manyhands.crowd import Platform, PoolId
from manyhands.errors import LaunchChanged, ManyhandsError, PlatformUnavailable

from .execution import carry_out_next
from .handle import LaunchHandle
from .journal import Journal, find_differences, open_entry
from .plan import LabelingPlan
from .running import RunningLaunch

__all__ = ["Runner"]

_log = logging.getLogger(__name__)

#: The longest time on the wall that passes before a stop signal is seen.
_PATIENCE = timedelta(milliseconds=200)
#: Time for one launch's commands before the next launch has its turn.
_TURN_S = 0.05
#: How often the journal is asked for stops that came from other processes.
_STOP_REQUESTS_EVERY_S = 0.5
_EVENT_LIMIT = 1000
_FIRST_RETRY = timedelta(milliseconds=500)
_LONGEST_RETRY = timedelta(minutes=1)
#: A launch that is asked to stop does not wait for an absent platform longer than this many tries.
_STOPPING_TRIES = 5


class Runner:
    """Serves all launches of one platform: a thousand that wait cost one thread and one look at the events.

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
        with self._lock:
            launch = self._launches.get(plan.name)
            if launch is None or launch.ended.done():
                launch = self._begin(plan, signals)
            else:
                _check_same(launch.plan, plan)
                launch.join(signals)
        self._platform.wake()
        return LaunchHandle(launch, self._platform.wake)

    def _begin(self, plan: LabelingPlan, signals: Iterable[StopSignal]) -> RunningLaunch:
        entry = open_entry(
            self._journal, plan, now=self._platform.clock.now(), published_keys=self._iter_published_keys
        )
        launch = RunningLaunch(plan, entry, platform=self._platform, signals=signals)
        self._launches[plan.name] = launch
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="manyhands-runner", daemon=True)
            self._thread.start()
        return launch

    def _iter_published_keys(self, pool_id: PoolId) -> Iterable[str]:
        after = None
        while tasks := self._platform.list_tasks(pool_id, after):
            yield from (task.key for task in tasks)
            after = tasks[-1].id

    def _serve(self) -> None:
        while launches := self._current():
            try:
                self._serve_once(launches)
            except PlatformUnavailable as error:
                _log.warning("the platform does not answer (%s); looking again in %s", error, _FIRST_RETRY)
                time.sleep(_FIRST_RETRY.total_seconds())
            except Exception as error:  # noqa: BLE001 - the top of the runner: whoever waits must hear of it
                for launch in launches:
                    self._fail(launch, error)

    def _serve_once(self, launches: Sequence[RunningLaunch]) -> None:
        self._notice_stops(launches)
        busy_count = sum(self._work(launch) for launch in launches)
        busy_count += self._observe(launches)
        if not busy_count:
            self._wait(launches)

    def _current(self) -> list[RunningLaunch]:
        with self._lock:
            self._launches = {name: launch for name, launch in self._launches.items() if not launch.ended.done()}
            if not self._launches:
                self._thread = None
            return list(self._launches.values())

    def _notice_stops(self, launches: Sequence[RunningLaunch]) -> None:
        requested = self._stop_requests()
        for launch in launches:
            if launch.name in requested:
                launch.request_stop(timedelta(seconds=1))
            if launch.is_stop_asked():
                launch.stop()

    def _stop_requests(self) -> frozenset[str]:
        now_s = time.monotonic()
        if now_s - self._requests_seen_s < _STOP_REQUESTS_EVERY_S:
            return frozenset()
        self._requests_seen_s = now_s
        return self._journal.stop_requests()

    def _work(self, launch: RunningLaunch) -> bool:
        """Carry out what the launch wants now, for one turn, and return whether there was anything."""
        turn_ends_s = time.monotonic() + _TURN_S
        is_busy = False
        try:
            launch.begin()
            while launch.commands and not self._is_backing_off(launch) and time.monotonic() < turn_ends_s:
                is_busy = True
                if carry_out_next(launch, self._platform):
                    launch.end()
                    return True
                launch.failure_count = 0
            launch.settle_if_due()
            is_busy |= bool(launch.commands) and not self._is_backing_off(launch)
        except PlatformUnavailable as error:
            self._back_off(launch, error)
        except Exception as error:  # noqa: BLE001 - the top of the runner: one launch that fails must not stop the others
            self._fail(launch, error)
        return is_busy

    def _is_backing_off(self, launch: RunningLaunch) -> bool:
        return launch.retry_at is not None and self._platform.clock.now() < launch.retry_at

    def _back_off(self, launch: RunningLaunch, error: PlatformUnavailable) -> None:
        launch.failure_count += 1
        if launch.is_stop_asked() and launch.failure_count > _STOPPING_TRIES:
            self._fail(launch, error)
            return
        pause = min(_LONGEST_RETRY, _FIRST_RETRY * 2 ** (launch.failure_count - 1))
        launch.retry_at = self._platform.clock.now() + pause
        _log.warning("launch %s: the platform does not answer (%s); trying again in %s", launch.name, error, pause)

    def _fail(self, launch: RunningLaunch, error: Exception) -> None:
        _log.error("launch %s failed: %s", launch.name, error, exc_info=error)
        if launch.pool_id is not None:
            try:
                self._platform.close_pool(launch.pool_id)
            except ManyhandsError as closing_error:
                _log.error("launch %s: its pool could not be closed: %s", launch.name, closing_error)
        launch.fail(error)

    def _observe(self, launches: Sequence[RunningLaunch]) -> bool:
        live = {launch.pool_id: launch for launch in launches if launch.is_live and launch.pool_id is not None}
        if not live:
            return False
        page = self._platform.list_events(list(live), self._cursor, limit=_EVENT_LIMIT)
        for event in page.events:
            live[event.pool_id].observe([event])
        if page.events:
            self._cursor = page.events[-1].position
        return bool(page.events)

    def _wait(self, launches: Sequence[RunningLaunch]) -> None:
        moments = [moment for launch in launches if (moment := launch.next_moment) is not None]
        self._platform.wait_for_events(self._cursor, until=min(moments, default=None), patience=_PATIENCE)


def _check_same(running: LabelingPlan, called: LabelingPlan) -> None:
    before, now = running.describe(), called.describe()
    if before != now:
        differences = find_differences(before, now) or [
            "the input or control objects; data can be added when it is over"
        ]
        msg = f"The launch {called.name!r} is running, and differs from this call; stop it first, or use another name."
        raise LaunchChanged(msg, differences)
