"""Crowds that are not there: a virtual clock, parametric workers, replayed people.

In: a workplace (the real engine), what the right answers are or what real people answered, and a seed. Out: pages taken, answered and submitted
through the worker's door of the platform, in virtual time. It never looks behind that door: it knows no control tasks and no requester.
"""

from .answers import (
    AlwaysPosition,
    AnswerModel,
    ConfusedAnswers,
    PositionBias,
    RandomClicks,
    ReplayedAnswers,
    UniformErrors,
)
from .clock import VirtualClock
from .crowd import CrowdReport, SimulatedCrowd
from .habits import Fatigue, Habits, LognormalSpeed, SpeedModel, UniformSpeed
from .populations import FAST, FLYING, HASTY, MEDIUM, SLOW, mixed_crowd
from .recorded_crowd import RecordedAnswer, RecordedCrowd
from .replay_crowd import GivenAnswer, ReplayCrowd
from .rte_dataset import RteAnswer, RteDataset, RtePair, load_rte
from .truth_book import Label, Question, TruthBook, visible_key, visible_values
from .workers import Routine, SimulatedWorker, simulated_profile, spawn_generator

__all__ = [
    "FAST",
    "FLYING",
    "HASTY",
    "MEDIUM",
    "SLOW",
    "AlwaysPosition",
    "AnswerModel",
    "ConfusedAnswers",
    "CrowdReport",
    "Fatigue",
    "GivenAnswer",
    "Habits",
    "Label",
    "LognormalSpeed",
    "PositionBias",
    "Question",
    "RandomClicks",
    "RecordedAnswer",
    "RecordedCrowd",
    "ReplayCrowd",
    "ReplayedAnswers",
    "Routine",
    "RteAnswer",
    "RteDataset",
    "RtePair",
    "SimulatedCrowd",
    "SimulatedWorker",
    "SpeedModel",
    "TruthBook",
    "UniformErrors",
    "UniformSpeed",
    "VirtualClock",
    "load_rte",
    "mixed_crowd",
    "simulated_profile",
    "spawn_generator",
    "visible_key",
    "visible_values",
]
