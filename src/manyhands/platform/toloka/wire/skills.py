"""Skills, and their values on workers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from manyhands.crowd import Skill, SkillId, WorkerId, WorkerSkill

from .amounts import to_percent, to_whole_percent
from .foreign import with_foreign
from .kinds import FLAG, IDENTIFIER, MOMENT, SHARE, TEXT, integer
from .moments import write_moment
from .problems import ProblemCode
from .reading import Reader

__all__ = [
    "SkillForm",
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
_HOURS = integer(least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillForm:
    """A skill to be created or changed.

    Attributes:
        name: what the requester calls it.
        is_hidden: whether workers do not see it.
        foreign: what else the API knows of a skill, such as its public name.
    """

    name: str
    is_hidden: bool = True
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSkill:
    """The value of a skill on a worker, with the id of the pair.

    Attributes:
        id: of the pair.
        created: when the worker first got the skill.
        skill: worker, skill, value and when it was last changed.
        foreign: what else the API says.
    """

    id: str
    created: datetime
    skill: WorkerSkill
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSkillForm:
    """A value to be set on a worker, in [0, 1], and why."""

    worker_id: WorkerId
    skill_id: SkillId
    value: float
    reason: str = ""


def encode_skill_form(form: SkillForm) -> dict[str, Any]:
    """Return a skill to be created or changed.

    Example:
        >>> encode_skill_form(SkillForm(name="cats"))
        {'name': 'cats', 'hidden': True}
    """
    return with_foreign({"name": form.name, "hidden": form.is_hidden}, form.foreign)


def decode_skill_form(document: object) -> SkillForm:
    """Return the skill that a requester wants to have.

    Raises:
        InvalidInput: the document is no skill.
    """
    reader = Reader.open(document)
    form = _read_form(reader)
    reader.close("skill")
    return form


def encode_skill(skill: Skill) -> dict[str, Any]:
    """Return a skill as a platform shows it."""
    document = {
        "id": skill.id,
        "name": skill.name,
        "hidden": skill.is_hidden,
        "created": write_moment(skill.created),
    }
    return with_foreign(document, skill.foreign)


def decode_skill(document: object) -> Skill:
    """Return a skill that a platform shows.

    Raises:
        InvalidInput: the document is no skill.
    """
    reader = Reader.open(document)
    shown = {name: reader.raw(name) for name in ("owner", "training", "global")}
    form = _read_form(reader)
    skill = Skill(
        id=SkillId(reader.require("id", IDENTIFIER)),
        name=form.name,
        created=reader.require("created", MOMENT),
        is_hidden=form.is_hidden,
        foreign={**form.foreign, **{name: value for name, value in shown.items() if value is not None}},
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
        "created": write_moment(user_skill.created),
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
        created=created,
        skill=WorkerSkill(
            worker_id=WorkerId(reader.require("user_id", IDENTIFIER)),
            skill_id=SkillId(reader.require("skill_id", IDENTIFIER)),
            value=rounded if exact is None else exact,
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


def _read_form(reader: Reader) -> SkillForm:
    name = reader.require("name", TEXT)
    if name.isspace():
        reader.refuse("name", ProblemCode.BLANK_STRING_NOT_ALLOWED, "expected a name, found blanks")
    is_hidden, hours = reader.get("hidden", FLAG, True), reader.find("skill_ttl_hours", _HOURS)
    rest = reader.rest(without=_READ_ONLY)
    return SkillForm(
        name=name, is_hidden=is_hidden, foreign=rest if hours is None else {**rest, "skill_ttl_hours": hours}
    )
