"""The file of a SQLite database, before anything is written to it: it has to be ours, or new."""

import sqlite3
from contextlib import closing
from pathlib import Path

from manyhands.errors import InvalidInput

__all__ = ["refuse_foreign_file", "refuse_foreign_tables"]

_MAGIC = b"SQLite format 3\0"
#: Where the header says how the database is written, and what it says of ours.
_JOURNAL_PLACE, _WRITE_AHEAD = 18, 2
#: The table that every database of ours has from its first transaction on.
_MARK = "schema_version"


def refuse_foreign_file(path: Path) -> None:
    """Return if the database can be made or opened at `path` without harm to what others keep there.

    SQLite takes a short text for an empty database and writes over it, and adds tables to any database that it is given.

    Raises:
        InvalidInput: the path is a folder, in a folder that is not there, not a database, or the database of another program.
        OSError: the file cannot be read.
        sqlite3.DatabaseError: the file is damaged.
    """
    if path.is_dir():
        raise InvalidInput(f"{path} is a folder; name a file in it, such as {path / 'labels.db'}.")
    if not path.absolute().parent.is_dir():
        raise InvalidInput(
            f"There is no folder {path.parent} for the database {path.name}; make it, or name another file."
        )
    if not path.exists():
        return
    with path.open("rb") as file:
        header = file.read(_JOURNAL_PLACE + 1)
    if header and not header.startswith(_MAGIC):
        raise InvalidInput(
            f"{path} is not a SQLite database, so it is left alone; name another file, or one that is not there yet."
        )
    # Ours write ahead; to look into one while another process makes it would make that one fail.
    if header and header[_JOURNAL_PLACE:] != bytes([_WRITE_AHEAD]):
        with closing(sqlite3.connect(path)) as connection:
            refuse_foreign_tables(connection, path)


def refuse_foreign_tables(connection: sqlite3.Connection, path: Path | None) -> None:
    """Return if the database has our tables or none.

    Raises:
        InvalidInput: it has tables of another program.
        sqlite3.DatabaseError: the file is damaged.
    """
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if rows and _MARK not in {row[0] for row in rows}:
        raise InvalidInput(
            f"{path} is a database of another program, so it is left alone; name another file, or one that is not there yet."
        )
