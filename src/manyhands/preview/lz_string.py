"""The compression of LZ-string, which Toloka's editor reads from addresses: a text becomes letters that a URL can carry as they are.

Pieroxy's LZ-string (https://pieroxy.net/blog/pages/lz-string/) works on the code units of UTF-16, as JavaScript does. Only packing is here; the page
unpacks. What Python packages there are for it are either no longer kept or just begun.
"""

from collections.abc import Iterable

__all__ = ["compress_for_url"]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-$"
#: Bits that one letter carries.
_LETTER_WIDTH = 6
#: The codes that announce a new character of 8 or 16 bits, and the end; the phrases of the dictionary follow.
_NARROW, _WIDE, _END, _FIRST_PHRASE = 0, 1, 2, 3
_NARROW_WIDTH, _WIDE_WIDTH = 8, 16


def compress_for_url(text: str) -> str:
    """Return the text as ``compressToEncodedURIComponent`` of LZ-string does, letter by letter the same.

    Example:
        >>> compress_for_url("hello hello hello")
        'BYUwNmD2AEoTcpA'
    """
    packer = _Packer()
    packer.pack(_code_units(text))
    return packer.letters()


def _code_units(text: str) -> Iterable[str]:
    # Halves of surrogate pairs count as characters of their own. The first unit tells the order of bytes, which is that of this machine.
    units = memoryview(text.encode("utf-16", "surrogatepass")).cast("H")[1:]
    return map(chr, units)


class _Packer:
    """Writes phrases that were seen before as their number, and learns a new one with each that it writes."""

    def __init__(self) -> None:
        self._bits: list[int] = []
        self._phrases: dict[str, int] = {}
        self._unwritten: set[str] = set()
        self._width = 2
        self._room = 2

    def pack(self, characters: Iterable[str]) -> None:
        """Write everything, and the end."""
        phrase = ""
        for character in characters:
            if character not in self._phrases:
                self._learn(character)
                self._unwritten.add(character)
            if phrase + character in self._phrases:
                phrase += character
            else:
                self._write_phrase(phrase)
                self._learn(phrase + character)
                phrase = character
        if phrase:
            self._write_phrase(phrase)
        self._write(_END, self._width)

    def letters(self) -> str:
        """Return what was written; the last letter is filled up, and there is always one to fill up."""
        bits = [*self._bits, *[0] * (_LETTER_WIDTH - len(self._bits) % _LETTER_WIDTH)]
        groups = (bits[start : start + _LETTER_WIDTH] for start in range(0, len(bits), _LETTER_WIDTH))
        return "".join(_LETTERS[int("".join(map(str, group)), 2)] for group in groups)

    def _learn(self, phrase: str) -> None:
        self._phrases[phrase] = _FIRST_PHRASE + len(self._phrases)

    def _write_phrase(self, phrase: str) -> None:
        if phrase in self._unwritten:
            self._unwritten.remove(phrase)
            width = _NARROW_WIDTH if ord(phrase) < 1 << _NARROW_WIDTH else _WIDE_WIDTH
            self._write(_NARROW if width == _NARROW_WIDTH else _WIDE, self._width)
            self._write(ord(phrase), width)
            self._count()
        else:
            self._write(self._phrases[phrase], self._width)
        self._count()

    def _count(self) -> None:
        """Use up one number of the present width; numbers get wider when there are none left."""
        self._room -= 1
        if self._room == 0:
            self._room = 1 << self._width
            self._width += 1

    def _write(self, value: int, width: int) -> None:
        self._bits += [value >> place & 1 for place in range(width)]
