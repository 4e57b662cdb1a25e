"""Skills, their values on workers, and what may be known of workers, in the requester API."""

from manyhands.crowd import Skill, SkillId, WorkerId, WorkerProfile, WorkerSkill
from manyhands.errors import NotFound
from manyhands.platform.toloka.wire import (
    SKILLS,
    USER_SKILLS,
    UserMetadata,
    UserSkill,
    decode_skill_form,
    decode_user_skill_form,
    encode_skill,
    encode_user_metadata,
    encode_user_skill,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

__all__ = ["SKILL_DOORS"]

_SKILL_FIELDS: Fields[Skill] = {
    "id": lambda skill: skill.id,
    "created": lambda skill: skill.created,
    "name": lambda skill: skill.name,
    "global": lambda _: False,
}
_USER_SKILL_FIELDS: Fields[UserSkill] = {
    "id": lambda user_skill: user_skill.id,
    "user_id": lambda user_skill: user_skill.skill.worker_id,
    "skill_id": lambda user_skill: user_skill.skill.skill_id,
    "created": lambda user_skill: user_skill.skill.created,
    "modified": lambda user_skill: user_skill.skill.modified,
}
#: Between skill and worker in the id of a pair.
_DASH = "-"


def list_skills(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's skills."""
    return Listing(call, SKILLS, _SKILL_FIELDS, desk.settings).answer(desk.platform.list_own_skills(), encode_skill)


def create_skill(desk: RequesterDesk, call: Call) -> Answer:
    """Create a skill, or show the one that is just like it."""
    return Answer(status=201, payload=encode_skill(desk.platform.create_skill(decode_skill_form(call.json()))))


def get_skill(desk: RequesterDesk, call: Call) -> Answer:
    """Show one skill."""
    return Answer(payload=encode_skill(desk.platform.get_skill(SkillId(call.path["id"]))))


def replace_skill(desk: RequesterDesk, call: Call) -> Answer:
    """Replace everything that may be changed of a skill."""
    draft = decode_skill_form(call.json())
    return Answer(payload=encode_skill(desk.platform.update_skill(SkillId(call.path["id"]), draft)))


def list_user_skills(desk: RequesterDesk, call: Call) -> Answer:
    """List values of skills: of a worker, of a skill, or all."""
    worker_id, skill_id = call.query.get("user_id"), call.query.get("skill_id")
    if worker_id:
        pairs = _skills_of(desk, WorkerId(worker_id))
    else:
        skill_ids = [SkillId(skill_id)] if skill_id else [skill.id for skill in desk.platform.list_own_skills()]
        pairs = [_pair(value) for found in skill_ids for value in desk.platform.list_skill_values(found)]
    return Listing(call, USER_SKILLS, _USER_SKILL_FIELDS, desk.settings).answer(pairs, encode_user_skill)


def put_user_skill(desk: RequesterDesk, call: Call) -> Answer:
    """Set the value of a skill on a worker."""
    form = decode_user_skill_form(call.json())
    desk.platform.set_skill(form.worker_id, form.skill_id, value=form.value)
    return Answer(payload=encode_user_skill(_find_pair(desk, form.worker_id, form.skill_id)))


def get_user_skill(desk: RequesterDesk, call: Call) -> Answer:
    """Show the value of a skill on a worker."""
    skill_id, _, worker_id = call.path["id"].partition(_DASH)
    return Answer(payload=encode_user_skill(_find_pair(desk, WorkerId(worker_id), SkillId(skill_id))))


def delete_user_skill(desk: RequesterDesk, call: Call) -> Answer:
    """Take a skill away from a worker."""
    skill_id, _, worker_id = call.path["id"].partition(_DASH)
    pair = _find_pair(desk, WorkerId(worker_id), SkillId(skill_id)).skill
    desk.platform.set_skill(pair.worker_id, pair.skill_id, value=None)
    return Answer(status=204)


def get_user_metadata(desk: RequesterDesk, call: Call) -> Answer:
    """Show what may be known of a worker."""
    worker_id = WorkerId(call.path["id"])
    if not desk.records.has_worker(worker_id):
        raise NotFound(f"there is no worker {worker_id!r}")
    # A worker who is known already comes back as they are known.
    worker = desk.platform.register_worker(worker_id, WorkerProfile())
    return Answer(payload=encode_user_metadata(UserMetadata(worker_id=worker_id, profile=worker.profile)))


def _skills_of(desk: RequesterDesk, worker_id: WorkerId) -> list[UserSkill]:
    if not desk.records.has_worker(worker_id):
        return []
    return [_pair(skill) for skill in desk.platform.list_skills(worker_id)]


def _find_pair(desk: RequesterDesk, worker_id: WorkerId, skill_id: SkillId) -> UserSkill:
    found = next((pair for pair in _skills_of(desk, worker_id) if pair.skill.skill_id == skill_id), None)
    if found is None:
        raise NotFound(f"worker {worker_id!r} has no skill {skill_id}")
    return found


def _pair(skill: WorkerSkill) -> UserSkill:
    return UserSkill(id=f"{skill.skill_id}{_DASH}{skill.worker_id}", skill=skill)


SKILL_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/skills", handle=list_skills),
    Door(method="POST", path="/api/v1/skills", handle=create_skill),
    Door(method="GET", path="/api/v1/skills/{id}", handle=get_skill),
    Door(method="PUT", path="/api/v1/skills/{id}", handle=replace_skill),
    Door(method="GET", path="/api/v1/user-skills", handle=list_user_skills),
    Door(method="PUT", path="/api/v1/user-skills", handle=put_user_skill),
    Door(method="GET", path="/api/v1/user-skills/{id}", handle=get_user_skill),
    Door(method="DELETE", path="/api/v1/user-skills/{id}", handle=delete_user_skill),
    Door(method="GET", path="/api/v1/user-metadata/{id}", handle=get_user_metadata),
)
