"""What was given out before there were accounts of workers goes on opening doors."""

import hashlib
import sqlite3
from pathlib import Path

from manyhands.crowd import SystemClock, WorkerId
from manyhands.platform import EmbeddedPlatform
from manyhands.server import AccountBook
from manyhands.server.accounts import Credentials
from manyhands.store import SqliteStore
from manyhands.store.statements import Dialect, load_migrations, load_statements


def _write_old_database(path: Path) -> None:
    """Write a database as it was before, with an invitation, a revoked one, a session and a key."""
    steps = load_migrations(Dialect.SQLITE)
    new = next(step.version for step in steps if any("CREATE TABLE invitation " in text for text in step.statements))
    now = int(SystemClock().now().timestamp() * 1_000_000)
    tokens = [
        ("open", "invitation", "default", "friends", None),
        ("ended", "invitation", "default", "", now),
        ("session", "worker", "wim", "joined", None),
        ("key", "worker", "wim", "key", None),
    ]
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute(load_statements(Dialect.SQLITE)["create_schema_version"])
        for step in steps[: new - 1]:
            for text in step.statements:
                connection.execute(text)
            connection.execute("INSERT INTO schema_version (version) VALUES (?)", (step.version,))
        for text, kind, owner, label, revoked in tokens:
            digest = hashlib.sha256(text.encode()).hexdigest()
            connection.execute(
                "INSERT INTO access_token VALUES (?, ?, ?, ?, ?, ?)", (digest, kind, owner, label, now, revoked)
            )
    connection.close()


def test_old_invitations_sessions_and_keys_are_taken_over(tmp_path: Path) -> None:
    """Links that were sent stay valid, ended ones ended; sessions are sessions, keys are keys."""
    _write_old_database(tmp_path / "old.db")
    store = SqliteStore(tmp_path / "old.db")
    with EmbeddedPlatform(store) as platform:
        assert platform.find_offer("open") is not None
        assert platform.find_offer("ended") is None
        assert [one.label for one in platform.list_invitations()] in (["friends", ""], ["", "friends"])
        clock = SystemClock()
        accounts = AccountBook(store, clock=clock)
        sessions = Credentials.over(store, clock=clock, accounts=accounts).sessions
        assert accounts.find_holder("session") == accounts.find_holder("key")
        assert [one.is_here for one in sessions.list_sessions(WorkerId("wim"), here="session")] == [True]
        assert len(sessions.list_keys(WorkerId("wim"))) == 1
        assert accounts.list_tokens("default") == []
