"""Launches that go on as a test says."""

from collections.abc import Sequence
from datetime import timedelta

from manyhands.errors import LaunchFailed, PlatformError
from manyhands.launches import LaunchState, Progress

__all__ = ["ScriptedLaunch"]


class ScriptedLaunch:
    """Is at the next place of its script whenever somebody has waited; over at the last. Waiting takes no time.

    Args:
        script: how the launch is doing, from look to look; None where its platform does not answer.
    """

    def __init__(self, script: Sequence[Progress | None]) -> None:
        self._script = script
        self._place = 0
        self.reading_count = 0
        self.pauses: list[timedelta | None] = []

    @property
    def is_over(self) -> bool:
        """Whether the script is at its end."""
        return self._place == len(self._script) - 1

    def progress(self) -> Progress:
        """Return the present place of the script."""
        self.reading_count += 1
        progress = self._script[self._place]
        if progress is None:
            raise PlatformError
        return progress

    def go_on(self) -> None:
        """Go to the next place, if there is one."""
        self._place = min(self._place + 1, len(self._script) - 1)

    def wait(self, timeout: timedelta | None = None) -> object:
        """Go on, and say so as a launch does."""
        self.pauses.append(timeout)
        self.go_on()
        if not self.is_over:
            raise TimeoutError
        last = self._script[self._place]
        if last is not None and last.state is LaunchState.FAILED:
            raise LaunchFailed
        return None
