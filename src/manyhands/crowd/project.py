"""A task spec published on a platform in one language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from manyhands.task import FieldSpec

from .ids import ProjectId
from .quality_control import QualityRule

__all__ = ["Project", "ProjectConfig", "ProjectDifference", "ProjectStatus"]


class ProjectStatus(StrEnum):
    """The states of a project; archiving is final."""

    #: Pools may be made and opened.
    ACTIVE = "ACTIVE"
    #: Kept for reading only.
    ARCHIVED = "ARCHIVED"


class ProjectDifference(StrEnum):
    """How much a project would be changed."""

    #: Not at all.
    EQUAL = "EQUAL"
    #: Pools that are there go on with the changed project.
    NON_BREAKING_CHANGE = "NON_BREAKING_CHANGE"
    #: Tasks or answers of pools that are there would not fit, so these pools stay with the project as it is.
    BREAKING_CHANGE = "BREAKING_CHANGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectConfig:
    """What the requester chooses for a project.

    Attributes:
        key: the requester's own name for the project; creating it again with the same key returns the same project.
        name: public name, one language.
        description: public description, one language.
        instruction: HTML shown to workers.
        input_spec: field name → what an input value may be.
        output_spec: field name → what an output value may be.
        view: Template Builder document (``view``, ``plugins``, ``vars``).
        view_lock: component type → version, as Template Builder stores it.
        quality_rules: rules that hold in every pool of the project.
        max_active_pages: pages that one worker may have in hand in all pools of the project together; None means one in each.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    key: str
    name: str
    description: str = ""
    instruction: str = ""
    input_spec: Mapping[str, FieldSpec]
    output_spec: Mapping[str, FieldSpec]
    view: Mapping[str, Any]
    view_lock: Mapping[str, str] = field(default_factory=dict)
    quality_rules: tuple[QualityRule, ...] = ()
    max_active_pages: int | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project as the platform knows it.

    Attributes:
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: ProjectId
    status: ProjectStatus
    created: datetime
    config: ProjectConfig
    foreign: Mapping[str, Any] = field(default_factory=dict)
