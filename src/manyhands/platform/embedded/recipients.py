"""To whom a message goes."""

from collections.abc import Iterator

from manyhands.crowd import Recipients, RecipientsSelectType, SkillId, WorkerProfile, admits
from manyhands.errors import NoRecipients
from manyhands.store import Row, Transaction

from .documents import read_document

__all__ = ["find_recipients"]


def find_recipients(transaction: Transaction, requester: str, recipients: Recipients) -> list[int]:
    """Return the numbers of the workers to whom a requester's message goes, in the order in which they came.

    They are chosen among those who took a page of the requester or have a skill of theirs: nobody is written to by strangers.

    Raises:
        NoRecipients: there is nobody.
    """
    found = list(_choose(transaction, requester, recipients))
    if not found:
        raise NoRecipients
    return found


def _choose(transaction: Transaction, requester: str, recipients: Recipients) -> Iterator[int]:
    for row in transaction.rows("list_acquaintances", {"requester": requester}):
        match recipients.select:
            case RecipientsSelectType.DIRECT:
                is_chosen = row["id"] in recipients.worker_ids
            case RecipientsSelectType.FILTER:
                is_chosen = _is_admitted(transaction, requester, recipients, row)
            case RecipientsSelectType.ALL:
                is_chosen = True
        if is_chosen:
            yield row["number"]


def _is_admitted(transaction: Transaction, requester: str, recipients: Recipients, worker: Row) -> bool:
    names = {"worker_number": worker["number"], "requester": requester}
    skills = {SkillId(str(row["skill_id"])): row["value"] for row in transaction.rows("list_worker_skills", names)}
    return admits(recipients.filter, read_document(worker["profile"], WorkerProfile), skills=skills)
