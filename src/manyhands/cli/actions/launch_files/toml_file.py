"""Launch files in TOML."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from manyhands.crowd import Money
from manyhands.errors import InvalidInput
from manyhands.launches import Params
from manyhands.quality import Control
from manyhands.task import ControlObject, InputObjects

from .launch_file import LaunchFile, Reading
from .places import seen_from
from .section import Section
from .toml_control import read_control
from .toml_data import DataReader
from .toml_params import read_params, read_workers
from .toml_task import read_task

__all__ = ["read_toml_file"]

#: Names become parts of the names of files and launches.
_NAME = re.compile(r"[\w.-]+")
_EXPECTED_NAME = 'letters, digits, "_", "-" and "."'

_EXPECTED_DATA = "a table with inputs and controls, the paths of two files"
_EXPECTED_BASKETS = 'a table of baskets and their files, such as red = "red.csv"'


def read_toml_file(path: Path, reading: Reading) -> LaunchFile:
    """Return what a TOML file describes, with its data.

    Args:
        path: the file; paths in it are seen from its folder.
        reading: shows which data file is being read.

    Raises:
        InvalidInput: the file is not TOML, or describes no launch; every problem is named with its key.
    """
    problems: list[str] = []
    launch_file = _read_all(Section(_load(path), problems), path.absolute(), reading)
    if launch_file is None or problems:
        msg = f"{path.name} does not describe a launch yet; nothing was published. What is wrong:"
        raise InvalidInput(msg, problems)
    return launch_file


def _load(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path.name} is not TOML in UTF-8: {error}.") from error


def _read_all(top: Section, path: Path, reading: Reading) -> LaunchFile | None:
    name, folder = top.find_text("name") or path.stem, path.parent
    _check_name(top, "name", name)
    platform, output = top.find_text("platform"), top.find_text("output")
    budget = _read_budget(top)
    spec = read_task(top.section("task", "a table that says what workers see and may answer"), folder)
    params = _read_params(top)
    data = DataReader(folder, spec, reading)
    baskets = _read_baskets(top, data)
    inputs, controls = _read_data(top, data, has_baskets=baskets is not None)
    truth = _read_truth(top, data)
    top.finish()
    if spec is None or params is None:
        return None
    return LaunchFile(
        path=path,
        name=name,
        task_spec=spec,
        params=params,
        input_objects=inputs,
        baskets=baskets,
        control_objects=controls,
        platform=None if platform is None else seen_from(folder, platform),
        budget=budget,
        output=None if output is None else folder / output,
        truth=truth,
    )


def _check_name(section: Section, key: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        section.note(f"expected {_EXPECTED_NAME}, found {name!r}", key)


def _read_budget(top: Section) -> Money | None:
    if not top.has("budget"):
        return None
    text = top.amount("budget")
    return None if top.has_problems("budget") else top.attempt(lambda: Money(text), "budget")


def _read_params(top: Section) -> Params | None:
    section = top.section("params", "a table with task_duration_hint, page and overlap")
    control_section, workers = top.find_section("control"), top.find_section("workers")
    control: Control | None = Control()
    if control_section is not None:
        control = read_control(control_section, control_tasks_count=_control_tasks_count(section))
    worker_filter = None if workers is None else read_workers(workers)
    # Params are read in any case, so that their problems are named together with those of the rules.
    params = read_params(section, control=control or Control(), worker_filter=worker_filter)
    return None if control is None else params


def _control_tasks_count(params: Section) -> int:
    page = params.table("page", "a table") if params.is_table("page") else {}
    count = page.get("control_tasks_count", 0)
    return count if isinstance(count, int) else 0


def _read_baskets(top: Section, data: DataReader) -> dict[str, Sequence[InputObjects]] | None:
    if not top.has("baskets"):
        return None
    section = top.section("baskets", _EXPECTED_BASKETS)
    for basket in section:
        _check_name(section, basket, basket)
    if not list(section):
        section.note(f"expected {_EXPECTED_BASKETS}, found nothing")
    return {basket: data.input_objects(section, basket) for basket in section}


def _read_data(
    top: Section, data: DataReader, *, has_baskets: bool
) -> tuple[Sequence[InputObjects], Sequence[ControlObject]]:
    if has_baskets and not top.has("data"):
        return [], []
    section = top.section("data", _EXPECTED_DATA)
    if has_baskets and section.has("inputs"):
        section.note("expected either data.inputs or [baskets], found both", "inputs")
    inputs = [] if has_baskets else data.input_objects(section, "inputs")
    controls = data.control_objects(section, "controls") if section.has("controls") else []
    section.finish()
    return inputs, controls


def _read_truth(top: Section, data: DataReader) -> Sequence[ControlObject] | None:
    section = top.find_section("rehearsal")
    if section is None:
        return None
    truth = data.control_objects(section, "truth")
    section.finish()
    return truth
