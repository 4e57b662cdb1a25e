"""Files on both sides: workers upload them for a page that they have in hand, requesters fetch those of pages that were handed in."""

import re
from collections.abc import Iterator
from itertools import count

from manyhands.crowd import AssignmentId, AssignmentStatus, Attachment, AttachmentId, PoolId, WorkerId
from manyhands.errors import InvalidInput, NotFound
from manyhands.store import Transaction

from .assignments import AssignmentBook, find_assignment
from .attachment_rows import attachment_of, find_attachment
from .engine import Engine
from .ids import parse_number, parse_numbered, pool_number_of
from .moments import to_microseconds
from .numbering import next_number
from .uploads import KEPT_AFTER_DEADLINE, Upload, remove_file

__all__ = ["Attaching"]

_LONGEST_NAME = 255
#: Everything up to the last slash, and what no file system and no header takes.
_FOLDERS, _UNFIT = re.compile(r".*[/\\]", re.DOTALL), re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_HANDED_IN = frozenset({AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED})


class Attaching(Engine):
    """Files of pages. Contents go in and out in parts, so that no file is in memory as a whole."""

    def upload(
        self,
        assignment_id: AssignmentId,
        worker_id: WorkerId,
        *,
        name: str,
        media_type: str = "",
        most_bytes: int,
        most_count: int,
    ) -> Upload:
        """Begin a file for a page that the worker has in hand.

        Args:
            assignment_id: the page.
            worker_id: who has it.
            name: of the file; folders in it are left out.
            media_type: what the worker's device says of the content, which is believed where the content does not say otherwise.
            most_bytes: what all files of the page may have together.
            most_count: how many files the page may have.

        Raises:
            InvalidInput: the name is empty, or the page has as many files as it may have.
            NotFound: the worker has no such page in hand.
        """
        self.settle()
        shown = _UNFIT.sub("", _FOLDERS.sub("", name)).strip()[:_LONGEST_NAME]
        if not shown:
            raise InvalidInput(f"the file for page {assignment_id} has no name; give it one")
        with self.writing() as books:
            page = _page_in_hand(books.transaction, assignment_id, worker_id)
            measured = books.transaction.find("measure_attachments", {"assignment_id": page.number})
            if measured is not None and measured["file_count"] >= most_count:
                raise InvalidInput(f"page {assignment_id} has {most_count} files already; remove one first")
            number = next_number(books.transaction, "attachment")
            books.transaction.run(
                "create_attachment",
                {
                    "id": number,
                    "assignment_id": page.number,
                    "pool_id": page.pool_number,
                    "name": shown,
                    "media_type": "",
                    "created": books.now,
                    "due": page.deadline + to_microseconds(KEPT_AFTER_DEADLINE),
                },
            )
        return Upload(self, number, page_number=page.number, stated=media_type, most_bytes=most_bytes)

    def list_uploads(self, assignment_id: AssignmentId, worker_id: WorkerId) -> list[Attachment]:
        """Return the files of a page that the worker has in hand, in order of id."""
        self.settle()
        with self.reading() as transaction:
            page = _page_in_hand(transaction, assignment_id, worker_id)
            rows = transaction.rows("list_attachments_of_page", {"assignment_id": page.number})
            return [attachment_of(row) for row in rows]

    def get_upload(self, assignment_id: AssignmentId, worker_id: WorkerId, attachment_id: AttachmentId) -> Attachment:
        """Return a file of a page that the worker has in hand.

        Raises:
            NotFound: the worker has no such page in hand, or the page no such file.
        """
        found = next((file for file in self.list_uploads(assignment_id, worker_id) if file.id == attachment_id), None)
        if found is None:
            raise NotFound(f"page {assignment_id} has no file {attachment_id!r}")
        return found

    def remove_upload(self, assignment_id: AssignmentId, worker_id: WorkerId, attachment_id: AttachmentId) -> None:
        """Remove a file from a page that the worker has in hand."""
        remove_file(self, parse_number("attachment", self.get_upload(assignment_id, worker_id, attachment_id).id))

    def get_attachment(self, attachment_id: AttachmentId) -> Attachment:
        """Return a file of a page that was handed in to the requester.

        Raises:
            NotFound: there is no such file, or it is somebody else's.
        """
        number = parse_number("attachment", attachment_id)
        with self.reading() as transaction:
            row = find_attachment(transaction, number)
            self.own_pool(transaction, str(row["pool_id"]))
            if row["status"] not in _HANDED_IN:
                raise NotFound(f"there is no attachment {attachment_id}")
            return attachment_of(row)

    def list_attachments(
        self, pool_id: PoolId, after: AttachmentId | None = None, *, limit: int = 1000
    ) -> list[Attachment]:
        """Return up to `limit` files of the pool's pages that were handed in, in order of id, from behind `after`."""
        first = 0 if after is None else parse_number("attachment", after)
        with self.reading() as transaction:
            pool = self.own_pool(transaction, pool_id).number
            values = {"pool_id": pool, "after": first, "count": limit}
            return [attachment_of(row) for row in transaction.rows("list_attachments_of_pool", values)]

    def list_attachments_of(self, assignment_id: AssignmentId) -> list[Attachment]:
        """Return the files of a page in order of id; none before the page is handed in."""
        number = parse_numbered("assignment", assignment_id)
        with self.reading() as transaction:
            self.own_pool(transaction, str(pool_number_of(number)))
            rows = transaction.rows("list_attachments_of_page", {"assignment_id": number})
            return [attachment_of(row) for row in rows if row["status"] in _HANDED_IN]

    def iter_content(self, attachment: Attachment) -> Iterator[bytes]:
        """Return the content of a file in parts, each read when it is asked for.

        Raises:
            NotFound: the file was removed meanwhile.
        """
        values, left = {"attachment_id": parse_number("attachment", attachment.id)}, attachment.size_bytes
        for number in count():
            if left <= 0:
                return
            with self.reading() as transaction:
                row = transaction.find("find_attachment_part", {**values, "number": number})
            if row is None:
                raise NotFound(f"attachment {attachment.id} was removed while it was read")
            part: bytes = row["content"]
            left -= len(part)
            yield part

    def remove_stray_files(self) -> int:
        """Remove files of pages that were not handed in, and what broken uploads left, some time after the deadline; return how many."""
        self.settle()
        removed_count = 0
        while (number := self._next_due_file()) is not None:
            if self._is_stray(number):
                remove_file(self, number)
                removed_count += 1
        return removed_count

    def _next_due_file(self) -> int | None:
        with self.reading() as transaction:
            row = transaction.find("find_due_attachment", {"now": self.now_stamp()})
        return None if row is None else int(row["id"])

    def _is_stray(self, number: int) -> bool:
        """Return whether a file that is due may go; one that stays is not due any more."""
        with self.writing() as books:
            row = books.transaction.find("find_attachment", {"id": number})
            if row is None:
                return False
            is_kept = bool(row["is_complete"]) and row["status"] in _HANDED_IN
            if is_kept:
                books.transaction.run("keep_attachment", {"id": number})
            return not is_kept


def _page_in_hand(transaction: Transaction, assignment_id: AssignmentId, worker_id: WorkerId) -> AssignmentBook:
    page = find_assignment(transaction, parse_numbered("page", assignment_id))
    if page.worker_id != worker_id or page.status is not AssignmentStatus.ACTIVE:
        raise NotFound(f"worker {worker_id!r} has no page {assignment_id} in hand")
    return page
