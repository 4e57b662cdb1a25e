"""The requester's side: writing to workers, and reading what they write."""

from collections.abc import Collection, Mapping

from manyhands.crowd import Folder, InterlocutorRole, MessageDraft, MessageThread, ThreadId, ThreadKind
from manyhands.errors import NotFound
from manyhands.store import Row, SqlValue, Transaction

from .engine import Engine
from .ids import parse_number
from .recipients import find_recipients
from .threads import NewThread, add_members, begin_thread, change_folders, check_text, post, thread_of

__all__ = ["Messaging"]


class Messaging(Engine):
    """Threads of one requester. A thread to several workers is one thread; each of them who answers it gets one of their own below it."""

    def compose(self, draft: MessageDraft) -> MessageThread:
        """Send a message to workers who know the requester, and return its thread.

        Raises:
            InvalidInput: topic or text are empty or too long.
            NoRecipients: there is nobody to whom it would go.
        """
        check_text(draft.topic, "topic")
        check_text(draft.text, "text")
        with self.writing() as books:
            workers = find_recipients(books, self._requester, draft.recipients)
            thread = NewThread(
                requester=self._requester,
                kind=ThreadKind.MESSAGE,
                topic=draft.topic,
                is_answerable=draft.is_answerable,
                worker_number=workers[0] if len(workers) == 1 else None,
                member_count=len(workers),
                recipients=draft.recipients,
            )
            number = begin_thread(books, thread)
            add_members(books, number, workers)
            post(books, number, draft.text, role=InterlocutorRole.REQUESTER)
            return thread_of(books.transaction, self._own_thread(books.transaction, ThreadId(str(number))))

    def send_message(self, draft: MessageDraft) -> ThreadId:
        """Write to workers who know the requester, and return the thread that this begins.

        Raises:
            InvalidInput: topic or text are empty or too long.
            NoRecipients: there is nobody to whom it would go.
        """
        return self.compose(draft).id

    def reply(self, thread_id: ThreadId, text: Mapping[str, str]) -> MessageThread:
        """Write to the workers of a thread, and return it as it is then."""
        check_text(text, "text")
        with self.writing() as books:
            row = self._own_thread(books.transaction, thread_id)
            post(books, row["id"], text, role=InterlocutorRole.REQUESTER)
            return thread_of(books.transaction, self._own_thread(books.transaction, thread_id))

    def get_thread(self, thread_id: ThreadId) -> MessageThread:
        """Return a thread.

        Raises:
            NotFound: the requester has no such thread.
        """
        with self.reading() as transaction:
            return thread_of(transaction, self._own_thread(transaction, thread_id))

    def list_threads(self, after: ThreadId | None = None, *, limit: int = 1000) -> list[MessageThread]:
        """Return up to `limit` threads in order of id, from behind `after`."""
        first = 0 if after is None else parse_number("thread", after)
        values: dict[str, SqlValue] = {"requester": self._requester, "after": first, "count": limit}
        with self.reading() as transaction:
            return [thread_of(transaction, row) for row in transaction.rows("list_threads", values)]

    def move_thread(
        self, thread_id: ThreadId, *, add: Collection[Folder] = (), remove: Collection[Folder] = ()
    ) -> MessageThread:
        """Put a thread into folders and take it out of others, and return it."""
        with self.writing() as books:
            row = self._own_thread(books.transaction, thread_id)
            change_folders(books.transaction, row["id"], add=add, remove=remove)
            return thread_of(books.transaction, self._own_thread(books.transaction, thread_id))

    def _own_thread(self, transaction: Transaction, thread_id: ThreadId) -> Row:
        row = transaction.find("find_thread", {"id": parse_number("thread", thread_id)})
        if row is None or row["requester"] != self._requester:
            raise NotFound(f"requester {self._requester!r} has no thread {thread_id}")
        return row
