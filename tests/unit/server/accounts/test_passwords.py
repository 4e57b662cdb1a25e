"""Passwords: kept so that nobody can read them, checked so that nobody learns who is here."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from manyhands.crowd import WorkerId
from manyhands.server.accounts import passwords
from manyhands.server.accounts.passwords import PasswordBook
from manyhands.server.refusals import Refused
from manyhands.store import SqliteStore
from tests.settable_clock import SettableClock

GOOD, OTHER = "red horse, green stair", "blue goat, yellow door"
WIM, EVA = WorkerId("wim"), WorkerId("eva")


@pytest.fixture
def store() -> SqliteStore:
    """Return an empty store."""
    return SqliteStore(None)


@pytest.fixture
def book(store: SqliteStore) -> PasswordBook:
    """Return a book without passwords."""
    return PasswordBook(store, clock=SettableClock())


def put(store: SqliteStore, book: PasswordBook, worker: WorkerId, name: str, password: str = GOOD) -> None:
    """Give a worker a password."""
    new = book.prepare(name, password)
    with store.writing() as transaction:
        book.create(transaction, worker, new)


def test_a_name_belongs_to_one_worker_whatever_its_case(store: SqliteStore, book: PasswordBook) -> None:
    """The second one is told so."""
    put(store, book, WIM, "Ada")
    with pytest.raises(Refused) as refusal:
        put(store, book, EVA, "ADA")
    assert refusal.value.failure.code == "NAME_TAKEN"
    assert (book.find_worker("aDa", GOOD), book.find_name(WIM), book.find_name(EVA)) == (WIM, "Ada", None)


@pytest.mark.parametrize(("name", "password"), [("ada", OTHER), ("bea", GOOD), ("", ""), ("ada", "\0")])
def test_wrong_names_and_passwords_stand_for_nobody(
    store: SqliteStore, book: PasswordBook, name: str, password: str
) -> None:
    """Neither half alone is enough."""
    put(store, book, WIM, "ada")
    assert book.find_worker(name, password) is None


def test_only_a_salted_hash_is_kept(store: SqliteStore, book: PasswordBook) -> None:
    """Equal passwords have different hashes, by Argon2id."""
    put(store, book, WIM, "ada")
    put(store, book, EVA, "bea")
    with store.reading() as transaction:
        rows = [transaction.find("find_password", {"worker_id": worker}) for worker in (WIM, EVA)]
    hashes = {row["hash"] for row in rows if row is not None}
    assert len(hashes) == 2
    assert all(text.startswith("$argon2id$") and GOOD not in text for text in hashes)


def test_an_unknown_name_takes_the_same_work_as_a_wrong_password(
    store: SqliteStore, book: PasswordBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One check of the same cost each, so that time does not tell who is here."""
    checked: list[str] = []
    hasher = passwords._HASHER

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:  # type: ignore[override]  # noqa: A002 - the name of the library
            checked.append(str(hash))
            return hasher.verify(hash, password)

    put(store, book, WIM, "ada")
    monkeypatch.setattr(passwords, "_HASHER", Counting(time_cost=2, memory_cost=19 * 1024, parallelism=1))
    for name in ("ada", "bea"):
        assert book.find_worker(name, OTHER) is None
    assert len(checked) == 2
    assert not any(hasher.check_needs_rehash(text) for text in checked)


def test_a_password_is_changed_with_the_current_one(store: SqliteStore, book: PasswordBook) -> None:
    """Afterwards the old one opens nothing; a bad new one changes nothing."""
    put(store, book, WIM, "ada")
    for current, wanted in ((OTHER, OTHER), (GOOD, "short")):
        with pytest.raises(Refused):
            book.change(WIM, current=current, password=wanted)
    with pytest.raises(Refused):
        book.change(EVA, current=GOOD, password=OTHER)
    book.change(WIM, current=GOOD, password=OTHER)
    assert (book.find_worker("ada", GOOD), book.find_worker("ada", OTHER)) == (None, WIM)


def test_a_hash_of_other_parameters_is_renewed_on_coming_in(store: SqliteStore, book: PasswordBook) -> None:
    """Passwords of yesterday are kept as safely as those of today."""
    weak = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash(GOOD)
    with store.writing() as transaction:
        book.create(transaction, WIM, passwords.NewPassword(name="ada", hash=weak))
    assert book.find_worker("ada", GOOD) == WIM
    with store.reading() as transaction:
        row = transaction.find("find_password", {"worker_id": WIM})
    assert row is not None
    assert row["hash"] != weak
    assert book.find_worker("ada", GOOD) == WIM


def test_a_name_is_free_again_after_it_was_taken_away(store: SqliteStore, book: PasswordBook) -> None:
    """Removing twice is harmless."""
    put(store, book, WIM, "ada")
    book.remove(WIM)
    book.remove(WIM)
    put(store, book, EVA, "ada")
    assert book.find_worker("ada", GOOD) == EVA


def test_of_many_who_want_a_name_at_once_one_gets_it(store: SqliteStore, book: PasswordBook) -> None:
    """The others are told that it is taken."""
    new = book.prepare("ada", GOOD)

    def take(number: int) -> bool:
        try:
            with store.writing() as transaction:
                book.create(transaction, WorkerId(f"worker {number}"), new)
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(take, range(8))).count(True) == 1
