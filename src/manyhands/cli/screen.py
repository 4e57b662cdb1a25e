"""What is printed, and where."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

__all__ = ["is_live", "print_error", "print_json", "show_reading"]

_BYTES_PER_MB = 1_000_000


def is_live() -> bool:
    """Return whether somebody looks at the standard output while it is written."""
    return sys.stdout.isatty()


def print_json(document: Mapping[str, object] | Sequence[object]) -> None:
    """Print a document as JSON, indented, to the standard output."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2).decode()
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def print_error(message: str) -> None:
    """Print an error to the standard error."""
    console = Console(stderr=True, highlight=False)
    console.print(Text.assemble(("Error: ", "bold red"), message), soft_wrap=True)


@contextmanager
def show_reading(path: Path) -> Iterator[None]:
    """Show in a terminal that a file is being read, and for how long already."""
    size_mb = path.stat().st_size / _BYTES_PER_MB
    console = Console(stderr=True)
    columns = (TextColumn(f"Reading {path.name} ({size_mb:,.1f} MB)"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        # How far reading has come is not known, so the bar only says that it goes on.
        progress.add_task("reading", total=None)
        yield
