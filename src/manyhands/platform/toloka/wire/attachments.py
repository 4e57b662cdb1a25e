"""Files that workers uploaded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from manyhands.crowd import AssignmentId, PoolId, WorkerId

from .mirrors import decode_mirror, encode_mirror
from .owners import Owner

__all__ = ["Attachment", "AttachmentDetails", "decode_attachment", "encode_attachment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentDetails:
    """Where a file came from."""

    user_id: WorkerId | None = None
    assignment_id: AssignmentId | None = None
    pool_id: PoolId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file, without its content.

    Attributes:
        id: what stands in the solution.
        attachment_type: always ``ASSIGNMENT_ATTACHMENT``.
        name: of the file.
        details: where it came from.
        created: when it was uploaded.
        media_type: MIME type.
        owner: whose it is.
        foreign: what else the API says.
    """

    id: str
    attachment_type: str = "ASSIGNMENT_ATTACHMENT"
    name: str | None = None
    details: AttachmentDetails | None = None
    created: datetime | None = None
    media_type: str | None = None
    owner: Owner | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


def encode_attachment(attachment: Attachment) -> dict[str, Any]:
    """Return what is known of a file."""
    return encode_mirror(attachment)


def decode_attachment(document: object) -> Attachment:
    """Return what a platform says of a file.

    Raises:
        InvalidInput: the document is no attachment.
    """
    return decode_mirror(document, Attachment, what="attachment")
