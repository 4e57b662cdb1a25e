"""Named SQL: one text for every database, kept in files beside this module."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

__all__ = ["Dialect", "Migration", "load_migrations", "load_statements"]


class Dialect(StrEnum):
    """The databases that the texts are for."""

    #: Values are named ``:name``.
    SQLITE = "sqlite"
    #: Values are named ``%(name)s``.
    POSTGRES = "postgres"


#: What the two databases cannot say in the same words. {locked} keeps the rows of a SELECT for the transaction; in SQLite the whole database is
#: the transaction's from its beginning.
_WORDS: Mapping[Dialect, Mapping[str, str]] = {
    Dialect.SQLITE: {
        "key": "INTEGER PRIMARY KEY",
        "serial": "INTEGER PRIMARY KEY",
        "clustered": "WITHOUT ROWID",
        "locked": "",
        "blob": "BLOB",
    },
    Dialect.POSTGRES: {
        "key": "BIGINT PRIMARY KEY",
        "serial": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "clustered": "",
        "locked": "FOR UPDATE",
        "blob": "BYTEA",
    },
}
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_COMMENT = re.compile(r"^--.*\n", re.MULTILINE)
_PLACEHOLDER = re.compile(r"(?<![:\w]):([a-z_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """The statements that lead from one version of the schema to the next."""

    version: int
    statements: tuple[str, ...]


@cache
def load_statements(dialect: Dialect) -> Mapping[str, str]:
    """Return every named statement, ready for the database.

    Example:
        >>> load_statements(Dialect.POSTGRES)["find_launch"]
        'SELECT name, document FROM launch WHERE name = %(name)s'
    """
    statements: dict[str, str] = {}
    for text in _texts("sql"):
        _, *parts = _NAME.split(text)
        for name, statement in zip(parts[::2], parts[1::2], strict=True):
            statements[name] = _translate(_COMMENT.sub("", statement), dialect)
    return statements


@cache
def load_migrations(dialect: Dialect) -> tuple[Migration, ...]:
    """Return the steps of the schema, oldest first."""
    return tuple(
        Migration(version=version, statements=_statements_of(text, dialect))
        for version, text in enumerate(_texts("sql/schema"), start=1)
    )


def _texts(folder: str) -> list[str]:
    found = [entry for entry in files(__package__).joinpath(folder).iterdir() if entry.name.endswith(".sql")]
    return [entry.read_text(encoding="utf-8") for entry in sorted(found, key=lambda entry: entry.name)]


def _statements_of(text: str, dialect: Dialect) -> tuple[str, ...]:
    parts = _COMMENT.sub("", text).split(";")
    return tuple(_translate(part, dialect) for part in parts if part.strip())


def _translate(statement: str, dialect: Dialect) -> str:
    said = statement.format(**_WORDS[dialect]).strip()
    match dialect:
        case Dialect.SQLITE:
            return said
        case Dialect.POSTGRES:
            return _PLACEHOLDER.sub(r"%(\1)s", said)
