"""To whom a message goes."""

from collections.abc import Iterator

from manyhands.crowd import Recipients, RecipientsSelectType, SkillId, WorkerProfile, admits
from manyhands.errors import NoRecipients
from manyhands.store import Row

from .books import Books
from .documents import read_document

__all__ = ["find_recipients"]


def find_recipients(books: Books, requester: str, recipients: Recipients) -> list[int]:
    """Return the numbers of the workers to whom a requester's message goes, in the order in which they came.

    They are chosen among those who took a page of the requester or have a skill of theirs: nobody is written to by strangers.

    Raises:
        NoRecipients: there is nobody.
    """
    found = list(_choose(books, requester, recipients))
    if not found:
        raise NoRecipients
    return found


def _choose(books: Books, requester: str, recipients: Recipients) -> Iterator[int]:
    for row in books.transaction.rows("list_acquaintances", {"requester": requester}):
        match recipients.select:
            case RecipientsSelectType.DIRECT:
                is_chosen = row["id"] in recipients.worker_ids
            case RecipientsSelectType.FILTER:
                is_chosen = _is_admitted(books, requester, recipients, row)
            case RecipientsSelectType.ALL:
                is_chosen = True
        if is_chosen:
            yield row["number"]


def _is_admitted(books: Books, requester: str, recipients: Recipients, worker: Row) -> bool:
    names = {"worker_number": worker["number"], "requester": requester, "now": books.now}
    rows = books.transaction.rows("list_worker_skills", names)
    skills = {SkillId(str(row["skill_id"])): row["value"] for row in rows}
    return admits(recipients.filter, read_document(worker["profile"], WorkerProfile), skills=skills)
