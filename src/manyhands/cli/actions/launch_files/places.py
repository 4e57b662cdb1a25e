"""Places with workers as files and options name them."""

from pathlib import Path

__all__ = ["seen_from"]

_SQLITE_FILE = "sqlite:///"


def seen_from(folder: Path, place: str) -> str:
    """Return the place with a relative path of an SQLite file made absolute, seen from `folder`; other URLs stay as they are.

    Example:
        >>> seen_from(Path("/data"), "labels.db"), seen_from(Path("/data"), "sqlite:///labels.db"), seen_from(Path("/data"), "sqlite://")
        ('sqlite:////data/labels.db', 'sqlite:////data/labels.db', 'sqlite://')
    """
    if place.startswith(_SQLITE_FILE) and not place.endswith(":memory:"):
        return f"{_SQLITE_FILE}{folder.absolute() / place.removeprefix(_SQLITE_FILE)}"
    if "://" in place:
        return place
    return f"{_SQLITE_FILE}{folder.absolute() / place}"
