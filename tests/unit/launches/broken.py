"""A real platform whose calls can be made to fail."""

from collections.abc import Callable, Iterable
from typing import Any

import manyhands as mh
from manyhands.launches import ClassificationPlan, LaunchHandle, Runner
from manyhands.simulation import SimulatedCrowd, VirtualClock
from tests.flow.parity import Scene, make_scene
from tests.unit.launches.desk import make_plan

__all__ = ["Breakable", "Scenery", "fails", "make_scenery"]

#: Called with the arguments of a call before it is carried out; raises to make it fail.
Fault = Callable[..., None]


class Breakable:
    """The platform, as it is, but calls named in `faults` may fail before they are carried out."""

    def __init__(self, inner: mh.EmbeddedPlatform) -> None:
        self._inner = inner
        self.features = inner.features
        self.faults: dict[str, Fault] = {}

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._inner, name)
        if name not in self.faults:
            return attribute

        def call(*args: Any, **options: Any) -> Any:
            self.faults[name](*args, **options)
            return attribute(*args, **options)

        return call


def fails(error: Exception, *, times: int = 10**9, when: Callable[..., bool] = lambda *_, **__: True) -> Fault:
    """Return a fault that raises the error for the first calls on which `when` holds."""
    left = times

    def fault(*args: Any, **options: Any) -> None:
        nonlocal left
        if left > 0 and when(*args, **options):
            left -= 1
            raise error

    return fault


class Scenery:
    """A platform that can break, its runner, and a crowd of good workers."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.platform: mh.EmbeddedPlatform = scene.platform
        self.clock: VirtualClock = scene.clock
        self.crowd: SimulatedCrowd = scene.crowd
        self.breakable = Breakable(scene.platform)
        self.runner = Runner(self.breakable, scene.platform.journal)

    def start(self, *names: str, plans: Iterable[ClassificationPlan] = (), **changes: Any) -> list[LaunchHandle]:
        """Start launches of these names (or plans)."""
        return [self.runner.start(plan) for plan in (*(make_plan(name=name, **changes) for name in names), *plans)]


def make_scenery(**scene: Any) -> Scenery:
    """Return a platform that works, with twenty workers."""
    return Scenery(make_scene(**scene))
