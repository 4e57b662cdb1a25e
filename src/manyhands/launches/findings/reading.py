"""Finding out about a launch by its name, from any process: what its platform and its journal have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from manyhands.crowd import Assignment, Platform, PoolId, Task
from manyhands.errors import InvalidInput
from manyhands.launches import ConfusionCount, Journal, Timeline, end_of_timeline, timeline_of

from .calibration import judge_controls
from .facts import LaunchFacts, read_facts
from .scheme import scheme_of

__all__ = ["Findings", "find_out"]


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What a launch has left so far, whoever launched it and whether it is over or not.

    Attributes:
        name: the name of the launch.
        facts: its objects, workers and control tasks.
        pages: its pages.
        timeline: how it went.
    """

    name: str
    facts: LaunchFacts
    pages: Sequence[Assignment]
    timeline: Timeline

    @property
    def duration_hint(self) -> timedelta | None:
        """The expected time for one task; None where nobody wrote it down."""
        params = self.facts.scheme.params
        return None if params is None else params.task_duration_hint

    @property
    def task_durations(self) -> Sequence[float]:
        """Seconds per task of every submitted page."""
        return self.facts.task_seconds

    @property
    def confidences(self) -> Sequence[float]:
        """Probability of the label of every answered object."""
        return self.facts.confidences

    @property
    def overlaps(self) -> Mapping[int, int]:
        """Accepted answers per object → number of objects."""
        return self.facts.overlaps

    @property
    def confusion(self) -> Sequence[ConfusionCount]:
        """Answers to control tasks by right label, on pages that were not rejected."""
        order = {label: number for number, label in enumerate(self.facts.labels)}
        cells = sorted(self.facts.confusion.items(), key=lambda cell: (order[cell[0][0]], order[cell[0][1]]))
        return [ConfusionCount(truth=truth, answer=answer, count=count) for (truth, answer), count in cells]

    @cached_property
    def judged_controls(self) -> Sequence[tuple[float, bool]]:
        """Per control task the confidence that its answers give its label, and whether that is right; see `judge_controls`."""
        return judge_controls(self.facts, self.pages)


def find_out(name: str, *, platform: Platform, journal: Journal) -> Findings:
    """Return what a launch has left so far. Cost: one pass over its tasks and pages, and one final aggregation of its answers.

    Args:
        name: the name of the launch.
        platform: where it was published.
        journal: what remembers it.

    Raises:
        InvalidInput: the journal knows no launch of this name, or it has published nothing yet.
    """
    document = journal.find(name)
    if document is None:
        raise InvalidInput(f"There is no launch {name!r} in the journal of this platform.")
    if document.get("pool_id") is None:
        raise InvalidInput(f"The launch {name!r} has published nothing yet.")
    pool = platform.get_pool(PoolId(str(document["pool_id"])))
    tasks: list[Task] = []
    while found_tasks := platform.list_tasks(pool.id, tasks[-1].id if tasks else None):
        tasks += found_tasks
    pages: list[Assignment] = []
    while found_pages := platform.list_assignments(pool.id, pages[-1].id if pages else None):
        pages += found_pages
    facts = read_facts(tasks, pages, scheme_of(document))
    timeline = timeline_of(
        pages,
        fee=platform.fee,
        bonuses=platform.list_bonuses(pool.id),
        now=end_of_timeline(pool, pages, now=platform.clock.now()),
        finished=frozenset(task_id for task_id, fact in facts.objects.items() if fact.is_finished),
    )
    return Findings(name=name, facts=facts, pages=pages, timeline=timeline)
