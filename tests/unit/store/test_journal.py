"""The journal of launches."""

from datetime import UTC, datetime, timedelta

import pytest

from manyhands.errors import NotFound
from manyhands.store import JournalEntry, LaunchJournal, SqliteStore

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def journal() -> LaunchJournal:
    """Return an empty journal."""
    return LaunchJournal(SqliteStore(None))


def test_a_launch_is_created_once(journal: LaunchJournal) -> None:
    """The second creation changes nothing and says so."""
    assert journal.create("red", {"state": 1})
    assert not journal.create("red", {"state": 2})
    assert journal.find("red") == {"state": 1}


def test_an_unknown_launch_is_none(journal: LaunchJournal) -> None:
    """What is not there is not found."""
    assert journal.find("red") is None
    assert journal.entries("red") == []


def test_update_replaces_the_document(journal: LaunchJournal) -> None:
    """The newest document is found; nested values, nothing and any language come back."""
    document = {"state": None, "ids": ["a", "ü"], "share": 0.1, "nested": {"ok": True}}
    journal.create("red", {"state": 1})
    journal.update("red", document)
    assert journal.find("red") == document


def test_launches_are_listed_by_name(journal: LaunchJournal) -> None:
    """Every launch is listed with its document."""
    for name in ("red", "blue", "green"):
        journal.create(name, {"name": name})
    assert journal.list() == [(name, {"name": name}) for name in ("blue", "green", "red")]


def test_entries_keep_their_order(journal: LaunchJournal) -> None:
    """Numbers rise from one within each launch."""
    journal.create("red", {})
    journal.create("blue", {})
    assert [journal.append(name, "k", {"n": n}) for n, name in enumerate(("red", "red", "blue", "red"))] == [1, 2, 1, 3]
    assert journal.entries("red") == [
        JournalEntry(number=number, kind="k", document={"n": n}) for number, n in ((1, 0), (2, 1), (3, 3))
    ]


def test_a_stop_is_asked_for_and_forgotten(journal: LaunchJournal) -> None:
    """Asking twice is asking once; clearing ends it for this launch only."""
    for name in ("red", "blue", "green"):
        journal.create(name, {})
    for name in ("red", "red", "blue"):
        journal.request_stop(name)
    assert journal.stop_requests() == frozenset({"red", "blue"})
    journal.clear_stop("red")
    assert journal.stop_requests() == frozenset({"blue"})


def test_a_resume_is_asked_for_and_forgotten(journal: LaunchJournal) -> None:
    """A stop is another thing."""
    journal.create("red", {})
    journal.create("blue", {})
    journal.request_resume("red")
    journal.request_stop("blue")
    assert (journal.resume_requests(), journal.stop_requests()) == (frozenset({"red"}), frozenset({"blue"}))
    journal.clear_resume("red")
    assert journal.resume_requests() == frozenset()


def test_whoever_works_on_a_launch_is_heard_of(journal: LaunchJournal) -> None:
    """One beat is for all launches of a runner; what nobody works on is not listed."""
    for name in ("red", "blue", "green"):
        journal.create(name, {})
    journal.attend("red", "ann")
    journal.attend("blue", "ann")
    journal.beat("ann", now=NOON)
    journal.beat("ann", now=NOON + timedelta(seconds=2))
    assert journal.last_heard() == dict.fromkeys(("blue", "red"), NOON + timedelta(seconds=2))
    journal.leave("red", "bob")
    journal.leave("blue", "ann")
    assert set(journal.last_heard()) == {"red"}
    journal.retire("ann")
    assert journal.last_heard() == {}


def test_a_runner_that_has_died_long_ago_is_forgotten(journal: LaunchJournal) -> None:
    """Processes that were killed leave no rows for ever."""
    journal.create("red", {})
    journal.attend("red", "ann")
    journal.beat("ann", now=NOON)
    journal.beat("bob", now=NOON + timedelta(days=8))
    assert journal.last_heard() == {}


@pytest.mark.parametrize(
    "call", ["update", "append", "request_stop", "clear_stop", "request_resume", "clear_resume", "attend"]
)
def test_a_launch_that_is_not_there_cannot_be_changed(journal: LaunchJournal, call: str) -> None:
    """Changing an unknown launch names it."""
    arguments: dict[str, tuple[object, ...]] = {"update": ({},), "append": ("k", {}), "attend": ("ann",)}
    with pytest.raises(NotFound, match="no launch 'red'"):
        getattr(journal, call)("red", *arguments.get(call, ()))
