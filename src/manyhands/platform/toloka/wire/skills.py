"""Skills, and their values on workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from manyhands.crowd import Skill, SkillDraft, SkillId, WorkerId, WorkerSkill

from .amounts import to_percent, to_whole_percent
from .foreign import with_foreign
from .kinds import FLAG, IDENTIFIER, MOMENT, SHARE, TEXT, integer
from .moments import write_moment
from .problems import ProblemCode
from .reading import Reader

__all__ = [
    "UserSkill",
    "UserSkillForm",
    "decode_skill",
    "decode_skill_form",
    "decode_user_skill",
    "decode_user_skill_form",
    "encode_skill",
    "encode_skill_form",
    "encode_user_skill",
    "encode_user_skill_form",
]

#: What the platform says of a skill, and a requester cannot.
_READ_ONLY = ("id", "created", "owner", "training", "global")
_HOUR = timedelta(hours=1)
_HOURS = integer(least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSkill:
    """The value of a skill on a worker, with the id of the pair.

    Attributes:
        id: of the pair.
        skill: worker, skill and value.
        foreign: what else the API says.
    """

    id: str
    skill: WorkerSkill
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSkillForm:
    """A value to be set on a worker, in [0, 1], and why."""

    worker_id: WorkerId
    skill_id: SkillId
    value: float
    reason: str = ""


def encode_skill_form(draft: SkillDraft) -> dict[str, Any]:
    """Return a skill to be created or changed.

    Example:
        >>> encode_skill_form(SkillDraft(name="cats"))
        {'name': 'cats', 'hidden': True}
    """
    return with_foreign(_encode(draft), draft.foreign)


def decode_skill_form(document: object) -> SkillDraft:
    """Return the skill that a requester wants to have.

    Raises:
        InvalidInput: the document is no skill.
    """
    reader = Reader.open(document)
    draft = _read_draft(reader)
    reader.close("skill")
    return draft


def encode_skill(skill: Skill) -> dict[str, Any]:
    """Return a skill as a platform shows it."""
    document = {
        "id": skill.id,
        **_encode(skill),
        "created": write_moment(skill.created),
        "training": skill.is_training,
        "global": skill.foreign.get("global", False),
    }
    return with_foreign(document, skill.foreign)


def decode_skill(document: object) -> Skill:
    """Return a skill that a platform shows.

    Raises:
        InvalidInput: the document is no skill.
    """
    reader = Reader.open(document)
    # Skills that everybody may use are not ours; the others need not say so.
    shown = {"owner": reader.raw("owner"), "global": reader.get("global", FLAG, False) or None}
    draft = _read_draft(reader)
    skill = Skill(
        id=SkillId(reader.require("id", IDENTIFIER)),
        name=draft.name,
        created=reader.require("created", MOMENT),
        is_hidden=draft.is_hidden,
        lifetime=draft.lifetime,
        is_training=reader.get("training", FLAG, False),
        foreign={**draft.foreign, **{name: value for name, value in shown.items() if value is not None}},
    )
    reader.close("skill")
    return skill


def encode_user_skill(user_skill: UserSkill) -> dict[str, Any]:
    """Return the value of a skill on a worker: exact, and rounded to whole percent."""
    document = {
        "id": user_skill.id,
        "skill_id": user_skill.skill.skill_id,
        "user_id": user_skill.skill.worker_id,
        "value": to_whole_percent(user_skill.skill.value),
        "exact_value": to_percent(user_skill.skill.value),
        "created": write_moment(user_skill.skill.created),
        "modified": write_moment(user_skill.skill.modified),
    }
    return with_foreign(document, user_skill.foreign)


def decode_user_skill(document: object) -> UserSkill:
    """Return the value of a skill on a worker; the exact one where there is one.

    Raises:
        InvalidInput: the document is no value of a skill.
    """
    reader = Reader.open(document)
    created = reader.require("created", MOMENT)
    exact, rounded = reader.find("exact_value", SHARE), reader.require("value", SHARE)
    user_skill = UserSkill(
        id=reader.require("id", IDENTIFIER),
        skill=WorkerSkill(
            worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
            skill_id=SkillId(reader.require("skill_id", IDENTIFIER)),
            value=rounded if exact is None else exact,
            created=created,
            modified=reader.get("modified", MOMENT, created),
        ),
        foreign=reader.rest(),
    )
    reader.close("value of a skill")
    return user_skill


def encode_user_skill_form(form: UserSkillForm) -> dict[str, Any]:
    """Return a value to be set on a worker."""
    document = {"skill_id": form.skill_id, "user_id": form.worker_id, "value": to_percent(form.value)}
    return {**document, "reason": form.reason} if form.reason else document


def decode_user_skill_form(document: object) -> UserSkillForm:
    """Return the value that a requester wants to set.

    Raises:
        InvalidInput: the document is no value of a skill.
    """
    reader = Reader.open(document)
    form = UserSkillForm(
        worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
        skill_id=SkillId(reader.require("skill_id", IDENTIFIER)),
        value=reader.require("value", SHARE),
        reason=reader.get("reason", TEXT, ""),
    )
    reader.close("value of a skill")
    return form


def _encode(skill: Skill | SkillDraft) -> dict[str, Any]:
    hours = None if skill.lifetime is None else -(-skill.lifetime // _HOUR)
    return {"name": skill.name, "hidden": skill.is_hidden, "skill_ttl_hours": hours}


def _read_draft(reader: Reader) -> SkillDraft:
    name = reader.require("name", TEXT)
    if name.isspace():
        reader.refuse("name", ProblemCode.BLANK_STRING_NOT_ALLOWED, "expected a name, found blanks")
    is_hidden, hours = reader.get("hidden", FLAG, True), reader.find("skill_ttl_hours", _HOURS)
    lifetime = None if hours is None else hours * _HOUR
    return SkillDraft(name=name, is_hidden=is_hidden, lifetime=lifetime, foreign=reader.rest(without=_READ_ONLY))
