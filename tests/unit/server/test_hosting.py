"""Launches that the server goes on with."""

from collections.abc import Iterator
from concurrent.futures import CancelledError

import pytest

import manyhands as mh
from manyhands.launches import Runner
from manyhands.server.hosting import LaunchHost
from manyhands.store import SqliteStore
from tests.flow.parity import Scene, make_scene
from tests.patience import PATIENCE
from tests.settable_clock import SettableClock
from tests.unit.launches.desk import make_plan
from tests.web.site import wait_until


@pytest.fixture
def scene() -> Scene:
    """A platform with a crowd, on which a launch was left in the middle."""
    scene = make_scene(workers=12)
    runner = Runner(scene.platform, scene.platform.journal)
    scene.when_accepted(2, lambda: runner.let_go("desk"))
    handle = runner.start(make_plan(object_count=12, budget="20"))
    with pytest.raises(CancelledError):
        handle.wait(PATIENCE)
    return scene


@pytest.fixture
def host(scene: Scene) -> Iterator[LaunchHost]:
    """A host that looks when the test says so."""
    host = LaunchHost(scene.platform._store, lambda _: scene.platform)
    yield host
    host.end()


def _state(scene: Scene) -> str:
    return str((scene.platform.journal.find("desk") or {})["state"])


def test_a_launch_goes_on_when_somebody_asks_for_it(scene: Scene, host: LaunchHost) -> None:
    """Nobody takes over what was not asked for; what was asked for comes to its end, and the request is done."""
    host.look()
    assert scene.platform.journal.last_heard() == {}
    scene.platform.journal.request_resume("desk")
    host.look()
    wait_until(lambda: _state(scene) == "finished")
    assert scene.platform.journal.resume_requests() == frozenset()


def test_a_host_that_is_looking_by_itself_hears_at_once(scene: Scene, host: LaunchHost) -> None:
    """Whoever asks does not wait for the next look."""
    host.begin()
    scene.platform.journal.request_resume("desk")
    host.ask()
    wait_until(lambda: _state(scene) == "finished")


def test_the_next_server_goes_on_with_what_one_has_let_go(scene: Scene) -> None:
    """An orderly end of the server ends no launch: the pool stays open, and the next server needs nobody to ask."""
    # Time does not go on by itself here, or the pool would be past its time at once.
    clock = SettableClock()
    clock.move(seconds=(scene.clock.now() - clock.now()).total_seconds())
    platform = mh.EmbeddedPlatform(scene.platform._store, clock=clock)
    host = LaunchHost(scene.platform._store, lambda _: platform)
    scene.platform.journal.request_resume("desk")
    host.look()
    host.end()
    assert _state(scene) in {"publishing", "running"}
    following = LaunchHost(scene.platform._store, lambda _: platform)
    following.look()
    assert set(scene.platform.journal.last_heard()) == {"desk"}
    following.end()


def test_a_launch_that_is_over_is_not_begun_again(scene: Scene, host: LaunchHost) -> None:
    """A hosted launch that came to its end stays so."""
    scene.platform.journal.request_resume("desk")
    host.look()
    wait_until(lambda: _state(scene) == "finished")
    entry_count = len(scene.platform.journal.entries("desk"))
    wait_until(lambda: scene.platform.journal.last_heard() == {})
    host.look()
    assert len(scene.platform.journal.entries("desk")) == entry_count


def test_why_a_launch_cannot_go_on_is_written_down(scene: Scene, host: LaunchHost) -> None:
    """The request is given up, with the reason."""
    document = scene.platform.journal.find("desk") or {}
    scene.platform.journal.update("desk", {**document, "inputs": "0" * 64})
    scene.platform.journal.request_resume("desk")
    host.look()
    assert scene.platform.journal.resume_requests() == frozenset()
    assert "changed since" in (scene.platform.journal.find("desk") or {})["problem"]


def test_a_launch_whose_pool_is_gone_disturbs_no_other(scene: Scene, host: LaunchHost) -> None:
    """One that cannot go on is told, the other one goes on."""
    scene.platform.journal.create("broken", {"pool_id": "17"})
    scene.platform.journal.request_resume("broken")
    scene.platform.journal.request_resume("desk")
    host.look()
    wait_until(lambda: _state(scene) == "finished")
    assert "no pool 17" in (scene.platform.journal.find("broken") or {})["problem"]


def test_a_store_that_does_not_answer_is_asked_again(scene: Scene) -> None:
    """The host goes on looking after an error."""

    class Flaky(SqliteStore):
        look_count = 0

        def reading(self):  # type: ignore[no-untyped-def]  # as in the store
            self.look_count += 1
            if self.look_count == 1:
                raise mh.PlatformUnavailable("gone for lunch")
            return super().reading()

    store = Flaky(None)
    host = LaunchHost(store, lambda _: scene.platform)
    host.begin()
    wait_until(lambda: store.look_count == 1)
    host.ask()
    wait_until(lambda: store.look_count > 1)
    host.end()
