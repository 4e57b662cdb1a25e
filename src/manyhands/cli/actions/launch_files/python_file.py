"""Launch files in Python."""

import runpy
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from manyhands.connect import Place
from manyhands.crowd import Money
from manyhands.errors import InvalidInput, ManyhandsError
from manyhands.launches import Params, SharedBudget
from manyhands.platform.embedded import EmbeddedPlatform
from manyhands.task import PreparedTaskSpec

from .launch_file import LaunchFile
from .places import seen_from

__all__ = ["read_python_file"]

#: Not ``__main__``, so that what a file does only as a program stays undone.
_MODULE_NAME = "manyhands_launch_file"


def read_python_file(path: Path) -> LaunchFile:
    """Run a Python file and return the launch that its variables describe.

    The variables are ``task_spec``, ``params``, ``input_objects`` or ``baskets`` (name → objects), ``control_objects``, and if wanted ``name``,
    ``platform``, ``budget``, ``output`` (a folder) and ``truth`` (input objects with their right solutions, for rehearsals).

    Raises:
        InvalidInput: the file fails, or its variables describe no launch; every problem is named.
    """
    variables = _run(path.absolute())
    problems = list(_find_problems(variables))
    if problems:
        msg = f"{path.name} does not describe a launch yet; nothing was published. What is wrong:"
        raise InvalidInput(msg, problems)
    return _build(variables, path.absolute())


def _run(path: Path) -> Mapping[str, Any]:
    try:
        with _importing_from(path.parent):
            return runpy.run_path(str(path), run_name=_MODULE_NAME)
    except ManyhandsError as error:
        raise InvalidInput(f"{path.name} does not describe a launch yet{_line_of(error, path)}: {error}") from error
    except Exception as error:  # the file is the requester's own program, which may fail in any way
        msg = f"{path.name} failed{_line_of(error, path)}: {type(error).__name__}: {error}"
        raise InvalidInput(msg) from error


@contextmanager
def _importing_from(folder: Path) -> Iterator[None]:
    # As if the file was started by itself: its neighbours can be imported.
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def _line_of(error: BaseException, path: Path) -> str:
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return f" in line {error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
    return f" in line {lines[-1]}" if lines else ""


def _find_problems(variables: Mapping[str, Any]) -> Iterator[str]:
    yield from _check(
        variables, "task_spec", PreparedTaskSpec, "a PreparedTaskSpec, such as PreparedTaskSpec(spec, 'EN')"
    )
    yield from _check(variables, "params", Params, "Params")
    yield from _check(
        variables, "control_objects", Sequence, "a list of (input objects, solution) pairs; [] without control tasks"
    )
    if ("input_objects" in variables) == ("baskets" in variables):
        yield "expected either input_objects or baskets, found " + ("both" if "baskets" in variables else "none")
    optional: Mapping[str, tuple[type | tuple[type, ...], str]] = {
        "input_objects": (Sequence, "a list of tuples of objects"),
        "baskets": (Mapping, "a dict of names and lists of tuples of objects"),
        "name": (str, "a text"),
        "platform": ((str, Path, EmbeddedPlatform), "a URL, a path or a platform"),
        "budget": ((str, int, float, Money, SharedBudget), 'US dollars such as "4.50", or a SharedBudget'),
        "output": ((str, Path), "a folder"),
        "truth": (Sequence, "a list of (input objects, solution) pairs"),
    }
    for name, (kind, expected) in optional.items():
        if name in variables:
            yield from _check(variables, name, kind, expected)


def _check(variables: Mapping[str, Any], name: str, kind: type | tuple[type, ...], expected: str) -> Iterator[str]:
    if name not in variables:
        yield f"{name}: missing; expected {expected}"
    elif not isinstance(variables[name], kind):
        yield f"{name}: expected {expected}, found {type(variables[name]).__name__}"


def _build(variables: Mapping[str, Any], path: Path) -> LaunchFile:
    budget, platform, output = variables.get("budget"), variables.get("platform"), variables.get("output")
    return LaunchFile(
        path=path,
        name=variables.get("name", path.stem),
        task_spec=variables["task_spec"],
        params=variables["params"],
        input_objects=variables.get("input_objects", ()),
        baskets=variables.get("baskets"),
        control_objects=variables["control_objects"],
        platform=None if platform is None else _place(path.parent, platform),
        budget=budget if budget is None or isinstance(budget, SharedBudget) else Money(budget),
        output=None if output is None else path.parent / output,
        truth=variables.get("truth"),
    )


def _place(folder: Path, platform: EmbeddedPlatform | Path | str) -> Place:
    return platform if isinstance(platform, EmbeddedPlatform) else seen_from(folder, str(platform))
