"""What a file is: its first bytes say it, the sender's word counts where they cannot. Pure."""

import re
from collections.abc import Mapping

__all__ = ["HEAD_SIZE", "UNKNOWN", "find_media_type"]

#: The bytes at the beginning of a file that are looked at.
HEAD_SIZE = 512
#: A file about which nothing is known; no browser shows it, let alone runs it.
UNKNOWN = "application/octet-stream"

_WELL_FORMED = re.compile(r"[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]{0,100}")
#: How files begin → what they are.
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"fLaC", "audio/flac"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
#: RIFF files and those of the MP4 family say further behind what they are.
_RIFF_KINDS: Mapping[bytes, str] = {b"WAVE": "audio/wav", b"WEBP": "image/webp", b"AVI ": "video/x-msvideo"}
_MP4_KINDS: Mapping[bytes, str] = {
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"qt  ": "video/quicktime",
    b"heic": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
}
#: Containers that look alike from outside: the sender's word chooses among these.
_CONTAINERS: Mapping[str, frozenset[str]] = {
    "video/webm": frozenset({"audio/webm", "video/x-matroska", "audio/x-matroska"}),
    "audio/ogg": frozenset({"video/ogg", "application/ogg", "audio/opus"}),
    "video/mp4": frozenset({"audio/mp4", "audio/x-m4a", "video/quicktime", "video/3gpp", "audio/3gpp"}),
    "audio/wav": frozenset({"audio/x-wav", "audio/wave", "audio/vnd.wave"}),
}
#: What a browser would run or follow if it were shown from our address.
_ACTIVE = re.compile(r"html|xml|svg|script|x-shockwave|wasm|multipart")
_RECOGNISED = frozenset(
    {kind for _, kind in _BEGINNINGS} | {*_RIFF_KINDS.values()} | {*_MP4_KINDS.values()} | {"video/mp4"}
) | frozenset[str]().union(*_CONTAINERS.values())


def find_media_type(head: bytes, stated: str) -> str:
    """Return the media type of a file.

    Args:
        head: its first bytes, `HEAD_SIZE` of them if there are as many.
        stated: what the sender says, in any form; empty when nothing.

    Example:
        >>> find_media_type(b"GIF89a...", "text/html")
        'image/gif'
        >>> find_media_type(b"<script>", "text/html; charset=utf-8")
        'application/octet-stream'
    """
    seen, said = _look_at(head), _tidy(stated)
    if seen is None:
        # A type that would have been recognised is not what the sender says.
        return UNKNOWN if said in _RECOGNISED or _ACTIVE.search(said) else said
    if said in _CONTAINERS.get(seen, ()) or (seen == "application/zip" and _is_packed(said)):
        return said
    return seen


def _look_at(head: bytes) -> str | None:
    if head.startswith(b"RIFF"):
        return _RIFF_KINDS.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _MP4_KINDS.get(head[8:12], "video/mp4")
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), None)


def _tidy(stated: str) -> str:
    kind = stated.partition(";")[0].strip().lower()
    return kind if _WELL_FORMED.fullmatch(kind) else UNKNOWN


def _is_packed(said: str) -> bool:
    # Documents of office programs, electronic books and the like are zip archives.
    return said.startswith("application/vnd.") or said == "application/epub+zip"
