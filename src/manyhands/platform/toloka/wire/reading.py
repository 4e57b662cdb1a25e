"""Reading JSON objects: typed values out, every problem remembered."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .problems import ProblemCode, Problems

__all__ = ["Kind", "Place", "Reader"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
#: Names that a client adds to find its items again; they are echoed in logs and stored nowhere.
_MARKER_PREFIX = "__"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document a value stands, and where its problems go."""

    path: str
    problems: Problems

    def inside(self, name: str | int) -> "Place":
        """Return the place of an entry of this one."""
        return Place(f"{self.path}.{name}" if self.path else str(name), self.problems)

    def refuse(self, code: ProblemCode, message: str, **params: Any) -> None:
        """Remember a problem of the value that stands here."""
        self.problems.add(self.path, code, message=message, params=params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[T_co]):
    """How one JSON value is read.

    Attributes:
        read: returns what the value means; a wrong value is refused at its place, and anything of the right type is returned.
        blank: stands for a value that is missing although it is required, until the problems are raised.
    """

    read: Callable[[Any, Place], T_co]
    blank: T_co


class Reader:
    """One JSON object being read; a field that is null counts as missing.

    Example:
        >>> from .kinds import INTEGER
        >>> reader = Reader.open({"priority": 5, "colour": "red"})
        >>> reader.get("priority", INTEGER, 0), reader.rest()
        (5, {'colour': 'red'})
    """

    __slots__ = ("_fields", "_is_object", "_names", "place")

    def __init__(self, document: object, place: Place) -> None:
        self.place = place
        self._names: set[str] = set()
        self._is_object = isinstance(document, dict)
        self._fields: dict[str, Any] = document if isinstance(document, dict) else {}
        if not self._is_object:
            place.refuse(ProblemCode.OBJECT_EXPECTED, f"expected an object, found {document!r:.60}")

    @classmethod
    def open(cls, document: object) -> "Reader":
        """Return a reader of a whole document, with its own problems."""
        return cls(document, Place("", Problems()))

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def find(self, name: str, kind: Kind[T]) -> T | None:
        """Return the field, or None if it is missing."""
        self._names.add(name)
        value = self._fields.get(name)
        return None if value is None else kind.read(value, self.place.inside(name))

    def get(self, name: str, kind: Kind[T], default: T) -> T:
        """Return the field, or `default` if it is missing."""
        self._names.add(name)
        value = self._fields.get(name)
        return default if value is None else kind.read(value, self.place.inside(name))

    def require(self, name: str, kind: Kind[T]) -> T:
        """Return the field; a missing one is a problem."""
        value = self.raw(name)
        if value is None:
            self.miss(name)
            return kind.blank
        return kind.read(value, self.place.inside(name))

    def find_object(self, name: str) -> "Reader | None":
        """Return a reader of the object in a field, or None if the field is missing."""
        value = self.raw(name)
        return None if value is None else Reader(value, self.place.inside(name))

    def get_object(self, name: str) -> "Reader":
        """Return a reader of the object in a field, or of an empty one if the field is missing."""
        return self.find_object(name) or Reader({}, self.place.inside(name))

    def require_object(self, name: str) -> "Reader":
        """Return a reader of the object in a field; a missing one is a problem, the fields in it are none."""
        found = self.find_object(name)
        if found is None:
            self.miss(name)
            found = Reader({}, self.place.inside(name))
            found._is_object = False
        return found

    def raw(self, name: str) -> Any:
        """Return the field as it stands there."""
        self._names.add(name)
        return self._fields.get(name)

    def refuse(self, name: str, code: ProblemCode, message: str, **params: Any) -> None:
        """Remember a problem of a field."""
        self.place.inside(name).refuse(code, message, **params)

    def miss(self, name: str, message: str = "expected a value, found none") -> None:
        """Remember that a field is missing."""
        # Something that is no object has been refused once already; its fields are not missed one by one.
        if self._is_object:
            self.refuse(name, ProblemCode.VALUE_REQUIRED, message)

    def rest(self, without: Iterable[str] = ()) -> dict[str, Any]:
        """Return the fields that nobody asked for, as they stand there; markers of clients and `without` are left out."""
        skipped = self._names.union(without)
        rest = [name for name in self._fields if name not in skipped and not name.startswith(_MARKER_PREFIX)]
        return {name: self._fields[name] for name in rest}

    def close(self, what: str) -> None:
        """Raise all problems of the document.

        Args:
            what: what was read, such as ``pool``.

        Raises:
            InvalidInput: something was wrong.
        """
        self.place.problems.refuse_if_any(f"The {what} is not as expected; nothing was changed.")
