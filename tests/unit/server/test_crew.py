"""Threads that carry out calls for event loops."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from manyhands.server.crew import Crew
from tests.patience import PATIENCE_S


@pytest.fixture
def crew() -> Iterator[Crew]:
    """Return one thread."""
    crew = Crew(1, name="test")
    yield crew
    crew.dismiss()


def test_every_call_gets_its_own_outcome(crew: Crew) -> None:
    """However many calls wait at once, each is told what it returned, in the order in which they came."""
    seen: list[int] = []

    def note(number: int) -> int:
        seen.append(number)
        return number * 2

    async def ask() -> list[int]:
        return await asyncio.gather(*(crew.run(note, number) for number in range(500)))

    assert asyncio.run(ask()) == [number * 2 for number in range(500)]
    assert seen == list(range(500))


def test_what_a_call_raises_is_raised_where_it_is_waited_for(crew: Crew) -> None:
    """One call's error is no other's, and the thread goes on."""

    async def ask() -> list[object]:
        calls = [crew.run(int, text) for text in ("1", "one", "2")]
        return list(await asyncio.gather(*calls, return_exceptions=True))

    first, second, third = asyncio.run(ask())
    assert (first, third) == (1, 2)
    assert isinstance(second, ValueError)


def test_nobody_is_told_who_went_away(crew: Crew) -> None:
    """A call whose caller was cancelled is carried out all the same, and the next one gets its outcome."""
    is_started, may_end = threading.Event(), threading.Event()

    def wait() -> str:
        is_started.set()
        may_end.wait(PATIENCE_S)
        return "late"

    async def ask() -> str:
        waiting = asyncio.ensure_future(crew.run(wait))
        while not is_started.is_set():
            await asyncio.sleep(0)
        waiting.cancel()
        may_end.set()
        return await crew.run(lambda: "next")

    assert asyncio.run(ask()) == "next"


def test_a_loop_that_is_closed_harms_no_other(crew: Crew) -> None:
    """A call whose loop has ended is carried out, and other loops are served."""
    is_started, may_end = threading.Event(), threading.Event()

    def wait() -> None:
        is_started.set()
        may_end.wait(PATIENCE_S)

    async def leave() -> None:
        waiting = asyncio.ensure_future(crew.run(wait))
        while not is_started.is_set():
            await asyncio.sleep(0)
        waiting.cancel()

    asyncio.run(leave())
    may_end.set()

    async def ask() -> int:
        return await crew.run(lambda: 7)

    assert asyncio.run(ask()) == 7


def test_calls_that_came_before_the_end_are_carried_out() -> None:
    """Whoever dismisses the crew waits for what was asked for."""
    crew = Crew(2, name="test")
    done: list[int] = []

    async def ask() -> None:
        calls = [asyncio.ensure_future(crew.run(done.append, number)) for number in range(20)]
        await asyncio.sleep(0)
        for call in calls:
            call.cancel()

    asyncio.run(ask())
    crew.dismiss()
    assert sorted(done) == list(range(20))
