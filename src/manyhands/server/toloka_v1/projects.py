"""Projects of the requester API."""

import uuid
from dataclasses import replace
from typing import Any

from manyhands.crowd import Project, ProjectConfig, ProjectId
from manyhands.platform.toloka.wire import PROJECTS, decode_project_config, encode_project
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

__all__ = ["PROJECT_DOORS"]

_FIELDS: Fields[Project] = {
    "id": lambda project: project.id,
    "created": lambda project: project.created,
    "status": lambda project: project.status.value,
    "public_name": lambda project: project.config.name,
    "private_comment": lambda project: encode_project(project).get("private_comment"),
}


def list_projects(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's projects."""
    listing = Listing(call, PROJECTS, _FIELDS, desk.settings)
    return listing.answer(desk.records.projects(), lambda project: _write(project, call))


def create_project(desk: RequesterDesk, call: Call) -> Answer:
    """Create a project; one without a key of ours is a new one each time."""
    config = decode_project_config(call.json(), key=f"api-{uuid.uuid4().hex}")
    return Answer(status=201, payload=_write(desk.platform.put_project(config), call))


def get_project(desk: RequesterDesk, call: Call) -> Answer:
    """Show one project."""
    return Answer(payload=_write(desk.records.get_project(ProjectId(call.path["id"])), call))


def replace_project(desk: RequesterDesk, call: Call) -> Answer:
    """Replace everything that may be changed of a project."""
    project = desk.records.get_project(ProjectId(call.path["id"]))
    config = replace(decode_project_config(call.json(), key=project.config.key), key=project.config.key)
    return Answer(payload=_write(desk.platform.put_project(config), call))


def check_project(desk: RequesterDesk, call: Call) -> Answer:
    """Tell whether replacing a project with this one would change anything that workers or pools depend on."""
    project = desk.records.get_project(ProjectId(call.path["id"]))
    config = replace(decode_project_config(call.json(), key=project.config.key), key=project.config.key)
    return Answer(payload={"differenceLevel": _compare(project.config, config)})


def _compare(before: ProjectConfig, after: ProjectConfig) -> str:
    if before == after:
        return "EQUAL"
    is_same_work = (before.input_spec, before.output_spec) == (after.input_spec, after.output_spec)
    return "NON_BREAKING_CHANGE" if is_same_work else "BREAKING_CHANGE"


def _write(project: Project, call: Call) -> dict[str, Any]:
    return encode_project(project, is_extended=call.is_extended)


PROJECT_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/projects", handle=list_projects),
    Door(method="POST", path="/api/v1/projects", handle=create_project),
    Door(method="GET", path="/api/v1/projects/{id}", handle=get_project),
    Door(method="PUT", path="/api/v1/projects/{id}", handle=replace_project),
    Door(method="POST", path="/api/staging/projects/{id}/check", handle=check_project),
)
