"""A launch in the requester's hands."""

import asyncio
from datetime import timedelta

import pytest

import manyhands as mh
from manyhands.errors import LaunchFailed, PlatformUnavailable
from tests.unit.launches.broken import Scenery, fails, make_scenery


def make_still() -> Scenery:
    """Return a platform where nobody works and time stands still."""
    scenery = make_scenery(workers=1, pace=1.0)
    scenery.crowd.stop()
    return scenery


def test_awaiting_brings_the_results() -> None:
    """Several tasks may await the same handle, also when it is over."""
    (handle,) = make_scenery().start("awaited")

    async def wait() -> mh.LaunchResult:
        return await handle

    async def wait_twice() -> list[mh.LaunchResult]:
        return [*await asyncio.gather(wait(), wait()), await handle]

    results = asyncio.run(wait_twice())
    assert results[0].raw_results == results[1].raw_results == results[2].raw_results
    assert results[0].raw_results.is_finished


def test_cancelling_the_task_that_waits_does_not_stop_the_launch() -> None:
    """The launch goes on, and can be awaited again and stopped."""
    (handle,) = make_still().start("cancelled")

    async def wait() -> mh.LaunchResult:
        return await handle

    async def give_up() -> None:
        await asyncio.wait_for(wait(), timeout=0.05)

    with pytest.raises(TimeoutError):
        asyncio.run(give_up())
    assert not handle.is_over
    handle.stop()
    assert asyncio.run(wait()).raw_results.unfinished


def test_an_error_comes_out_of_awaiting_and_of_waiting() -> None:
    """The error is the same, and the results so far can still be read."""
    scenery = make_scenery()
    scenery.breakable.faults["open_pool"] = fails(RuntimeError("boom"))
    (handle,) = scenery.start("failing")

    async def wait() -> mh.LaunchResult:
        return await handle

    with pytest.raises(LaunchFailed, match="boom"):
        asyncio.run(wait())
    with pytest.raises(LaunchFailed, match="boom"):
        handle.wait()
    handle.wait_quietly()
    assert len(handle.results().raw_results) == 4


def test_waiting_ends_with_its_patience() -> None:
    """The launch goes on after the timeout."""
    (handle,) = make_still().start("slow")
    with pytest.raises(TimeoutError):
        handle.wait(timedelta(milliseconds=10))
    assert not handle.is_over
    handle.stop()
    handle.wait()


def test_stopping_again_is_harmless() -> None:
    """A second stop, also of a launch that is over, changes nothing."""
    scenery = make_still()
    (handle,) = scenery.start("stopped")
    for _ in range(3):
        handle.stop()
    first = handle.wait()
    handle.stop()
    assert handle.wait().raw_results == first.raw_results
    assert handle.state is mh.LaunchState.STOPPED
    assert not scenery.runner._agenda._signals


def test_progress_says_when_the_platform_does_not_tell() -> None:
    """Looking at a launch whose platform does not answer raises, and harms nothing."""
    scenery = make_still()
    (handle,) = scenery.start("dark")
    while handle.state is not mh.LaunchState.RUNNING:
        asyncio.run(asyncio.sleep(0.001))
    scenery.breakable.faults["spending"] = fails(PlatformUnavailable("dark"), times=1)
    with pytest.raises(PlatformUnavailable):
        handle.progress()
    assert handle.progress().state is mh.LaunchState.RUNNING
    handle.stop()
    handle.wait()


def test_a_handle_tells_its_name_and_state() -> None:
    """The name is what the same call needs to go on."""
    (handle,) = make_scenery().start("named")
    handle.wait()
    assert repr(handle) == "LaunchHandle(name='named', state='finished')"
