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
from .truth_book import Label, Question, TruthBook, visible_key
from .workers import SimulatedWorker, simulated_profile, spawn_generator

__all__ = [
    "AlwaysPosition",
    "AnswerModel",
    "ConfusedAnswers",
    "CrowdReport",
    "Fatigue",
    "Habits",
    "Label",
    "LognormalSpeed",
    "PositionBias",
    "Question",
    "RandomClicks",
    "ReplayedAnswers",
    "SimulatedCrowd",
    "SimulatedWorker",
    "SpeedModel",
    "TruthBook",
    "UniformErrors",
    "UniformSpeed",
    "VirtualClock",
    "simulated_profile",
    "spawn_generator",
    "visible_key",
]
