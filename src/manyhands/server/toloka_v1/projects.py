"""Projects of the requester API."""

import uuid
from dataclasses import replace
from typing import Any

from manyhands.crowd import Project, ProjectId
from manyhands.platform.toloka.wire import decode_project_config, encode_project
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Column, Listing, moment_column

__all__ = ["PROJECT_DOORS"]

_COLUMNS: tuple[Column[Project], ...] = (
    Column(name="id", value=lambda project: project.id),
    moment_column("created", lambda project: project.created),
    Column(name="status", value=lambda project: project.status.value),
    Column(name="public_name", value=lambda project: project.config.name),
    Column(name="private_comment", value=lambda project: encode_project(project).get("private_comment")),
)


def list_projects(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's projects."""
    listing = Listing(call, _COLUMNS, desk.settings)
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


def _write(project: Project, call: Call) -> dict[str, Any]:
    return encode_project(project, is_extended=call.is_extended)


PROJECT_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/projects", handle=list_projects),
    Door(method="POST", path="/api/v1/projects", handle=create_project),
    Door(method="GET", path="/api/v1/projects/{id}", handle=get_project),
    Door(method="PUT", path="/api/v1/projects/{id}", handle=replace_project),
)
