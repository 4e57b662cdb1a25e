"""A launch in the requester's hands."""

import asyncio
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from datetime import timedelta
from typing import Any, NamedTuple

from manyhands.crowd import WorkerId
from manyhands.results import RawResults

from .progress import Progress
from .running import RunningLaunch
from .states import LaunchState

__all__ = ["LaunchHandle", "LaunchResult"]


class LaunchResult(NamedTuple):
    """What a launch brings.

    `raw_results` is aligned with the input objects; objects that still want answers are marked in it. `worker_weights` is the weight in
    [0, 1] of every worker, or None when the algorithm does not weigh workers.
    """

    raw_results: RawResults
    worker_weights: dict[WorkerId, float] | None


class LaunchHandle:
    """A launch that goes on by itself. Every method is safe from any thread; awaiting the handle waits for the end.

    Args:
        launch: the launch as its runner keeps it.
        wake: makes the runner look at once.
    """

    def __init__(self, launch: RunningLaunch, wake: Callable[[], None]) -> None:
        self._launch = launch
        self._wake = wake

    def __repr__(self) -> str:
        return f"LaunchHandle(name={self.name!r}, state={self.state.value!r})"

    def __await__(self) -> Generator[Any, None, LaunchResult]:
        return self._awaited().__await__()

    @property
    def name(self) -> str:
        """The name of the launch; calling again with it attaches or resumes."""
        return self._launch.name

    @property
    def state(self) -> LaunchState:
        """Where the launch is."""
        return self._launch.state

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens without a new call."""
        return self._launch.ended.done()

    def progress(self) -> Progress:
        """Return how the launch is doing now, money included."""
        return self._launch.progress()

    def results(self) -> LaunchResult:
        """Return what is known so far, whatever the state; objects that still want answers are marked."""
        return LaunchResult(*self._launch.results())

    def stop(self, grace: timedelta = timedelta(seconds=1)) -> None:
        """Ask the launch to end and return at once; again is harmless.

        No page is issued any more, pages that were submitted are judged and paid, pages in work may still be submitted for `grace`, the
        pool is closed. `wait` returns when that is done.
        """
        self._launch.request_stop(grace)
        self._wake()

    def wait(self, timeout: timedelta | None = None) -> LaunchResult:
        """Return the results when the launch is over.

        Raises:
            LaunchFailed: the launch ended by an error; `__cause__` tells which. What is known is in `results`.
            TimeoutError: the launch is not over after `timeout`.
        """
        self._launch.ended.result(None if timeout is None else timeout.total_seconds())
        return self.results()

    def wait_quietly(self) -> None:
        """Return when the launch is over, however it ended."""
        self._launch.ended.exception()

    async def _awaited(self) -> LaunchResult:
        await asyncio.wrap_future(_shielded(self._launch.ended))
        return self.results()


def _shielded(ended: "Future[None]") -> "Future[None]":
    """Return a future that ends as `ended` does, but whose cancelling does not reach it: a cancelled task is not a stopped launch."""
    copy: Future[None] = Future()
    lock = threading.Lock()

    def hand_on(source: "Future[None]") -> None:
        with lock:
            if not copy.set_running_or_notify_cancel():
                return
        error = source.exception()
        if error is None:
            copy.set_result(None)
        else:
            copy.set_exception(error)

    ended.add_done_callback(hand_on)
    return copy
