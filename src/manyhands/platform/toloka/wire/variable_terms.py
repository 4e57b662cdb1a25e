"""What of a pool depends on the worker or on the answers: prices by skill, growing overlap, and how often kinds of tasks come."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from manyhands.crowd import (
    FrequencyStep,
    GrowingOverlap,
    HistoryScope,
    Money,
    PriceStep,
    SkillId,
    SkillPrices,
    TaskFrequency,
)

from .amounts import to_days, to_dollars, to_percent, to_share
from .foreign import keep, recall
from .kinds import DOLLARS, IDENTIFIER, TEXT, choice, integer, list_of, number, object_of
from .reading import Kind, Reader

__all__ = [
    "GROWING_OVERLAP",
    "SKILL_PRICES",
    "encode_frequency",
    "encode_growing_overlap",
    "encode_skill_prices",
    "read_frequency",
    "read_growing_overlap",
    "read_skill_prices",
]

#: The fields of a pool.
GROWING_OVERLAP, SKILL_PRICES = "dynamic_overlap_config", "dynamic_pricing_config"


class _OverlapKind(StrEnum):
    """The ways in which an overlap grows."""

    #: By the skill of those who answer.
    BASIC = "BASIC"


class _PriceKind(StrEnum):
    """What prices may depend on."""

    #: A skill.
    SKILL = "SKILL"


class _Distribution(StrEnum):
    """How tasks are distributed within an interval."""

    #: Evenly.
    UNIFORM = "UNIFORM"


#: The API allows more than a hundred; whether a price can work is for the platform to say.
_PERCENT = number(least=0)
_COUNT = integer(least=0, most=30_000)
_PLACE = integer(least=0)
_WINDOW_DAYS = integer(least=1, most=100_000)


def encode_growing_overlap(growing: GrowingOverlap | None, foreign: Mapping[str, Any]) -> Any:
    """Return a `dynamic_overlap_config`, as it was written if it still means the same; None without one."""
    if growing is None:
        return None
    canonical = _encode_growing_overlap(growing)
    return recall(foreign, GROWING_OVERLAP, kind=_GROWING_OVERLAP, value=growing, canonical=canonical)


def read_growing_overlap(reader: Reader, foreign: dict[str, Any]) -> GrowingOverlap | None:
    """Return the growing overlap of a pool."""
    growing = reader.find(GROWING_OVERLAP, _GROWING_OVERLAP)
    if growing is not None:
        keep(foreign, GROWING_OVERLAP, reader.raw(GROWING_OVERLAP), canonical=_encode_growing_overlap(growing))
    return growing


def encode_skill_prices(prices: SkillPrices | None, foreign: Mapping[str, Any]) -> Any:
    """Return a `dynamic_pricing_config`, as it was written if it still means the same; None without one."""
    if prices is None:
        return None
    return recall(foreign, SKILL_PRICES, kind=_SKILL_PRICES, value=prices, canonical=_encode_skill_prices(prices))


def read_skill_prices(reader: Reader, foreign: dict[str, Any]) -> SkillPrices | None:
    """Return the prices of a pool that depend on a skill."""
    prices = reader.find(SKILL_PRICES, _SKILL_PRICES)
    if prices is not None:
        keep(foreign, SKILL_PRICES, reader.raw(SKILL_PRICES), canonical=_encode_skill_prices(prices))
    return prices


def encode_frequency(frequency: TaskFrequency | None, name: str, kept: Mapping[str, Any]) -> Any:
    """Return a distribution function of a mixer, as it was written if it still means the same; None without one.

    Args:
        frequency: how often the tasks come.
        name: of the field in the mixer.
        kept: what `read_frequency` left there.
    """
    if frequency is None:
        return None
    return recall(kept, name, kind=_FREQUENCY, value=frequency, canonical=_encode_frequency(frequency))


def read_frequency(mixer: Reader, name: str, kept: dict[str, Any]) -> TaskFrequency | None:
    """Return how often a kind of tasks comes.

    Args:
        mixer: the reader of the mixer.
        name: of the field in it.
        kept: gets the function as it was written, where we would write it in another way.
    """
    frequency = mixer.find(name, _FREQUENCY)
    if frequency is not None:
        keep(kept, name, mixer.raw(name), canonical=_encode_frequency(frequency))
    return frequency


def _encode_growing_overlap(growing: GrowingOverlap) -> dict[str, Any]:
    return {
        "type": _OverlapKind.BASIC.value,
        "max_overlap": growing.max_overlap,
        "min_confidence": growing.min_confidence,
        "answer_weight_skill_id": growing.weight_skill_id,
        "fields": [{"name": name} for name in growing.fields],
    }


def _read_growing_overlap(reader: Reader) -> GrowingOverlap:
    reader.require("type", choice(_OverlapKind, _OverlapKind.BASIC))
    return GrowingOverlap(
        max_overlap=reader.require("max_overlap", _COUNT),
        min_confidence=reader.require("min_confidence", number(least=0, most=1)),
        weight_skill_id=SkillId(reader.require("answer_weight_skill_id", IDENTIFIER)),
        fields=reader.require("fields", list_of(_FIELD)),
    )


def _encode_skill_prices(prices: SkillPrices) -> dict[str, Any]:
    return {
        "type": _PriceKind.SKILL.value,
        "skill_id": prices.skill_id,
        "intervals": [
            {
                "from": to_percent(step.lowest),
                "to": to_percent(step.highest),
                "reward_per_assignment": to_dollars(step.reward),
            }
            for step in prices.steps
        ],
    }


def _read_skill_prices(reader: Reader) -> SkillPrices:
    reader.require("type", choice(_PriceKind, _PriceKind.SKILL))
    return SkillPrices(
        skill_id=SkillId(reader.require("skill_id", IDENTIFIER)),
        steps=reader.require("intervals", list_of(object_of(_read_price_step, _NO_PRICE))),
    )


def _read_price_step(reader: Reader) -> PriceStep:
    return PriceStep(
        lowest=to_share(reader.get("from", _PERCENT, 0)),
        highest=to_share(reader.get("to", _PERCENT, 100)),
        reward=reader.require("reward_per_assignment", DOLLARS),
    )


def _encode_frequency(frequency: TaskFrequency) -> dict[str, Any]:
    document = {
        "scope": frequency.scope.value,
        "distribution": _Distribution.UNIFORM.value,
        "window_days": None if frequency.window is None else to_days(frequency.window),
        "intervals": [_encode_frequency_step(step) for step in frequency.steps],
    }
    return {name: value for name, value in document.items() if value is not None}


def _encode_frequency_step(step: FrequencyStep) -> dict[str, Any]:
    begun = {"from": step.first, "frequency": step.every}
    return begun if step.last is None else {**begun, "to": step.last}


def _read_frequency(reader: Reader) -> TaskFrequency:
    days = reader.find("window_days", _WINDOW_DAYS)
    reader.get("distribution", choice(_Distribution, _Distribution.UNIFORM), _Distribution.UNIFORM)
    return TaskFrequency(
        scope=reader.get("scope", choice(HistoryScope, HistoryScope.POOL), HistoryScope.POOL),
        steps=reader.get("intervals", list_of(object_of(_read_frequency_step, _NO_STEP)), ()),
        window=None if days is None else timedelta(days=days),
    )


def _read_frequency_step(reader: Reader) -> FrequencyStep:
    return FrequencyStep(
        first=reader.get("from", _PLACE, 1), last=reader.find("to", _PLACE), every=reader.get("frequency", _PLACE, 1)
    )


_NO_PRICE = PriceStep(lowest=0.0, highest=1.0, reward=Money())
_NO_STEP = FrequencyStep(first=1, last=None, every=1)
_FIELD: Kind[str] = object_of(lambda reader: reader.require("name", TEXT), "")
_GROWING_OVERLAP: Kind[GrowingOverlap] = object_of(
    _read_growing_overlap, GrowingOverlap(max_overlap=1, min_confidence=0.0, weight_skill_id=SkillId(""), fields=())
)
_SKILL_PRICES: Kind[SkillPrices] = object_of(_read_skill_prices, SkillPrices(skill_id=SkillId(""), steps=()))
_FREQUENCY: Kind[TaskFrequency] = object_of(_read_frequency, TaskFrequency(scope=HistoryScope.POOL, steps=()))
