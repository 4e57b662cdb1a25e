"""Wrong passwords are counted, whoever counts."""

import pytest

from manyhands.server.accounts.attempts import AttemptBook
from manyhands.server.refusals import Refused
from manyhands.store import SqliteStore
from tests.settable_clock import SettableClock

HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def clock() -> SettableClock:
    """Return a clock that stands still."""
    return SettableClock()


@pytest.fixture
def book(clock: SettableClock) -> AttemptBook:
    """Return a book without attempts."""
    return AttemptBook(SqliteStore(None), clock=clock)


def count_tries(book: AttemptBook, name: str, address: str, most: int = 200) -> int:
    """Return how many attempts are let through before one is refused."""
    for number in range(most):
        try:
            book.begin(name, address)
        except Refused:
            return number
    return most


def test_a_name_is_tried_ten_times_from_an_address(book: AttemptBook, clock: SettableClock) -> None:
    """Its case does not matter; the refusal says how long to wait, and after that there is another chance."""
    assert count_tries(book, "Ada", HERE) == 10
    with pytest.raises(Refused, match="try again in 15 min") as refusal:
        book.begin("aDA", HERE)
    assert refusal.value.failure.status == 429
    clock.move(seconds=refusal.value.failure.payload["wait_seconds"])
    assert count_tries(book, "ada", HERE) == 10


def test_others_are_not_locked_out(book: AttemptBook) -> None:
    """Neither another name from the same address nor the owner of the name from another address."""
    count_tries(book, "ada", HERE)
    assert count_tries(book, "bea", HERE) == 10
    assert count_tries(book, "ada", THERE) == 10


def test_an_address_is_limited_over_all_names(book: AttemptBook) -> None:
    """Somebody who goes through a list of names with one password is stopped."""
    assert sum(count_tries(book, f"name {number}", HERE, most=3) for number in range(60)) == 100
    assert count_tries(book, "ada", THERE) == 10


def test_a_name_is_limited_over_all_addresses_for_a_day(book: AttemptBook, clock: SettableClock) -> None:
    """Many addresses together get no more than a hundred attempts."""
    assert sum(count_tries(book, "ada", f"10.0.1.{number}", most=5) for number in range(60)) == 100
    clock.move(hours=23)
    assert count_tries(book, "ada", THERE) == 0
    clock.move(hours=1)
    assert count_tries(book, "ada", THERE) == 10


def test_right_passwords_do_not_count(book: AttemptBook) -> None:
    """Whoever comes in often is not kept out."""
    for _ in range(300):
        book.begin("ada", HERE)
        book.forgive("ada", HERE)
    assert count_tries(book, "ada", HERE) == 10


def test_processes_count_together(clock: SettableClock) -> None:
    """The limit is one of the store, not of a process."""
    store = SqliteStore(None)
    one, other = (AttemptBook(store, clock=clock) for _ in range(2))
    assert count_tries(one, "ada", HERE, most=6) == 6
    assert count_tries(other, "ada", HERE) == 4
