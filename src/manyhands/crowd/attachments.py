"""Files that workers uploaded for a page."""

from dataclasses import dataclass
from datetime import datetime

from .ids import AssignmentId, AttachmentId, PoolId, WorkerId

__all__ = ["Attachment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file without its content.

    Attributes:
        id: what stands for the file in a solution.
        name: as the worker's device calls it, without folders.
        media_type: what the content is, as far as it can be told; ``application/octet-stream`` when it cannot, or when a browser would run it.
        created: when all of it had arrived.
    """

    id: AttachmentId
    assignment_id: AssignmentId
    pool_id: PoolId
    worker_id: WorkerId
    name: str
    media_type: str
    size_bytes: int
    created: datetime
