"""The platform's own quality rules: what they see, and what follows.

A tally that led to a restriction for a time, or to any action of an `AcceptedCount` rule, begins anew at once; one that led to a restriction for
good begins anew when the restriction is lifted. As long as a restriction given by a rule lasts, the rule gives no second one.
"""

from collections.abc import Sequence
from typing import NamedTuple

from manyhands.crowd import (
    AcceptedCount,
    Collector,
    ControlTasks,
    IssuedTask,
    MajorityAgreement,
    SkippedInRow,
    SubmitTime,
    TaskKind,
    Values,
)
from manyhands.store import SqlValue

from .assignments import AssignmentBook
from .books import Books, PoolBook
from .documents import read_json
from .ids import parse_numbered
from .known_solutions import find_majority, rate_answer, sign_answer
from .moments import to_microseconds
from .rule_actions import act
from .tallies import ScopedRule, Tally, history_size_of
from .tally_keeping import rules_of, update_tally

__all__ = ["watch_skip", "watch_submission"]


class _Answer(NamedTuple):
    task: IssuedTask
    values: Values


def watch_submission(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Count a page that was just submitted, and carry out the rules that hold now."""
    rules = rules_of(books, pool)
    if not rules:
        return
    tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=pool.revision)
    answers = [_Answer(task, values) for task, values in zip(tasks, read_json(page.solutions or "[]"), strict=True)]
    real = [parse_numbered("task", task.id) for task in tasks if task.kind is TaskKind.REAL]
    for scoped in rules:
        if isinstance(scoped.rule.collector, SkippedInRow):
            update_tally(books, page.worker_number, scoped.scope, change=lambda tally: tally.start_anew(books.now))
        values = _values_of(scoped.rule.collector, page, answers)
        if values:
            _count(books, pool, scoped, worker_number=page.worker_number, values=values, task_numbers=real)
    _watch_majority(books, pool, page, answers=answers)


def watch_skip(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Count a page that was just skipped, and carry out the rules that hold now."""
    for scoped in rules_of(books, pool):
        if isinstance(scoped.rule.collector, SkippedInRow):
            tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=pool.revision)
            real = [parse_numbered("task", task.id) for task in tasks if task.kind is TaskKind.REAL]
            _count(books, pool, scoped, worker_number=page.worker_number, values=[1.0], task_numbers=real)


def _values_of(collector: Collector, page: AssignmentBook, answers: Sequence[_Answer]) -> list[float]:
    match collector:
        case SubmitTime():
            taken_for = (page.submitted or page.created) - page.created
            return [1.0 if taken_for < to_microseconds(collector.fast_threshold) else 0.0]
        case ControlTasks():
            control = [answer for answer in answers if answer.task.kind is TaskKind.CONTROL]
            return [rate_answer(answer.values, answer.task.known_solutions) for answer in control]
        case AcceptedCount():
            return [1.0]
        case SkippedInRow() | MajorityAgreement():
            return []


def _count(
    books: Books,
    pool: PoolBook,
    scoped: ScopedRule,
    *,
    worker_number: int,
    values: Sequence[float],
    task_numbers: Sequence[int],
) -> None:
    history_size = history_size_of(scoped.rule.collector)

    def add(tally: Tally) -> Tally:
        for value in values:
            tally = tally.add(value, history_size=history_size)
        return tally

    tally = update_tally(books, worker_number, scoped.scope, change=add)
    if scoped.holds(tally):
        after = act(books, pool, scoped, worker_number=worker_number, tally=tally, task_numbers=task_numbers)
        if after != tally:
            update_tally(books, worker_number, scoped.scope, change=lambda _: after)


def _watch_majority(books: Books, pool: PoolBook, page: AssignmentBook, *, answers: Sequence[_Answer]) -> None:
    rules = [scoped for scoped in rules_of(books, pool) if isinstance(scoped.rule.collector, MajorityAgreement)]
    if not rules:
        return
    facts = pool.facts
    project = books.catalogue.project(books.transaction, facts.project_number, revision=pool.project_revision)
    for answer in answers:
        if answer.task.kind is TaskKind.REAL:
            number = parse_numbered("task", answer.task.id)
            signature = sign_answer(answer.values, project.config.output_spec)
            values: dict[str, SqlValue] = {
                "task_id": number,
                "worker_number": page.worker_number,
                "signature": signature,
            }
            books.transaction.run("add_answer", values)
            _compare_with_majority(books, pool, page, rules=rules, task_number=number)


def _compare_with_majority(
    books: Books, pool: PoolBook, page: AssignmentBook, *, rules: Sequence[ScopedRule], task_number: int
) -> None:
    """Count agreement: of everybody when the task is just finished, of this worker, with those before, when it was finished already.

    A tie counts for nobody.
    """
    rows = books.transaction.rows("list_answers", {"task_id": task_number})
    signatures = {row["worker_number"]: row["signature"] for row in rows}
    others = [signature for worker, signature in signatures.items() if worker != page.worker_number]
    for scoped in rules:
        collector = scoped.rule.collector
        if not isinstance(collector, MajorityAgreement) or len(rows) < collector.answer_threshold:
            continue
        is_just_finished = len(rows) == collector.answer_threshold
        majority = find_majority(signatures.values() if is_just_finished else others)
        judged = signatures if is_just_finished else {page.worker_number: signatures[page.worker_number]}
        for worker_number, signature in judged.items() if majority is not None else ():
            agrees = [1.0 if signature == majority else 0.0]
            _count(books, pool, scoped, worker_number=worker_number, values=agrees, task_numbers=[task_number])
