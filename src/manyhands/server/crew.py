"""Threads that carry out calls, and hand their outcomes back to the event loop in bunches.

The threads of `concurrent.futures` wake the loop for every outcome. Under load that costs as much as the calls of workers themselves, so here
outcomes that come while the loop is still busy with earlier ones are fetched together with them. For the same reason calls may be carried out in
bunches: what surrounds a bunch, such as a commit, is then paid for once.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

__all__ = ["Crew"]

P = ParamSpec("P")
T = TypeVar("T")
#: Enough to share a commit among, few enough that nobody else waits long for the store: a call takes less than a millisecond.
_MOST_TOGETHER = 16


class Crew:
    """Some threads that carry out calls in the order in which they come.

    Args:
        size: how many calls are under way at the same time.
        name: of the threads.
        together: surrounds calls that are waiting at the same time; when it raises, that is the outcome of all of them. None lets each call be
            carried out by itself.

    Example:
        >>> crew = Crew(1, name="example")
        >>> asyncio.run(crew.run(max, 2, 3))
        3
        >>> crew.dismiss()
    """

    def __init__(
        self, size: int, *, name: str, together: Callable[[], AbstractContextManager[None]] | None = None
    ) -> None:
        self._calls: SimpleQueue[_Order | None] = SimpleQueue()
        self._together = together or nullcontext
        self._most_together = _MOST_TOGETHER if together is not None else 1
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
        self._calls.put(_Order(tray, future, partial(function, *args, **kwargs)))
        return await future

    def dismiss(self) -> None:
        """Let the threads end when every call that came before is carried out, and wait for that."""
        for _ in self._threads:
            self._calls.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while orders := self._take_orders():
            for order, outcome in zip(orders, self._carry_out(orders), strict=True):
                order.tray.put(order.future, outcome)
            # A thread that waits for the next call must not keep the last one's things alive.
            del orders, order, outcome

    def _take_orders(self) -> "list[_Order]":
        """Return what waits, at most as many as go together; nothing when this thread is to end."""
        order = self._calls.get()
        if order is None:
            return []
        orders = [order]
        while len(orders) < self._most_together:
            try:
                order = self._calls.get_nowait()
            except Empty:
                break
            if order is None:
                self._calls.put(None)
                break
            orders.append(order)
        return orders

    def _carry_out(self, orders: "Sequence[_Order]") -> "list[_Outcome]":
        try:
            with self._together():
                return [_try(order.call) for order in orders]
        except BaseException as error:  # noqa: BLE001 - it belongs to those who wait, and the thread goes on
            return [_Outcome(problem=error)] * len(orders)


class _Outcome(NamedTuple):
    """What a call returned, or what it raised."""

    value: Any = None
    problem: BaseException | None = None


class _Order(NamedTuple):
    """A call, and where its outcome goes."""

    tray: "_Tray"
    future: "asyncio.Future[Any]"
    call: Callable[[], Any]


class _Tray:
    """Outcomes on their way to one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._outcomes: deque[tuple[asyncio.Future[Any], _Outcome]] = deque()
        self._is_announced = False

    def put(self, future: "asyncio.Future[Any]", outcome: _Outcome) -> None:
        """Put an outcome down, and announce it if nobody is on the way yet."""
        self._outcomes.append((future, outcome))
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
            future, outcome = self._outcomes.popleft()
            if future.done():
                # Whoever waited went away.
                continue
            if outcome.problem is None:
                future.set_result(outcome.value)
            else:
                future.set_exception(outcome.problem)


def _try(call: Callable[[], Any]) -> _Outcome:
    try:
        return _Outcome(value=call())
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits, and the thread goes on
        return _Outcome(problem=error)
