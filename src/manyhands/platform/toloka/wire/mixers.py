"""How the tasks of a pool are put together to pages."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from manyhands.crowd import MixerConfig

from .amounts import to_seconds
from .foreign import keep, with_foreign
from .kinds import FLAG, SECONDS, integer
from .reading import Reader
from .variable_terms import encode_frequency, read_frequency

__all__ = ["encode_mixer", "read_mixer"]

_FIELD = "mixer_config"
_CONTROL_FREQUENCY, _TRAINING_FREQUENCY = "golden_task_distribution_function", "training_task_distribution_function"
_COUNT = integer(least=0, most=500)


def encode_mixer(mixer: MixerConfig | None, foreign: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a `mixer_config`, or None for a pool without one, whose requester sends whole task suites."""
    if mixer is None:
        return None
    kept = foreign.get(_FIELD) or {}
    document = {
        "real_tasks_count": mixer.real_count,
        "golden_tasks_count": mixer.control_count,
        "training_tasks_count": mixer.training_count,
        "min_real_tasks_count": mixer.min_real_count,
        "min_golden_tasks_count": mixer.min_control_count,
        "min_training_tasks_count": mixer.min_training_count,
        "force_last_assignment": mixer.is_last_page_forced,
        "force_last_assignment_delay_seconds": to_seconds(mixer.last_page_delay),
        "mix_tasks_in_creation_order": mixer.is_creation_order_kept,
        "shuffle_tasks_in_task_suite": mixer.is_page_shuffled,
        _CONTROL_FREQUENCY: encode_frequency(mixer.control_frequency, _CONTROL_FREQUENCY, kept),
        _TRAINING_FREQUENCY: encode_frequency(mixer.training_frequency, _TRAINING_FREQUENCY, kept),
    }
    return with_foreign(document, kept)


def read_mixer(reader: Reader, foreign: dict[str, Any]) -> MixerConfig | None:
    """Return the mixer of a pool, or None for a pool without one.

    Args:
        reader: of the pool.
        foreign: gets what manyhands does not act on.
    """
    fields = reader.find_object(_FIELD)
    if fields is None:
        return None
    kept: dict[str, Any] = {}
    mixer = MixerConfig(
        real_count=fields.require("real_tasks_count", _COUNT),
        control_count=fields.require("golden_tasks_count", _COUNT),
        training_count=fields.require("training_tasks_count", _COUNT),
        min_real_count=fields.find("min_real_tasks_count", _COUNT),
        min_control_count=fields.find("min_golden_tasks_count", _COUNT),
        min_training_count=fields.find("min_training_tasks_count", _COUNT),
        is_last_page_forced=fields.get("force_last_assignment", FLAG, True),
        last_page_delay=fields.get("force_last_assignment_delay_seconds", SECONDS, timedelta()),
        is_creation_order_kept=fields.get("mix_tasks_in_creation_order", FLAG, False),
        is_page_shuffled=fields.get("shuffle_tasks_in_task_suite", FLAG, True),
        control_frequency=read_frequency(fields, _CONTROL_FREQUENCY, kept),
        training_frequency=read_frequency(fields, _TRAINING_FREQUENCY, kept),
    )
    kept.update(fields.rest())
    keep(foreign, _FIELD, kept or None, canonical=None)
    return mixer
