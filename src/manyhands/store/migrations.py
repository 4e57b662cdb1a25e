"""Bringing a database to the newest schema."""

from collections.abc import Callable
from typing import Any

from manyhands.errors import PlatformUnavailable

from .statements import Dialect, load_migrations, load_statements

__all__ = ["migrate"]


def migrate(execute: Callable[..., Any], dialect: Dialect) -> None:
    """Carry out the steps that the database has not seen yet; called within a transaction.

    Args:
        execute: runs a statement, with values if there are any, and returns a cursor.
        dialect: the database's language.

    Raises:
        PlatformUnavailable: the database was written by a newer manyhands.
    """
    statements, steps = load_statements(dialect), load_migrations(dialect)
    execute(statements["create_schema_version"])
    version = execute(statements["find_schema_version"]).fetchone()["version"] or 0
    if version > len(steps):
        message = f"the database has schema {version}, this manyhands knows {len(steps)}; install a newer manyhands"
        raise PlatformUnavailable(message)
    for step in steps[version:]:
        for statement in step.statements:
            execute(statement)
        execute(statements["add_schema_version"], {"version": step.version})
