"""From Ctrl-C to the end, on the embedded platform and over HTTP."""

import subprocess
import sys
from pathlib import Path

__all__ = ["main"]

_ROOT = Path(__file__).parents[1]


def main() -> None:
    """Measure in a process of its own, which has the example and the simulated people of the tests."""
    subprocess.run([sys.executable, "-m", "tests.contract.platform.interrupts"], cwd=_ROOT, check=True)
