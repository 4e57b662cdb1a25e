"""A drawing in the requester's hands."""

import os
from io import BytesIO
from pathlib import Path

from manyhands.errors import InvalidInput

from .matplotlib_parts import Figure

__all__ = ["Plot"]

_FORMATS = ("png", "svg", "pdf")
_DOTS_PER_INCH = 144
#: The same drawing is the same file, byte for byte.
_METADATA = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}

#: 250 made-up drawings stayed after at most five.
_MOST_DRAWINGS = 10


class Plot:
    """A drawing. A notebook shows it as it is; `figure` is matplotlib's, for whoever wants to change it.

    Nothing is drawn on a screen and no global state of matplotlib is touched, so plots may be made in any thread.

    Args:
        figure: what was drawn.
    """

    def __init__(self, figure: Figure) -> None:
        self.figure = figure

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the drawing to a file; the file appears, or is replaced, only when all of it is written.

        Args:
            path: ends in ``.png``, ``.svg`` or ``.pdf``.

        Raises:
            InvalidInput: the suffix names no format, or there is no such folder.
        """
        target = Path(path)
        suffix = target.suffix.removeprefix(".").lower()
        if suffix not in _FORMATS:
            formats = ", ".join(f".{name}" for name in _FORMATS)
            raise InvalidInput(f"{target.name!r} does not say how to draw; expected a name that ends in {formats}.")
        if not target.parent.is_dir():
            raise InvalidInput(f"There is no folder {target.parent} for {target.name}; make it, or write elsewhere.")
        draft = target.with_name(f".{target.name}.part")
        try:
            draft.write_bytes(self._drawn(suffix))
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)

    def to_png(self) -> bytes:
        """Return the drawing as PNG."""
        return self._drawn("png")

    def to_svg(self) -> str:
        """Return the drawing as SVG."""
        return self._drawn("svg").decode()

    def _repr_png_(self) -> bytes:
        return self.to_png()

    def _drawn(self, file_format: str) -> bytes:
        # Drawing moves the axes to where their labels fit, and axes of another size can have other labels: it is drawn until it stays.
        for _ in range(_MOST_DRAWINGS):
            places, file = self._places, BytesIO()
            self.figure.savefig(file, format=file_format, dpi=_DOTS_PER_INCH, metadata=_METADATA[file_format])
            if self._places == places:
                break
        return file.getvalue()

    @property
    def _places(self) -> list[tuple[float, ...]]:
        return [axes.get_position().bounds for axes in self.figure.axes]
