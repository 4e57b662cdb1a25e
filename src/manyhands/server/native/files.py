"""Our own doors for files of workers: uploading them for a page in hand, looking at them, taking them back."""

from manyhands.crowd import AssignmentId, Attachment, AttachmentId
from manyhands.platform.embedded import Upload
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import WorkerDesk
from manyhands.server.doors import ANY_MEDIA, Door, Intake, UploadDoor
from manyhands.server.files import send_file

from .records import Done, FileList, FileView

__all__ = ["FILE_DOORS", "UPLOAD_DOORS"]

_FILES = "/api/worker/pages/{id}/files"


class _FileIntake:
    """Stores a file part by part."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload

    def add(self, part: bytes) -> None:
        self._upload.add(part)

    def finish(self) -> Answer:
        return Answer(status=201, payload=_view(self._upload.finish()))

    def give_up(self) -> None:
        self._upload.give_up()


def upload_file(desk: WorkerDesk, call: Call) -> Intake:
    """Upload a file for a page in hand; its id is what stands in the answer.

    The field `name` is the file's name; `type` its media type, where the request has another one to prove that it comes from our page.
    """
    upload = desk.workplace.upload(
        AssignmentId(call.path["id"]),
        desk.worker_id,
        name=call.query.get("name", ""),
        media_type=call.query.get("type") or call.media_type,
        most_bytes=desk.settings.max_page_files_bytes,
        most_count=desk.settings.max_page_file_count,
    )
    return _FileIntake(upload)


def list_files(desk: WorkerDesk, call: Call) -> Answer:
    """List the files of a page in hand."""
    files = desk.workplace.list_uploads(AssignmentId(call.path["id"]), desk.worker_id)
    return Answer(payload=FileList(items=[_view(file) for file in files]))


def download_file(desk: WorkerDesk, call: Call) -> Answer:
    """Send a file of a page in hand back to whoever uploaded it."""
    file = desk.workplace.get_upload(AssignmentId(call.path["id"]), desk.worker_id, AttachmentId(call.path["file_id"]))
    return send_file(file, desk.workplace.iter_content(file))


def remove_file(desk: WorkerDesk, call: Call) -> Answer:
    """Take a file back from a page in hand."""
    desk.workplace.remove_upload(AssignmentId(call.path["id"]), desk.worker_id, AttachmentId(call.path["file_id"]))
    return Answer(payload=Done())


def _view(file: Attachment) -> FileView:
    return FileView(
        id=file.id, name=file.name, media_type=file.media_type, size_bytes=file.size_bytes, created=file.created
    )


UPLOAD_DOORS: tuple[UploadDoor[WorkerDesk], ...] = (
    UploadDoor(method="POST", path=_FILES, begin=upload_file, gives=FileView, status=201, query=("name", "type")),
)
FILE_DOORS: tuple[Door[WorkerDesk], ...] = (
    Door(method="GET", path=_FILES, handle=list_files, gives=FileList),
    Door(method="GET", path=f"{_FILES}/{{file_id}}", handle=download_file, media_type=ANY_MEDIA),
    Door(method="DELETE", path=f"{_FILES}/{{file_id}}", handle=remove_file, gives=Done),
)
