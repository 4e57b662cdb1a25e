"""The runner's thread: many launches, platforms that fail, calls from many threads."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

import manyhands as mh
from manyhands.crowd import PoolId, PoolStatus
from manyhands.errors import BudgetExceeded, LaunchChanged, LaunchFailed, PlatformUnavailable
from manyhands.launches import LaunchHandle
from tests.patience import PATIENCE, PATIENCE_S
from tests.unit.launches.broken import Scenery, fails, make_scenery
from tests.unit.launches.desk import make_plan

#: Every call of the port that a launch makes.
CALLS = (
    "put_project", "put_budget", "create_pool", "add_tasks", "open_pool", "close_pool", "accept", "reject", "restrict", "raise_overlaps",
    "pay_bonus", "release_bonus_reserve", "list_events", "wait_for_events",
)  # fmt: skip
RULES = mh.Control(
    mh.RuleBuilder()
    .add_dynamic_reward(0.01, 0.02, 0.9, 0.5, bonus_granularity_num=2)
    .add_control_task_control(1, 0, 1)
    .build()
)


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Keep what the runner says about failures out of the way."""
    caplog.set_level(logging.CRITICAL, logger="manyhands.launches.runner")


@pytest.fixture
def scenery() -> Scenery:
    """A platform that works, until a test breaks it."""
    return make_scenery()


@pytest.mark.parametrize("call", CALLS)
def test_a_launch_waits_for_a_platform_that_does_not_answer(call: str) -> None:
    """Whichever call fails for a while, it is made again and the launch comes to its end."""
    scenery = make_scenery(careless=0.3, accuracy=0.8)
    scenery.breakable.faults[call] = fails(PlatformUnavailable("gone for lunch"), times=2)
    (handle,) = scenery.start("patient", object_count=8, control=RULES, budget="10")
    assert handle.wait(PATIENCE).raw_results.is_finished


def test_a_journal_that_does_not_answer_loses_no_state() -> None:
    """A state that could not be written down is written down later."""
    scenery = make_scenery()
    scenery.runner._journal = journal = _FailingJournal(scenery)  # type: ignore[assignment]  # it has the same methods
    (handle,) = scenery.start("noted")
    handle.wait(PATIENCE)
    assert journal.failure_count > 4
    assert scenery.platform.journal.find("noted")["state"] == "finished"  # type: ignore[index]  # it is there


@pytest.mark.parametrize("call", ["put_project", "add_tasks", "open_pool", "accept"])
def test_a_launch_that_fails_disturbs_no_other(scenery: Scenery, call: str) -> None:
    """One launch hears of its error and its pool is closed; the other one finishes."""
    scenery.breakable.faults[call] = fails(RuntimeError("boom"), times=1)
    handles = scenery.start("first", "second")
    for handle in handles:
        handle.wait_quietly()
    (bad,) = (handle for handle in handles if handle.state is mh.LaunchState.FAILED)
    (good,) = (handle for handle in handles if handle is not bad)
    with pytest.raises(LaunchFailed, match="boom") as caught:
        bad.wait(PATIENCE)
    assert isinstance(caught.value.__cause__, RuntimeError)
    assert good.wait(PATIENCE).raw_results.is_finished
    pools = [entry["pool_id"] for _, entry in scenery.platform.journal.list() if "pool_id" in entry]
    assert {scenery.platform.get_pool(pool).status for pool in pools} == {PoolStatus.CLOSED}
    (again,) = scenery.start(bad.name)
    assert again.wait(PATIENCE).raw_results.is_finished


def test_whoever_waits_hears_that_a_pool_could_not_be_closed(scenery: Scenery) -> None:
    """An error while ending after an error says that money may still be spent, and other launches go on."""
    scenery.breakable.faults["accept"] = fails(RuntimeError("boom"), times=1)
    scenery.breakable.faults["close_pool"] = fails(RuntimeError("bang"), times=1)
    handles = scenery.start("first", "second")
    for handle in handles:
        handle.wait_quietly()
    (bad,) = (handle for handle in handles if handle.state is mh.LaunchState.FAILED)
    with pytest.raises(LaunchFailed, match="may still issue pages"):
        bad.wait(PATIENCE)


def test_an_error_while_waiting_is_heard_by_all(scenery: Scenery) -> None:
    """When the runner itself cannot go on, every launch ends with the error and its pool is closed."""
    scenery.breakable.faults["wait_for_events"] = fails(RuntimeError("boom"), times=1)
    handles = scenery.start("first", "second")
    for handle in handles:
        with pytest.raises(LaunchFailed, match="boom"):
            handle.wait(PATIENCE)
    (handle,) = scenery.start("third")
    assert handle.wait(PATIENCE).raw_results.is_finished


