"""Launches on the embedded platform, shown while they run."""

from io import StringIO

from rich.console import Console

from manyhands.launches.display.watching import watch
from tests.flow.parity import make_scene, numbers


def test_a_launch_is_shown_from_its_start_to_its_end() -> None:
    """The watch ends with the launch and leaves its money, its control tasks and its workers on the screen."""
    scene = make_scene()
    handle = scene.start(numbers(0, 50))
    file = StringIO()
    watch([handle], console=Console(file=file, width=140), clock=scene.clock)
    progress = handle.progress()
    assert handle.is_over
    assert "finished" in file.getvalue()
    assert "50/50" in file.getvalue()
    assert f"${progress.paid.usd:.2f}" in file.getvalue()
    assert "Control tasks" in file.getvalue()
