"""A virtual environment with toloka-kit and what manyhands needs, made once and kept: its pins do not fit beside ours.

manyhands itself is not in it, so that every checkout can use it: whoever needs it there puts its `src` into ``PYTHONPATH``.
"""

import fcntl
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

__all__ = ["find_kit_python"]

_PINS = ("toloka-kit==1.2.3", "httpx<0.28", "cattrs<26", "setuptools<82")
#: The contract tests run there, too.
_TOOLS = ("hypothesis", "pytest", "pytest-timeout", "sybil")
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
_NAME = f"manyhands-kit-1.2.3-tests-py{sys.version_info.major}{sys.version_info.minor}"
_LONGEST_S = 900


def find_kit_python() -> Path | str:
    """Return the interpreter of the environment, or why there is none."""
    folder = Path(tempfile.gettempdir()) / _NAME
    python = folder / "bin" / "python"
    # Tests in other processes wait for it instead of making it again.
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            problem = _make(folder, python)
            if problem:
                return problem
    return python


def _make(folder: Path, python: Path) -> str:
    project = tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]
    ours = project["dependencies"] + project["optional-dependencies"]["server"]
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", *_PINS, *ours, *_TOOLS],
        [str(python), "-W", "ignore", "-c", "import toloka.client, toloka.async_client"],
    )
    for step in steps:
        try:
            done = subprocess.run(step, capture_output=True, text=True, check=False, timeout=_LONGEST_S)
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"no environment with toloka-kit: {error}"
        if done.returncode:
            return f"no environment with toloka-kit: {done.stderr.strip()[-500:]}"
    (folder / "ready").touch()
    return ""
