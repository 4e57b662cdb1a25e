"""Rows of files, and the files of a page that is being handed in."""

from collections.abc import Iterator, Mapping, Sequence

from manyhands.crowd import Attachment, AttachmentId, WorkerId
from manyhands.errors import NotFound
from manyhands.store import Row, Transaction
from manyhands.task import FieldSpec, FieldType

from .ids import assignment_id_of, is_number, pool_id_of
from .moments import to_moment

__all__ = ["attachment_of", "find_attachment", "find_file_problems"]


def attachment_of(row: Row) -> Attachment:
    """Return the attachment of a row."""
    return Attachment(
        id=AttachmentId(str(row["id"])),
        assignment_id=assignment_id_of(row["assignment_id"]),
        pool_id=pool_id_of(row["pool_id"]),
        worker_id=WorkerId(row["worker_id"]),
        name=row["name"],
        media_type=row["media_type"],
        size_bytes=row["size_bytes"],
        created=to_moment(row["created"]),
    )


def find_attachment(transaction: Transaction, number: int) -> Row:
    """Return the row of a file that has arrived as a whole.

    Raises:
        NotFound: there is no such file.
    """
    row = transaction.find("find_attachment", {"id": number})
    if row is None or not row["is_complete"]:
        raise NotFound(f"there is no attachment {number}")
    return row


def find_file_problems(
    transaction: Transaction,
    page_number: int,
    solutions: Sequence[Mapping[str, object]],
    *,
    specs: Mapping[str, FieldSpec],
) -> list[list[str]]:
    """Return, for each solution of a page, one sentence for each value that should be a file of the page and is none.

    The values fit their specs already. A URL field takes addresses and files, so there only what looks like the id of a file has to be one.
    """
    kinds = {name: spec.type.element for name, spec in specs.items()}
    files = {name: kind for name, kind in kinds.items() if kind in (FieldType.FILE, FieldType.URL)}
    if not files:
        return [[] for _ in solutions]
    named = [list(_named_files(values, files)) for values in solutions]
    known: frozenset[str] = frozenset()
    if any(named):
        rows = transaction.rows("list_attachments_of_page", {"assignment_id": page_number})
        known = frozenset(str(row["id"]) for row in rows)
    return [
        [
            f"{name}: there is no file {text!r:.60} of this page; upload it first"
            for name, text in pairs
            if text not in known
        ]
        for pairs in named
    ]


def _named_files(values: Mapping[str, object], files: Mapping[str, FieldType]) -> Iterator[tuple[str, str]]:
    for name, kind in files.items():
        value = values.get(name)
        for text in value if isinstance(value, list | tuple) else [value]:
            if isinstance(text, str) and (kind is FieldType.FILE or is_number(text)):
                yield name, text
