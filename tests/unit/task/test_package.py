"""The front door of the package."""

import subprocess
import sys
from pathlib import Path

import pytest

from manyhands import task


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path) -> None:
    """The optional dependency is named with the command that installs it."""
    (tmp_path / "rows.parquet").write_bytes(b"PAR1")
    program = (
        "import sys\n"
        "sys.modules['pyarrow'] = sys.modules['fastparquet'] = None\n"
        "from manyhands.errors import MissingExtra\n"
        "from manyhands.task import Class, ClassificationFunction, TaskMapping, Text, read_tasks\n"
        "answer = Class('Answer', {'YES': 'yes', 'NO': 'no'})\n"
        "try:\n"
        "    read_tasks(sys.argv[1], TaskMapping.of(ClassificationFunction((Text,), answer)))\n"
        "except MissingExtra as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "rows.parquet")]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "rows.parquet is a Parquet file, which needs pyarrow" in printed
    assert "pip install 'manyhands[parquet]'" in printed


@pytest.mark.parametrize("name", task.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    """The stub lists only what is there."""
    assert getattr(task, name) is not None


def test_declaring_a_task_does_not_load_pandas() -> None:
    """Frames are loaded with the reading functions, not with the vocabulary."""
    program = (
        "import sys\n"
        "from manyhands.task import PreparedTaskSpec, TaskSpec, Text, check_objects\n"
        "before = 'pandas' in sys.modules\n"
        "from manyhands.task import read_tasks\n"
        "print(before, 'pandas' in sys.modules)\n"
    )
    printed = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert printed.split() == ["False", "True"]
