"""The real engine on a virtual clock, and a task that is easy to publish."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from manyhands.crowd import (
    Assignment,
    AssignmentStatus,
    KnownSolution,
    MixerConfig,
    Money,
    Pool,
    PoolConfig,
    PoolId,
    ProjectConfig,
    TaskDraft,
    WorkerId,
)
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.simulation import Habits, SimulatedCrowd, SimulatedWorker, TruthBook, VirtualClock
from manyhands.task import FieldSpec, FieldType

LABELS = ("odd", "even")
HINT = timedelta(seconds=10)


def parity(n: int) -> str:
    """Return the right answer."""
    return "odd" if n % 2 else "even"


@dataclass(slots=True, kw_only=True)
class World:
    """A platform on a virtual clock with one project: is a number odd or even?"""

    clock: VirtualClock
    platform: EmbeddedPlatform
    truth: TruthBook = field(
        default_factory=lambda: TruthBook.from_values(
            [({"n": n}, parity(n)) for n in range(5000)], field="parity", labels=LABELS
        )
    )

    def publish(
        self,
        count: int,
        *,
        overlap: int | None = 1,
        controls: int = 0,
        reserved_for: dict[int, frozenset[WorkerId]] | None = None,
        mixer: MixerConfig | None = None,
        **config: object,
    ) -> Pool:
        """Open a pool of the numbers from 0 to `count` and of control tasks above 4000."""
        project = self.platform.put_project(
            ProjectConfig(
                key="parity",
                name="Odd or even?",
                input_spec={"n": FieldSpec(type=FieldType.INTEGER)},
                output_spec={"parity": FieldSpec(type=FieldType.STRING, allowed_values=LABELS)},
                view={},
            )
        )
        options: dict[str, object] = {
            "key": "pool",
            "reward": Money("0.01"),
            "assignment_duration": timedelta(minutes=20),
            "auto_accept": True,
            **config,
        }
        pool = self.platform.create_pool(
            PoolConfig(project_id=project.id, mixer=mixer or MixerConfig(real_count=5), **options)  # type: ignore[arg-type]  # passed on as they are
        )
        self.platform.add_tasks(pool.id, self._drafts(count, overlap, reserved_for or {}))
        if controls:
            self.platform.add_tasks(pool.id, self._control_drafts(controls))
        return self.platform.open_pool(pool.id)

    def _drafts(
        self, count: int, overlap: int | None, reserved_for: dict[int, frozenset[WorkerId]]
    ) -> Iterable[TaskDraft]:
        for n in range(count):
            yield TaskDraft(
                key=str(n), input_values={"n": n}, overlap=overlap, reserved_for=reserved_for.get(n, frozenset())
            )

    def _control_drafts(self, count: int) -> Iterable[TaskDraft]:
        for n in range(4000, 4000 + count):
            known = KnownSolution(output_values={"parity": parity(n)})
            yield TaskDraft(key=str(n), input_values={"n": n}, known_solutions=(known,), overlap=None)

    def crowd(self, workers: Sequence[SimulatedWorker], *, seed: int = 7) -> SimulatedCrowd:
        """Return a crowd that expects ten seconds for a task."""
        return SimulatedCrowd(
            self.platform, self.clock, workers=workers, truth=self.truth, task_duration_hint=HINT, seed=seed
        )

    def assignments(self, pool: Pool, *statuses: AssignmentStatus) -> list[Assignment]:
        """Return the assignments of a pool, of these states if any are named."""
        found = self.platform.list_assignments(PoolId(pool.id), limit=100_000)
        return [assignment for assignment in found if not statuses or assignment.status in statuses]


@contextmanager
def open_world() -> Iterator[World]:
    """Open an empty world; the same every time."""
    clock = VirtualClock()
    with EmbeddedPlatform.in_memory(clock=clock, seed=7) as platform:
        yield World(clock=clock, platform=platform)


@pytest.fixture
def world() -> Iterator[World]:
    """Return an empty world."""
    with open_world() as opened:
        yield opened


#: Somebody who leaves soon when there is nothing to do, so that a test need not play half a day of waiting.
IMPATIENT = Habits(patience=timedelta(minutes=5))
