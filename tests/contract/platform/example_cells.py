"""The example *Asynchronous launches*, in parts: what comes before the platform, and the cells of the page."""

from pathlib import Path

__all__ = ["BASKETS", "TOKEN", "read_example"]

BASKETS = ("red", "green", "blue")
TOKEN = "token-of-the-working-server"  # noqa: S105 - opens nothing but servers of tests
_EXAMPLE = Path(__file__).parents[3] / "examples" / "asynchronous_launches.py"


def read_example() -> tuple[str, str]:
    """Return the example's specification and its cells, without the platform in between."""
    text = _EXAMPLE.read_text()
    return text[: text.index("clock = mh.VirtualClock()")], text[text.index("# -----") :]
