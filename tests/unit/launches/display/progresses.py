"""Launches at a moment, for tests of what shows them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

from rich.console import Console, RenderableType

from manyhands.crowd import AssignmentStatus, Budget, BudgetId, Money, Spending
from manyhands.launches import ConfusionCount, LaunchState, Progress, StopReason

NOW = datetime(2026, 11, 22, 13, tzinfo=UTC)

PAGES: Mapping[AssignmentStatus, int] = {
    AssignmentStatus.ACTIVE: 3,
    AssignmentStatus.SUBMITTED: 1,
    AssignmentStatus.ACCEPTED: 46,
    AssignmentStatus.REJECTED: 4,
    AssignmentStatus.SKIPPED: 0,
    AssignmentStatus.EXPIRED: 2,
}

RUNNING = Progress(
    name="entailment/red",
    state=LaunchState.RUNNING,
    object_count=100,
    finished_count=67,
    answer_count=248,
    pages=PAGES,
    worker_count=15,
    restriction_count=2,
    paid=Money("2.39008"),
    reserved=Money("0.234"),
    mean_task_duration=timedelta(seconds=8),
    task_durations=(4.0, 6.0, 7.0, 9.0, 12.0, 14.0, 40.0),
    duration_hint=timedelta(seconds=10),
    confidences=(0.55, 0.85, 0.95, 0.97),
    overlaps={0: 10, 2: 60, 3: 20, 4: 10},
    confusion=(
        ConfusionCount(truth="yes", answer="yes", count=45),
        ConfusionCount(truth="yes", answer="no", count=5),
        ConfusionCount(truth="no", answer="no", count=40),
    ),
    started=NOW - timedelta(minutes=7),
    eta=NOW + timedelta(minutes=3, seconds=20),
)

#: A launch of which nothing can be said yet.
WAITING = Progress(
    name="entailment/green",
    state=LaunchState.WAITING,
    object_count=100,
    finished_count=0,
    answer_count=0,
    pages=dict.fromkeys(AssignmentStatus, 0),
    worker_count=0,
    paid=Money(),
    reserved=Money(),
    duration_hint=timedelta(seconds=10),
    overlaps={0: 100},
)

FINISHED = replace(
    RUNNING, name="entailment/blue", state=LaunchState.FINISHED, finished_count=100, reserved=Money(), eta=None
)


def make_budget(key: str, *, ceiling: str | None = "10", paid: str = "2", reserved: str = "1") -> Budget:
    """Return a budget of this key."""
    return Budget(
        id=BudgetId(key),
        key=key,
        ceiling=None if ceiling is None else Money(ceiling),
        spending=Spending(paid=Money(paid), reserved=Money(reserved)),
    )


def make_many(count: int) -> list[Progress]:
    """Return that many launches in all states; those further down have more pages in work."""
    states = list(LaunchState)
    return [
        replace(
            RUNNING,
            name=f"signs/city-{number}",
            state=states[number % len(states)],
            stop_reason=StopReason.INTERRUPTED if number % 2 else None,
            pages={**PAGES, AssignmentStatus.ACTIVE: number},
        )
        for number in range(count)
    ]


def drawn(drawing: RenderableType, width: int, *, is_terminal: bool = False) -> str:
    """Return what a console of that width shows of a drawing."""
    file = StringIO()
    console = Console(file=file, width=width, force_terminal=is_terminal, color_system=None, legacy_windows=False)
    console.print(drawing)
    return file.getvalue()
