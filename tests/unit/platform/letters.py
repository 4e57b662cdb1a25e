"""Shortcuts for messages."""

from manyhands.crowd import Conversation, MessageDraft, MessageThread, Recipients, RecipientsSelectType, WorkerId
from tests.unit.platform.house import House

__all__ = ["draft", "inbox", "says", "texts", "to"]


def to(*names: str) -> Recipients:
    """Return these workers as recipients."""
    return Recipients(select=RecipientsSelectType.DIRECT, worker_ids=tuple(WorkerId(name) for name in names))


def draft(text: str = "Hello", *, recipients: Recipients | None = None, is_answerable: bool = True) -> MessageDraft:
    """Return a message to everybody, or to these."""
    return MessageDraft(
        topic={"EN": "News"},
        text=says(text),
        is_answerable=is_answerable,
        recipients=recipients or Recipients(select=RecipientsSelectType.ALL),
    )


def says(text: str) -> dict[str, str]:
    """Return a text in English."""
    return {"EN": text}


def texts(thread: MessageThread | Conversation) -> list[str]:
    """Return the English texts of a thread, oldest first."""
    found = [message.text["EN"] for message in thread.messages]
    return found[::-1] if isinstance(thread, MessageThread) else found


def inbox(house: House, name: str) -> list[Conversation]:
    """Return the conversations of a worker."""
    return list(house.platform.list_conversations(WorkerId(name)).conversations)
