"""The requester's side: task suites."""

from collections.abc import Iterable

from manyhands.crowd import (
    Assignment,
    PoolId,
    TaskId,
    TaskSuite,
    TaskSuiteChange,
    TaskSuiteDraft,
    TaskSuiteId,
)
from manyhands.errors import HasMixer, NotFound
from manyhands.store import SqlValue, Transaction

from .assignments import AssignmentBook, find_assignment, read_assignment_book
from .books import Books, PoolBook
from .engine import Engine
from .ids import first_id, mixed_suite_id_of, parse_numbered, parse_suite, parse_suite_cursor, pool_number_of
from .records import assignment_of
from .suite_records import mixed_suite_of, suite_of
from .task_suites import add_task_suites, change_task_suite, find_suite, set_suite_overlap

__all__ = ["Suites"]


class Suites(Engine):
    """Task suites of one requester.

    In a pool without a mixer they are what the requester puts together and the platform issues. In a pool with one, each page is a suite of its
    own, which can only be looked at.
    """

    def add_task_suites(self, pool_id: PoolId, drafts: Iterable[TaskSuiteDraft]) -> list[TaskSuiteId]:
        """Add task suites to a pool without a mixer, all or none, and return their ids in order; a key that is there stands for its suite.

        The drafts are read within the transaction, so whatever yields them must not call the platform.

        Raises:
            HasMixer: the pool takes tasks.
            InvalidData: values do not fit the project's specs.
        """
        self.settle()
        with self.writing() as books:
            pool = self.lock_own_pool(books, pool_id)
            return add_task_suites(books, pool, drafts, randomness=self._randomness)

    def get_task_suite(self, suite_id: TaskSuiteId) -> TaskSuite:
        """Return one task suite as it is now.

        Raises:
            NotFound: the requester has no such suite.
        """
        self.settle()
        with self.reading() as transaction:
            number, is_mixed = self._own_suite(transaction, suite_id)
            if is_mixed:
                return mixed_suite_of(transaction, _get_mixed_page(transaction, number))
            return suite_of(transaction, find_suite(transaction, number))

    def list_task_suites(
        self,
        pool_id: PoolId,
        after: TaskSuiteId | None = None,
        *,
        task_id: TaskId | None = None,
        limit: int = 1000,
    ) -> list[TaskSuite]:
        """Return up to `limit` task suites of the pool in order of id, from behind `after`.

        Args:
            pool_id: of the pool.
            after: an id, or a text between two ids; None begins with the first suite.
            task_id: only suites that hold this task of the pool; where a mixer has put them together, all pages are looked through.
            limit: the most suites.
        """
        self.settle()
        with self.reading() as transaction:
            facts = self.own_facts(transaction, pool_id)
            task = None if task_id is None else parse_numbered("task", task_id, pool_id=pool_id)
            is_mixed = facts.config.mixer is not None
            first = first_id(facts.number)
            cursor = first if after is None else parse_suite_cursor(after, pool_id=pool_id, is_mixed=is_mixed)
            values: dict[str, SqlValue] = {"after": cursor, "end_id": first_id(facts.number + 1), "count": limit}
            if is_mixed:
                return _list_mixed(transaction, values, task_number=None if task is None else task - first)
            if task is not None:
                return _list_suite_of_task(transaction, task, after=cursor)
            return [suite_of(transaction, row) for row in transaction.rows("list_task_suites", values)]

    def change_task_suite(self, suite_id: TaskSuiteId, change: TaskSuiteChange) -> TaskSuite:
        """Change the overlap of a task suite, its place in the order, or both, and return it.

        Raises:
            HasMixer: the platform has put it together.
            InvalidInput: the overlap is below what is consumed (active, submitted, accepted, rejected).
        """
        self.settle()
        with self.writing() as books:
            pool, number = self._lock_suite(books, suite_id)
            change_task_suite(books, pool, number, change)
        return self.get_task_suite(suite_id)

    def raise_suite_overlap(self, suite_id: TaskSuiteId, overlap: int) -> TaskSuite:
        """Set the overlap of a task suite to the larger of what is asked for and what is consumed, and return it; zero stops issuing it.

        Raises:
            HasMixer: the platform has put it together.
        """
        self.settle()
        with self.writing() as books:
            pool, number = self._lock_suite(books, suite_id)
            set_suite_overlap(books, pool, number, wanted=overlap)
        return self.get_task_suite(suite_id)

    def list_assignments_of_suite(self, suite_id: TaskSuiteId) -> list[Assignment]:
        """Return the assignments of a task suite in order of id.

        Raises:
            NotFound: the requester has no such suite.
        """
        self.settle()
        with self.reading() as transaction:
            number, is_mixed = self._own_suite(transaction, suite_id)
            if is_mixed:
                pages = [_get_mixed_page(transaction, number)]
            else:
                rows = transaction.rows(
                    "list_assignments_of_suite", {"suite_id": find_suite(transaction, number)["id"]}
                )
                pages = [read_assignment_book(row) for row in rows]
            return [assignment_of(transaction, self._catalogue, page) for page in pages]

    def _own_suite(self, transaction: Transaction, suite_id: TaskSuiteId) -> tuple[int, bool]:
        number, is_mixed = parse_suite(suite_id)
        self.own_pool(transaction, str(pool_number_of(number)))
        return number, is_mixed

    def _lock_suite(self, books: Books, suite_id: TaskSuiteId) -> tuple[PoolBook, int]:
        number, is_mixed = self._own_suite(books.transaction, suite_id)
        if is_mixed:
            _get_mixed_page(books.transaction, number)
            raise HasMixer(f"task suite {suite_id} was put together for one page; change the overlap of its tasks")
        return books.lock_one(pool_number_of(number)), number


def _get_mixed_page(transaction: Transaction, number: int) -> AssignmentBook:
    page = find_assignment(transaction, number)
    if page.suite_number is not None:
        raise NotFound(f"there is no task suite {mixed_suite_id_of(number)}")
    return page


def _list_mixed(transaction: Transaction, values: dict[str, SqlValue], *, task_number: int | None) -> list[TaskSuite]:
    if task_number is None:
        rows = transaction.rows("list_assignments", values)
    else:
        rows = transaction.rows("list_assignments_with_task", {**values, "pattern": f"%,{task_number},%"})
    return [mixed_suite_of(transaction, read_assignment_book(row)) for row in rows]


def _list_suite_of_task(transaction: Transaction, task: int, *, after: int) -> list[TaskSuite]:
    row = transaction.find("find_suite_of_task", {"id": task})
    if row is None or row["suite_id"] is None or row["suite_id"] <= after:
        return []
    return [suite_of(transaction, find_suite(transaction, row["suite_id"]))]
