"""Files of workers in the requester API."""

from collections.abc import Iterator

from manyhands.crowd import AssignmentId, Attachment, AttachmentId, PoolId
from manyhands.platform.toloka.wire import ATTACHMENTS, AttachmentDetails, Owner, encode_attachment
from manyhands.platform.toloka.wire import Attachment as AttachmentDocument
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.files import send_file
from manyhands.server.listing import Fields, Listing

__all__ = ["ATTACHMENT_DOORS"]

_TYPE = "ASSIGNMENT_ATTACHMENT"
_FIELDS: Fields[Attachment] = {
    "id": lambda file: file.id,
    "created": lambda file: file.created,
    "name": lambda file: file.name,
    "type": lambda _: _TYPE,
    "user_id": lambda file: file.worker_id,
    "assignment_id": lambda file: file.assignment_id,
    "pool_id": lambda file: file.pool_id,
}


def list_attachments(desk: RequesterDesk, call: Call) -> Answer:
    """List the files of a pool, of a page, or of all pools."""
    listing = Listing(call, ATTACHMENTS, _FIELDS, desk.settings)
    pool_id, assignment_id = call.query.get("pool_id"), call.query.get("assignment_id")
    if assignment_id:
        files = iter(desk.platform.list_attachments_of(AssignmentId(assignment_id)))
    elif pool_id:
        files = _files_of(desk, PoolId(pool_id), _read_cursor(call), chunk=listing.chunk_size)
    else:
        pools = [pool.id for pool in desk.records.pools()]
        every = (file for found in pools for file in _files_of(desk, found, None, chunk=listing.chunk_size))
        return listing.answer(every, lambda file: _write(desk, file))
    return listing.answer_stream(files, lambda file: _write(desk, file))


def get_attachment(desk: RequesterDesk, call: Call) -> Answer:
    """Show one file without its content."""
    return Answer(payload=_write(desk, desk.platform.get_attachment(AttachmentId(call.path["id"]))))


def download_attachment(desk: RequesterDesk, call: Call) -> Answer:
    """Send the content of a file."""
    file = desk.platform.get_attachment(AttachmentId(call.path["id"]))
    return send_file(file, desk.platform.iter_content(file))


def _files_of(desk: RequesterDesk, pool_id: PoolId, after: AttachmentId | None, *, chunk: int) -> Iterator[Attachment]:
    while found := desk.platform.list_attachments(pool_id, after, limit=chunk):
        yield from found
        if len(found) < chunk:
            return
        after = found[-1].id


def _read_cursor(call: Call) -> AttachmentId | None:
    """Return the id behind which the list begins, as far as the query tells; what is read is filtered again."""
    after = call.query.get("id_gt", "")
    return AttachmentId(after) if after.isdecimal() else None


def _write(desk: RequesterDesk, file: Attachment) -> dict[str, object]:
    details = AttachmentDetails(user_id=file.worker_id, assignment_id=file.assignment_id, pool_id=file.pool_id)
    document = AttachmentDocument(
        id=file.id,
        name=file.name,
        details=details,
        created=file.created,
        media_type=file.media_type,
        owner=Owner(id=desk.requester, myself=True),
    )
    return encode_attachment(document)


ATTACHMENT_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/attachments", handle=list_attachments),
    Door(method="GET", path="/api/v1/attachments/{id}", handle=get_attachment),
    Door(method="GET", path="/api/v1/attachments/{id}/download", handle=download_attachment),
)
