"""A page within a transaction: its row, changed in memory and written once."""

from dataclasses import dataclass

from manyhands.crowd import ASSIGNMENT_TRANSITIONS, AssignmentStatus, WorkerId
from manyhands.errors import NotFound, WrongState
from manyhands.store import Row, Transaction

from .documents import read_json
from .ids import assignment_id_of, first_id

__all__ = ["AssignmentBook", "find_assignment", "read_assignment_book"]


@dataclass(slots=True, kw_only=True)
class AssignmentBook:
    """The row of an assignment; stamps are microseconds, amounts hundred-thousandths of a dollar.

    Attributes:
        pool_revision: the pool's revision when the row was read.
        reserved: reward and fee as long as they are neither paid nor released.
        bonus_reserved: the largest bonus and its fee, likewise.
        due: when the page expires or is accepted by itself, or its bonus is released; None for nothing of the kind.
        suite_number: the task suite of a requester that the page shows; None when a mixer has put it together.
        solutions: JSON text, None before the page is submitted.
        first_solutions: JSON text of what was answered first on a page with training tasks, None where nothing of it was wrong.
    """

    number: int
    pool_number: int
    pool_revision: int
    worker_number: int
    worker_id: WorkerId
    status: AssignmentStatus
    reward: int
    fee: int
    reserved: int
    bonus_reserved: int
    task_numbers: str
    suite_number: int | None
    solutions: str | None
    created: int
    deadline: int
    due: int | None
    submitted: int | None
    accepted: int | None
    rejected: int | None
    skipped: int | None
    expired: int | None
    public_comment: str
    first_solutions: str | None

    @property
    def task_ids(self) -> list[int]:
        """The integer ids of the page's tasks, in the order of the page."""
        return [first_id(self.pool_number) + number for number in read_json(self.task_numbers)]

    def enter(self, status: AssignmentStatus) -> None:
        """Change the state.

        Raises:
            WrongState: the table of transitions does not allow it.
        """
        if status not in ASSIGNMENT_TRANSITIONS[self.status]:
            message = f"assignment {assignment_id_of(self.number)} is {self.status} and cannot become {status}"
            raise WrongState(message)
        self.status = status

    def write(self, transaction: Transaction) -> None:
        """Write what may have changed."""
        transaction.run(
            "write_assignment",
            {
                "assignment_id": self.number,
                "status": self.status.value,
                "reserved": self.reserved,
                "bonus_reserved": self.bonus_reserved,
                "solutions": self.solutions,
                "due": self.due,
                "submitted": self.submitted,
                "accepted": self.accepted,
                "rejected": self.rejected,
                "skipped": self.skipped,
                "expired": self.expired,
                "public_comment": self.public_comment,
            },
        )


def find_assignment(transaction: Transaction, number: int) -> AssignmentBook:
    """Return the assignment; its pool is locked already when it is going to be changed.

    Raises:
        NotFound: there is no such assignment.
    """
    row = transaction.find("find_assignment", {"id": number})
    if row is None:
        raise NotFound(f"there is no assignment {assignment_id_of(number)}")
    return read_assignment_book(row)


def read_assignment_book(row: Row) -> AssignmentBook:
    """Return the assignment that a row holds."""
    return AssignmentBook(
        number=row["assignment_id"],
        pool_number=row["pool_id"],
        pool_revision=row["pool_revision"],
        worker_number=row["worker_number"],
        worker_id=WorkerId(row["worker_id"]),
        status=AssignmentStatus(row["status"]),
        reward=row["reward"],
        fee=row["fee"],
        reserved=row["reserved"],
        bonus_reserved=row["bonus_reserved"],
        task_numbers=row["task_numbers"],
        suite_number=row["suite_id"],
        solutions=row["solutions"],
        created=row["created"],
        deadline=row["deadline"],
        due=row["due"],
        submitted=row["submitted"],
        accepted=row["accepted"],
        rejected=row["rejected"],
        skipped=row["skipped"],
        expired=row["expired"],
        public_comment=row["public_comment"],
        first_solutions=row["first_solutions"],
    )
