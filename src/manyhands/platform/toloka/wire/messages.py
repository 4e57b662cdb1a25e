"""Messages between requesters and workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from manyhands.crowd import (
    AssignmentId,
    Folder,
    InterlocutorRole,
    MessageDraft,
    PoolId,
    ProjectId,
    Recipients,
    RecipientsSelectType,
    WorkerId,
)

from .filters import FILTER, encode_filter
from .kinds import FLAG, IDENTIFIER, choice, list_of
from .localized import LOCALIZED
from .mirrors import decode_mirror, encode_mirror
from .reading import Reader

__all__ = [
    "ComposeDetails",
    "Interlocutor",
    "Message",
    "MessageMeta",
    "MessageThread",
    "decode_folders",
    "decode_message_form",
    "decode_message_reply",
    "decode_message_thread",
    "encode_message_form",
    "encode_message_thread",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interlocutor:
    """Somebody who takes part in a thread."""

    id: str | None = None
    role: InterlocutorRole
    myself: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: language → text, who sent it, and when."""

    text: Mapping[str, str]
    sender: Interlocutor = field(metadata={"name": "from"})
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeDetails:
    """How the recipients of a thread were chosen."""

    recipients_select_type: RecipientsSelectType
    recipients_ids: tuple[str, ...] | None = None
    recipients_filter: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageMeta:
    """What a thread is about."""

    pool_id: PoolId | None = None
    project_id: ProjectId | None = None
    assignment_id: AssignmentId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageThread:
    """Messages that answer one another.

    Attributes:
        id: of the thread.
        parent_id: of the thread that this one answers.
        topic: language → title.
        interlocutors_inlined: whether `interlocutors` is complete.
        interlocutors: who takes part.
        messages_inlined: whether `messages` is complete.
        messages: newest first.
        compose_details: how the recipients were chosen, for threads that the requester began.
        meta: what it is about.
        folders: where it is.
        answerable: whether workers can answer.
        created: when it began.
        foreign: what else the API says.
    """

    id: str
    parent_id: str | None = None
    topic: Mapping[str, str]
    interlocutors_inlined: bool | None = None
    interlocutors: tuple[Interlocutor, ...] | None = None
    messages_inlined: bool | None = None
    messages: tuple[Message, ...] | None = None
    compose_details: ComposeDetails | None = None
    meta: MessageMeta | None = None
    folders: tuple[Folder, ...] | None = None
    answerable: bool | None = None
    created: datetime | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


def encode_message_thread(thread: MessageThread) -> dict[str, Any]:
    """Return a thread."""
    return encode_mirror(thread)


def decode_message_thread(document: object) -> MessageThread:
    """Return the thread that a platform shows.

    Raises:
        InvalidInput: the document is no thread.
    """
    return decode_mirror(document, MessageThread, what="message thread")


def encode_message_form(draft: MessageDraft) -> dict[str, Any]:
    """Return a message to be sent."""
    recipients = draft.recipients
    document: dict[str, Any] = {
        "topic": dict(draft.topic),
        "text": dict(draft.text),
        "answerable": draft.is_answerable,
        "recipients_select_type": recipients.select.value,
    }
    if recipients.select is RecipientsSelectType.DIRECT:
        document["recipients_ids"] = list(recipients.worker_ids)
    if recipients.filter is not None:
        document["recipients_filter"] = encode_filter(recipients.filter)
    return document


def decode_message_form(document: object) -> MessageDraft:
    """Return the message that a requester wants to send.

    Raises:
        InvalidInput: the document is no message, or names no recipients in the way that it chose.
    """
    reader = Reader.open(document)
    recipients = Recipients(
        select=reader.require("recipients_select_type", _SELECT_TYPE),
        worker_ids=tuple(WorkerId(worker) for worker in reader.get("recipients_ids", _RECIPIENTS, ())),
        filter=reader.find("recipients_filter", FILTER),
    )
    draft = MessageDraft(
        topic=reader.require("topic", LOCALIZED),
        text=reader.require("text", LOCALIZED),
        is_answerable=reader.require("answerable", FLAG),
        recipients=recipients,
    )
    needed = _NEEDED.get(recipients.select)
    if needed is not None and not reader.raw(needed):
        reader.miss(needed, f"expected recipients for {recipients.select}")
    reader.close("message")
    return draft


def decode_message_reply(document: object) -> dict[str, str]:
    """Return the text of an answer, by language.

    Raises:
        InvalidInput: the document is no answer.
    """
    reader = Reader.open(document)
    text = reader.require("text", LOCALIZED)
    reader.close("reply")
    return text


def decode_folders(document: object) -> tuple[Folder, ...]:
    """Return the folders that a thread is put into or taken from.

    Raises:
        InvalidInput: the document names no folders.
    """
    reader = Reader.open(document)
    folders = reader.require("folders", _FOLDERS)
    reader.close("list of folders")
    return folders


_SELECT_TYPE = choice(RecipientsSelectType, RecipientsSelectType.DIRECT)
#: Recipients of one message.
_RECIPIENTS = list_of(IDENTIFIER, most=100)
_FOLDERS = list_of(choice(Folder, Folder.INBOX), least=1)
_NEEDED: Mapping[RecipientsSelectType, str] = {
    RecipientsSelectType.DIRECT: "recipients_ids",
    RecipientsSelectType.FILTER: "recipients_filter",
}
