"""Projects of the requester API."""

import uuid
from typing import Any

from manyhands.crowd import Project, ProjectConfig, ProjectId
from manyhands.platform.toloka.wire import PROJECTS, OperationType, encode_operation, encode_project
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

from .forms import read_project_form

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
    return listing.answer(desk.platform.list_projects(), lambda project: _write(project, call))


def create_project(desk: RequesterDesk, call: Call) -> Answer:
    """Create a project; one without a key of ours is a new one each time."""
    config = read_project_form(call, key=f"api-{uuid.uuid4().hex}")
    return Answer(status=201, payload=_write(desk.platform.put_project(config), call))


def get_project(desk: RequesterDesk, call: Call) -> Answer:
    """Show one project."""
    return Answer(payload=_write(desk.platform.get_project(ProjectId(call.path["id"])), call))


def replace_project(desk: RequesterDesk, call: Call) -> Answer:
    """Replace everything that may be changed of a project."""
    project_id = ProjectId(call.path["id"])
    return Answer(payload=_write(desk.platform.update_project(project_id, _read_change(desk, project_id, call)), call))


def archive_project(desk: RequesterDesk, call: Call) -> Answer:
    """Archive a project whose pools are archived."""
    project_id = ProjectId(call.path["id"])
    desk.platform.archive_project(project_id)
    operation = desk.operations.begin(OperationType.PROJECT_ARCHIVE, {"project_id": project_id})
    return Answer(status=202, payload=encode_operation(desk.operations.finish(operation.id, details={})))


def check_project(desk: RequesterDesk, call: Call) -> Answer:
    """Tell whether replacing a project with this one would change anything that pools depend on."""
    project_id = ProjectId(call.path["id"])
    difference = desk.platform.weigh_project_change(project_id, _read_change(desk, project_id, call))
    return Answer(payload={"differenceLevel": difference.value})


def _read_change(desk: RequesterDesk, project_id: ProjectId, call: Call) -> ProjectConfig:
    return read_project_form(call, key=desk.platform.get_project(project_id).config.key)


def _write(project: Project, call: Call) -> dict[str, Any]:
    return encode_project(project, is_extended=call.is_extended)


PROJECT_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/projects", handle=list_projects),
    Door(method="POST", path="/api/v1/projects", handle=create_project),
    Door(method="GET", path="/api/v1/projects/{id}", handle=get_project),
    Door(method="PUT", path="/api/v1/projects/{id}", handle=replace_project),
    Door(method="POST", path="/api/v1/projects/{id}/archive", handle=archive_project),
    Door(method="POST", path="/api/staging/projects/{id}/check", handle=check_project),
)
