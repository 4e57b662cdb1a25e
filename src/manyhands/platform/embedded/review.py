"""What becomes of a page: submitted, accepted, rejected, skipped, expired."""

from collections.abc import Sequence

from manyhands.crowd import AssignmentStatus, EventKind, ReviewEvent, Solution, TaskKind
from manyhands.errors import InvalidData, WrongState
from manyhands.task import find_field_problems

from .assignments import AssignmentBook
from .attachment_rows import find_file_problems
from .books import Books, Judgement, PoolBook
from .documents import read_json, write_json
from .ids import assignment_id_of, page_task_id_of
from .ledger import pay_page, pay_rejected_page, release_page
from .moments import to_microseconds
from .task_suites import release_suite
from .training import return_tasks

__all__ = ["accept", "expire", "reject", "skip", "submit"]


def submit(books: Books, pool: PoolBook, page: AssignmentBook, *, solutions: Sequence[Solution]) -> bool:
    """Hand a page in; return False when these very solutions were handed in before. The page is written by the caller.

    Raises:
        InvalidData: the solutions do not fit the tasks.
        WrongState: the page is not active, and was not submitted with these solutions.
    """
    values = [dict(solution.output_values) for solution in solutions]
    if page.solutions is not None and read_json(page.solutions) == values:
        return False
    if page.status is not AssignmentStatus.ACTIVE:
        raise WrongState(
            f"assignment {assignment_id_of(page.number)} is {page.status}; only an active one can be submitted"
        )
    _check_solutions(books, pool, page, solutions=solutions)
    page.enter(AssignmentStatus.SUBMITTED)
    page.submitted, page.solutions = books.now, write_json(values)
    page.due = books.now + to_microseconds(pool.facts.config.auto_accept_after)
    pool.active_count -= 1
    pool.submitted_count += 1
    books.tell(EventKind.SUBMITTED, pool, assignment=page.number)
    return True


def accept(
    books: Books, pool: PoolBook, page: AssignmentBook, *, public_comment: str, is_automatic: bool = False
) -> bool:
    """Accept and pay a submitted or rejected page; return False when it is accepted already.

    Args:
        books: of the transaction.
        pool: the page's.
        page: what is accepted.
        public_comment: what the worker is told.
        is_automatic: whether nobody has judged the page.

    Raises:
        BudgetExceeded: a rejected page cannot be paid any more.
        WrongState: the page is in no such state.
    """
    if page.status is AssignmentStatus.ACCEPTED:
        return False
    was_rejected = page.status is AssignmentStatus.REJECTED
    page.enter(AssignmentStatus.ACCEPTED)
    page.accepted, page.public_comment = books.now, public_comment
    if was_rejected:
        pay_rejected_page(books, pool, page)
    else:
        pool.submitted_count -= 1
        pay_page(books, pool, page)
    page.write(books.transaction)
    books.tell(EventKind.ACCEPTED, pool, assignment=page.number)
    event = ReviewEvent.ACCEPT_AFTER_REJECT if was_rejected else ReviewEvent.ACCEPT
    _note_judgement(books, page, event, is_automatic=is_automatic)
    return True


def reject(books: Books, pool: PoolBook, page: AssignmentBook, *, public_comment: str) -> bool:
    """Reject a submitted page and release its money; its tasks stay consumed. Return False when it is rejected already.

    Raises:
        WrongState: the page is neither submitted nor rejected.
    """
    if page.status is AssignmentStatus.REJECTED:
        return False
    page.enter(AssignmentStatus.REJECTED)
    page.rejected, page.public_comment = books.now, public_comment
    pool.submitted_count -= 1
    release_page(books, pool, page)
    page.write(books.transaction)
    books.tell(EventKind.REJECTED, pool, assignment=page.number)
    _note_judgement(books, page, ReviewEvent.REJECT, is_automatic=False)
    return True


def skip(books: Books, pool: PoolBook, page: AssignmentBook) -> bool:
    """Give an active page back; return False when it was skipped already.

    Raises:
        WrongState: the page is neither active nor skipped.
    """
    if page.status is AssignmentStatus.SKIPPED:
        return False
    page.enter(AssignmentStatus.SKIPPED)
    page.skipped = books.now
    _give_back(books, pool, page)
    books.tell(EventKind.SKIPPED, pool, assignment=page.number)
    return True


def expire(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """End an active page whose time is over."""
    page.enter(AssignmentStatus.EXPIRED)
    page.expired = books.now
    _give_back(books, pool, page)
    books.tell(EventKind.EXPIRED, pool, assignment=page.number)


def _note_judgement(books: Books, page: AssignmentBook, event: ReviewEvent, *, is_automatic: bool) -> None:
    judgement = Judgement(
        pool_number=page.pool_number, assignment_number=page.number, event=event, is_automatic=is_automatic
    )
    books.judgements.append(judgement)


def _give_back(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    pool.active_count -= 1
    release_page(books, pool, page)
    page.write(books.transaction)
    if page.suite_number is not None:
        release_suite(books, pool, page.suite_number)
        return
    for task_id in page.task_ids:
        # Behind all cursors, for it may have been passed by workers who could not get it.
        position = pool.take_position()
        row = books.transaction.find("release_task", {"id": task_id, "position": position})
        if row is not None and row["kind"] == TaskKind.REAL and row["overlap"] is not None:
            pool.open_slots += 1
    return_tasks(books, pool, page)


def _check_solutions(books: Books, pool: PoolBook, page: AssignmentBook, *, solutions: Sequence[Solution]) -> None:
    name, task_count = assignment_id_of(page.number), len(page.task_ids)
    if len(solutions) != task_count:
        message = f"assignment {name} has {task_count} tasks, but {len(solutions)} solutions were submitted"
        raise InvalidData(f"{message}; submit one for each task, in order")
    project = books.catalogue.project(books.transaction, pool.facts.project_number, revision=pool.project_revision)
    specs, answers = project.config.output_spec, [solution.output_values for solution in solutions]
    found = [find_field_problems(values, specs) for values in answers]
    if not any(found):
        found = find_file_problems(books.transaction, page.number, answers, specs=specs)
    problems = [
        f"task {page_task_id_of(page.number, place)}: {problem}"
        for place, of_task in enumerate(found)
        for problem in of_task
    ]
    if problems:
        raise InvalidData(f"the solutions of assignment {name} do not fit its tasks; the page stays active", problems)
