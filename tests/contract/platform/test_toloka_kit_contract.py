"""The port `Platform` is kept through an unmodified client of toloka-kit: the same tests, in the environment where toloka-kit is."""

import os
import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

_ROOT = Path(__file__).parents[3]
_LONGEST_S = 240


def test_the_contract_is_kept_through_a_client_of_toloka_kit(kit_python: Path, tmp_path: Path) -> None:
    """All features of the port; what is given is the requester's client, and nothing else."""
    tests = _ROOT / "tests" / "contract" / "platform" / "test_platform.py"
    command = [str(kit_python), "-m", "pytest", "-q", "-c", os.devnull, f"--rootdir={_ROOT}", "--import-mode=importlib"]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'tests'}", str(tests)],
        cwd=_ROOT,
        env={
            **os.environ,
            "MANYHANDS_TEST_WAYS": "toloka-kit",
            "PYTHONPATH": f"{_ROOT}{os.pathsep}{_ROOT / 'src'}",
            "PYTEST_ADDOPTS": "",
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST_S,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 30
    assert "skipped" not in done.stdout
