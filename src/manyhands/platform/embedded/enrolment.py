"""Making workers known."""

from manyhands.crowd import Worker, WorkerId, WorkerProfile
from manyhands.errors import NotFound
from manyhands.store import Row

from .books import Books
from .documents import read_document, write_document
from .moments import to_moment
from .numbering import next_number

__all__ = ["enroll", "worker_of"]


def enroll(books: Books, worker_id: WorkerId, profile: WorkerProfile) -> Row:
    """Make a worker known and return their row; one who is known already stays as they are."""
    transaction = books.transaction
    if transaction.find("find_worker", {"id": worker_id}) is None:
        transaction.run(
            "create_worker",
            {
                "number": next_number(transaction, "worker"),
                "id": worker_id,
                "created": books.now,
                "profile": write_document(profile),
            },
        )
    row = transaction.find("find_worker", {"id": worker_id})
    if row is None:
        raise NotFound(f"worker {worker_id!r} is not there any more")
    return row


def worker_of(row: Row) -> Worker:
    """Return the worker of a row."""
    profile = read_document(row["profile"], WorkerProfile)
    return Worker(id=WorkerId(row["id"]), created=to_moment(row["created"]), profile=profile)
