"""One table of a launch file, read key by key, with everything wrong in it noted instead of raised."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from manyhands.errors import InvalidInput

from .durations import parse_duration

__all__ = ["Section"]

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)

#: A found value is shown up to this length: enough to find it in the file.
_SHOWN_CHARS = 60

_EXPECTED_DURATION = 'a duration such as "15s", "2m" or "1h 30m"'
_EXPECTED_LOCALIZED = 'a text, or one per language such as { EN = "Choose one", DE = "Wähle eins" }'


class Section:
    """A table of a launch file. Every getter returns a value of its type, also when it notes a problem, so that reading goes on.

    Iterating yields the keys, for a table whose author chooses them.

    Args:
        values: the table.
        problems: where problems are noted, one sentence each, shared by all tables of the file.
        path: the key of the table; empty at the top.

    Example:
        >>> problems: list[str] = []
        >>> section = Section({"overlap": 0.5}, problems, "params")
        >>> section.text("overlap"), section.count("max_attempts"), problems
        ('', 0, ['params.overlap: expected a text, found 0.5', 'params.max_attempts: missing; expected a whole number'])
    """

    def __init__(self, values: Mapping[str, object], problems: list[str], path: str = "") -> None:
        self._values = values
        self._problems = problems
        self._path = path
        self._known: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def has(self, key: str) -> bool:
        """Return whether the key is there."""
        self._known.add(key)
        return key in self._values

    def is_table(self, key: str) -> bool:
        """Return whether the value of the key is a table."""
        return isinstance(self._values.get(key), dict)

    def text(self, key: str, expected: str = "a text") -> str:
        """Return a text that has to be there."""
        value = self._take(key, expected, str)
        return value if isinstance(value, str) else ""

    def find_text(self, key: str, expected: str = "a text") -> str | None:
        """Return a text; None when the key is not there."""
        return self.text(key, expected) if self.has(key) else None

    def localized(self, key: str, language: str) -> dict[str, str]:
        """Return a text by language; one that is written once is in `language`, and without EN the first one is its fallback too."""
        value = self._take(key, _EXPECTED_LOCALIZED, str, dict)
        given = value if isinstance(value, dict) else {language: value}
        texts = {str(lang): text for lang, text in given.items() if isinstance(text, str) and text}
        if value is not None and (len(texts) < len(given) or not texts):
            self._wrong(key, _EXPECTED_LOCALIZED)
            return {}
        return {"EN": next(iter(texts.values())), **texts} if texts else {}

    def count(self, key: str, expected: str = "a whole number") -> int:
        """Return a whole number that has to be there."""
        value = self._take(key, expected, int)
        return value if isinstance(value, int) else 0

    def find_count(self, key: str) -> int | None:
        """Return a whole number; None when the key is not there."""
        return self.count(key) if self.has(key) else None

    def text_or_count(self, key: str, expected: str) -> str:
        """Return a text or a whole number, as a text."""
        value = self._take(key, expected, str, int)
        return "" if value is None else str(value)

    def number(self, key: str, expected: str = "a number") -> float:
        """Return a number that has to be there."""
        value = self._take(key, expected, int, float)
        return float(value) if isinstance(value, int | float) else 0.0

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        return self._take(key, "true or false", bool) is True if self.has(key) else default

    def amount(self, key: str, expected: str = 'US dollars such as "4.50"') -> str:
        """Return an amount of money, as it is written."""
        value = self._take(key, expected, str, int, float)
        return "0" if value is None else str(value)

    def duration(self, key: str) -> timedelta:
        """Return a duration that has to be there."""
        text = self.text(key, _EXPECTED_DURATION)
        found = parse_duration(text)
        if text and found is None:
            self._wrong(key, _EXPECTED_DURATION)
        return found or timedelta(0)

    def find_duration(self, key: str) -> timedelta | None:
        """Return a duration; None when the key is not there."""
        return self.duration(key) if self.has(key) else None

    def choice(self, key: str, members: type[_E], *, default: _E) -> _E:
        """Return the member of this value, whatever its case and with ``-`` or ``_``."""
        text = self.find_text(key)
        found = [member for member in members if text and _plain(member.value) == _plain(text)]
        if text and not found:
            self._wrong(key, "one of " + ", ".join(f'"{_plain(member.value)}"' for member in members))
        return found[0] if found else default

    def texts(self, key: str) -> list[str]:
        """Return a list of texts; an empty one when the key is not there."""
        value = self._take(key, "a list of texts", list) if self.has(key) else []
        items = value if isinstance(value, list) else []
        texts = [item for item in items if isinstance(item, str)]
        if len(texts) < len(items):
            self._wrong(key, "a list of texts")
        return texts

    def table(self, key: str, expected: str) -> dict[str, object]:
        """Return a table as it is; an empty one when it is wrong."""
        value = self._take(key, expected, dict)
        return value if isinstance(value, dict) else {}

    def section(self, key: str, expected: str) -> "Section":
        """Return a table that has to be there."""
        return Section(self.table(key, expected), self._problems, self._path_of(key))

    def find_section(self, key: str, expected: str = "a table") -> "Section | None":
        """Return a table; None when the key is not there."""
        return self.section(key, expected) if self.has(key) else None

    def sections(self, key: str, expected: str) -> list["Section"]:
        """Return a list of tables; an empty one when the key is not there."""
        value = self._take(key, expected, list) if self.has(key) else []
        items = value if isinstance(value, list) else []
        tables = [item for item in items if isinstance(item, dict)]
        if len(tables) < len(items):
            self._wrong(key, expected)
        path = self._path_of(key)
        return [Section(table, self._problems, f"{path}[{number}]") for number, table in enumerate(tables, start=1)]

    def build(self, make: Callable[[], _T]) -> _T | None:
        """Return what `make` makes of this table; None when the table has problems, or when there are some, which are noted."""
        return None if self.has_problems() else self.attempt(make)

    def attempt(self, make: Callable[[], _T], key: str | None = None) -> _T | None:
        """Return what `make` makes, whatever was noted before; None when it finds problems, which are noted.

        Args:
            make: makes it from values that are known to be right.
            key: the key that it is made from; None means the whole table.
        """
        try:
            return make()
        except InvalidInput as error:
            for problem in error.problems or (str(error),):
                self.note(problem, key)
            return None

    def has_problems(self, key: str | None = None) -> bool:
        """Return whether a problem of this table, of a key in it, or of a table inside it was noted."""
        where = self._path_of(key)
        return any(problem.startswith((f"{where}.", f"{where}:", f"{where}[")) for problem in self._problems)

    def note(self, problem: str, key: str | None = None) -> None:
        """Note a problem of a key, or of the table itself."""
        where = self._path_of(key)
        self._problems.append(f"{where}: {problem}" if where else problem)

    def finish(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._values:
            if key not in self._known:
                near = get_close_matches(key, self._known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(sorted(self._known))}"
                self.note(f"this key is not known; {hint}", key)

    def _take(self, key: str, expected: str, *kinds: type) -> object:
        """Return the value if it is of one of the kinds; note a problem and return None otherwise."""
        self._known.add(key)
        if key not in self._values:
            self.note(f"missing; expected {expected}", key)
            return None
        value = self._values[key]
        # A flag is a whole number to Python, but not to whoever writes a launch file.
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            self._wrong(key, expected)
            return None
        return value

    def _wrong(self, key: str, expected: str) -> None:
        found = repr(self._values[key])
        shown = found if len(found) <= _SHOWN_CHARS else found[:_SHOWN_CHARS] + "…"
        self.note(f"expected {expected}, found {shown}", key)

    def _path_of(self, key: str | None) -> str:
        return ".".join(part for part in (self._path, key) if part)


def _plain(value: str) -> str:
    return value.lower().replace("_", "-")
