"""Messages between requesters and workers, and appeals against rejections."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .filters import WorkerFilterExpression
from .ids import AssignmentId, PoolId, ProjectId, ThreadId, WorkerId

__all__ = [
    "APPEAL_PERIOD",
    "Appeal",
    "AppealState",
    "Conversation",
    "ConversationPage",
    "Folder",
    "InterlocutorRole",
    "Message",
    "MessageDraft",
    "MessageThread",
    "Recipients",
    "RecipientsSelectType",
    "ThreadKind",
]

#: How long after its rejection a page may be appealed for.
APPEAL_PERIOD = timedelta(days=9)


class Folder(StrEnum):
    """Where a requester finds a thread; it may be in several folders."""

    #: Received.
    INBOX = "INBOX"
    #: Sent.
    OUTBOX = "OUTBOX"
    #: Sent by the platform itself.
    AUTOMATIC_NOTIFICATION = "AUTOMATIC_NOTIFICATION"
    #: Marked by the requester.
    IMPORTANT = "IMPORTANT"
    #: Not read.
    UNREAD = "UNREAD"


class InterlocutorRole(StrEnum):
    """Who speaks."""

    #: A worker.
    USER = "USER"
    #: A requester.
    REQUESTER = "REQUESTER"
    #: The platform's people.
    ADMINISTRATOR = "ADMINISTRATOR"
    #: The platform itself.
    SYSTEM = "SYSTEM"


class RecipientsSelectType(StrEnum):
    """How recipients are chosen; of those who ever worked for the requester or have a skill of theirs."""

    #: By their ids.
    DIRECT = "DIRECT"
    #: By a filter.
    FILTER = "FILTER"
    #: Everybody.
    ALL = "ALL"


class ThreadKind(StrEnum):
    """What a thread is for."""

    #: Anything.
    MESSAGE = "MESSAGE"
    #: A worker tells of a problem with a pool or a page.
    REPORT = "REPORT"
    #: A worker asks for a rejected page to be looked at again.
    APPEAL = "APPEAL"


class AppealState(StrEnum):
    """The states of an appeal; it is decided once."""

    #: Waits for the requester.
    OPEN = "OPEN"
    #: The page was accepted.
    GRANTED = "GRANTED"
    #: The page stays rejected.
    DECLINED = "DECLINED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """To whom a requester writes: the named ones, those whom the filter admits, or everybody."""

    select: RecipientsSelectType
    worker_ids: tuple[WorkerId, ...] = ()
    filter: WorkerFilterExpression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDraft:
    """What a requester writes: language (such as ``EN``) → topic, language → text, and whether workers can answer."""

    topic: Mapping[str, str]
    text: Mapping[str, str]
    is_answerable: bool
    recipients: Recipients


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message: language → text. `worker_id` is None where a requester or the platform speaks."""

    role: InterlocutorRole
    worker_id: WorkerId | None
    text: Mapping[str, str]
    created: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageThread:
    """Messages that answer one another, as the requester sees them.

    Attributes:
        parent_id: the thread to several workers that one of them answered in this one; None otherwise.
        members: the workers; the first ones, where there are more than a list should hold.
        member_count: how many there are.
        recipients: how they were chosen; None where a worker began.
        messages: newest first.
    """

    id: ThreadId
    parent_id: ThreadId | None
    kind: ThreadKind
    topic: Mapping[str, str]
    members: tuple[WorkerId, ...]
    member_count: int
    recipients: Recipients | None
    project_id: ProjectId | None
    pool_id: PoolId | None
    assignment_id: AssignmentId | None
    folders: frozenset[Folder]
    is_answerable: bool
    created: datetime
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A thread as one worker sees it: as if it were with them alone.

    Attributes:
        updated: when the last message came.
        is_unread: whether there is something that the worker has not seen.
        messages: oldest first; empty in lists.
    """

    id: ThreadId
    kind: ThreadKind
    topic: Mapping[str, str]
    project_id: ProjectId | None
    pool_id: PoolId | None
    assignment_id: AssignmentId | None
    is_answerable: bool
    is_unread: bool
    created: datetime
    updated: datetime
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationPage:
    """Some conversations, latest first.

    Attributes:
        unread_count: of all conversations of the worker.
        cursor: where to read on; None at the end.
    """

    conversations: tuple[Conversation, ...]
    unread_count: int
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A worker's request to take a rejection back.

    Attributes:
        id: of the thread in which it is talked about.
        text: language → why the page should be accepted.
        rejection: what the worker was told when the page was rejected.
        decided: when the requester decided; None while it is open.
        answer: what the requester said to it; empty while it is open, or when nothing was said.
    """

    id: ThreadId
    project_id: ProjectId
    pool_id: PoolId
    assignment_id: AssignmentId
    worker_id: WorkerId
    state: AppealState
    text: Mapping[str, str]
    rejection: str
    created: datetime
    decided: datetime | None
    answer: str
