"""Bonuses."""

from collections.abc import Mapping
from typing import Any

from manyhands.crowd import AssignmentId, Bonus, BonusDraft, BonusId, Money, WorkerId

from .amounts import to_dollars
from .foreign import keep, keep_empty, recall, with_foreign
from .keys import EXTENSION
from .kinds import DOLLARS, FLAG, IDENTIFIER, MOMENT, TEXT
from .localized import LOCALIZED, in_english
from .moments import write_moment
from .problems import ProblemCode
from .reading import Kind, Place, Reader

__all__ = ["decode_bonus", "decode_bonus_draft", "encode_bonus", "encode_bonus_draft"]

_LEAST, _MOST = Money("0.005"), Money(100)
#: Characters of a title made from the message.
_TITLE_LENGTH = 60
_MESSAGE, _TITLE = "public_message", "public_title"


def encode_bonus_draft(draft: BonusDraft, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a bonus to be paid; a bonus without words comes without a message.

    Args:
        draft: the bonus; its message is written as English unless it was read in other languages.
        is_extended: whether to add the key, which only a manyhands server understands.
    """
    document = _encode(draft)
    return {**document, EXTENSION: {"key": draft.key}} if is_extended else document


def decode_bonus_draft(document: object, *, key: str = "") -> BonusDraft:
    """Return the bonus that a requester wants to pay.

    Args:
        document: the bonus.
        key: the draft's key if the document brings none of its own.

    Raises:
        InvalidInput: the document is no bonus, or its amount is none that can be paid.
    """
    reader = Reader.open(document)
    foreign: dict[str, Any] = {}
    own_key = reader.get_object(EXTENSION).find("key", TEXT)
    draft = BonusDraft(
        key=key if own_key is None else own_key,
        worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
        amount=reader.require("amount", _AMOUNT),
        assignment_id=_read_assignment(reader),
        private_comment=reader.get("private_comment", TEXT, ""),
        public_message=_read_message(reader, foreign),
        foreign=foreign,
    )
    foreign.update(reader.rest(without=("id", "created")))
    reader.close("bonus")
    return draft


def encode_bonus(bonus: Bonus) -> dict[str, Any]:
    """Return a bonus as a platform shows it."""
    return {**_encode(bonus), "id": bonus.id, "created": write_moment(bonus.created)}


def decode_bonus(document: object) -> Bonus:
    """Return a bonus that a platform shows.

    Raises:
        InvalidInput: the document is no bonus.
    """
    reader = Reader.open(document)
    foreign: dict[str, Any] = {}
    bonus = Bonus(
        id=BonusId(reader.require("id", IDENTIFIER)),
        created=reader.require("created", MOMENT),
        worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
        amount=reader.require("amount", DOLLARS),
        assignment_id=_read_assignment(reader),
        private_comment=reader.get("private_comment", TEXT, ""),
        public_message=_read_message(reader, foreign),
        foreign=foreign,
    )
    foreign.update(reader.rest())
    reader.close("bonus")
    return bonus


def _encode(bonus: Bonus | BonusDraft) -> dict[str, Any]:
    message = bonus.public_message
    texts, title = _write_texts(message), _write_title(message)
    document = {
        "user_id": bonus.worker_id,
        "amount": to_dollars(bonus.amount),
        "private_comment": bonus.private_comment or bonus.foreign.get("private_comment"),
        _TITLE: bonus.foreign.get(_TITLE, title),
        _MESSAGE: recall(bonus.foreign, _MESSAGE, kind=_TEXT, value=message, canonical=texts),
        "without_message": bonus.foreign.get("without_message", not message),
        "assignment_id": bonus.assignment_id,
    }
    return with_foreign(document, bonus.foreign)


def _write_texts(message: str) -> dict[str, str] | None:
    return {"EN": message} if message else None


def _write_title(message: str) -> dict[str, str] | None:
    return _write_texts(message.strip().partition("\n")[0][:_TITLE_LENGTH])


def _read_message(reader: Reader, foreign: dict[str, Any]) -> str:
    keep_empty(foreign, reader, ["private_comment"])
    message = reader.get(_MESSAGE, _TEXT, "")
    keep(foreign, _MESSAGE, reader.raw(_MESSAGE), canonical=_write_texts(message))
    keep(foreign, _TITLE, reader.find(_TITLE, LOCALIZED), canonical=_write_title(message))
    is_silent = reader.get("without_message", FLAG, not message)
    if is_silent is bool(message):
        foreign["without_message"] = is_silent
    return message


def _read_assignment(reader: Reader) -> AssignmentId | None:
    assignment_id = reader.find("assignment_id", IDENTIFIER)
    return None if assignment_id is None else AssignmentId(assignment_id)


def _read_amount(value: Any, place: Place) -> Money:
    amount = DOLLARS.read(value, place)
    if Money() <= amount < _LEAST:
        message = f"expected at least {_LEAST}, found {amount}"
        place.refuse(ProblemCode.VALUE_LESS_THAN_MIN, message, min=to_dollars(_LEAST))
    if amount > _MOST:
        message = f"expected at most {_MOST}, found {amount}"
        place.refuse(ProblemCode.VALUE_GREATER_THAN_MAX, message, max=to_dollars(_MOST))
    return amount


def _read_text(value: Any, place: Place) -> str:
    texts: Mapping[str, str] = LOCALIZED.read(value, place)
    return in_english(texts)


_AMOUNT: Kind[Money] = Kind(read=_read_amount, blank=_LEAST)
_TEXT: Kind[str] = Kind(read=_read_text, blank="")
