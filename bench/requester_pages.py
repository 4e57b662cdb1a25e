"""The requester's page with a thousand baskets, in a real browser."""

import subprocess
import sys
from pathlib import Path

__all__ = ["main"]

_ROOT = Path(__file__).parents[1]


def main() -> None:
    """Measure in a process of its own, which has the tools of the browser tests; needs Chromium (scripts/browser.sh) and built pages."""
    subprocess.run([sys.executable, "-m", "tests.web.thousand_baskets"], cwd=_ROOT, check=True)
