"""Accounts keep their promises on every store, also when several processes are asked at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import msgspec
import pytest

from manyhands.crowd import WorkerId
from manyhands.server import AccountBook, Holder, HolderKind
from manyhands.server.accounts import Credentials, MadePasskey, Site, UsedPasskey
from manyhands.server.refusals import Refused
from manyhands.store import Store
from tests.settable_clock import SettableClock
from tests.unit.server.authenticator import Authenticator
from tests.unit.server.front_desk import FrontDesk

WIM, EVA = WorkerId("wim"), WorkerId("eva")
SITE = Site("http://testserver")
GOOD, OTHER = "red horse, green stair", "blue goat, yellow door"
SHARED = pytest.mark.parametrize("store_url", ["sqlite-file", "postgres"], indirect=True)


class Process:
    """What one process of a server has over a store."""

    def __init__(self, store: Store, clock: SettableClock) -> None:
        self.store = store
        self.accounts = AccountBook(store, clock=clock)
        self.books = Credentials.over(store, clock=clock, accounts=self.accounts)

    def begin(self, worker: WorkerId) -> str:
        """Begin a session."""
        with self.store.writing() as transaction:
            return self.books.sessions.begin(transaction, worker, device="Firefox")

    def add_passkey(self, device: Authenticator) -> None:
        """Make and keep a passkey."""
        options = self.books.passkeys.offer_new(SITE, WIM, name="wim")
        made = msgspec.convert(device.make(options), MadePasskey)
        new = self.books.passkeys.check_new(SITE, made, label="phone")
        with self.store.writing() as transaction:
            self.books.passkeys.create(transaction, new)


def is_let_through(action: Callable[[], object]) -> bool:
    """Return whether something is not refused."""
    try:
        action()
    except Refused:
        return False
    return True


def test_a_worker_comes_in_in_every_way_and_goes(store: Store) -> None:
    """Password, passkey, key; sessions are listed, used and ended; what was agreed to is kept."""
    clock = SettableClock()
    process, device = Process(store, clock), Authenticator()
    books = process.books
    with store.writing() as transaction:
        books.passwords.create(transaction, WIM, books.passwords.prepare("Ada", GOOD))
        books.consents.note(transaction, WIM, "v1")
        books.consents.note(transaction, WIM, "v1")
    books.passwords.change(WIM, current=GOOD, password=OTHER)
    assert (books.passwords.find_worker("ADA", OTHER), books.passwords.find_worker("ada", GOOD)) == (WIM, None)
    process.add_passkey(device)
    used = msgspec.convert(device.use(books.passkeys.offer_sign_in(SITE)), UsedPasskey)
    assert books.passkeys.check(SITE, used) == WIM
    assert books.sessions.find_key_holder(books.sessions.make_key(WIM)) == WIM
    token, other = process.begin(WIM), process.begin(WIM)
    clock.move(hours=2)
    assert process.accounts.find_holder(token) == Holder(HolderKind.WORKER, WIM)
    assert [one.used for one in books.sessions.list_sessions(WIM, here=token) if one.is_here] == [clock.now()]
    books.sessions.end_all(WIM, but=token)
    assert process.accounts.find_holder(other) is None
    for entry in books.sessions.list_keys(WIM):
        books.sessions.end_key(WIM, entry.id)
    books.sessions.end_here(token)
    books.passwords.remove(WIM)
    books.passkeys.remove(WIM, books.passkeys.list_passkeys(WIM)[0].id)
    assert process.accounts.find_holder(token) is None
    assert books.consents.find(WIM, "v1") is not None


@pytest.mark.parametrize("text", ["a\0", "\ud800", "x" * 100_000], ids=["zero", "half a character", "endless"])
def test_what_no_database_keeps_stands_for_nobody(store: Store, text: str) -> None:
    """Names and ids that nobody can have are refused like wrong ones."""
    process, device = Process(store, SettableClock()), Authenticator()
    process.add_passkey(device)
    assert process.books.passwords.find_worker(text, GOOD) is None
    answer = msgspec.convert(device.use(process.books.passkeys.offer_sign_in(SITE)), UsedPasskey)
    assert not is_let_through(lambda: process.books.passkeys.check(SITE, replace(answer, id=text)))


def test_an_id_that_no_database_keeps_is_not_there(store: Store) -> None:
    """The server answers as for every other id that it does not know."""
    desk = FrontDesk(store)
    worker = desk.worker()
    for part in ("keys", "sessions", "passkeys"):
        assert worker.refusal("DELETE", f"/api/worker/{part}/a%00") == (404, "DOES_NOT_EXIST")
    assert desk.ann.refusal("DELETE", "/api/requester/invitations/a%00") == (404, "DOES_NOT_EXIST")


def test_a_challenge_answered_by_many_at_once_counts_once(store: Store) -> None:
    """Whoever caught the answer on the way cannot use it too."""
    process, device = Process(store, SettableClock()), Authenticator()
    process.add_passkey(device)
    used = msgspec.convert(device.use(process.books.passkeys.offer_sign_in(SITE)), UsedPasskey)
    with ThreadPoolExecutor(6) as threads:
        tries = [threads.submit(is_let_through, lambda: process.books.passkeys.check(SITE, used)) for _ in range(6)]
    assert [one.result() for one in tries].count(True) == 1


@SHARED
def test_processes_count_wrong_passwords_together(open_again: Callable[[], Store]) -> None:
    """However many are asked at once, no more than ten are let through."""
    clock = SettableClock()
    processes = [Process(open_again(), clock) for _ in range(2)]

    def guess(number: int) -> bool:
        return is_let_through(lambda: processes[number % 2].books.attempts.begin("ada", "::1"))

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(guess, range(24))).count(True) == 10


@SHARED
def test_a_session_ended_elsewhere_has_ended(open_again: Callable[[], Store]) -> None:
    """Another process of the server ends it; a passkey offered by one is taken by the other."""
    clock, device = SettableClock(), Authenticator()
    one, other = (Process(open_again(), clock) for _ in range(2))
    token = one.begin(WIM)
    other.books.sessions.end_all(WIM)
    assert one.accounts.find_holder(token) is None
    one.add_passkey(device)
    used = msgspec.convert(device.use(one.books.passkeys.offer_sign_in(SITE)), UsedPasskey)
    assert other.books.passkeys.check(SITE, used) == WIM


def test_a_user_name_wanted_by_many_at_once_goes_to_one(store: Store) -> None:
    """The others are refused, never a fault of the server."""
    process = Process(store, SettableClock())
    new = process.books.passwords.prepare("ada", GOOD)

    def take(number: int) -> bool:
        def create() -> None:
            with store.writing() as transaction:
                process.books.passwords.create(transaction, WorkerId(f"worker {number}"), new)

        return is_let_through(create)

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(take, range(6))).count(True) == 1
