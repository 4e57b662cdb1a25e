"""Files on their way to whoever asked: streamed, and so that no browser runs what is in them."""

from collections.abc import Iterator
from urllib.parse import quote

from manyhands.crowd import Attachment

from .calls import Answer

__all__ = ["send_file"]

_NOT_PLAIN = {ord(character): "_" for character in '"\\%?'}
_HEADERS = {
    # The browser takes the media type at our word, and shows the file inside of nothing but our own pages.
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, no-store",
}


def send_file(attachment: Attachment, content: Iterator[bytes]) -> Answer:
    """Return the answer that sends a file under its own name."""
    plain = attachment.name.encode("ascii", "replace").decode().translate(_NOT_PLAIN)
    name = quote(attachment.name, safe="")
    return Answer(
        parts=content,
        size_bytes=attachment.size_bytes,
        media_type=attachment.media_type,
        headers={**_HEADERS, "content-disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{name}"},
    )
