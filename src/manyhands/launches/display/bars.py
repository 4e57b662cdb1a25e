"""Bars drawn with characters."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from manyhands.results import Bar

__all__ = ["BarChart", "DoneBar"]

#: Blocks of one to eight eighths of a character.
_EIGHTHS = "▏▎▍▌▋▊▉█"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneBar:
    """Draws how far something is, as a line and a percentage, over the whole width.

    Attributes:
        share: how far, in [0, 1].
        text: the same in words.
        style: of the part that is done.
    """

    share: float
    text: str
    style: str

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield one line."""
        room = max(options.max_width - len("100%") - 1, 1)
        done = int(self.share * room)
        yield Text.assemble(
            ("━" * done, self.style), ("─" * (room - done), "bright_black"), f" {self.text:>4}", no_wrap=True
        )

    def __rich_measure__(self, _console: Console, options: ConsoleOptions) -> Measurement:
        """Take any width."""
        return Measurement(1, options.max_width)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Draws bars below each other, the longest over the whole width.

    Attributes:
        bars: from top to bottom.
        mark: stands behind the marked bar.
        style: of the bars.
    """

    bars: Sequence[Bar]
    mark: str = ""
    style: str = "cyan"

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield a line for each bar."""
        label_width = max((cell_len(bar.label) for bar in self.bars), default=0)
        scale = self._characters_per_count(options.max_width - label_width)
        for bar in self.bars:
            line = Text(no_wrap=True, overflow="ellipsis")
            line.append(f"{bar.label:>{label_width}} ", style="dim")
            line.append(_block_line(bar.count * scale), style=self.style)
            line.append(f" {bar.count:,}", style="" if bar.count else "dim")
            line.append(f" {self.mark}" if bar.is_marked else "", style="yellow")
            yield line

    def _characters_per_count(self, room: int) -> float:
        """Return the scale at which every bar fits with its number and mark, and a space before each."""
        scales = [
            max(room - 2 - len(f"{bar.count:,}") - (cell_len(self.mark) + 1 if bar.is_marked else 0), 1) / bar.count
            for bar in self.bars
            if bar.count
        ]
        return min(scales, default=0.0)


def _block_line(length: float) -> str:
    """Return a line of that many characters, exact to an eighth; anything above zero is seen."""
    eighths = round(length * 8)
    if length > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    return _EIGHTHS[-1] * full + (_EIGHTHS[rest - 1] if rest else "")
