"""What a requester sees of a launch."""

from manyhands.launch import LaunchHandle, LaunchResult, LaunchState, Progress, StopReason, watch

__all__ = ["LaunchHandle", "LaunchResult", "LaunchState", "Progress", "StopReason", "watch"]
