"""The states of a launch."""

from collections.abc import Mapping
from enum import StrEnum

__all__ = ["LAUNCH_TRANSITIONS", "LaunchState", "StopReason"]


class LaunchState(StrEnum):
    """Where a launch is."""

    #: Checked, but nothing is on the platform yet.
    WAITING = "waiting"
    #: Project, pool and tasks are being made.
    PUBLISHING = "publishing"
    #: Workers answer.
    RUNNING = "running"
    #: No page is issued any more; what is in work or in review comes to its end.
    STOPPING = "stopping"
    #: Every object has what was asked for, or was given up.
    FINISHED = "finished"
    #: Ended before that; the same call goes on.
    STOPPED = "stopped"
    #: Ended by an error; the same call goes on.
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens without a new call."""
        return not LAUNCH_TRANSITIONS[self]


#: From each state, the states that may follow.
LAUNCH_TRANSITIONS: Mapping[LaunchState, frozenset[LaunchState]] = {
    LaunchState.WAITING: frozenset({LaunchState.PUBLISHING, LaunchState.STOPPED, LaunchState.FAILED}),
    LaunchState.PUBLISHING: frozenset(
        {LaunchState.RUNNING, LaunchState.STOPPING, LaunchState.FINISHED, LaunchState.STOPPED, LaunchState.FAILED}
    ),
    LaunchState.RUNNING: frozenset({LaunchState.STOPPING, LaunchState.FINISHED, LaunchState.FAILED}),
    LaunchState.STOPPING: frozenset({LaunchState.STOPPED, LaunchState.FINISHED, LaunchState.FAILED}),
    LaunchState.FINISHED: frozenset(),
    LaunchState.STOPPED: frozenset(),
    LaunchState.FAILED: frozenset(),
}


class StopReason(StrEnum):
    """Why a launch ended before every object had what was asked for."""

    #: An event was set, a signal came, or somebody called `stop`.
    INTERRUPTED = "interrupted"
    #: The budget does not cover one more page.
    BUDGET = "budget"
    #: Somebody closed or archived the pool by hand.
    POOL_CLOSED = "pool closed"
    #: The pool's time was over.
    POOL_EXPIRED = "pool expired"
