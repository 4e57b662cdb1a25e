"""The journal of launches on every store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from manyhands.store import LaunchJournal, Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_who_works_on_what_is_kept(store: Store) -> None:
    """Beats, attendance and requests come back as they were written."""
    journal = LaunchJournal(store)
    journal.create("red", {})
    journal.beat("ann", now=NOON)
    journal.attend("red", "ann")
    journal.beat("ann", now=NOON + timedelta(seconds=2))
    journal.request_resume("red")
    assert journal.last_heard() == {"red": NOON + timedelta(seconds=2)}
    assert journal.resume_requests() == frozenset({"red"})
    journal.leave("red", "ann")
    assert journal.last_heard() == {}


@pytest.mark.parametrize("store_url", ["sqlite-file", "postgres"], indirect=True)
def test_of_many_that_claim_a_launch_at_once_one_may(open_again: Callable[[], Store]) -> None:
    """Whatever processes they are in."""
    names = [f"launch {number}" for number in range(20)]
    journals = [LaunchJournal(open_again()) for _ in range(4)]
    for name in names:
        journals[0].create(name, {})
    for number, journal in enumerate(journals):
        journal.beat(f"runner {number}", now=NOON)

    def claim_all(number: int) -> list[bool]:
        return [journals[number].claim(name, f"runner {number}", since=NOON) for name in names]

    with ThreadPoolExecutor(len(journals)) as threads:
        claims = list(threads.map(claim_all, range(len(journals))))
    assert [sum(answers) for answers in zip(*claims, strict=True)] == [1] * len(names)
