"""The platform's own quality rules about what workers hand in and skip.

A tally that led to a restriction for a time, or to any action of an `AcceptedCount` rule, begins anew at once; one that led to a restriction for
good begins anew when the restriction is lifted. As long as a restriction given by a rule lasts, the rule gives no second one.
"""

from collections.abc import Sequence
from typing import NamedTuple, assert_never

from manyhands.crowd import (
    AcceptedCount,
    AccessLoss,
    ControlTasks,
    DailyIncome,
    IssuedTask,
    MajorityAgreement,
    PageReview,
    ReviewedPages,
    SkippedInRow,
    SubmitTime,
    TaskKind,
    TrainingAnswers,
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
from .rule_conditions import Measures, holds, uses_control_alone, uses_known_solutions
from .tallies import ScopedRule, Tally, control_scope, history_size_of, measure_shares
from .tally_keeping import rules_of, update_tally
from .task_suites import find_suite
from .training import find_first_rates, measure_training

__all__ = ["watch_skip", "watch_submission"]


class _Answer(NamedTuple):
    task: IssuedTask
    values: Values


def watch_submission(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Count a page that was just submitted, and carry out the rules that hold now."""
    rules = rules_of(books, pool)
    if not rules:
        return
    sheet = _Sheet(books, pool, page)
    for scoped in rules:
        sheet.count(scoped)
    sheet.compare_with_majority([scoped for scoped in rules if isinstance(scoped.rule.collector, MajorityAgreement)])


def watch_skip(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Count a page that was just skipped, and carry out the rules that hold now."""
    sheet = _Sheet(books, pool, page)
    for scoped in rules_of(books, pool):
        if isinstance(scoped.rule.collector, SkippedInRow):
            sheet.count_values(scoped, [1.0])


class _Sheet:
    """A page in the eyes of the rules."""

    def __init__(self, books: Books, pool: PoolBook, page: AssignmentBook) -> None:
        self._books = books
        self._pool = pool
        self._page = page
        tasks = books.catalogue.tasks(books.transaction, page.task_ids, revision=pool.revision)
        solutions = read_json(page.solutions or "[]")
        self._answers = [_Answer(task, values) for task, values in zip(tasks, solutions, strict=False)]
        self._real = [parse_numbered("task", task.id) for task in tasks if task.kind is TaskKind.REAL]

    def count(self, scoped: ScopedRule) -> None:
        """Count the page for a rule, and carry it out if it holds now."""
        collector = scoped.rule.collector
        match collector:
            case SubmitTime():
                self.count_values(scoped, [float(self._is_faster_than(to_microseconds(collector.fast_threshold)))])
            case ControlTasks():
                self._count_known_solutions(scoped)
            case AcceptedCount():
                self.count_values(scoped, [1.0])
            case SkippedInRow():
                self._update(scoped.scope, values=(), is_anew=True)
            case TrainingAnswers():
                found = measure_training(self._books, self._pool, self._page)
                self._decide(scoped, found, worker_number=self._page.worker_number, scopes=[scoped.scope])
            case MajorityAgreement() | ReviewedPages() | PageReview() | AccessLoss() | DailyIncome():
                # Counted when a task is finished, when a page is judged, or when a worker has to go.
                pass
            case _:
                assert_never(collector)

    def count_values(self, scoped: ScopedRule, values: Sequence[float]) -> None:
        """Add values to the tally of a rule about the page's worker, and carry the rule out if it holds now."""
        history_size = history_size_of(scoped.rule.collector)
        tally = self._update(scoped.scope, values=values, history_size=history_size)
        self._decide(scoped, _measure(scoped, tally), worker_number=self._page.worker_number, scopes=[scoped.scope])

    def compare_with_majority(self, rules: Sequence[ScopedRule]) -> None:
        """Note the answers to real tasks, and count those that have a majority to be compared with."""
        if not rules:
            return
        facts, transaction = self._pool.facts, self._books.transaction
        project = self._books.catalogue.project(transaction, facts.project_number, revision=self._pool.project_revision)
        for answer in self._answers:
            if answer.task.kind is TaskKind.REAL:
                number = parse_numbered("task", answer.task.id)
                signature = sign_answer(answer.values, project.config.output_spec)
                key = {"task_id": number, "worker_number": self._page.worker_number}
                transaction.run("add_answer", {**key, "signature": signature})
                self._compare_task(rules, number)

    def _count_known_solutions(self, scoped: ScopedRule) -> None:
        control = [self._rate(answer) for answer in self._answers if answer.task.kind is TaskKind.CONTROL]
        first = find_first_rates(self._books, self._page)
        known = [*control, *first]
        history_size = history_size_of(scoped.rule.collector)
        found: dict[str, float | str | None] = {}
        scopes = []
        if known and uses_known_solutions(scoped.rule):
            tally = self._update(scoped.scope, values=known, history_size=history_size)
            found |= _measure(scoped, tally)
            scopes.append(scoped.scope)
        if control and uses_control_alone(scoped.rule):
            scope = control_scope(scoped.scope)
            tally = self._update(scope, values=control, history_size=history_size)
            found |= measure_shares(
                tally, total="control_count", hits="control_correct_share", misses="control_incorrect_share"
            )
            scopes.append(scope)
        if scopes:
            self._decide(scoped, found, worker_number=self._page.worker_number, scopes=scopes)

    def _compare_task(self, rules: Sequence[ScopedRule], task_number: int) -> None:
        overlap = self._find_overlap(task_number)
        answers = self._books.transaction.rows("list_answers", {"task_id": task_number})
        signatures = {answer["worker_number"]: answer["signature"] for answer in answers}
        if overlap is not None and len(signatures) < overlap:
            return
        for scoped in rules:
            collector = scoped.rule.collector
            if isinstance(collector, MajorityAgreement):
                majority = find_majority(signatures.values(), at_least=collector.answer_threshold)
                for worker_number, signature in signatures.items() if majority is not None else ():
                    self._count_agreement(
                        scoped, task_number, worker_number=worker_number, agrees=signature == majority
                    )

    def _find_overlap(self, task_number: int) -> int | None:
        row = self._books.transaction.find("find_task_overlap", {"id": task_number})
        if row is not None and row["suite_id"] is not None:
            row = find_suite(self._books.transaction, row["suite_id"])
        return None if row is None or row["overlap"] is None else int(row["overlap"])

    def _count_agreement(self, scoped: ScopedRule, task_number: int, *, worker_number: int, agrees: bool) -> None:
        key: dict[str, SqlValue] = {
            "scope": scoped.scope,
            "task_id": task_number,
            "worker_number": worker_number,
        }
        if self._books.transaction.find("note_agreement", key) is None:
            return
        history_size = history_size_of(scoped.rule.collector)
        tally = update_tally(
            self._books,
            worker_number,
            scoped.scope,
            change=lambda tally: tally.add(float(agrees), history_size=history_size),
        )
        measures = _measure(scoped, tally)
        self._decide(scoped, measures, worker_number=worker_number, scopes=[scoped.scope], task_numbers=[task_number])

    def _decide(
        self,
        scoped: ScopedRule,
        found: Measures,
        *,
        worker_number: int,
        scopes: Sequence[str],
        task_numbers: Sequence[int] | None = None,
    ) -> None:
        """Carry the rule out if it holds; begin its tallies anew where that follows."""
        if not holds(scoped.rule, found):
            return
        concerned = self._real if task_numbers is None else task_numbers
        if act(self._books, self._pool, scoped, worker_number=worker_number, found=found, task_numbers=concerned):
            for scope in scopes:
                update_tally(self._books, worker_number, scope, change=lambda tally: tally.start_anew(self._books.now))

    def _update(
        self, scope: str, *, values: Sequence[float], history_size: int | None = None, is_anew: bool = False
    ) -> Tally:
        def change(tally: Tally) -> Tally:
            begun = tally.start_anew(self._books.now) if is_anew else tally
            return begun.add_all(values, history_size=history_size)

        return update_tally(self._books, self._page.worker_number, scope, change=change)

    def _is_faster_than(self, threshold: int) -> bool:
        return (self._page.submitted or self._page.created) - self._page.created < threshold

    def _rate(self, answer: _Answer) -> float:
        return rate_answer(answer.values, answer.task.known_solutions)


def _measure(scoped: ScopedRule, tally: Tally) -> dict[str, float | str | None]:
    match scoped.rule.collector:
        case SubmitTime():
            return {"total_count": tally.total, "fast_count": tally.hits}
        case SkippedInRow():
            return {"skipped_in_row_count": tally.total}
        case AcceptedCount():
            return {"accepted_count": tally.total}
        case _:
            return {
                **measure_shares(tally, total="total_count", hits="correct_share", misses="incorrect_share"),
            }
