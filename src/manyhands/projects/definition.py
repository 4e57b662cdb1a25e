"""Bringing a task spec to a platform: once, and again where its texts or its view have changed."""

import threading
from dataclasses import dataclass, replace
from enum import StrEnum

from manyhands.crowd import Platform, Project, ProjectConfig
from manyhands.errors import ProjectDiffers

from .difference import SpecDifference, compare_projects

__all__ = [
    "DefinitionOutcome",
    "Standing",
    "TaskDefinition",
    "define",
    "ensure_project",
    "find_standing",
    "refuse_if_outdated",
    "refuse_other_fields",
]

#: Held while a launch makes a project, so that two do not both find none.
_MAKING = threading.Lock()


class DefinitionOutcome(StrEnum):
    """What defining a task came to."""

    #: The platform had no such project.
    CREATED = "created"
    #: Texts or view of the project were replaced.
    UPDATED = "updated"
    #: The project was as the task spec says.
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDefinition:
    """A task that is on a platform.

    Attributes:
        project: the project as it is now.
        outcome: what had to be done.
        difference: what was different before; false when nothing was.
    """

    project: Project
    outcome: DefinitionOutcome
    difference: SpecDifference


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a task spec stands on a platform.

    Attributes:
        wanted: the project that the spec makes.
        project: the project that is there; None when there is none.
        difference: what differs between the two; false without a project.
    """

    wanted: ProjectConfig
    project: Project | None
    difference: SpecDifference

    @property
    def is_outdated(self) -> bool:
        """Whether there is a project, and it is another one."""
        return bool(self.difference)


def find_standing(platform: Platform, wanted: ProjectConfig) -> Standing:
    """Return how the project that is wanted stands on the platform; nothing is changed."""
    project = platform.find_project(wanted.key)
    difference = SpecDifference() if project is None else compare_projects(project.config, wanted)
    return Standing(wanted=wanted, project=project, difference=difference)


def define(platform: Platform, standing: Standing) -> TaskDefinition:
    """Make the project that is wanted, or bring the one that is there up to date; what is no part of a task spec stays as it is.

    Args:
        platform: where.
        standing: how the spec stands there.

    Raises:
        ProjectDiffers: the project of this key has other fields.
    """
    refuse_other_fields(standing)
    there, wanted = standing.project, standing.wanted
    if there is None:
        project, outcome = platform.put_project(wanted), DefinitionOutcome.CREATED
    elif not standing.is_outdated:
        project, outcome = there, DefinitionOutcome.UNCHANGED
    else:
        project, outcome = platform.put_project(_updated(there.config, wanted)), DefinitionOutcome.UPDATED
    return TaskDefinition(project=project, outcome=outcome, difference=standing.difference)


def ensure_project(platform: Platform, wanted: ProjectConfig) -> Project:
    """Return the project that is wanted, made if the platform has none; one that is there is never changed.

    Raises:
        ProjectDiffers: the project of this key is another one.
    """
    standing = find_standing(platform, wanted)
    refuse_if_outdated(standing)
    if standing.project is not None:
        return standing.project
    with _MAKING:
        # Another launch of this process may have made it meanwhile, from another task spec.
        standing = find_standing(platform, wanted)
        refuse_if_outdated(standing)
        return define(platform, standing).project


def refuse_other_fields(standing: Standing) -> None:
    """Return if the project that is there, if any, can become the one that is wanted.

    Raises:
        ProjectDiffers: it has other fields.
    """
    problems = standing.difference.field_problems
    if standing.project is None or not problems:
        return
    msg = (
        f"Project {standing.project.id} of task {standing.wanted.key!r} has other fields, which its tasks and answers would no longer fit; "
        "nothing was changed. Give the task spec another id. What differs:"
    )
    raise ProjectDiffers(msg, problems)


def refuse_if_outdated(standing: Standing) -> None:
    """Return if there is no project, or the one that is wanted.

    Raises:
        ProjectDiffers: the project of this key is another one.
    """
    if standing.project is None or not standing.is_outdated:
        return
    fields = standing.difference.field_problems
    advice = "Give the task spec another id" if fields else "Bring it up to date with define_task(task_spec, platform)"
    msg = (
        f"Project {standing.project.id} on the platform is another one than task spec {standing.wanted.key!r} makes; nothing was published or paid. "
        f"{advice}. What differs, - on the platform and + in the task spec:"
    )
    raise ProjectDiffers(msg, standing.difference.sentences)


def _updated(there: ProjectConfig, wanted: ProjectConfig) -> ProjectConfig:
    return replace(
        there,
        name=wanted.name,
        description=wanted.description,
        instruction=wanted.instruction,
        view=wanted.view,
        view_lock=wanted.view_lock,
    )
