"""Launch records: launches as the journal remembers them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from manyhands.cli.actions.launch_files import load_launch_file
from manyhands.cli.actions.launch_records import LaunchRecord, file_of, find_records, list_records, remember_file
from manyhands.cli.actions.launching import prepare_all
from manyhands.crowd import SystemClock
from manyhands.errors import InvalidInput
from manyhands.launches import ClassificationPlan, LaunchState
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.store import LaunchJournal, SqliteStore
from tests.unit.cli.actions.launch_files.example_files import write_example

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def show_nothing(path: Path) -> "_Silence":  # noqa: ARG001 - the signature of whoever shows reading
    """Show nothing while a file is read."""
    return _Silence()


class _Silence:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


@pytest.fixture
def journal() -> LaunchJournal:
    """Return an empty journal."""
    return LaunchJournal(SqliteStore(None))


@pytest.fixture
def plan(tmp_path: Path) -> ClassificationPlan:
    """Return the plan of the example file."""
    launch_file = load_launch_file(write_example(tmp_path), show_nothing)
    return prepare_all(launch_file, EmbeddedPlatform.in_memory().fee)[0].plan


def test_a_name_finds_a_launch_or_its_baskets(journal: LaunchJournal) -> None:
    """The name of a whole stands for its baskets, but not for launches that only begin alike."""
    for name in ("day/red", "day/blue", "day", "daylight"):
        journal.create(name, {})
    assert {record.name for record in find_records(journal, "day")} == {"day", "day/red", "day/blue"}
    assert [record.name for record in find_records(journal, "day/red")] == ["day/red"]


def test_a_launch_that_nobody_works_on_is_left_alone(journal: LaunchJournal) -> None:
    """One that runs is not, nor one that is over."""
    for name, state in (("alone", "running"), ("attended", "running"), ("over", "stopped")):
        journal.create(name, {"state": state})
    journal.attend("attended", "ann")
    journal.beat("ann", now=SystemClock().now())
    assert [record.name for record in list_records(journal) if record.is_left_alone] == ["alone"]


def test_an_unknown_name_is_answered_with_the_known_ones(journal: LaunchJournal) -> None:
    """A slip in a name shows which names there are."""
    journal.create("day", {})
    with pytest.raises(InvalidInput, match=r"no launch 'dya' on this platform; the launches there are: day\."):
        find_records(journal, "dya")


def test_the_file_is_remembered_before_the_launch_starts(
    journal: LaunchJournal, plan: ClassificationPlan, tmp_path: Path
) -> None:
    """The first document has the identity of the launch, so that the launch itself takes it for its own."""
    remember_file(journal, plan, tmp_path / "weather.toml", now=NOON)
    record = find_records(journal, "weather")[0]
    assert (record.file, record.state, record.object_count) == (tmp_path / "weather.toml", LaunchState.WAITING, 3)
    assert {**record.document, **plan.describe()} == record.document


def test_a_moved_file_is_remembered_where_it_is_now(
    journal: LaunchJournal, plan: ClassificationPlan, tmp_path: Path
) -> None:
    """The same launch from another folder changes only where its file is."""
    remember_file(journal, plan, tmp_path / "old.toml", now=NOON)
    journal.update(plan.name, {**(journal.find(plan.name) or {}), "pool_id": "7"})
    remember_file(journal, plan, tmp_path / "new.toml", now=NOON)
    record = find_records(journal, plan.name)[0]
    assert (record.file, record.pool_id) == (tmp_path / "new.toml", "7")


def test_another_launch_of_the_name_is_left_alone(
    journal: LaunchJournal, plan: ClassificationPlan, tmp_path: Path
) -> None:
    """A file that describes something else is not written into the document of the launch that exists."""
    other = {**plan.describe(), "task": "another", "state": "finished"}
    journal.create(plan.name, other)
    remember_file(journal, plan, tmp_path / "weather.toml", now=NOON)
    assert journal.find(plan.name) == other


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param([None], "no launch file, as they were launched from Python", id="none"),
        pytest.param(["a.toml", "b.toml"], "several launch files", id="several"),
    ],
)
def test_without_one_file_the_requester_has_to_name_it(files: list[str | None], expected: str) -> None:
    """Launches without a file, or of several, cannot be found by name alone."""
    records = [
        LaunchRecord(name=f"day/{number}", document={} if file is None else {"file": file})
        for number, file in enumerate(files)
    ]
    with pytest.raises(InvalidInput, match=expected):
        file_of(records)
