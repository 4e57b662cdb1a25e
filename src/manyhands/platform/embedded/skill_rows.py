"""Rows of skills."""

from manyhands.crowd import SkillDraft
from manyhands.errors import NotFound
from manyhands.store import Row, SqlValue, Transaction

from .books import Books
from .documents import write_fields
from .ids import parse_number
from .moments import to_microseconds
from .numbering import next_number

__all__ = ["find_own_skill", "find_skill_by_name", "make_skill", "put_skill_row", "values_of_skill"]


def find_own_skill(transaction: Transaction, skill_id: str, *, requester: str) -> Row:
    """Return the row of the requester's skill.

    Raises:
        NotFound: there is no such skill, or it is somebody else's.
    """
    row = transaction.find("find_skill", {"id": parse_number("skill", skill_id)})
    if row is None or row["requester"] != requester:
        raise NotFound(f"requester {requester!r} has no skill {skill_id}")
    return row


def put_skill_row(books: Books, requester: str, name: str) -> Row:
    """Return the row of the requester's skill of this name, made if it is not there."""
    row = find_skill_by_name(books.transaction, requester, name)
    return row or make_skill(books, requester, SkillDraft(name=name))


def make_skill(books: Books, requester: str, draft: SkillDraft, *, is_training: bool = False) -> Row:
    """Create a skill, unless somebody else just did, and return its row."""
    values: dict[str, SqlValue] = {
        "id": next_number(books.transaction, "skill"),
        "requester": requester,
        "created": books.now,
        "is_training": int(is_training),
    }
    books.transaction.run("create_skill", {**values, **values_of_skill(draft)})
    row = find_skill_by_name(books.transaction, requester, draft.name)
    if row is None:
        raise NotFound(f"skill {draft.name!r} is not there any more")
    return row


def find_skill_by_name(transaction: Transaction, requester: str, name: str) -> Row | None:
    """Return the row of the requester's skill of this name, if it is there."""
    return transaction.find("find_skill_by_name", {"requester": requester, "name": name})


def values_of_skill(draft: SkillDraft) -> dict[str, SqlValue]:
    """Return what a draft says in the columns of its row."""
    return {
        "name": draft.name,
        "is_hidden": int(draft.is_hidden),
        "lifetime": None if draft.lifetime is None else to_microseconds(draft.lifetime),
        "foreign_fields": write_fields(draft.foreign),
    }
