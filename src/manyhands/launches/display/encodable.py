"""Drawings that every terminal can show."""

from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment

__all__ = ["Encodable", "encodable_text"]

#: Similar signs for those of ours that old code pages lack, of the same width.
_SIMILAR = {
    **dict.fromkeys("█▉▊▋▌", "#"),
    **dict.fromkeys("▍▎▏", " "),
    **dict.fromkeys("━─", "-"),
    **dict(zip("…·≤▸✓✗↷○◂→↓", ".,<>+x~o<>v", strict=True)),
}


class Encodable:
    """Draws something so that the console's encoding can hold it: a sign that it lacks is replaced by a similar one, or by ``?``."""

    def __init__(self, drawing: RenderableType) -> None:
        self._drawing = drawing

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the drawing."""
        if options.encoding.startswith("utf"):
            yield self._drawing
        else:
            yield from self._replaced(console, options)

    def _replaced(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for text, style, control in console.render(self._drawing, options):
            yield Segment(encodable_text(text, options.encoding), style, control)


def encodable_text(text: str, encoding: str) -> str:
    """Return the text with signs that the encoding lacks replaced by similar ones, or by ``?``.

    >>> encodable_text("✓60 · straße", "latin-1"), encodable_text("✓60 · straße", "ascii")
    ('+60 · straße', '+60 , stra?e')
    """
    return "".join(sign if sign.encode(encoding, "ignore") else _similar(sign) for sign in text)


def _similar(sign: str) -> str:
    return _SIMILAR.get(sign, "?" * cell_len(sign))
