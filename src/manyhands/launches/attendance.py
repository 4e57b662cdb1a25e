"""Who works on which launch: runners say every few seconds that they are alive, and the journal remembers when they were heard of last."""

import time
import uuid
from contextlib import suppress
from datetime import datetime, timedelta

from manyhands.crowd import Clock, SystemClock
from manyhands.errors import PlatformUnavailable

from .journal import Journal
from .states import LaunchState

__all__ = ["SILENCE_LIMIT", "Attendance", "is_left_alone"]

_BEAT_EVERY_S = 2.0
#: A runner that was not heard of for so long is taken for dead: several beats, so that neither a long computation nor a busy disk is.
SILENCE_LIMIT = timedelta(seconds=10)


def is_left_alone(state: LaunchState, heard: datetime | None, *, now: datetime) -> bool:
    """Return whether nobody works on a launch that is not over: its process was killed, or does not answer.

    Args:
        state: where the launch is, as the journal says.
        heard: when whoever works on it was heard of last; None when nobody does.
        now: the time on the wall.

    Example:
        >>> from datetime import UTC
        >>> noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
        >>> is_left_alone(LaunchState.RUNNING, noon, now=noon + timedelta(seconds=2))
        False
        >>> is_left_alone(LaunchState.RUNNING, noon, now=noon + timedelta(minutes=2))
        True
    """
    return not state.is_over and (heard is None or now - heard > SILENCE_LIMIT)


class Attendance:
    """What one runner tells the journal about itself. Its losses are harmless: a launch does not depend on being seen.

    Args:
        journal: where it is written.
        wall: the time on the wall, which all processes share whatever the platform's clock says.
    """

    def __init__(self, journal: Journal, *, wall: Clock | None = None) -> None:
        self._journal = journal
        self._wall = wall or SystemClock()
        self._beaten_s = float("-inf")
        self._is_heard = False
        self.runner_id = uuid.uuid4().hex

    def beat(self) -> None:
        """Say that the runner is alive, when it is time to; if that fails, it is said the next time."""
        with suppress(PlatformUnavailable):
            self._say()

    def take(self, name: str) -> None:
        """Say that the runner works on a launch."""
        self.beat()
        self._journal.attend(name, self.runner_id)

    def claim(self, name: str) -> bool:
        """Say that the runner works on a launch unless somebody else does; return whether it may."""
        self._say(is_needed=not self._is_heard)
        return self._journal.claim(name, self.runner_id, since=self._wall.now() - SILENCE_LIMIT)

    def leave(self, name: str) -> None:
        """Say that the runner does not work on a launch any more."""
        with suppress(PlatformUnavailable):
            self._journal.leave(name, self.runner_id)

    def retire(self) -> None:
        """Say that the runner has nothing to do any more."""
        self._beaten_s, self._is_heard = float("-inf"), False
        with suppress(PlatformUnavailable):
            self._journal.retire(self.runner_id)

    def _say(self, *, is_needed: bool = False) -> None:
        now_s = time.monotonic()
        if is_needed or now_s - self._beaten_s >= _BEAT_EVERY_S:
            self._beaten_s, self._is_heard = now_s, False
            self._journal.beat(self.runner_id, now=self._wall.now())
            self._is_heard = True
