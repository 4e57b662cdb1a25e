"""The place with workers that a command works on."""

from pathlib import Path

from manyhands.connect import Connection, Place, connect_to
from manyhands.errors import InvalidInput

from .launch_files import seen_from

__all__ = ["choose_place", "has_nothing_yet", "open_place"]

#: Where launches are kept when nobody says where.
_DEFAULT_PLACE = "manyhands.db"

_SQLITE_FILE = "sqlite:///"


def choose_place(option: str | None, named: Place | None = None) -> Place:
    """Return the place of the command line, else the one that the launch file names, else ``manyhands.db`` in the current folder."""
    if option is not None:
        return seen_from(Path.cwd(), option)
    return named if named is not None else seen_from(Path.cwd(), _DEFAULT_PLACE)


def has_nothing_yet(place: Place) -> bool:
    """Return whether the place is an SQLite file that is not there yet."""
    if not isinstance(place, str) or not place.startswith(_SQLITE_FILE):
        return False
    path = place.removeprefix(_SQLITE_FILE)
    return path != ":memory:" and not Path(path).exists()


def open_place(option: str | None) -> Connection:
    """Return the connection to a place where something was launched before.

    Raises:
        InvalidInput: it is a file that is not there.
    """
    place = choose_place(option)
    if has_nothing_yet(place):
        path = str(place).removeprefix(_SQLITE_FILE)
        msg = f"There is no database {path!r}, so nothing was launched there. Name the right one with --platform or MANYHANDS_PLATFORM."
        raise InvalidInput(msg)
    return connect_to(place)
