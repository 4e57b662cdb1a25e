"""Threads of messages within a transaction: begun, added to, read."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from manyhands.crowd import (
    Conversation,
    Folder,
    InterlocutorRole,
    Message,
    MessageThread,
    ProjectConfig,
    ProjectId,
    Recipients,
    ThreadId,
    ThreadKind,
    WorkerId,
)
from manyhands.errors import InvalidInput
from manyhands.store import Row, Transaction

from .books import Books
from .catalogue import PoolHome
from .documents import read_document, read_json, write_document, write_json
from .ids import assignment_id_of, pool_id_of
from .moments import to_moment
from .numbering import next_number

__all__ = [
    "MEMBERS_SHOWN",
    "NewThread",
    "add_members",
    "begin_thread",
    "change_folders",
    "check_text",
    "conversation_of",
    "list_messages",
    "open_conversation",
    "post",
    "thread_of",
]

#: Members that a thread lists at most.
MEMBERS_SHOWN = 100
_LONGEST_TEXT = 10_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThread:
    """A thread that is to begin.

    Attributes:
        worker_number: the one worker that it is with; None for several.
        parent_number: the thread to several workers that is answered in this one.
        recipients: how the workers were chosen; None where a worker begins.
    """

    requester: str
    kind: ThreadKind
    topic: Mapping[str, str]
    is_answerable: bool = True
    worker_number: int | None = None
    member_count: int = 1
    parent_number: int | None = None
    recipients: Recipients | None = None
    project_number: int | None = None
    pool_number: int | None = None
    page_number: int | None = None


def check_text(texts: Mapping[str, str], what: str) -> None:
    """Return if this can be sent.

    Raises:
        InvalidInput: a text is empty or too long, or its language is no code such as ``EN``.
    """
    problems = [
        f"expected a language such as EN, found {language!r:.20}"
        for language in texts
        if not _LANGUAGE.fullmatch(language)
    ]
    problems += [f"{language}: expected a text, found none" for language, text in texts.items() if not text.strip()]
    problems += [
        f"{language}: expected at most {_LONGEST_TEXT} characters, found {len(text)}"
        for language, text in texts.items()
        if len(text) > _LONGEST_TEXT
    ]
    if problems or not texts:
        raise InvalidInput(f"the {what} of the message cannot be sent; nothing was sent", problems)


def begin_thread(books: Books, draft: NewThread) -> int:
    """Create a thread without messages and members, and return its number."""
    number = next_number(books.transaction, "thread")
    books.transaction.run(
        "create_thread",
        {
            "id": number,
            "requester": draft.requester,
            "kind": draft.kind.value,
            "parent_id": draft.parent_number,
            "worker_number": draft.worker_number,
            "topic": write_json(draft.topic),
            "recipients": None if draft.recipients is None else write_document(draft.recipients),
            "project_id": draft.project_number,
            "pool_id": draft.pool_number,
            "assignment_id": draft.page_number,
            "is_answerable": int(draft.is_answerable),
            "member_count": draft.member_count,
            "created": books.now,
        },
    )
    return number


def add_members(books: Books, number: int, worker_numbers: Iterable[int]) -> None:
    """Put a thread among the messages of workers."""
    values = {"thread_id": number, "is_unread": 0, "updated": books.now}
    books.transaction.run_many("add_thread_member", ({**values, "worker_number": worker} for worker in worker_numbers))


def open_conversation(
    books: Books,
    home: PoolHome,
    worker_number: int,
    text: Mapping[str, str],
    *,
    kind: ThreadKind,
    page_number: int | None,
    topic: Mapping[str, str] | None = None,
) -> int:
    """Begin a thread of a worker with the requester of a pool and post the first message; return the thread's number.

    Without a topic of its own it is called like the project.
    """
    draft = NewThread(
        requester=home.requester,
        kind=kind,
        topic=topic or dict.fromkeys(text, _project_name(books.transaction, home.project_number)),
        worker_number=worker_number,
        project_number=home.project_number,
        pool_number=home.number,
        page_number=page_number,
    )
    number = begin_thread(books, draft)
    add_members(books, number, [worker_number])
    post(books, number, text, role=InterlocutorRole.USER, worker_number=worker_number)
    return number


def post(
    books: Books, number: int, text: Mapping[str, str], *, role: InterlocutorRole, worker_number: int | None = None
) -> None:
    """Add a message to a thread; its workers have something to read, or the requester if a worker speaks."""
    transaction = books.transaction
    row = transaction.find("lock_thread", {"id": number, "added_count": 1})
    if row is None:
        return
    transaction.run(
        "add_message",
        {
            "thread_id": number,
            "number": row["message_count"],
            "role": role.value,
            "worker_number": worker_number,
            "text": write_json(text),
            "created": books.now,
        },
    )
    if role is InterlocutorRole.USER:
        _set_folders(transaction, row, add={Folder.INBOX, Folder.UNREAD})
        return
    if role is InterlocutorRole.REQUESTER:
        _set_folders(transaction, row, add={Folder.OUTBOX}, remove={Folder.UNREAD})
    # A worker knows the thread that was sent to them, not the one in which they answer it.
    told = {"thread_id": row["parent_id"] or number, "updated": books.now}
    if row["worker_number"] is None:
        transaction.run("tell_thread_members", told)
    else:
        transaction.run("tell_thread_member", {**told, "worker_number": row["worker_number"]})


def change_folders(
    transaction: Transaction, number: int, *, add: Collection[Folder] = (), remove: Collection[Folder] = ()
) -> None:
    """Put a thread into folders, and take it out of others."""
    row = transaction.find("lock_thread", {"id": number, "added_count": 0})
    if row is not None:
        _set_folders(transaction, row, add=add, remove=remove)


def thread_of(transaction: Transaction, row: Row) -> MessageThread:
    """Return the thread of a row, as its requester sees it."""
    recipients = row["recipients"]
    return MessageThread(
        id=_id_of(row["id"]),
        parent_id=None if row["parent_id"] is None else _id_of(row["parent_id"]),
        kind=ThreadKind(row["kind"]),
        topic=read_json(row["topic"]),
        members=tuple(_list_members(transaction, row)),
        member_count=row["member_count"],
        recipients=None if recipients is None else read_document(recipients, Recipients),
        project_id=None if row["project_id"] is None else ProjectId(str(row["project_id"])),
        pool_id=None if row["pool_id"] is None else pool_id_of(row["pool_id"]),
        assignment_id=None if row["assignment_id"] is None else assignment_id_of(row["assignment_id"]),
        folders=frozenset(Folder(word) for word in read_json(row["folders"])),
        is_answerable=bool(row["is_answerable"]),
        created=to_moment(row["created"]),
        messages=tuple(reversed(list_messages(transaction, row["id"]))),
    )


def conversation_of(row: Row, messages: Sequence[Message] = ()) -> Conversation:
    """Return the conversation of a row, as one worker sees it."""
    return Conversation(
        id=_id_of(row["id"]),
        kind=ThreadKind(row["kind"]),
        topic=read_json(row["topic"]),
        project_id=None if row["project_id"] is None else ProjectId(str(row["project_id"])),
        pool_id=None if row["pool_id"] is None else pool_id_of(row["pool_id"]),
        assignment_id=None if row["assignment_id"] is None else assignment_id_of(row["assignment_id"]),
        is_answerable=bool(row["is_answerable"]),
        is_unread=bool(row["is_unread"]),
        created=to_moment(row["created"]),
        updated=to_moment(row["updated"]),
        messages=tuple(messages),
    )


def list_messages(transaction: Transaction, number: int) -> list[Message]:
    """Return the messages of a thread, oldest first."""
    return [
        Message(
            role=InterlocutorRole(row["role"]),
            worker_id=None if row["worker_id"] is None else WorkerId(row["worker_id"]),
            text=read_json(row["text"]),
            created=to_moment(row["created"]),
        )
        for row in transaction.rows("list_messages", {"thread_id": number})
    ]


def _project_name(transaction: Transaction, number: int) -> str:
    row = transaction.find("find_project", {"id": number})
    return "" if row is None else read_document(row["config"], ProjectConfig).name


def _list_members(transaction: Transaction, row: Row) -> list[WorkerId]:
    if row["worker_id"] is not None:
        return [WorkerId(row["worker_id"])]
    values = {"thread_id": row["id"], "count": MEMBERS_SHOWN}
    return [WorkerId(found["worker_id"]) for found in transaction.rows("list_thread_members", values)]


def _set_folders(
    transaction: Transaction, row: Row, *, add: Collection[Folder] = (), remove: Collection[Folder] = ()
) -> None:
    before = frozenset(read_json(row["folders"]))
    after = (before | {folder.value for folder in add}) - {folder.value for folder in remove}
    if after != before:
        transaction.run("set_thread_folders", {"id": row["id"], "folders": write_json(sorted(after))})


def _id_of(number: int) -> ThreadId:
    return ThreadId(str(number))
