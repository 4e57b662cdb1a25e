"""Crowds that are not there."""

from manyhands.simulation import (
    RecordedCrowd,
    ReplayCrowd,
    SimulatedCrowd,
    TruthBook,
    VirtualClock,
    load_rte,
    mixed_crowd,
)

__all__ = ["RecordedCrowd", "ReplayCrowd", "SimulatedCrowd", "TruthBook", "VirtualClock", "load_rte", "mixed_crowd"]
