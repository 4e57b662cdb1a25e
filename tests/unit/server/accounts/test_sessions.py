"""Sessions begin with a token of their own, rest and end; keys begin sessions."""

from datetime import timedelta

import pytest

from manyhands.crowd import WorkerId
from manyhands.errors import NotFound
from manyhands.server import AccountBook, Holder, HolderKind
from manyhands.server.accounts.sessions import SessionBook
from manyhands.store import SqliteStore
from tests.settable_clock import SettableClock

WIM, EVA = WorkerId("wim"), WorkerId("eva")


class Desk:
    """Books of accounts and sessions with their store and clock."""

    def __init__(self) -> None:
        self.store = SqliteStore(None)
        self.clock = SettableClock()
        self.accounts = AccountBook(self.store, clock=self.clock, memory_s=60.0)
        self.sessions = SessionBook(self.store, clock=self.clock, accounts=self.accounts)

    def begin(self, worker: WorkerId = WIM, *, replaced: str = "") -> str:
        """Begin a session."""
        with self.store.writing() as transaction:
            return self.sessions.begin(transaction, worker, device="Firefox", replaced=replaced)

    def is_in(self, token: str) -> bool:
        """Return whether a token opens the door, remembered or not."""
        return self.accounts.recall_holder(token) is not None or self.accounts.find_holder(token) is not None


@pytest.fixture
def desk() -> Desk:
    """Return books without sessions."""
    return Desk()


def test_a_session_stands_for_its_worker_and_is_kept_as_a_digest(desk: Desk) -> None:
    """The list tells device and times, and which one asks; no token stands in the store."""
    token = desk.begin()
    other = desk.begin()
    assert desk.accounts.find_holder(token) == Holder(HolderKind.WORKER, WIM)
    shown = desk.sessions.list_sessions(WIM, here=other)
    assert [(one.device, one.created, one.is_here) for one in shown] == [
        ("Firefox", desk.clock.now(), one.is_here) for one in shown
    ]
    assert sorted(one.is_here for one in shown) == [False, True]
    assert not any(token.startswith(one.id) for one in shown)


def test_coming_in_again_ends_the_session_that_the_browser_had(desk: Desk) -> None:
    """The token changes, so that one that somebody else knows is worth nothing."""
    first = desk.begin(EVA)
    assert desk.is_in(first)
    second = desk.begin(WIM, replaced=first)
    assert first != second
    assert not desk.is_in(first)


def test_keys_are_not_ended_by_coming_in(desk: Desk) -> None:
    """Only sessions are replaced: whoever comes in with a key keeps it."""
    key = desk.sessions.make_key(WIM)
    desk.begin(WIM, replaced=key)
    desk.sessions.end_here(key)
    assert desk.is_in(key)


def test_a_session_ends_after_a_long_rest(desk: Desk) -> None:
    """Every use begins the rest anew; what has ended is gone from the list, and from the store when the worker comes in again."""
    token = desk.begin()
    for _ in range(3):
        desk.clock.move(days=89)
        assert desk.accounts.find_holder(token) is not None
    desk.clock.move(days=90)
    assert desk.accounts.find_holder(token) is None
    assert desk.sessions.list_sessions(WIM, here="") == []
    desk.begin()
    with desk.store.reading() as transaction:
        assert len(transaction.rows("list_access_tokens", {"owner": WIM})) == 1


def test_the_last_use_is_kept_about_an_hour_exact(desk: Desk) -> None:
    """Using a session often writes seldom."""
    token = desk.begin()
    began = desk.clock.now()
    desk.clock.move(minutes=59)
    desk.accounts.find_holder(token)
    assert desk.sessions.list_sessions(WIM, here="")[0].used == began
    desk.clock.move(minutes=1)
    desk.accounts.find_holder(token)
    assert desk.sessions.list_sessions(WIM, here="")[0].used == began + timedelta(hours=1)


def test_a_worker_ends_own_sessions_one_by_one_or_all(desk: Desk) -> None:
    """They count no more at once, also where they are remembered; those of others go on."""
    tokens, foreign = [desk.begin() for _ in range(4)], desk.begin(EVA)
    assert all(desk.is_in(token) for token in [*tokens, foreign])
    first = next(one.id for one in desk.sessions.list_sessions(WIM, here=tokens[0]) if one.is_here)
    with pytest.raises(NotFound):
        desk.sessions.end(EVA, first)
    desk.sessions.end(WIM, first)
    assert [desk.is_in(token) for token in tokens] == [False, True, True, True]
    desk.sessions.end_all(WIM, but=tokens[3])
    assert [desk.is_in(token) for token in tokens] == [False, False, False, True]
    desk.sessions.end_all(WIM)
    assert not desk.is_in(tokens[3])
    assert desk.is_in(foreign)


def test_keys_begin_sessions_until_they_are_ended(desk: Desk) -> None:
    """Their use is noted; sessions and requesters' tokens are no keys of others."""
    key = desk.sessions.make_key(WIM)
    desk.clock.move(hours=1)
    assert desk.sessions.find_key_holder(key) == WIM
    (shown,) = desk.sessions.list_keys(WIM)
    assert shown.used == desk.clock.now()
    with pytest.raises(NotFound):
        desk.sessions.end_key(EVA, shown.id)
    desk.sessions.end_key(WIM, shown.id)
    requester = desk.accounts.issue_token(Holder(HolderKind.REQUESTER, "default"))
    assert [desk.sessions.find_key_holder(text) for text in (key, requester, "guess")] == [None, None, None]
    assert desk.sessions.list_keys(WIM) == []
