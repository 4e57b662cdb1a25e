"""What quality-control rules do."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, assert_never

from manyhands.crowd import (
    AcceptAll,
    ChangeOverlap,
    PlatformAction,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    SetWorkerSkill,
    ShareKey,
    SkillId,
)

from .amounts import to_whole_percent
from .kinds import DAYS, FLAG, IDENTIFIER, INTEGER, SHARE, TEXT, choice, integer
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
#: The field of a collector's output → our share; the first name of a share is the one that we write.
_SOURCES: Mapping[str, ShareKey] = {
    "correct_answers_rate": "correct_share",
    "incorrect_answers_rate": "incorrect_share",
    "wrong_answers_rate": "incorrect_share",
    "golden_set_correct_answers_rate": "control_correct_share",
    "golden_set_incorrect_answers_rate": "control_incorrect_share",
    "accepted_assignments_rate": "accepted_share",
    "rejected_assignments_rate": "rejected_share",
}


def encode_action(action: PlatformAction) -> dict[str, Any]:
    """Return an action as JSON; a restriction lasts whole minutes, rounded up, and a skill is set to whole percent."""
    match action:
        case RestrictWorker():
            return {"type": "RESTRICTION_V2", "parameters": _encode_restriction(action)}
        case SetWorkerSkill():
            return _encode_skill(action)
        case AcceptAll():
            return {"type": "APPROVE_ALL_ASSIGNMENTS", "parameters": {}}
        case RejectAll(public_comment=comment):
            return {"type": "REJECT_ALL_ASSIGNMENTS", "parameters": {"public_comment": comment}}
        case ChangeOverlap(delta=delta, is_pool_opened=is_pool_opened):
            return {"type": "CHANGE_OVERLAP", "parameters": {"delta": delta, "open_pool": is_pool_opened}}
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
            source = _SOURCES.get(parameters.require("from_field", TEXT))
            skill_id = _read_skill(parameters)
            return None if source is None else SetWorkerSkill(skill_id=skill_id, source=source)
        case "APPROVE_ALL_ASSIGNMENTS":
            return AcceptAll()
        case "REJECT_ALL_ASSIGNMENTS":
            return RejectAll(public_comment=parameters.get("public_comment", TEXT, ""))
        case "CHANGE_OVERLAP":
            return ChangeOverlap(
                delta=parameters.require("delta", INTEGER), is_pool_opened=parameters.get("open_pool", FLAG, False)
            )
        case _:
            return None


def _encode_skill(action: SetWorkerSkill) -> dict[str, Any]:
    parameters: dict[str, Any] = {"skill_id": action.skill_id}
    if action.value is None:
        field = next(name for name, source in _SOURCES.items() if source == action.source)
        return {"type": "SET_SKILL_FROM_OUTPUT_FIELD", "parameters": {**parameters, "from_field": field}}
    return {"type": "SET_SKILL", "parameters": {**parameters, "skill_value": to_whole_percent(action.value)}}


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
