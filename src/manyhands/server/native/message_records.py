"""What the doors for messages and appeals take and give, as JSON objects. Texts are maps from a language, such as ``EN``, to a text."""

from dataclasses import dataclass
from datetime import datetime

__all__ = [
    "AppealEntry",
    "AppealForm",
    "AppealList",
    "AppealView",
    "ConversationEntry",
    "ConversationList",
    "ConversationView",
    "DecisionForm",
    "MessageForm",
    "MessageView",
    "ReplyForm",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealView:
    """A worker's own appeal.

    Attributes:
        id: of the conversation in which it is talked about.
        state: ``OPEN``, ``GRANTED`` or ``DECLINED``.
        decided: null while it is open.
        answer: what the requester said to it; empty while it is open, or when nothing was said.
    """

    id: str
    state: str
    created: datetime
    decided: datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationEntry:
    """A conversation in a list.

    Attributes:
        kind: ``MESSAGE``, ``REPORT`` or ``APPEAL``.
        title: name of the project that it is about; empty for none.
        page_id: the page that it is about; null for none.
        is_answerable: whether the worker may write in it.
        updated: when the last message came.
    """

    id: str
    kind: str
    topic: dict[str, str]
    title: str
    pool_id: str | None
    page_id: str | None
    is_answerable: bool
    is_unread: bool
    created: datetime
    updated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationList:
    """Conversations, the latest first.

    Attributes:
        unread_count: of all conversations, listed here or not.
        next: what the field `before` has to be to read on; empty at the end.
    """

    items: list[ConversationEntry]
    unread_count: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message; `sender` is ``WORKER`` for the one who reads it, ``REQUESTER`` or ``PLATFORM``."""

    sender: str
    text: dict[str, str]
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationView:
    """A conversation with its messages, oldest first."""

    conversation: ConversationEntry
    messages: list[MessageView]
    appeal: AppealView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyForm:
    """A message in a conversation, in one language."""

    text: str
    language: str = "EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageForm:
    """A message to the requester of a pool or of a page; without a topic it is called like the project."""

    text: str
    language: str = "EN"
    topic: str = ""
    pool_id: str = ""
    page_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealForm:
    """Why a rejected page should be accepted."""

    text: str
    language: str = "EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealEntry:
    """An appeal as the requester sees it.

    Attributes:
        id: of the appeal, and of its message thread.
        state: ``OPEN``, ``GRANTED`` or ``DECLINED``.
        title: name of the project.
        text: why the worker thinks that the page should be accepted.
        rejection: what the worker had been told.
    """

    id: str
    state: str
    project_id: str
    pool_id: str
    page_id: str
    worker_id: str
    title: str
    text: dict[str, str]
    rejection: str
    created: datetime
    decided: datetime | None
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealList:
    """Appeals, oldest first; ask for those behind the last one to read on."""

    items: list[AppealEntry]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionForm:
    """What the worker is told; needed to decline, not needed to grant."""

    answer: str = ""
