"""Messages in the requester API."""

from collections.abc import Iterator
from typing import Any

from manyhands.crowd import InterlocutorRole, Message, MessageThread, Recipients, RecipientsSelectType, ThreadId
from manyhands.platform.toloka.wire import (
    MESSAGE_THREADS,
    ComposeDetails,
    Interlocutor,
    MessageMeta,
    decode_folders,
    decode_message_form,
    decode_message_reply,
    encode_filter,
    encode_message_thread,
)
from manyhands.platform.toloka.wire import Message as MessageDocument
from manyhands.platform.toloka.wire import MessageThread as ThreadDocument
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

__all__ = ["MESSAGE_DOORS"]

_FIELDS: Fields[MessageThread] = {
    "id": lambda thread: thread.id,
    "created": lambda thread: thread.created,
    "folder": lambda thread: thread.folders,
}


def list_threads(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's threads, of some folders or of all."""
    listing = Listing(call, MESSAGE_THREADS, _FIELDS, desk.settings)
    threads = _threads(desk, call, chunk=listing.chunk_size)
    return listing.answer_stream(threads, lambda thread: _write(desk, thread))


def compose(desk: RequesterDesk, call: Call) -> Answer:
    """Send a message to workers."""
    thread = desk.platform.compose(decode_message_form(call.json()))
    return Answer(status=201, payload=_write(desk, thread))


def get_thread(desk: RequesterDesk, call: Call) -> Answer:
    """Show one thread."""
    return Answer(payload=_write(desk, desk.platform.get_thread(_thread_id(call))))


def reply(desk: RequesterDesk, call: Call) -> Answer:
    """Write to the workers of a thread."""
    thread = desk.platform.reply(_thread_id(call), decode_message_reply(call.json()))
    return Answer(status=201, payload=_write(desk, thread))


def add_to_folders(desk: RequesterDesk, call: Call) -> Answer:
    """Put a thread into folders."""
    thread = desk.platform.move_thread(_thread_id(call), add=decode_folders(call.json()))
    return Answer(status=201, payload=_write(desk, thread))


def remove_from_folders(desk: RequesterDesk, call: Call) -> Answer:
    """Take a thread out of folders."""
    thread = desk.platform.move_thread(_thread_id(call), remove=decode_folders(call.json()))
    return Answer(status=201, payload=_write(desk, thread))


def _thread_id(call: Call) -> ThreadId:
    return ThreadId(call.path["id"])


def _threads(desk: RequesterDesk, call: Call, *, chunk: int) -> Iterator[MessageThread]:
    text = call.query.get("id_gt", "")
    # Only saves reading what is not wanted: the list is filtered again.
    after = ThreadId(text) if text.isdecimal() else None
    while found := desk.platform.list_threads(after, limit=chunk):
        yield from found
        if len(found) < chunk:
            return
        after = found[-1].id


def _write(desk: RequesterDesk, thread: MessageThread) -> dict[str, Any]:
    requester = Interlocutor(id=desk.requester, role=InterlocutorRole.REQUESTER, myself=True)
    workers = [Interlocutor(id=worker, role=InterlocutorRole.USER, myself=False) for worker in thread.members]
    document = ThreadDocument(
        id=thread.id,
        parent_id=thread.parent_id,
        topic=thread.topic,
        interlocutors_inlined=len(thread.members) == thread.member_count,
        interlocutors=tuple(sorted([requester, *workers], key=lambda found: found.id or "")),
        messages_inlined=True,
        messages=tuple(_message(desk, message) for message in thread.messages),
        compose_details=None if thread.recipients is None else _details(thread.recipients),
        meta=MessageMeta(pool_id=thread.pool_id, project_id=thread.project_id, assignment_id=thread.assignment_id),
        folders=tuple(sorted(thread.folders)),
        answerable=thread.is_answerable,
        created=thread.created,
    )
    return encode_message_thread(document)


def _message(desk: RequesterDesk, message: Message) -> MessageDocument:
    is_own = message.role is InterlocutorRole.REQUESTER
    sender = Interlocutor(id=desk.requester if is_own else message.worker_id, role=message.role, myself=is_own)
    return MessageDocument(text=message.text, sender=sender, created=message.created)


def _details(recipients: Recipients) -> ComposeDetails:
    is_direct = recipients.select is RecipientsSelectType.DIRECT
    return ComposeDetails(
        recipients_select_type=recipients.select,
        recipients_ids=recipients.worker_ids if is_direct else None,
        recipients_filter=None if recipients.filter is None else encode_filter(recipients.filter),
    )


_THREADS = "/api/v1/message-threads"
MESSAGE_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path=_THREADS, handle=list_threads),
    Door(method="POST", path=f"{_THREADS}/compose", handle=compose),
    Door(method="GET", path=f"{_THREADS}/{{id}}", handle=get_thread),
    Door(method="POST", path=f"{_THREADS}/{{id}}/reply", handle=reply),
    Door(method="POST", path=f"{_THREADS}/{{id}}/add-to-folders", handle=add_to_folders),
    Door(method="POST", path=f"{_THREADS}/{{id}}/remove-from-folders", handle=remove_from_folders),
)
