"""Small launches on the embedded platform with simulated workers."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import manyhands as mh
from manyhands.crowd import AssignmentStatus, PoolId


class Parity(mh.Class):
    """Whether a number is even."""

    EVEN = "even"
    ODD = "odd"


SPEC = mh.PreparedTaskSpec(
    mh.TaskSpec(
        id="parity",
        function=mh.ClassificationFunction(inputs=(mh.Text,), cls=Parity),
        name={"EN": "Even or odd?"},
        description={"EN": "Say whether a number is even."},
        instruction={"EN": "Look at the last digit."},
    ),
    "EN",
)

PARAMS = mh.Params(
    task_duration_hint=timedelta(seconds=10),
    pricing_config=mh.PoolPricingConfig(assignment_price=0.05, real_tasks_count=4, control_tasks_count=1),
    overlap=mh.DynamicOverlap(min_overlap=2, max_overlap=4, confidence=0.9),
    control=mh.Control(mh.RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3).build()),
    work_duration_before_vacation=None,
)


def numbers(start: int, stop: int) -> list[tuple[mh.Text]]:
    """Return numbers as input objects."""
    return [(mh.Text(str(number)),) for number in range(start, stop)]


def parity(objects: tuple[mh.Text]) -> Parity:
    """Return the right label."""
    return Parity.ODD if int(objects[0].text) % 2 else Parity.EVEN


CONTROLS = [(objects, (parity(objects),)) for objects in numbers(1000, 1030)]


@cache
def truth_below_2000() -> mh.TruthBook:
    """Return the right labels, which take longer to write down than a small launch."""
    return mh.TruthBook.from_objects(SPEC.mapping, ((objects, (parity(objects),)) for objects in numbers(0, 2000)))


@dataclass(frozen=True)
class Scene:
    """A platform with a crowd on a virtual clock."""

    platform: mh.EmbeddedPlatform
    clock: mh.VirtualClock
    crowd: mh.SimulatedCrowd
    params: mh.Params = PARAMS

    @property
    def pools(self) -> list[PoolId]:
        """The pools of all launches."""
        journal = mh.connect_to(self.platform).journal
        return [PoolId(entry["pool_id"]) for _, entry in journal.list() if "pool_id" in entry]

    @property
    def statuses(self) -> Counter[AssignmentStatus]:
        """How many pages are in which state."""
        pages = (page for pool in self.pools for page in self.platform.list_assignments(pool, limit=10**6))
        return Counter(page.status for page in pages)

    def when_accepted(self, page_count: int, act: Callable[[], object]) -> None:
        """Do something when so many pages are accepted: at that moment of the clock, whatever the threads of a busy machine do meanwhile."""

        def look() -> None:
            if self.statuses[AssignmentStatus.ACCEPTED] >= page_count:
                act()
            else:
                self.clock.call_in(timedelta(seconds=1), look)

        look()

    def launch(self, objects: list[tuple[mh.Text]], **options: object) -> mh.LaunchResult:
        """Launch with the scene's params."""
        params = options.pop("params", self.params)
        return mh.launch(SPEC, params, objects, CONTROLS, self.platform, **options)  # type: ignore[arg-type]  # options of a test

    def start(self, objects: list[tuple[mh.Text]], **options: object) -> mh.LaunchHandle:
        """Start with the scene's params."""
        params = options.pop("params", self.params)
        return mh.start(SPEC, params, objects, CONTROLS, self.platform, **options)  # type: ignore[arg-type]  # options of a test


def make_scene(
    *,
    accuracy: float = 0.95,
    workers: int = 20,
    careless: float = 0.0,
    pace: float | None = None,
    path: Path | None = None,
    seed: int = 0,
    params: mh.Params = PARAMS,
) -> Scene:
    """Return a platform in memory or in a file, and a crowd that has come to work on numbers below 2,000."""
    clock = mh.VirtualClock(pace=pace)
    platform = (
        mh.EmbeddedPlatform.in_memory(clock=clock, seed=seed)
        if path is None
        else mh.EmbeddedPlatform.in_file(path, clock=clock, seed=seed)
    )
    crowd = mh.SimulatedCrowd(
        platform,
        clock,
        workers=mh.mixed_crowd(count=workers, accuracy=accuracy, careless=careless, seed=seed),
        truth=truth_below_2000(),
        task_duration_hint=timedelta(seconds=10),
        seed=seed,
    )
    crowd.start()
    return Scene(platform=platform, clock=clock, crowd=crowd, params=params)


def make_params(**changes: object) -> mh.Params:
    """Return the scene's params with some fields changed."""
    return replace(PARAMS, **changes)  # type: ignore[arg-type]  # fields of a test
