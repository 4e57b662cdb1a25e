"""What requesters wrote in their own way, kept as it was written for as long as it still means the same."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from .problems import Problems
from .reading import Kind, Place, Reader

__all__ = ["keep", "keep_empty", "recall", "with_foreign"]

T = TypeVar("T")
_EMPTY: tuple[Any, ...] = ("", [])


def keep(foreign: dict[str, Any], name: str, raw: Any, *, canonical: Any) -> None:
    """Remember how a field was written, where we would not say all of it in the same way.

    Args:
        foreign: where to remember it.
        name: the field.
        raw: the field as it was written; None if it was not there.
        canonical: the field as we write it, with defaults that may have been left out.
    """
    if raw is not None and not _says(canonical, raw):
        foreign[name] = raw


def keep_empty(foreign: dict[str, Any], reader: Reader, names: Iterable[str]) -> None:
    """Remember the fields that were there but said nothing: empty strings and lists, which we would leave out."""
    foreign.update({name: reader.raw(name) for name in names if reader.raw(name) in _EMPTY})


def recall(foreign: Mapping[str, Any], name: str, *, kind: Kind[T], value: T, canonical: Any) -> Any:
    """Return the field as it was written, if that still means `value`, else `canonical`."""
    raw = foreign.get(name)
    if raw is None:
        return canonical
    return raw if kind.read(raw, Place("", Problems())) == value else canonical


def with_foreign(document: Mapping[str, Any], foreign: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document without its empty (None) fields, completed by the foreign fields that it does not say itself.

    Example:
        >>> with_foreign({"name": "cats", "comment": None}, {"name": "dogs", "metadata": {"team": ["a"]}})
        {'name': 'cats', 'metadata': {'team': ['a']}}
    """
    said = {name: value for name, value in document.items() if value is not None}
    said.update({name: value for name, value in foreign.items() if name not in document})
    return said


def _says(canonical: Any, raw: Any) -> bool:
    """Return whether `canonical` says everything that `raw` says, perhaps with more fields."""
    if isinstance(raw, dict) and isinstance(canonical, dict):
        return all(_says(canonical.get(name), value) for name, value in raw.items())
    if isinstance(raw, list) and isinstance(canonical, list):
        return len(raw) == len(canonical) and all(map(_says, canonical, raw))
    # True equals 1 in Python but not in JSON.
    return bool(raw == canonical) and isinstance(raw, bool) is isinstance(canonical, bool)
