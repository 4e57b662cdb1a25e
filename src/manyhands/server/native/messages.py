"""Our own doors for workers' messages and appeals."""

from manyhands.crowd import (
    Appeal,
    AssignmentId,
    Conversation,
    InterlocutorRole,
    Message,
    PoolId,
    ProjectId,
    ThreadId,
    ThreadKind,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import WorkerDesk
from manyhands.server.doors import Door

from .message_records import (
    AppealForm,
    AppealView,
    ConversationEntry,
    ConversationList,
    ConversationView,
    MessageForm,
    MessageView,
    ReplyForm,
)

__all__ = ["MESSAGE_DOORS", "view_appeal"]

_LIST_SIZE = 50
_SENDERS = {
    InterlocutorRole.USER: "WORKER",
    InterlocutorRole.REQUESTER: "REQUESTER",
    InterlocutorRole.SYSTEM: "PLATFORM",
    InterlocutorRole.ADMINISTRATOR: "PLATFORM",
}


def list_conversations(desk: WorkerDesk, call: Call) -> Answer:
    """List the worker's conversations, the latest first."""
    page = desk.workplace.list_conversations(desk.worker_id, call.query.get("before") or None, limit=_LIST_SIZE)
    listed = ConversationList(
        items=[_entry(desk, conversation) for conversation in page.conversations],
        unread_count=page.unread_count,
        next=page.cursor or "",
    )
    return Answer(payload=listed)


def read_conversation(desk: WorkerDesk, call: Call) -> Answer:
    """Show a conversation; from then on it is not unread."""
    return Answer(payload=_view(desk, desk.workplace.read_conversation(desk.worker_id, ThreadId(call.path["id"]))))


def answer_conversation(desk: WorkerDesk, call: Call) -> Answer:
    """Write in a conversation."""
    form = call.read(ReplyForm)
    texts = {form.language.upper(): form.text}
    conversation = desk.workplace.answer(desk.worker_id, ThreadId(call.path["id"]), texts)
    return Answer(status=201, payload=_view(desk, conversation))


def write_message(desk: WorkerDesk, call: Call) -> Answer:
    """Write to the requester of a pool or a page, for instance about a problem with it."""
    form = call.read(MessageForm)
    language = form.language.upper()
    conversation = desk.workplace.report(
        desk.worker_id,
        {language: form.text},
        topic={language: form.topic} if form.topic else None,
        pool_id=PoolId(form.pool_id) if form.pool_id else None,
        assignment_id=AssignmentId(form.page_id) if form.page_id else None,
    )
    return Answer(status=201, payload=_view(desk, conversation))


def appeal(desk: WorkerDesk, call: Call) -> Answer:
    """Ask the requester to take the rejection of a page back."""
    form = call.read(AppealForm)
    made = desk.workplace.appeal(AssignmentId(call.path["id"]), desk.worker_id, {form.language.upper(): form.text})
    return Answer(status=201, payload=view_appeal(made))


def view_appeal(made: Appeal) -> AppealView:
    """Return an appeal as the worker who made it sees it."""
    return AppealView(
        id=made.id, state=made.state.value, created=made.created, decided=made.decided, answer=made.answer
    )


def _entry(desk: WorkerDesk, conversation: Conversation) -> ConversationEntry:
    return ConversationEntry(
        id=conversation.id,
        kind=conversation.kind.value,
        topic=dict(conversation.topic),
        title=_title(desk, conversation.project_id),
        pool_id=conversation.pool_id,
        page_id=conversation.assignment_id,
        is_answerable=conversation.is_answerable,
        is_unread=conversation.is_unread,
        created=conversation.created,
        updated=conversation.updated,
    )


def _view(desk: WorkerDesk, conversation: Conversation) -> ConversationView:
    is_appeal = conversation.kind is ThreadKind.APPEAL
    made = desk.workplace.find_own_appeal(conversation.id, desk.worker_id) if is_appeal else None
    return ConversationView(
        conversation=_entry(desk, conversation),
        messages=[_message(message) for message in conversation.messages],
        appeal=None if made is None else view_appeal(made),
    )


def _message(message: Message) -> MessageView:
    return MessageView(sender=_SENDERS[message.role], text=dict(message.text), created=message.created)


def _title(desk: WorkerDesk, project_id: ProjectId | None) -> str:
    return "" if project_id is None else desk.records.project(project_id).config.name


_MESSAGES = "/api/worker/messages"
MESSAGE_DOORS: tuple[Door[WorkerDesk], ...] = (
    Door(method="GET", path=_MESSAGES, handle=list_conversations, gives=ConversationList, query=("before",)),
    Door(method="POST", path=_MESSAGES, handle=write_message, takes=MessageForm, gives=ConversationView, status=201),
    Door(method="GET", path=f"{_MESSAGES}/{{id}}", handle=read_conversation, gives=ConversationView),
    Door(
        method="POST",
        path=f"{_MESSAGES}/{{id}}/reply",
        handle=answer_conversation,
        takes=ReplyForm,
        gives=ConversationView,
        status=201,
    ),
    Door(
        method="POST",
        path="/api/worker/pages/{id}/appeal",
        handle=appeal,
        takes=AppealForm,
        gives=AppealView,
        status=201,
    ),
)
