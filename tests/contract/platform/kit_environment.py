"""A virtual environment with toloka-kit and what manyhands needs, made once and kept: its pins do not fit beside ours."""

import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["find_kit_python"]

_PINS = ("toloka-kit==1.2.3", "httpx<0.28", "cattrs<26", "setuptools<82")
_OURS = ("lazy-loader", "msgspec", "numpy", "pandas", "rich", "scipy", "typer")
_ROOT = Path(__file__).parents[3]
_NAME = f"manyhands-toloka-kit-1.2.3-py{sys.version_info.major}{sys.version_info.minor}"
_LONGEST_S = 900


def find_kit_python() -> Path | str:
    """Return the interpreter of the environment, or why there is none."""
    folder = Path(tempfile.gettempdir()) / _NAME
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        problem = _make(folder, python)
        if problem:
            return problem
    return python


def _make(folder: Path, python: Path) -> str:
    steps = (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", *_PINS, *_OURS],
        [
            str(python),
            "-c",
            f"import site; open(site.getsitepackages()[0] + '/ours.pth', 'w').write({str(_ROOT / 'src')!r})",
        ],
        [str(python), "-W", "ignore", "-c", "import toloka.client, toloka.async_client, manyhands"],
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
