"""Pictures and recordings, made here, as addresses that a page loads without a network."""

import base64
import io
import math
import struct
import wave
import zlib

__all__ = ["picture", "recording"]

_RATE = 8000


def recording(*, seconds: float = 1.0, pitch_hz: float = 440.0) -> str:
    """Return the address of a sound."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, _RATE, 0, "NONE", ""))
        count = int(_RATE * seconds)
        samples = (int(8000 * math.sin(2 * math.pi * pitch_hz * n / _RATE)) for n in range(count))
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return _address("audio/wav", buffer.getvalue())


def picture(*, width: int = 400, height: int = 300) -> str:
    """Return the address of a picture with soft colours."""
    rows = b"".join(
        b"\0" + b"".join(bytes((120 + x * 100 // width, 140 + y * 80 // height, 180)) for x in range(width))
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )
    return _address("image/png", b"\x89PNG\r\n\x1a\n" + b"".join(chunks))


def _address(media_type: str, content: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"
