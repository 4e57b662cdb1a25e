"""Launches as the journal of a platform remembers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from manyhands.crowd import PoolId, SystemClock
from manyhands.errors import InvalidInput
from manyhands.launches import ClassificationPlan, Journal, LaunchState, is_left_alone

__all__ = ["LaunchRecord", "file_of", "find_records", "list_records", "remember_file"]

_FILE = "file"

#: What has to be equal for a document to be that of the same launch.
_IDENTITY = ("kind", "task_key", "task", "params")


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchRecord:
    """A launch in the journal.

    Attributes:
        name: its name.
        document: what the journal keeps of it.
        is_left_alone: whether it is not over and nobody works on it, because its process was killed or does not answer.
    """

    name: str
    document: Mapping[str, Any]
    is_left_alone: bool = False

    @property
    def state(self) -> LaunchState:
        """Where it was when somebody wrote it down last."""
        return LaunchState(self.document.get("state", LaunchState.WAITING))

    @property
    def reason(self) -> str:
        """Why it ended early; empty otherwise."""
        return str(self.document.get("reason", ""))

    @property
    def pool_id(self) -> PoolId | None:
        """Its pool; None when none was made."""
        pool_id = self.document.get("pool_id")
        return None if pool_id is None else PoolId(pool_id)

    @property
    def object_count(self) -> int:
        """Number of input objects."""
        return int(self.document.get("input_count", 0))

    @property
    def updated(self) -> datetime | None:
        """When its state was written down last."""
        text = self.document.get("updated") or self.document.get("created")
        return None if text is None else datetime.fromisoformat(text)

    @property
    def file(self) -> Path | None:
        """The launch file that described it; None when it was launched in another way."""
        path = self.document.get(_FILE)
        return None if path is None else Path(path)


def list_records(journal: Journal) -> list[LaunchRecord]:
    """Return all launches."""
    heard, now = journal.last_heard(), SystemClock().now()
    records = [LaunchRecord(name=name, document=document) for name, document in journal.list()]
    return [
        replace(record, is_left_alone=is_left_alone(record.state, heard.get(record.name), now=now))
        for record in records
    ]


def find_records(journal: Journal, name: str) -> list[LaunchRecord]:
    """Return the launch of this name, or the baskets ``<name>/<basket>`` launched together.

    Raises:
        InvalidInput: there is none.
    """
    records = list_records(journal)
    found = [record for record in records if record.name == name or record.name.startswith(f"{name}/")]
    if not found:
        known = ", ".join(record.name for record in records) or "none"
        raise InvalidInput(f"There is no launch {name!r} on this platform; the launches there are: {known}.")
    return found


def file_of(records: Sequence[LaunchRecord]) -> Path:
    """Return the launch file that described the launches.

    Raises:
        InvalidInput: none is remembered, or several are.
    """
    files = {record.file for record in records}
    if len(files) == 1 and (file := next(iter(files))) is not None:
        return file
    names = ", ".join(record.name for record in records)
    found = "several launch files" if len(files) > 1 else "no launch file, as they were launched from Python"
    raise InvalidInput(f"For {names} the journal remembers {found}; name the launch file itself.")


def remember_file(journal: Journal, plan: ClassificationPlan, file: Path, *, now: datetime) -> None:
    """Write down, before a launch starts, which file describes it; a launch of this name that is another one is left alone."""
    identity = plan.describe()
    first = {**identity, "state": str(LaunchState.WAITING), "created": now.isoformat(), _FILE: str(file)}
    if journal.create(plan.name, first):
        return
    earlier = journal.find(plan.name) or first
    if all(earlier.get(part) == identity[part] for part in _IDENTITY):
        journal.update(plan.name, {**earlier, _FILE: str(file)})
