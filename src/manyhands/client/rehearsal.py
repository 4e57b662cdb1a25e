"""Crowds that are not there."""

from manyhands.simulation import (
    ConfusedAnswers,
    Fatigue,
    Habits,
    LognormalSpeed,
    RandomClicks,
    RecordedCrowd,
    ReplayCrowd,
    Routine,
    SimulatedCrowd,
    SimulatedWorker,
    TruthBook,
    UniformErrors,
    UniformSpeed,
    VirtualClock,
    load_rte,
    mixed_crowd,
)

__all__ = [
    "ConfusedAnswers",
    "Fatigue",
    "Habits",
    "LognormalSpeed",
    "RandomClicks",
    "RecordedCrowd",
    "ReplayCrowd",
    "Routine",
    "SimulatedCrowd",
    "SimulatedWorker",
    "TruthBook",
    "UniformErrors",
    "UniformSpeed",
    "VirtualClock",
    "load_rte",
    "mixed_crowd",
]
