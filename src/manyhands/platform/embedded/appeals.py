"""Appeals against rejections: workers make them, requesters grant or decline them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from manyhands.crowd import (
    APPEAL_PERIOD,
    Appeal,
    AppealState,
    AssignmentId,
    AssignmentStatus,
    ThreadId,
    ThreadKind,
    WorkerId,
)
from manyhands.errors import InvalidInput, NotFound, WrongState
from manyhands.store import Row, SqlValue, Transaction

from .acceptance import accept_page
from .appeal_rows import appeal_of, decide, find_appeal
from .assignments import AssignmentBook, find_assignment
from .documents import write_json
from .engine import Engine
from .ids import assignment_id_of, parse_number, parse_numbered, pool_number_of
from .moments import to_microseconds, to_moment
from .threads import check_text, open_conversation

__all__ = ["Appealing"]


class Appealing(Engine):
    """Appeals of workers on one side, to one requester on the other."""

    def appeal(self, assignment_id: AssignmentId, worker_id: WorkerId, text: Mapping[str, str]) -> Appeal:
        """Ask the requester to take the rejection of a page back.

        Args:
            assignment_id: the page.
            worker_id: whose page it is.
            text: language → why it should be accepted.

        Raises:
            NotFound: the worker has no such page.
            WrongState: the page is not rejected, was rejected too long ago, or has an open appeal.
        """
        check_text(text, "text")
        self.settle()
        number = parse_numbered("page", assignment_id)
        with self.writing() as books:
            page = find_assignment(books.transaction, number)
            if page.worker_id != worker_id:
                raise NotFound(f"worker {worker_id!r} has no page {assignment_id}")
            # Whoever judges the page waits for the same lock, and finds the appeal.
            facts = books.lock_one(pool_number_of(number)).facts
            page = find_assignment(books.transaction, number)
            obstacle = _find_obstacle(books.transaction, page, now=books.now)
            if obstacle is not None:
                raise WrongState(obstacle)
            kind = ThreadKind.APPEAL
            thread = open_conversation(books, facts, page.worker_number, text, kind=kind, page_number=number)
            values: dict[str, SqlValue] = {"thread_id": thread, "requester": facts.requester, "assignment_id": number}
            values |= {"text": write_json(text), "rejection": page.public_comment, "created": books.now}
            books.transaction.run("create_appeal", values)
            return appeal_of(find_appeal(books.transaction, thread))

    def find_own_appeal(self, appeal_id: ThreadId, worker_id: WorkerId) -> Appeal | None:
        """Return an appeal of the worker; None if there is no such one."""
        with self.reading() as transaction:
            row = transaction.find("find_appeal", {"thread_id": parse_number("appeal", appeal_id)})
        return None if row is None or row["worker_id"] != worker_id else appeal_of(row)

    def list_own_appeals(self, worker_id: WorkerId, assignment_ids: Sequence[AssignmentId]) -> list[Appeal]:
        """Return the last appeal of the worker for each of these pages that has one."""
        with self.reading() as transaction:
            numbers = [parse_numbered("page", assignment_id) for assignment_id in assignment_ids]
            rows = [transaction.find("find_last_appeal", {"assignment_id": number}) for number in numbers]
        return [appeal_of(row) for row in rows if row is not None and row["worker_id"] == worker_id]

    def list_appealable(
        self, worker_id: WorkerId, assignment_ids: Sequence[AssignmentId]
    ) -> dict[AssignmentId, datetime]:
        """Return until when the worker may appeal, for those of these pages for which they may now."""
        now = self.now_stamp()
        with self.reading() as transaction:
            numbers = [parse_numbered("page", assignment_id) for assignment_id in assignment_ids]
            pages = [find_assignment(transaction, number) for number in numbers]
            free = [page for page in pages if _find_obstacle(transaction, page, now=now) is None]
        return {
            assignment_id_of(page.number): to_moment(page.rejected) + APPEAL_PERIOD
            for page in free
            if page.worker_id == worker_id and page.rejected is not None
        }

    def list_appeals(
        self, state: AppealState = AppealState.OPEN, after: ThreadId | None = None, *, limit: int = 100
    ) -> list[Appeal]:
        """Return up to `limit` appeals to the requester that are in a state, oldest first, from behind `after`."""
        first = 0 if after is None else parse_number("appeal", after)
        values = {"requester": self._requester, "state": state.value, "after": first, "count": limit}
        with self.reading() as transaction:
            return [appeal_of(row) for row in transaction.rows("list_appeals", values)]

    def get_appeal(self, appeal_id: ThreadId) -> Appeal:
        """Return an appeal to the requester.

        Raises:
            NotFound: there is no such appeal, or it is to somebody else.
        """
        with self.reading() as transaction:
            return appeal_of(self._own_appeal(transaction, appeal_id))

    def grant_appeal(self, appeal_id: ThreadId, answer: str = "") -> Appeal:
        """Accept the page and tell the worker; a granted appeal stays as it is.

        Raises:
            BudgetExceeded: the page cannot be paid any more. The appeal stays open.
            WrongState: the appeal is declined, or the pool is archived.
        """
        _check_answer(answer)
        return self._decide(appeal_id, AppealState.GRANTED, answer)

    def decline_appeal(self, appeal_id: ThreadId, answer: str) -> Appeal:
        """Leave the page rejected and tell the worker why; a declined appeal stays as it is.

        Raises:
            InvalidInput: there is no answer.
            WrongState: the appeal is granted.
        """
        if not answer.strip():
            raise InvalidInput(f"appeal {appeal_id} cannot be declined without a reason; say why")
        _check_answer(answer)
        return self._decide(appeal_id, AppealState.DECLINED, answer)

    def _decide(self, appeal_id: ThreadId, state: AppealState, answer: str) -> Appeal:
        self.settle()
        with self.writing() as books:
            page_number: int = self._own_appeal(books.transaction, appeal_id)["assignment_id"]
            pool = books.lock_one(pool_number_of(page_number))
            row = self._own_appeal(books.transaction, appeal_id)
            if row["state"] == AppealState.OPEN and state is AppealState.GRANTED:
                accept_page(books, pool, page_number, public_comment=answer)
            elif row["state"] == AppealState.OPEN:
                decide(books, row, state, answer=answer)
            elif row["state"] != state:
                raise WrongState(f"appeal {appeal_id} is {row['state']} and cannot become {state}")
            return appeal_of(self._own_appeal(books.transaction, appeal_id))

    def _own_appeal(self, transaction: Transaction, appeal_id: ThreadId) -> Row:
        row = find_appeal(transaction, parse_number("appeal", appeal_id))
        if row["requester"] != self._requester:
            raise NotFound(f"requester {self._requester!r} has no appeal {appeal_id}")
        return row


def _find_obstacle(transaction: Transaction, page: AssignmentBook, *, now: int) -> str | None:
    """Return why nobody can appeal for a page now; None if its worker can."""
    name = assignment_id_of(page.number)
    if page.status is not AssignmentStatus.REJECTED or page.rejected is None:
        return f"page {name} is {page.status}; only against a rejection can be appealed"
    if now > page.rejected + to_microseconds(APPEAL_PERIOD):
        return f"page {name} was rejected more than {APPEAL_PERIOD.days} days ago; it is too late to appeal"
    if transaction.find("find_open_appeal", {"assignment_id": page.number}) is not None:
        return f"page {name} has an open appeal; wait for the answer to it"
    return None


def _check_answer(answer: str) -> None:
    if answer:
        check_text({"EN": answer}, "text")
