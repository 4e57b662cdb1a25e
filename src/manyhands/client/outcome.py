"""What a requester takes away from a launch."""

from manyhands.results import ClassificationResults, RawResult, RawResults, Vote, select_control_tasks

__all__ = ["ClassificationResults", "RawResult", "RawResults", "Vote", "select_control_tasks"]
