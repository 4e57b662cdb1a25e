"""What a file is."""

import pytest

from manyhands.platform.embedded.media_types import UNKNOWN, find_media_type

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
_WEBM = b"\x1aE\xdf\xa3\x9fB\x86"


@pytest.mark.parametrize(
    ("head", "stated", "found"),
    [
        pytest.param(_PNG, "image/png", "image/png", id="as-stated"),
        pytest.param(_PNG, "image/jpeg", "image/png", id="content-wins"),
        pytest.param(_PNG, "", "image/png", id="nothing-stated"),
        pytest.param(_WEBM, "audio/webm;codecs=opus", "audio/webm", id="sound-in-a-container-for-both"),
        pytest.param(_WEBM, "image/png", "video/webm", id="container-without-a-hint"),
        pytest.param(b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav", "audio/wav", id="riff"),
        pytest.param(b"\x00\x00\x00\x18ftypM4A ", "audio/x-m4a", "audio/mp4", id="mp4-says-its-kind"),
        pytest.param(b"\x00\x00\x00\x18ftypisom", "audio/mp4", "audio/mp4", id="mp4-for-both"),
        pytest.param(b"PK\x03\x04", "application/vnd.oasis.opendocument.text", None, id="office-document"),
        pytest.param(b"PK\x03\x04", "text/html", "application/zip", id="archive"),
        pytest.param(b"a,b\n1,2", "text/csv; charset=utf-8", "text/csv", id="text"),
        pytest.param(b"<script>", "text/html", UNKNOWN, id="page"),
        pytest.param(b"<svg onload=x>", "image/svg+xml", UNKNOWN, id="drawing-that-runs"),
        pytest.param(b"GIF89a<script>", "text/html", "image/gif", id="both"),
        pytest.param(b"hello", "image/png", UNKNOWN, id="not-what-it-says"),
        pytest.param(b"hello", "no type\r\nset-cookie: x", UNKNOWN, id="not-a-type"),
        pytest.param(b"", "", UNKNOWN, id="nothing"),
    ],
)
def test_content_is_believed_before_words(head: bytes, stated: str, found: str | None) -> None:
    """What the first bytes show counts; words count where bytes cannot tell, and never for what a browser would run."""
    assert find_media_type(head, stated) == (found or stated)
