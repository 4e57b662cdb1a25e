"""Named SQL for two databases."""

import re
from pathlib import Path
from typing import Any, Protocol, cast

import pytest

import manyhands.store
from manyhands.store import SqliteStore
from manyhands.store.statements import Dialect, load_migrations, load_statements


class _Connection(Protocol):
    """What the transaction has inside."""

    _connection: Any


@pytest.mark.parametrize("dialect", Dialect)
def test_every_statement_is_one_statement(dialect: Dialect) -> None:
    """No text is empty, holds two statements, a comment, or a word that is still to be put in."""
    texts = [*load_statements(dialect).values()]
    texts += [text for step in load_migrations(dialect) for text in step.statements]
    assert texts
    assert [text for text in texts if not text or re.search(r";|--|\{|\}", text)] == []


def test_no_two_statements_have_the_same_name() -> None:
    """The later one would silently take the place of the earlier one."""
    folder = Path(manyhands.store.__file__).parent / "sql"
    names = [name for file in folder.glob("*.sql") for name in re.findall(r"^-- name: (\w+)$", file.read_text(), re.M)]
    assert sorted(names) == sorted(load_statements(Dialect.SQLITE))


def test_both_databases_have_the_same_statements() -> None:
    """The dialects differ in how values are named and in how rows are kept, in nothing else."""
    sqlite, postgres = load_statements(Dialect.SQLITE), load_statements(Dialect.POSTGRES)
    assert {
        name: re.sub(r"%\((\w+)\)s", r":\1", text).removesuffix(" FOR UPDATE") for name, text in postgres.items()
    } == sqlite


def test_values_are_named_as_each_database_wants() -> None:
    """SQLite takes `:name`, psycopg `%(name)s`."""
    name = "find_assignment_in_hand"
    assert ":pool_id AND" in load_statements(Dialect.SQLITE)[name]
    assert "%(pool_id)s AND" in load_statements(Dialect.POSTGRES)[name]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("list_candidates", "task_to_issue"),
        ("find_assignment_in_hand", "assignment_in_hand"),
        ("list_work_of_worker", "assignment_by_time"),
        ("list_assignments_in_review", "assignment_in_review"),
        ("find_due_assignment", "assignment_due"),
        ("find_due_pool", "pool_due"),
        ("list_events_of_pool", "event_of_pool"),
        ("find_worker_standing", "restriction_of_worker"),
        ("list_open_pools_dearer_than", "pool_of_budget"),
        ("measure_attachments", "attachment_of_page"),
        ("list_attachments_of_page", "attachment_of_page"),
        ("list_attachments_of_pool", "attachment_of_pool"),
        ("find_due_attachment", "attachment_due"),
        ("list_due_webhooks", "webhook_at_work"),
        ("find_webhook_at_work", "webhook_at_work"),
        ("list_threads", "message_thread_of_requester"),
        ("list_thread_members", "thread_member_of_thread"),
        ("list_appeals", "appeal_of_requester"),
        ("find_open_appeal", "appeal_open"),
        ("find_last_appeal", "appeal_of_page"),
    ],
)
def test_what_is_asked_often_is_found_by_an_index(statement: str, index: str) -> None:
    """No question of a worker's request looks through a whole table."""
    with SqliteStore(None).reading() as transaction:
        connection = cast("_Connection", transaction)._connection
        text = load_statements(Dialect.SQLITE)[statement]
        values = dict.fromkeys(re.findall(r":([a-z_]+)", text), 1)
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", values)]
    assert any(f"USING INDEX {index}" in step or f"USING COVERING INDEX {index}" in step for step in plan), plan
    assert not any(step.startswith("SCAN") and " USING " not in step for step in plan), plan


def test_versions_count_from_one() -> None:
    """The steps of the schema are numbered without gaps."""
    steps = load_migrations(Dialect.SQLITE)
    assert [step.version for step in steps] == list(range(1, len(steps) + 1))
