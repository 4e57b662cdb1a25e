"""Ending launches gracefully, wherever they run."""

import time
from collections.abc import Sequence
from datetime import timedelta

from rich.console import Console

from manyhands.cli.screen import print_json
from manyhands.connect import Connection
from manyhands.crowd import AssignmentStatus
from manyhands.launches import end_left_alone

from .launch_records import LaunchRecord, find_records
from .launch_status import iter_assignments
from .places import open_place

__all__ = ["stop"]

#: Pause between two looks at what another process writes down.
_LOOK_EVERY_S = 0.1


def stop(name: str, *, platform: str | None, patience: timedelta, is_json: bool) -> None:
    """Stop a launch, or the baskets launched under one name, and say what became of each.

    Args:
        name: which.
        platform: where; None means the default place.
        patience: a process that is not heard of for so long is taken for dead, and its pools are closed from here.
        is_json: whether programs read the output.

    Raises:
        InvalidInput: there is no such platform or launch.
    """
    connection = open_place(platform)
    records = find_records(connection.journal, name)
    running = [record for record in records if not record.state.is_over]
    for record in running:
        connection.journal.request_stop(record.name)
    alone = [record for record in running if record.is_left_alone]
    attended = [record for record in running if not record.is_left_alone]
    silent = [*alone, *_wait_until_over(connection, attended, patience)]
    waiting_counts = {record.name: _close(connection, record) for record in silent}
    _report(connection, records, waiting_counts, is_json=is_json)


def _wait_until_over(
    connection: Connection, records: Sequence[LaunchRecord], patience: timedelta
) -> list[LaunchRecord]:
    """Wait until the launches are over, and return those of which nothing was heard for `patience`."""
    heard = {record.name: record.document for record in records}
    heard_s = time.monotonic()
    while heard and time.monotonic() - heard_s < patience.total_seconds():
        for name, before in list(heard.items()):
            document = connection.journal.find(name) or {}
            if document != before:
                heard_s, heard[name] = time.monotonic(), document
            if LaunchRecord(name=name, document=document).state.is_over:
                del heard[name]
        time.sleep(_LOOK_EVERY_S)
    return [LaunchRecord(name=name, document=document) for name, document in heard.items()]


def _close(connection: Connection, record: LaunchRecord) -> int:
    """End a launch that nobody runs, and return how many pages wait to be judged."""
    end_left_alone(record.name, journal=connection.journal, platform=connection.platform)
    if record.pool_id is None:
        return 0
    pages = iter_assignments(connection, record.pool_id)
    return sum(page.status is AssignmentStatus.SUBMITTED for page in pages)


def _report(
    connection: Connection, records: Sequence[LaunchRecord], waiting_counts: dict[str, int], *, is_json: bool
) -> None:
    now = find_all(connection, records)
    if is_json:
        print_json(
            [
                {
                    "name": record.name,
                    "state": record.state.value,
                    "was_running": not before.state.is_over,
                    "was_dead": record.name in waiting_counts,
                    "pages_to_judge": waiting_counts.get(record.name, 0),
                }
                for before, record in zip(records, now, strict=True)
            ]
        )
        return
    console = Console(highlight=False, markup=False)
    for before, record in zip(records, now, strict=True):
        console.print(f"{record.name}: {_in_words(before, record, waiting_counts.get(record.name))}", soft_wrap=True)


def find_all(connection: Connection, records: Sequence[LaunchRecord]) -> list[LaunchRecord]:
    """Return the launches as they are now."""
    return [
        LaunchRecord(name=record.name, document=connection.journal.find(record.name) or record.document)
        for record in records
    ]


def _in_words(before: LaunchRecord, record: LaunchRecord, waiting_count: int | None) -> str:
    if before.state.is_over:
        return f"was over already ({record.state.value})"
    if waiting_count is None:
        return record.state.value
    rest = f"; {waiting_count} submitted pages are judged and paid when it is resumed" if waiting_count else ""
    return f"the process that launched it is gone; its pool is closed now{rest}"