def test_a_stop_does_not_wait_for_ever_for_an_absent_platform() -> None:
    """After some tries the launch fails and says what is wrong."""
    scenery = make_scenery(workers=1, pace=30.0)
    scenery.crowd.stop()
    scenery.breakable.faults["close_pool"] = fails(PlatformUnavailable("gone"))
    (handle,) = scenery.start("stuck", object_count=8)
    while handle.state is not mh.LaunchState.RUNNING:
        Event().wait(0.001)
    handle.stop()
    with pytest.raises(LaunchFailed, match="gone"):
        handle.wait(PATIENCE)


def test_launches_on_another_machine_have_their_turns_side_by_side() -> None:
    """Each waits in its request for the others to have sent theirs; on a platform at hand that would never end."""
    scenery = make_scenery()
    is_waiting, all_are_there, together = Event(), Event(), threading.Barrier(4)

    def wait(*_: object, **__: object) -> None:
        is_waiting.set()
        all_are_there.wait(PATIENCE_S)

    def meet(*_: object, **__: object) -> None:
        together.wait(PATIENCE_S)

    scenery.breakable.features = replace(scenery.platform.features, is_remote=True)
    scenery.breakable.faults["wait_for_events"] = wait
    before = scenery.start("before", object_count=8)
    is_waiting.wait(PATIENCE_S)
    scenery.breakable.faults["create_pool"] = meet
    handles = scenery.start("first", "second", "third", "fourth", object_count=8)
    all_are_there.set()
    assert all(handle.wait(PATIENCE).raw_results.is_finished for handle in before + handles)


def test_a_runner_that_cannot_say_that_it_is_alive_goes_on(scenery: Scenery, monkeypatch: pytest.MonkeyPatch) -> None:
    """No launch loses its turn by it."""
    monkeypatch.setattr("manyhands.launches.attendance._BEAT_EVERY_S", 0.0)
    scenery.runner._attendance._journal = _DeafJournal(scenery)  # type: ignore[assignment]  # it has the same methods
    handles = scenery.start("first", "second")
    assert all(handle.wait(PATIENCE).raw_results.is_finished for handle in handles)


@pytest.mark.parametrize("is_remote", [False, True])
def test_nobody_waits_for_ever_for_a_turn_that_broke(
    scenery: Scenery, monkeypatch: pytest.MonkeyPatch, *, is_remote: bool
) -> None:
    """Whatever is raised beside the work of a launch, every launch hears of it, in whichever thread it was raised."""
    scenery.breakable.features = replace(scenery.platform.features, is_remote=is_remote)
    scenery.breakable.faults["create_pool"] = fails(PlatformUnavailable("gone"))
    monkeypatch.setattr(scenery.runner, "_back_off", fails(RuntimeError("boom")))
    handles = scenery.start("first", "second", "third")
    for handle in handles:
        with pytest.raises(LaunchFailed, match="boom"):
            handle.wait(PATIENCE)


def test_a_platform_that_is_away_for_hours_is_asked_every_minute(scenery: Scenery) -> None:
    """However often it did not answer."""
    scenery.crowd.stop()
    (handle,) = scenery.start("patient")
    launch = scenery.runner._launches["patient"]
    scenery.runner.let_go("patient")
    launch.failure_count = 5000
    scenery.runner._back_off(launch, PlatformUnavailable("gone"))
    assert launch.retry_at is not None
    assert launch.retry_at - scenery.clock.now() <= timedelta(minutes=1)
    assert handle.is_over


def test_a_bonus_that_does_not_fit_is_told_and_paid_by_the_same_call_later(scenery: Scenery) -> None:
    """The labeling goes on; what is owed is not forgotten."""
    plan = make_plan(name="owing", control=RULES)
    scenery.breakable.faults["pay_bonus"] = fails(BudgetExceeded("too dear"), times=2)
    first = scenery.runner.start(plan)
    first.wait(PATIENCE)
    assert "too dear" in first.progress().problem
    scenery.runner.start(plan).wait(PATIENCE)
    pool = scenery.scene.pools[0]
    accepted = [page for page in scenery.platform.list_assignments(pool) if page.status == "ACCEPTED"]
    right = [page for page in accepted if _has_right_controls(page)]
    assert len(scenery.platform.list_bonuses(pool)) == len(right) > 2


def test_two_threads_that_start_the_same_launch_share_it(scenery: Scenery) -> None:
    """Eight calls at once make one pool and bring one result."""
    plan = make_plan(name="same", object_count=12)
    together = threading.Barrier(8)

    def start(_: int) -> LaunchHandle:
        together.wait()
        return scenery.runner.start(plan)

    with ThreadPoolExecutor(8) as threads:
        handles = list(threads.map(start, range(8)))
    results = [handle.wait(PATIENCE) for handle in handles]
    assert all(result.raw_results == results[0].raw_results for result in results)
    assert len(scenery.scene.pools) == 1


def test_other_data_under_the_name_of_a_running_launch_are_refused() -> None:
    """The error says what to do."""
    scenery = make_scenery(workers=1, pace=1.0)
    scenery.crowd.stop()
    (handle,) = scenery.start("taken")
    with pytest.raises(LaunchChanged, match="is running"):
        scenery.start("taken", object_count=9)
    handle.stop()
    handle.wait(PATIENCE)


