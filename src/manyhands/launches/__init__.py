"""Launches: a checked plan in, commands to a platform and results out.

The machine decides and is pure; one runner per platform carries its commands out, feeds it the platform's events, and remembers in the
journal what the platform cannot tell it later. It never talks to a particular platform, only to the port, and never prompts or prints; what
is shown on a screen is made in `launches.display`.
"""

from .attendance import is_left_alone
from .belief import Belief
from .commands import Command, Outcome
from .continued_plan import ContinuedPlan, continue_plan, find_obstacle
from .ending import end_left_alone
from .handle import LaunchHandle, LaunchResult
from .journal import Journal
from .labeling import Labeling
from .machine import LaunchMachine
from .params import AggregationAlgorithm, Params
from .params_record import read_params
from .plan import ClassificationPlan, LabelingPlan, SharedBudget
from .platform_check import check_on_platform
from .preflight import Preflight, prepare_classification
from .progress import ConfusionCount, Progress
from .runner import Runner
from .states import LAUNCH_TRANSITIONS, LaunchState, StopReason
from .timeline import Timeline, end_of_timeline, read_timeline, timeline_of
from .worker_filter import WorkerFilter, WorkerGroup

__all__ = [
    "LAUNCH_TRANSITIONS",
    "AggregationAlgorithm",
    "Belief",
    "ClassificationPlan",
    "Command",
    "ConfusionCount",
    "ContinuedPlan",
    "Journal",
    "Labeling",
    "LabelingPlan",
    "LaunchHandle",
    "LaunchMachine",
    "LaunchResult",
    "LaunchState",
    "Outcome",
    "Params",
    "Preflight",
    "Progress",
    "Runner",
    "SharedBudget",
    "StopReason",
    "Timeline",
    "WorkerFilter",
    "WorkerGroup",
    "check_on_platform",
    "continue_plan",
    "end_left_alone",
    "end_of_timeline",
    "find_obstacle",
    "is_left_alone",
    "prepare_classification",
    "read_params",
    "read_timeline",
    "timeline_of",
]
