"""Asking for one answer more to a task, as long as its accepted answers are not confident enough.

A task is looked at when every answer that was asked for has been judged; of those rejected it is only remembered that there were some. The skill
counts that a worker has at that moment. A pool that has closed because it was complete opens again.
"""

from collections.abc import Mapping
from typing import Any

from manyhands.crowd import CloseReason, EventKind, GrowingOverlap, PoolStatus, ReviewEvent, TaskKind
from manyhands.store import Row, SqlValue
from manyhands.task import FieldSpec

from .assignments import find_assignment
from .books import Books, Judgement, PoolBook
from .confidence import UNKNOWN_TRUST, Vote, count_options, rate_confidence
from .documents import read_json, write_json
from .ids import parse_numbered
from .lifecycle import open_for_work
from .tasks import set_overlap

__all__ = ["find_overlap_problems", "grow_overlaps"]


def grow_overlaps(books: Books, pool: PoolBook, judgement: Judgement) -> None:
    """Note the answers of a page that was judged, and ask for more answers to its tasks where that is wanted."""
    growing = pool.facts.config.growing_overlap
    if growing is None:
        return
    page = find_assignment(books.transaction, judgement.assignment_number)
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=pool.revision)
    for task, answer in zip(tasks, read_json(page.solutions or "[]"), strict=True):
        if task.kind is TaskKind.REAL:
            number = parse_numbered("task", task.id)
            is_rejected = judgement.event is ReviewEvent.REJECT
            values: dict[str, SqlValue] = {
                "task_id": number,
                "worker_number": page.worker_number,
                "labels": None if is_rejected else write_json({name: answer.get(name) for name in growing.fields}),
            }
            books.transaction.run("put_vote", values)
            _look_at(books, pool, growing, task_number=number)


def find_overlap_problems(growing: GrowingOverlap, specs: Mapping[str, FieldSpec]) -> list[str]:
    """Return one sentence for every field over which no confidence can be told."""
    problems = [f"{name} is no output field" for name in growing.fields if name not in specs]
    endless = [name for name in growing.fields if name in specs and count_options(specs[name]) is None]
    return problems + [f"{name} may have any number of values; expected a few allowed ones" for name in endless]


def _look_at(books: Books, pool: PoolBook, growing: GrowingOverlap, *, task_number: int) -> None:
    task = books.transaction.find("find_task_overlap", {"id": task_number})
    if task is None or task["overlap"] is None or task["remaining"] > 0:
        return
    values: dict[str, SqlValue] = {
        "task_id": task_number,
        "skill_id": int(growing.weight_skill_id),
        "now": books.now,
    }
    votes = books.transaction.rows("list_votes", values)
    if len(votes) < task["consumed"]:
        return
    if task["overlap"] >= growing.max_overlap or _is_confident(books, pool, growing, votes):
        _tell(books, pool, task_number=task_number)
        return
    set_overlap(books, pool, task_number, wanted=task["overlap"] + 1)
    if pool.status is PoolStatus.CLOSED and pool.close_reason is CloseReason.COMPLETED:
        open_for_work(books, pool)


def _tell(books: Books, pool: PoolBook, *, task_number: int) -> None:
    if books.transaction.find("note_grown", {"task_id": task_number}) is not None:
        books.tell(EventKind.OVERLAP_COMPLETED, pool, task=task_number)


def _is_confident(books: Books, pool: PoolBook, growing: GrowingOverlap, rows: list[Row]) -> bool:
    facts = pool.facts
    project = books.catalogue.project(books.transaction, facts.project_number, revision=pool.project_revision)
    answers = [(read_json(row["labels"]), row["value"]) for row in rows if row["labels"] is not None]
    return all(
        rate_confidence(
            [_vote(labels[name], trust) for labels, trust in answers if labels.get(name) is not None],
            option_count=count_options(project.config.output_spec[name]) or 1,
        )
        >= growing.min_confidence
        for name in growing.fields
        if name in project.config.output_spec
    )


def _vote(label: Any, trust: float | None) -> Vote:
    return Vote(write_json(label), UNKNOWN_TRUST if trust is None else float(trust))
