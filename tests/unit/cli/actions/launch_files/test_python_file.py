"""Launch files in Python: variables that describe a launch."""

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from manyhands.cli.actions.launch_files import load_launch_file
from manyhands.crowd import Money
from manyhands.errors import InvalidInput
from manyhands.task import Text

FILE = """
from datetime import timedelta
import manyhands as mh
from neighbour import TEXTS

class Wet(mh.Class):
    YES = "yes"
    NO = "no"

TEXT = {"EN": "Is it wet?"}
task_spec = mh.PreparedTaskSpec(
    mh.TaskSpec(id="wet", function=mh.ClassificationFunction((mh.Text,), Wet), name=TEXT, description=TEXT, instruction=TEXT), "EN"
)
params = mh.Params(
    task_duration_hint=timedelta(seconds=15),
    pricing_config=mh.PoolPricingConfig(assignment_price="0.05", real_tasks_count=2),
    overlap=mh.StaticOverlap(2),
    control=mh.Control(),
)
input_objects = [(mh.Text(text),) for text in TEXTS]
control_objects = []
platform = "wet.db"
budget = "4.50"
if __name__ == "__main__":
    raise SystemExit("only as a program")
"""


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the file, changed, and its neighbour; return the file."""
    text = FILE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (folder / "neighbour.py").write_text('TEXTS = ["It rains.", "It snows."]', encoding="utf-8")
    path = folder / "wet.py"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _forget_neighbour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "neighbour", raising=False)


def test_variables_describe_a_launch(tmp_path: Path) -> None:
    """The file is run as a module beside its neighbours, and its name is that of the launch unless it says another."""
    launch_file = load_launch_file(write(tmp_path), nullcontext)
    assert launch_file.parts == {"wet": [(Text("It rains."),), (Text("It snows."),)]}
    assert (launch_file.platform, launch_file.budget) == (f"sqlite:///{tmp_path}/wet.db", Money("4.5"))


def test_baskets_take_the_place_of_input_objects(tmp_path: Path) -> None:
    """A dict of baskets is launched side by side."""
    path = write(
        tmp_path,
        ("input_objects = [(mh.Text(text),) for text in TEXTS]", "baskets = {t: [(mh.Text(t),)] for t in 'ab'}"),
    )
    assert list(load_launch_file(path, nullcontext).parts) == ["wet/a", "wet/b"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(("params = mh.Params", "choices = mh.Params"), "params: missing; expected Params", id="missing"),
        pytest.param(("control_objects = []", "control_objects = None"), "control_objects: expected a list", id="type"),
        pytest.param(('budget = "4.50"', "budget = []"), "budget: expected US dollars", id="optional"),
        pytest.param(
            ('budget = "4.50"', "baskets = {}"), "expected either input_objects or baskets, found both", id="both"
        ),
        pytest.param(
            ("input_objects =", "objects ="), "expected either input_objects or baskets, found none", id="none"
        ),
    ],
)
def test_variables_that_describe_no_launch_are_named(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    """Every wrong variable is named with what was expected."""
    with pytest.raises(InvalidInput) as caught:
        load_launch_file(write(tmp_path, change), nullcontext)
    assert [problem for problem in caught.value.problems if problem.startswith(expected)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(
            ('platform = "wet.db"', "platform = places"), r"wet\.py failed in line 22: NameError", id="a name"
        ),
        pytest.param(('platform = "wet.db"', "platform ="), r"wet\.py failed in line 22: SyntaxError", id="syntax"),
        pytest.param(("from neighbour", "from nobody"), r"wet\.py failed in line 4: ModuleNotFoundError", id="import"),
        pytest.param(
            ("real_tasks_count=2", "real_tasks_count=0"),
            r"wet\.py does not describe a launch yet in line 16",
            id="ours",
        ),
    ],
)
def test_a_file_that_fails_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    """An error of the requester's own program becomes one message with the line."""
    with pytest.raises(InvalidInput, match=expected):
        load_launch_file(write(tmp_path, change), nullcontext)
