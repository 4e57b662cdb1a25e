"""What quality-control rules do."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, assert_never

from manyhands.crowd import (
    ChangeOverlap,
    PlatformAction,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    SetWorkerSkill,
    SkillId,
)

from .amounts import to_whole_percent
from .kinds import DAYS, IDENTIFIER, INTEGER, SHARE, TEXT, choice, integer
from .reading import Reader

__all__ = ["encode_action", "find_action"]


class _DurationUnit(StrEnum):
    """Units of a restriction's duration."""

    #: Sixty seconds.
    MINUTES = "MINUTES"
    #: Sixty minutes.
    HOURS = "HOURS"
    #: Twenty-four hours.
    DAYS = "DAYS"
    #: For good.
    PERMANENT = "PERMANENT"


#: The greatest unit first: that is how durations are written.
_UNITS: Mapping[_DurationUnit, timedelta] = {
    _DurationUnit.DAYS: timedelta(days=1),
    _DurationUnit.HOURS: timedelta(hours=1),
    _DurationUnit.MINUTES: timedelta(minutes=1),
}
_SCOPE = choice(RestrictionScope, RestrictionScope.POOL)
_UNIT = choice(_DurationUnit, _DurationUnit.PERMANENT)
#: Units that a timedelta can hold.
_DURATION = integer(least=1, most=1_000_000)
#: The field of a collector's output that our skills are taken from.
_CORRECT_RATE = "correct_answers_rate"


def encode_action(action: PlatformAction) -> dict[str, Any]:
    """Return an action as JSON; a restriction lasts whole minutes, rounded up, and a skill is set to whole percent."""
    match action:
        case RestrictWorker():
            return {"type": "RESTRICTION_V2", "parameters": _encode_restriction(action)}
        case SetWorkerSkill(skill_id=skill_id, value=value):
            return _encode_skill(skill_id, value)
        case RejectAll(public_comment=comment):
            return {"type": "REJECT_ALL_ASSIGNMENTS", "parameters": {"public_comment": comment}}
        case ChangeOverlap(delta=delta):
            return {"type": "CHANGE_OVERLAP", "parameters": {"delta": delta, "open_pool": True}}
        case _:
            assert_never(action)


def find_action(kind: str, parameters: Reader) -> PlatformAction | None:
    """Return the action of this kind, or None if manyhands cannot do that."""
    match kind:
        case "RESTRICTION_V2":
            return _read_restriction(parameters)
        case "RESTRICTION":
            return RestrictWorker(
                scope=parameters.require("scope", _SCOPE),
                duration=parameters.find("duration_days", DAYS),
                private_comment=parameters.get("private_comment", TEXT, ""),
            )
        case "SET_SKILL":
            return SetWorkerSkill(skill_id=_read_skill(parameters), value=parameters.require("skill_value", SHARE))
        case "SET_SKILL_FROM_OUTPUT_FIELD":
            is_known = parameters.require("from_field", TEXT) == _CORRECT_RATE
            return SetWorkerSkill(skill_id=_read_skill(parameters)) if is_known else None
        case "REJECT_ALL_ASSIGNMENTS":
            return RejectAll(public_comment=parameters.get("public_comment", TEXT, ""))
        case "CHANGE_OVERLAP":
            return ChangeOverlap(delta=parameters.require("delta", INTEGER))
        case _:
            return None


def _encode_skill(skill_id: SkillId, value: float | None) -> dict[str, Any]:
    if value is None:
        parameters = {"skill_id": skill_id, "from_field": _CORRECT_RATE}
        return {"type": "SET_SKILL_FROM_OUTPUT_FIELD", "parameters": parameters}
    return {"type": "SET_SKILL", "parameters": {"skill_id": skill_id, "skill_value": to_whole_percent(value)}}


def _encode_restriction(action: RestrictWorker) -> dict[str, Any]:
    parameters: dict[str, Any] = {"scope": action.scope.value, **_encode_duration(action.duration)}
    return {**parameters, "private_comment": action.private_comment} if action.private_comment else parameters


def _encode_duration(duration: timedelta | None) -> dict[str, Any]:
    if duration is None:
        return {"duration_unit": _DurationUnit.PERMANENT.value}
    for unit, length in _UNITS.items():
        if duration % length == timedelta():
            return {"duration": duration // length, "duration_unit": unit.value}
    return {"duration": -(-duration // timedelta(minutes=1)), "duration_unit": _DurationUnit.MINUTES.value}


def _read_restriction(parameters: Reader) -> RestrictWorker:
    unit = parameters.require("duration_unit", _UNIT)
    duration = None if unit is _DurationUnit.PERMANENT else parameters.require("duration", _DURATION) * _UNITS[unit]
    # A permanent restriction may still name a duration, which means nothing.
    parameters.raw("duration")
    return RestrictWorker(
        scope=parameters.require("scope", _SCOPE),
        duration=duration,
        private_comment=parameters.get("private_comment", TEXT, ""),
    )


def _read_skill(parameters: Reader) -> SkillId:
    return SkillId(parameters.require("skill_id", IDENTIFIER))
