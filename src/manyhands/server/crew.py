"""Threads that carry out calls, and hand their outcomes back to the event loop in bunches.

The threads of `concurrent.futures` wake the loop for every outcome. Under load that costs as much as the calls of workers themselves, so here
outcomes that come while the loop is still busy with earlier ones are fetched together with them.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["Crew"]

P = ParamSpec("P")
T = TypeVar("T")


class Crew:
    """Some threads that carry out calls in the order in which they come.

    Args:
        size: how many calls are under way at the same time.
        name: of the threads.

    Example:
        >>> crew = Crew(1, name="example")
        >>> asyncio.run(crew.run(max, 2, 3))
        3
        >>> crew.dismiss()
    """

    def __init__(self, size: int, *, name: str) -> None:
        self._calls: SimpleQueue[_Order | None] = SimpleQueue()
        self._trays: WeakKeyDictionary[asyncio.AbstractEventLoop, _Tray] = WeakKeyDictionary()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True) for number in range(size)
        ]
        for thread in self._threads:
            thread.start()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Carry out a call in a thread; what it returns or raises comes back to the loop that waits."""
        loop = asyncio.get_running_loop()
        tray = self._trays.get(loop)
        if tray is None:
            tray = self._trays[loop] = _Tray(loop)
        future: asyncio.Future[T] = loop.create_future()
        self._calls.put(_Order(tray, future, lambda: function(*args, **kwargs)))
        return await future

    def dismiss(self) -> None:
        """Let the threads end when every call that came before is carried out, and wait for that."""
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (order := self._calls.get()) is not None:
            outcome: Any = None
            problem: BaseException | None = None
            try:
                outcome = order.call()
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits, and the thread goes on
                problem = error
            order.tray.put(order.future, outcome, problem)
            # A thread that waits for the next call must not keep the last one's things alive.
            del order, outcome, problem


class _Order:
    """A call, and where its outcome goes."""

    __slots__ = ("call", "future", "tray")

    def __init__(self, tray: "_Tray", future: "asyncio.Future[Any]", call: Callable[[], Any]) -> None:
        self.tray = tray
        self.future = future
        self.call = call


class _Tray:
    """Outcomes on their way to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._outcomes: deque[tuple[asyncio.Future[Any], Any, BaseException | None]] = deque()
        self._is_announced = False

    def put(self, future: "asyncio.Future[Any]", outcome: object, problem: BaseException | None) -> None:
        """Put an outcome down, and announce it if nobody is on the way yet."""
        self._outcomes.append((future, outcome, problem))
        if not self._is_announced:
            self._is_announced = True
            try:
                self._loop.call_soon_threadsafe(self._fetch)
            except RuntimeError:
                # The loop was closed, and nobody waits any more.
                self._outcomes.clear()

    def _fetch(self) -> None:
        # Before the first outcome is taken: what is put down from now on is announced anew or still fetched below.
        self._is_announced = False
        while self._outcomes:
            future, outcome, problem = self._outcomes.popleft()
            if future.done():
                # Whoever waited went away.
                continue
            if problem is None:
                future.set_result(outcome)
            else:
                future.set_exception(problem)
