"""The requester's own names of records, and where they travel.

A key makes a call repeatable. Toloka's API has no place for it: towards other servers it stands in a name or comment that only the requester
sees; between our own client and our own server it stands in a field of its own.
"""

from collections.abc import Mapping
from typing import Any

from .kinds import TEXT
from .reading import Reader

__all__ = ["EXTENSION", "read_key", "write_name"]

#: The field for what only manyhands understands. Other servers might refuse it, so it is written only when it is asked for.
EXTENSION = "manyhands"


def read_key(reader: Reader, name: str, *, given: str | None, foreign: dict[str, Any]) -> str:
    """Return the key of a record.

    Args:
        reader: of the record.
        name: the field that shows the key where there is no field of its own.
        given: the key if the record brings none of its own; None takes what `name` says.
        foreign: gets what `name` says if that is not the key.
    """
    shown = reader.find(name, TEXT)
    own = reader.get_object(EXTENSION).find("key", TEXT)
    key = own if own is not None else given if given is not None else shown or ""
    if shown != (key or None):
        foreign[name] = shown
    return key


def write_name(name: str, key: str, foreign: Mapping[str, Any]) -> str | None:
    """Return what the field `name` says: what the requester wrote there, else the key; None if there is nothing to say."""
    said: str | None = foreign.get(name, key or None)
    return said
