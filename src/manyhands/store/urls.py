"""Which store a URL means."""

from importlib import import_module
from pathlib import Path

from manyhands.errors import InvalidInput

from .ports import Store
from .sqlite import SqliteStore

__all__ = ["open_store"]

_SQLITE = "sqlite:"
_POSTGRES = ("postgresql://", "postgres://")


def open_store(url: str) -> Store:
    """Open the store at ``sqlite:///file.db``, ``sqlite:////absolute/file.db``, ``sqlite://`` (in memory) or ``postgresql://...``.

    Raises:
        InvalidInput: the URL is none of these, or there is something else where the file should be.
        MissingExtra: the URL is of PostgreSQL and psycopg is not installed.
        PlatformUnavailable: the database cannot be opened.

    Example:
        >>> open_store("sqlite://").is_shared
        False
    """
    if url.startswith(_POSTGRES):
        # psycopg is an optional extra, so its module is imported only when a URL asks for it.
        store: Store = import_module(f"{__package__}.postgres").PostgresStore(url)
        return store
    if url in (_SQLITE, "sqlite://", "sqlite:///:memory:"):
        return SqliteStore(None)
    if url.startswith("sqlite:///"):
        return SqliteStore(Path(url.removeprefix("sqlite:///")))
    message = (
        f"{url!r} names no store; expected sqlite:///file.db, sqlite:// (in memory) or postgresql://user@host/name"
    )
    raise InvalidInput(message)
