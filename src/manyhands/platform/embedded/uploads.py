"""A file on its way in, part by part, and out of the store again."""

from datetime import timedelta

from manyhands.crowd import AssignmentStatus, Attachment
from manyhands.errors import InvalidInput, WrongState

from .assignments import find_assignment
from .attachment_rows import attachment_of, find_attachment
from .engine import Engine
from .ids import assignment_id_of
from .media_types import HEAD_SIZE, find_media_type

__all__ = ["KEPT_AFTER_DEADLINE", "Upload", "remove_file"]

#: Files of a page that nobody handed in are kept a little longer than the page, and what a broken upload left as well.
KEPT_AFTER_DEADLINE = timedelta(hours=1)
#: Parts that are removed in one transaction: a few megabytes, so that nobody waits long for it.
_REMOVED_AT_ONCE = 32


class Upload:
    """A file that arrives. Used by one thread at a time; every part is durable when the call returns.

    Args:
        engine: where it is kept.
        number: of the attachment, which has a row already.
        page_number: of the page that it belongs to.
        stated: what the sender says of the content.
        most_bytes: what all files of the page may have together.
    """

    def __init__(self, engine: Engine, number: int, *, page_number: int, stated: str, most_bytes: int) -> None:
        self._engine = engine
        self._number = number
        self._page_number = page_number
        self._stated = stated
        self._most_bytes = most_bytes
        self._head = b""
        self._part_count = 0

    def add(self, part: bytes) -> None:
        """Store the next part.

        Raises:
            InvalidInput: the files of the page would have more than they may have together.
            WrongState: the page is not in the worker's hands any more.
        """
        with self._engine.writing() as books:
            transaction = books.transaction
            _require_in_hand(find_assignment(transaction, self._page_number).status, self._page_number)
            transaction.run("grow_attachment", {"id": self._number, "size_bytes": len(part)})
            measured = transaction.find("measure_attachments", {"assignment_id": self._page_number})
            if measured is not None and measured["size_bytes"] > self._most_bytes:
                page = assignment_id_of(self._page_number)
                raise InvalidInput(f"the files of page {page} may have {self._most_bytes} bytes together; send less")
            transaction.run(
                "add_attachment_part",
                {"attachment_id": self._number, "number": self._part_count, "content": part},
            )
        self._part_count += 1
        self._head = (self._head + part)[:HEAD_SIZE]

    def finish(self) -> Attachment:
        """Make the file one of the page's, and return it.

        Raises:
            InvalidInput: nothing arrived.
            WrongState: the page is not in the worker's hands any more.
        """
        if not self._part_count:
            raise InvalidInput("the file is empty; send its content")
        with self._engine.writing() as books:
            transaction = books.transaction
            _require_in_hand(find_assignment(transaction, self._page_number).status, self._page_number)
            media_type = find_media_type(self._head, self._stated)
            transaction.run("finish_attachment", {"id": self._number, "media_type": media_type, "created": books.now})
            return attachment_of(find_attachment(transaction, self._number))

    def give_up(self) -> None:
        """Forget what has arrived."""
        remove_file(self._engine, self._number)


def remove_file(engine: Engine, number: int) -> None:
    """Remove a file and its content. A crash in between leaves what is removed when it is due."""
    with engine.writing() as books:
        books.transaction.run("hide_attachment", {"id": number})
        row = books.transaction.find("find_last_attachment_part", {"attachment_id": number})
    last = -1 if row is None or row["number"] is None else row["number"]
    for end in range(_REMOVED_AT_ONCE, last + 1 + _REMOVED_AT_ONCE, _REMOVED_AT_ONCE):
        with engine.writing() as books:
            books.transaction.run("remove_attachment_parts", {"attachment_id": number, "end_number": end})
    with engine.writing() as books:
        books.transaction.run("remove_attachment", {"id": number})


def _require_in_hand(status: AssignmentStatus, page_number: int) -> None:
    if status is not AssignmentStatus.ACTIVE:
        raise WrongState(f"page {assignment_id_of(page_number)} is {status}; files belong to pages in hand")
