"""Appeals within a transaction: found, decided, told of."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from manyhands.crowd import Appeal, AppealState, Folder, InterlocutorRole, ProjectId, ThreadId, WorkerId
from manyhands.errors import NotFound
from manyhands.store import Row, Transaction

from .books import Books
from .documents import read_json
from .ids import assignment_id_of, pool_id_of
from .moments import find_moment, to_moment
from .threads import change_folders, post

__all__ = ["appeal_of", "decide", "find_appeal", "grant_open_appeal"]

#: The languages of what the platform itself says.
_LANGUAGES = ("EN", "RU")


def appeal_of(row: Row) -> Appeal:
    """Return the appeal of a row."""
    return Appeal(
        id=ThreadId(str(row["thread_id"])),
        project_id=ProjectId(str(row["project_id"])),
        pool_id=pool_id_of(row["pool_id"]),
        assignment_id=assignment_id_of(row["assignment_id"]),
        worker_id=WorkerId(row["worker_id"]),
        state=AppealState(row["state"]),
        text=read_json(row["text"]),
        rejection=row["rejection"],
        created=to_moment(row["created"]),
        decided=find_moment(row["decided"]),
        answer=row["answer"],
    )


def find_appeal(transaction: Transaction, number: int) -> Row:
    """Return the row of an appeal.

    Raises:
        NotFound: there is no such appeal.
    """
    row = transaction.find("find_appeal", {"thread_id": number})
    if row is None:
        raise NotFound(f"there is no appeal {number}")
    return row


def grant_open_appeal(books: Books, page_number: int, *, answer: str) -> None:
    """Note on the open appeal of a page, if there is one, that the page was accepted, and tell the worker."""
    row = books.transaction.find("find_open_appeal", {"assignment_id": page_number})
    if row is not None:
        decide(books, row, AppealState.GRANTED, answer=answer)
        post(books, row["thread_id"], _say("appeal_granted"), role=InterlocutorRole.SYSTEM)


def decide(books: Books, row: Row, state: AppealState, *, answer: str) -> None:
    """End an open appeal (a row with ``thread_id`` and ``text``); what the requester says to it is posted in its thread."""
    number: int = row["thread_id"]
    values = {"thread_id": number, "state": state.value, "decided": books.now, "answer": answer}
    books.transaction.run("decide_appeal", values)
    if answer:
        # Requesters do not say in which language they write; the worker understands the one of the appeal.
        post(books, number, dict.fromkeys(read_json(row["text"]), answer), role=InterlocutorRole.REQUESTER)
    change_folders(books.transaction, number, remove={Folder.UNREAD})


@cache
def _say(word: str) -> Mapping[str, str]:
    folder = files(__package__) / "locale"
    return {
        language: json.loads((folder / f"{language.lower()}.json").read_text(encoding="utf-8"))[word]
        for language in _LANGUAGES
    }
