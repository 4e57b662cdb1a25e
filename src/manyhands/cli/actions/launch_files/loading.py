"""From the path of a launch file to what it describes."""

from pathlib import Path

from manyhands.errors import InvalidInput

from .launch_file import LaunchFile, Reading
from .python_file import read_python_file
from .toml_file import read_toml_file

__all__ = ["load_launch_file"]


def load_launch_file(path: Path, reading: Reading) -> LaunchFile:
    """Return what a launch file describes, with its data.

    Args:
        path: ends in ``.toml`` or ``.py``.
        reading: shows which data file is being read.

    Raises:
        InvalidInput: there is no such file, or it does not describe a launch; every problem is named.
    """
    if not path.is_file():
        raise InvalidInput(f"There is no launch file {str(path)!r}; expected the path of a .toml or .py file.")
    match path.suffix:
        case ".toml":
            return read_toml_file(path, reading)
        case ".py":
            return read_python_file(path)
        case _:
            raise InvalidInput(f"{path.name} is no launch file; expected a name that ends in .toml or .py.")