def test_no_thread_is_left_when_all_launches_are_over(scenery: Scenery) -> None:
    """The runner's thread ends with the last launch, and starts again for the next."""
    others = _runner_threads()
    for names in (("first", "second"), ("third",)):
        for handle in scenery.start(*names):
            handle.wait(PATIENCE)
        deadline_s = time.monotonic() + PATIENCE_S
        while _runner_threads() - others and time.monotonic() < deadline_s:
            Event().wait(0.01)
        assert not _runner_threads() - others
        assert not scenery.runner._agenda._signals


def test_anybody_may_look_while_a_launch_runs() -> None:
    """Results and progress read from other threads are consistent at every moment and never go back."""
    scenery = make_scenery(pace=2000.0)
    (handle,) = scenery.start("seen", object_count=60)
    problems: list[str] = []

    def look() -> None:
        answer_count = 0
        while not handle.is_over:
            progress, results = handle.progress(), handle.results().raw_results
            if progress.answer_count < answer_count or len(results) != progress.object_count:
                problems.append(f"{progress.answer_count} after {answer_count}")
            answer_count = progress.answer_count

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    handle.wait(PATIENCE)
    for thread in threads:
        thread.join()
    assert problems == []


@pytest.mark.slow
def test_an_event_shared_by_many_launches_stops_all_of_them_while_they_publish() -> None:
    """A hundred launches publish 20,000 tasks when the event is set: nothing is published after the turn that is under way, and all end."""
    scenery = make_scenery(workers=1, pace=1.0)
    scenery.crowd.stop()
    interrupted = Event()
    plans = [make_plan(name=f"launch {number}", object_count=200) for number in range(100)]
    handles = [scenery.runner.start(plan, [interrupted]) for plan in plans]
    while sum(handle.state is not mh.LaunchState.WAITING for handle in handles) < 20:
        Event().wait(0.001)
    interrupted.set()
    before = _published_counts(scenery)
    for handle in handles:
        handle.wait(PATIENCE)
    after = _published_counts(scenery)
    assert sum(count > before.get(pool, 0) for pool, count in after.items()) <= 2
    assert sum(after.values()) < 100 * 230
    assert {handle.state for handle in handles} == {mh.LaunchState.STOPPED}
    assert {scenery.platform.get_pool(pool).status for pool in after} == {PoolStatus.CLOSED}


def _published_counts(scenery: Scenery) -> dict[PoolId, int]:
    pools = [entry["pool_id"] for _, entry in scenery.platform.journal.list() if "pool_id" in entry]
    return {pool: len(scenery.platform.list_tasks(pool)) for pool in pools}


def test_an_event_that_is_set_beforehand_publishes_nothing_among_running_launches(scenery: Scenery) -> None:
    """The launch returns at once, and the others go on."""
    interrupted = Event()
    interrupted.set()
    (other,) = scenery.start("other")
    handle = scenery.runner.start(make_plan(name="stopped"), [interrupted])
    assert len(handle.wait(PATIENCE).raw_results.unfinished) == 4
    assert other.wait(PATIENCE).raw_results.is_finished
    assert "pool_id" not in (scenery.platform.journal.find("stopped") or {})


def test_a_stop_from_another_process_is_heard() -> None:
    """A request in the journal stops the launch."""
    scenery = make_scenery(workers=1, pace=1.0)
    scenery.crowd.stop()
    (handle,) = scenery.start("far")
    scenery.platform.journal.request_stop("far")
    assert handle.wait(PATIENCE).raw_results.unfinished
    assert handle.progress().stop_reason is mh.StopReason.INTERRUPTED


def _runner_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "manyhands-runner"}


def _has_right_controls(page: object) -> bool:
    tasks, solutions = page.tasks, page.solutions  # type: ignore[attr-defined]  # an assignment
    return all(
        task.known_solutions[0].output_values == solution.output_values
        for task, solution in zip(tasks, solutions, strict=True)
        if task.known_solutions
    )


class _FailingJournal:
    """A journal whose every second writing fails."""

    def __init__(self, scenery: Scenery) -> None:
        self._inner = scenery.platform.journal
        self._count = 0
        self.failure_count = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def append(self, name: str, kind: str, document: dict[str, object]) -> int:
        """Write down a step, or fail."""
        self._count += 1
        if self._count % 2:
            self.failure_count += 1
            message = "the disk is full"
            raise PlatformUnavailable(message)
        return self._inner.append(name, kind, document)


class _DeafJournal:
    """A journal in which nobody can say that they are alive."""

    def __init__(self, scenery: Scenery) -> None:
        self._inner = scenery.platform.journal

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def beat(self, _: str, **__: object) -> None:
        """Fail."""
        message = "the disk is full"
        raise PlatformUnavailable(message)
