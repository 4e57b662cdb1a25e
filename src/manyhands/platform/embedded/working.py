"""The worker's side: registering, taking pages, handing them in or back."""

from collections.abc import Sequence
from datetime import datetime

from manyhands.crowd import (
    AssignmentId,
    AssignmentStatus,
    Course,
    Money,
    Obstacle,
    Page,
    Pool,
    PoolId,
    PoolType,
    Project,
    Solution,
    TaskId,
    TrainingVerdict,
    Worker,
    WorkerId,
    WorkerProfile,
)
from manyhands.errors import NotFound

from .access import Refusal
from .assignments import AssignmentBook, find_assignment
from .books import Books, PoolBook
from .courses import list_courses
from .due import find_next_due
from .engine import Engine
from .enrolment import enroll, worker_of
from .ids import parse_number, parse_numbered, pool_number_of
from .issuing import find_worker_price, issue_page
from .moments import find_moment
from .obstacles import find_obstacles
from .projects import find_project_of_pool
from .quality_control import watch_skip, watch_submission
from .records import pool_of_row
from .review import accept, expire, skip, submit
from .tally_keeping import rules_of
from .training import check_answer, concerns_trainings, find_mistakes, note_training

__all__ = ["Working"]


class Working(Engine):
    """What workers do, in the pools of all requesters; what the methods promise is written at `Workplace`."""

    def register_worker(self, worker_id: WorkerId, profile: WorkerProfile) -> Worker:
        """Make the worker known, or return them as they are known already."""
        with self.writing() as books:
            return worker_of(enroll(books, worker_id, profile))

    def list_open_pools(self) -> list[Pool]:
        """Return the open pools, highest priority first, then in order of id."""
        self.settle()
        with self.reading() as transaction:
            rows = transaction.rows("list_open_pools", {})
            return [pool_of_row(transaction, self._catalogue, row) for row in rows]

    def see_project(self, pool_id: PoolId) -> Project:
        """Return the project of a pool, whoever its requester is, in the version that its workers see."""
        with self.reading() as transaction:
            return find_project_of_pool(transaction, parse_number("pool", pool_id))

    def take(self, worker_id: WorkerId, pool_id: PoolId) -> Page:
        """Issue a page, or return the page that the worker has in hand.

        Raises:
            NoWork: nothing for this worker here; `reason` says why.
        """
        self.settle()
        number = parse_number("pool", pool_id)
        with self.writing() as books:
            worker = self._catalogue.worker(books.transaction, worker_id)
            outcome = issue_page(books, books.lock_one(number), worker, randomness=self._randomness)
        # Raised outside, because what the search has learned about the cursors is to be kept.
        if isinstance(outcome, Refusal):
            raise outcome.to_error()
        return outcome

    def submit(self, assignment_id: AssignmentId, worker_id: WorkerId, *, solutions: Sequence[Solution]) -> None:
        """Hand a page in; `solutions` is parallel to the page's tasks. The same solutions again change nothing.

        Raises:
            InvalidData: the solutions do not fit the tasks, or an answer to a training task is wrong; the page stays active.
            WrongState: the page has expired, was skipped, or was submitted with other solutions.
        """
        self.settle()
        with self.writing() as books:
            pool, page = self._lock_page(books, assignment_id, worker_id)
            mistakes = find_mistakes(books, pool, page, solutions=solutions)
            if mistakes is None and submit(books, pool, page, solutions=solutions):
                _follow_up(books, pool, page)
        # Raised outside, because what was answered first is to be kept.
        if mistakes is not None:
            raise mistakes

    def check_training_answer(
        self, assignment_id: AssignmentId, worker_id: WorkerId, *, task_id: TaskId, solution: Solution
    ) -> TrainingVerdict:
        """Tell whether an answer to a training task is right; the first answer to each task is kept.

        Raises:
            InvalidData: the answer does not fit the task, or the task is no training task.
            NotFound: there is no such task on the page.
            WrongState: the page is not active.
        """
        self.settle()
        with self.writing() as books:
            pool, page = self._lock_page(books, assignment_id, worker_id)
            return check_answer(books, pool, page, task_id=task_id, solution=solution)

    def reward_for(self, worker_id: WorkerId, pool_id: PoolId) -> Money:
        """Return the reward for a page of the pool that the worker would take now; it may depend on a skill."""
        with self.reading() as transaction:
            worker = self._catalogue.worker(transaction, worker_id)
            facts = self._catalogue.current_pool(transaction, parse_number("pool", pool_id))
            price = find_worker_price(transaction, facts, worker, now=self.now_stamp())
        return Money.from_units(price.reward)

    def list_courses(self, worker_id: WorkerId) -> list[Course]:
        """Return the open trainings and exams with the open pools that they lead to, highest priority first, then in order of id."""
        self.settle()
        with self.reading() as transaction:
            worker = self._catalogue.worker(transaction, worker_id)
            return list_courses(transaction, self._catalogue, worker, now=self.now_stamp())

    def find_obstacles(self, worker_id: WorkerId) -> dict[PoolId, Obstacle]:
        """Return what keeps the worker from open pools, by pool; a pool that is not named may still have nothing for them."""
        self.settle()
        with self.reading() as transaction:
            worker = self._catalogue.worker(transaction, worker_id)
            return find_obstacles(transaction, self._catalogue, worker, now=self.now_stamp())

    def skip(self, assignment_id: AssignmentId, worker_id: WorkerId) -> None:
        """Give a page back; the tasks of a training may come again."""
        self.settle()
        with self.writing() as books:
            pool, page = self._lock_page(books, assignment_id, worker_id)
            if skip(books, pool, page):
                watch_skip(books, pool, page)

    def expire(self, assignment_id: AssignmentId, worker_id: WorkerId) -> None:
        """End a page as if its time were over; one that has expired stays as it is. For programs that test what happens then.

        Raises:
            WrongState: the page is neither active nor expired.
        """
        self.settle()
        with self.writing() as books:
            pool, page = self._lock_page(books, assignment_id, worker_id)
            if page.status is not AssignmentStatus.EXPIRED:
                expire(books, pool, page)

    def deadline(self) -> datetime | None:
        """Return the moment at which something will happen by itself (an expiry, an automatic acceptance, a pool's end)."""
        with self.reading() as transaction:
            return find_moment(find_next_due(transaction))

    def _lock_page(
        self, books: Books, assignment_id: AssignmentId, worker_id: WorkerId
    ) -> tuple[PoolBook, AssignmentBook]:
        number = parse_numbered("assignment", assignment_id)
        pool = books.lock_one(pool_number_of(number))
        page = find_assignment(books.transaction, number)
        if page.worker_id != worker_id:
            raise NotFound(f"worker {worker_id!r} has no assignment {assignment_id}")
        return pool, page


def _follow_up(books: Books, pool: PoolBook, page: AssignmentBook) -> None:
    """Do what follows a submission: rules first, because they may reject what would be accepted by itself."""
    config = pool.facts.config
    if concerns_trainings(books, pool, page) or rules_of(books, pool):
        page.write(books.transaction)
        note_training(books, pool, page)
        watch_submission(books, pool, page)
        page = find_assignment(books.transaction, page.number)
    # Nobody judges a training: its answers are right when it is handed in.
    is_accepted_at_once = config.auto_accept or config.type is PoolType.TRAINING
    if is_accepted_at_once and page.status is AssignmentStatus.SUBMITTED:
        accept(books, pool, page, public_comment="", is_automatic=True)
    else:
        page.write(books.transaction)
