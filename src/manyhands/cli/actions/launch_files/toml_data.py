"""The tables ``[data]``, ``[baskets]`` and ``[rehearsal]``: where the objects are."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from manyhands.errors import InvalidInput, MissingExtra
from manyhands.task import ControlObject, InputObjects, PreparedTaskSpec, read_control_objects, read_input_objects

from .launch_file import Reading
from .section import Section

__all__ = ["DataReader"]

_T = TypeVar("_T")

_EXPECTED_FILE = (
    'the path of a .csv, .tsv, .json, .jsonl or .parquet file, seen from the launch file, such as "pairs.csv"'
)


class DataReader:
    """Reads the files that a launch file names; problems are noted under the keys that name them.

    Args:
        folder: what paths are relative to.
        spec: the task; None when it has problems, so that files are only looked for.
        reading: shows which file is being read.
    """

    def __init__(self, folder: Path, spec: PreparedTaskSpec | None, reading: Reading) -> None:
        self._folder = folder
        self._spec = spec
        self._reading = reading

    def input_objects(self, section: Section, key: str) -> Sequence[InputObjects]:
        """Return the input objects in the file that the key names."""
        return self._read(section, key, read_input_objects)

    def control_objects(self, section: Section, key: str) -> Sequence[ControlObject]:
        """Return the control objects in the file that the key names."""
        return self._read(section, key, read_control_objects)

    def _read(self, section: Section, key: str, read: Callable[[Path, PreparedTaskSpec], list[_T]]) -> list[_T]:
        name = section.text(key, _EXPECTED_FILE)
        path = self._folder / name
        if not name:
            return []
        if not path.is_file():
            section.note(f"there is no file {str(path)!r}; expected {_EXPECTED_FILE}", key)
            return []
        if self._spec is None:
            return []
        try:
            with self._reading(path):
                return read(path, self._spec)
        except InvalidInput as error:
            for problem in error.problems or (str(error),):
                section.note(f"{path.name}: {problem}" if error.problems else problem, key)
        except MissingExtra as error:
            section.note(str(error), key)
        return []
