"""What a requester sees of a launch."""

from manyhands.launches import LaunchHandle, LaunchResult, LaunchState, Progress, StopReason
from manyhands.launches.display import progress_page, progress_table, watch

__all__ = [
    "LaunchHandle",
    "LaunchResult",
    "LaunchState",
    "Progress",
    "StopReason",
    "progress_page",
    "progress_table",
    "watch",
]
