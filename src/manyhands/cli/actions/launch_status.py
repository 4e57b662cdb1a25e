"""How launches are doing, seen from any terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table

from manyhands.cli.screen import print_json
from manyhands.connect import Connection
from manyhands.crowd import Assignment, AssignmentStatus, Money, PoolId, Spending, TaskKind

from .launch_records import LaunchRecord, find_records, list_records
from .outcomes import as_usd
from .places import open_place

__all__ = ["iter_assignments", "show_status"]

#: Narrower columns would break names and states into single letters.
_NAME_WIDTH = 14
_STATE_WIDTH = 11

#: Launches that are named in a hint; the table tells the others.
_NAMED_COUNT = 3

#: A terminal of so many columns has room for everything.
_WIDE = 110


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchStatus:
    """What the platform knows of a launch.

    Attributes:
        record: what the journal knows.
        pages: number of pages by state.
        answer_count: answers to objects on accepted pages.
        worker_count: workers who took a page.
        spending: what is paid and reserved.
    """

    record: LaunchRecord
    pages: Counter[AssignmentStatus]
    answer_count: int
    worker_count: int
    spending: Spending

    def describe(self) -> dict[str, object]:
        """Return the status as plain JSON values; amounts are US dollars as text."""
        record = self.record
        return {
            "name": record.name,
            "state": record.state.value,
            "stop_reason": record.reason or None,
            "is_left_alone": record.is_left_alone,
            "updated": None if record.updated is None else record.updated.isoformat(),
            "object_count": record.object_count,
            "answer_count": self.answer_count,
            "worker_count": self.worker_count,
            "pages": {status.value.lower(): self.pages[status] for status in AssignmentStatus},
            "paid_usd": as_usd(self.spending.paid),
            "reserved_usd": as_usd(self.spending.reserved),
            "file": None if record.file is None else str(record.file),
        }


def show_status(name: str | None, *, platform: str | None, is_json: bool) -> None:
    """Show a launch, the baskets launched under one name, or everything on the platform.

    Args:
        name: which; None means all.
        platform: where; None means the default place.
        is_json: whether programs read the output.

    Raises:
        InvalidInput: there is no such platform or launch.
    """
    connection = open_place(platform)
    records = list_records(connection.journal) if name is None else find_records(connection.journal, name)
    statuses = [_look_at(record, connection) for record in records]
    console = Console()
    if is_json:
        print_json([one.describe() for one in statuses])
    elif statuses:
        console.print(_table(statuses, console))
        _print_hint(records, console)
    else:
        console.print("Nothing was launched on this platform yet.")


def _print_hint(records: Sequence[LaunchRecord], console: Console) -> None:
    """Say of launches that nobody works on how to go on with them."""
    alone = [record for record in records if record.is_left_alone]
    if not alone:
        return
    names = ", ".join(record.name for record in alone[:_NAMED_COUNT])
    rest = f" and {len(alone) - _NAMED_COUNT} more" if len(alone) > _NAMED_COUNT else ""
    console.print(
        f"\nNobody works on {names}{rest}: the process that launched is gone, or does not answer. Workers may still find open pages.\n"
        "Go on with `manyhands resume`, by the same call from Python, or on the requester's page; or end it with `manyhands stop`.",
        soft_wrap=True,
        highlight=False,
    )


def iter_assignments(connection: Connection, pool_id: PoolId) -> Iterator[Assignment]:
    """Yield the assignments of a pool in order of id."""
    after = None
    while assignments := connection.platform.list_assignments(pool_id, after):
        yield from assignments
        after = assignments[-1].id


def _look_at(record: LaunchRecord, connection: Connection) -> LaunchStatus:
    pages: Counter[AssignmentStatus] = Counter()
    workers: set[str] = set()
    answer_count = 0
    spending = Spending(paid=Money(), reserved=Money())
    if record.pool_id is not None:
        spending = connection.platform.spending(record.pool_id)
        for assignment in iter_assignments(connection, record.pool_id):
            pages[assignment.status] += 1
            workers.add(assignment.worker_id)
            if assignment.status is AssignmentStatus.ACCEPTED:
                answer_count += sum(task.kind is TaskKind.REAL for task in assignment.tasks)
    return LaunchStatus(
        record=record, pages=pages, answer_count=answer_count, worker_count=len(workers), spending=spending
    )


def _table(statuses: list[LaunchStatus], console: Console) -> Table:
    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("launch", style="bold", overflow="fold", min_width=_NAME_WIDTH)
    table.add_column("state", min_width=_STATE_WIDTH)
    is_wide = console.width >= _WIDE
    for title in ("objects", "answers", *(("workers",) if is_wide else ()), "pages", "to judge", "paid"):
        table.add_column(title, justify="right", no_wrap=True)
    if is_wide:
        table.add_column("since (UTC)", no_wrap=True)
    for one in statuses:
        table.add_row(*_cells(one, is_wide=is_wide))
    return table


def _cells(one: LaunchStatus, *, is_wide: bool) -> list[str]:
    record = one.record
    return [
        record.name,
        f"{record.state.value}, left alone" if record.is_left_alone else record.reason or record.state.value,
        f"{record.object_count:,}",
        f"{one.answer_count:,}",
        *([f"{one.worker_count:,}"] if is_wide else []),
        f"{one.pages.total():,}",
        f"{one.pages[AssignmentStatus.SUBMITTED]:,}",
        f"${one.spending.paid.usd:,.2f}",
        *(["" if record.updated is None else f"{record.updated:%Y-%m-%d %H:%M}"] if is_wide else []),
    ]
