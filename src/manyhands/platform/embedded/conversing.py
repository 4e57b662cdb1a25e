"""The worker's side of messages: each worker sees every thread as if it were with them alone."""

import re
from collections.abc import Mapping

from manyhands.crowd import (
    AssignmentId,
    Conversation,
    ConversationPage,
    InterlocutorRole,
    PoolId,
    PoolStatus,
    ThreadId,
    ThreadKind,
    WorkerId,
)
from manyhands.errors import NotFound, WrongState
from manyhands.store import Row, Transaction

from .assignments import find_assignment
from .books import Books
from .catalogue import WorkerFacts
from .documents import read_json
from .engine import Engine
from .ids import first_id, parse_number, parse_numbered, pool_number_of
from .threads import (
    NewThread,
    begin_thread,
    check_text,
    conversation_of,
    list_messages,
    open_conversation,
    post,
)

__all__ = ["Conversing"]

_BEHIND_ALL = 2**63 - 1
#: Digits that the store's numbers hold for sure.
_CURSOR = re.compile(r"[0-9]{1,18}")


class Conversing(Engine):
    """What workers read and write, to requesters only."""

    def list_conversations(
        self, worker_id: WorkerId, cursor: str | None = None, *, limit: int = 50
    ) -> ConversationPage:
        """Return up to `limit` conversations of a worker without their messages, the latest first, from behind `cursor`.

        Raises:
            NotFound: nobody gave out this cursor.
        """
        updated, thread = (_BEHIND_ALL, _BEHIND_ALL) if cursor is None else _read_cursor(cursor)
        with self.reading() as transaction:
            names = {"worker_number": self._catalogue.worker(transaction, worker_id).number}
            values = {**names, "updated": updated, "thread_id": thread, "count": limit + 1}
            rows = transaction.rows("list_conversations", values)
            unread = transaction.find("count_unread_conversations", names)
        return ConversationPage(
            conversations=tuple(conversation_of(row) for row in rows[:limit]),
            unread_count=0 if unread is None else unread["unread_count"],
            cursor=_write_cursor(rows[limit - 1]) if len(rows) > limit else None,
        )

    def read_conversation(self, worker_id: WorkerId, thread_id: ThreadId) -> Conversation:
        """Return a conversation with its messages; from then on it is not unread.

        Raises:
            NotFound: the worker has no such conversation.
        """
        with self.writing() as books:
            return self._read(books.transaction, worker_id, parse_number("thread", thread_id))

    def answer(self, worker_id: WorkerId, thread_id: ThreadId, text: Mapping[str, str]) -> Conversation:
        """Write to the requester of a conversation, and return it; of several workers nobody else sees it.

        Raises:
            WrongState: the thread is not to be answered.
        """
        check_text(text, "text")
        number = parse_number("thread", thread_id)
        with self.writing() as books:
            worker = self._catalogue.worker(books.transaction, worker_id).number
            answered = _answering_thread(books, number, worker)
            post(books, answered, text, role=InterlocutorRole.USER, worker_number=worker)
            return self._read(books.transaction, worker_id, number)

    def report(
        self,
        worker_id: WorkerId,
        text: Mapping[str, str],
        *,
        topic: Mapping[str, str] | None = None,
        pool_id: PoolId | None = None,
        assignment_id: AssignmentId | None = None,
    ) -> Conversation:
        """Write to the requester about a pool that is open or in which the worker has worked, or about a page of the worker.

        Args:
            worker_id: who writes.
            text: language → text.
            topic: language → topic; None for the name of the project.
            pool_id: the pool; not needed with a page.
            assignment_id: the page.

        Raises:
            NotFound: the worker knows no such pool, or has no such page.
        """
        check_text(text, "text")
        if topic:
            check_text(topic, "topic")
        with self.writing() as books:
            worker = self._catalogue.worker(books.transaction, worker_id)
            page = None if assignment_id is None else _find_own_page(books.transaction, worker, assignment_id)
            number = _find_known_pool(books.transaction, worker, pool_id) if page is None else pool_number_of(page)
            home = self._catalogue.home(books.transaction, number)
            thread = open_conversation(
                books, home, worker.number, text, kind=ThreadKind.REPORT, page_number=page, topic=topic
            )
            return self._read(books.transaction, worker_id, thread)

    def _read(self, transaction: Transaction, worker_id: WorkerId, number: int) -> Conversation:
        names = {"worker_number": self._catalogue.worker(transaction, worker_id).number, "thread_id": number}
        seen = transaction.find("see_thread", names)
        row = transaction.find("find_conversation", names)
        if seen is None or row is None:
            raise NotFound(f"worker {worker_id!r} has no conversation {number}")
        messages = list_messages(transaction, number)
        if seen["answer_id"] is not None:
            messages += list_messages(transaction, seen["answer_id"])
            messages.sort(key=lambda message: message.created)
        return conversation_of(row, messages)


def _answering_thread(books: Books, number: int, worker_number: int) -> int:
    """Return the thread in which a worker answers another one, which is the same where nobody else is in it."""
    transaction, names = books.transaction, {"worker_number": worker_number, "thread_id": number}
    # The row of the member stays locked until the commit, so that nobody gets two threads below the same one.
    member = transaction.find("touch_thread_member", {**names, "updated": books.now})
    thread = transaction.find("find_thread", {"id": number})
    if member is None or thread is None:
        raise NotFound(f"there is no conversation {number}")
    if not thread["is_answerable"]:
        raise WrongState(f"conversation {number} is not to be answered")
    if thread["worker_id"] is not None:
        return number
    if member["answer_id"] is None:
        below = begin_thread(books, _thread_below(thread, worker_number))
        transaction.run("set_thread_answer", {**names, "answer_id": below})
        return below
    return int(member["answer_id"])


def _thread_below(thread: Row, worker_number: int) -> NewThread:
    return NewThread(
        requester=thread["requester"],
        kind=ThreadKind(thread["kind"]),
        topic=read_json(thread["topic"]),
        parent_number=thread["id"],
        worker_number=worker_number,
    )


def _find_own_page(transaction: Transaction, worker: WorkerFacts, assignment_id: AssignmentId) -> int:
    page = find_assignment(transaction, parse_numbered("page", assignment_id))
    if page.worker_number != worker.number:
        raise NotFound(f"worker {worker.id!r} has no page {assignment_id}")
    return page.number


def _find_known_pool(transaction: Transaction, worker: WorkerFacts, pool_id: PoolId | None) -> int:
    number = parse_number("pool", pool_id or "")
    pool = transaction.find("find_pool", {"id": number})
    span = {"worker_number": worker.number, "first_id": first_id(number), "end_id": first_id(number + 1)}
    is_open = pool is not None and pool["status"] == PoolStatus.OPEN
    if not is_open and transaction.find("find_page_in_pool", span) is None:
        raise NotFound(f"there is no open pool {pool_id}")
    return number


def _write_cursor(row: Row) -> str:
    return f"{row['updated']}-{row['id']}"


def _read_cursor(text: str) -> tuple[int, int]:
    updated, dash, number = text.partition("-")
    if not dash or not _CURSOR.fullmatch(updated) or not _CURSOR.fullmatch(number):
        raise NotFound(f"there is nothing behind {text!r:.40}; read on from what a list of messages said")
    return int(updated), int(number)
