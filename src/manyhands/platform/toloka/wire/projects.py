"""Projects."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from manyhands.crowd import Project, ProjectConfig, ProjectId, ProjectStatus
from manyhands.task import FieldSpec

from .field_specs import FIELD_SPEC, FIELD_SPECS
from .foreign import keep, keep_empty, recall, with_foreign
from .keys import EXTENSION, read_key, write_name
from .kinds import IDENTIFIER, MOMENT, OBJECT, TEXT, choice, integer
from .moments import write_moment
from .quality_control import QUALITY_CONTROL, QualityControl, encode_quality_control, keep_quality_control
from .reading import Reader
from .views import decode_view, encode_view

__all__ = ["decode_project", "decode_project_config", "encode_project", "encode_project_config"]

_STATUS = choice(ProjectStatus, ProjectStatus.ACTIVE)
#: What the API itself says of a project.
_READ_ONLY = ("id", "status", "created", "owner")
_ISSUING = "AUTOMATED"
_KEY_FIELD = "private_comment"
_ACTIVE = "max_active_assignments_count"
_PAGE_COUNT = integer(least=1)
_TEXTS = ("public_description", "public_instructions")


@dataclass(frozen=True, slots=True, kw_only=True)
class _TaskSpec:
    """A task spec as it was read, and what of it our records do not say."""

    input_spec: dict[str, FieldSpec]
    output_spec: dict[str, FieldSpec]
    view: dict[str, Any]
    lock: dict[str, str]
    kept: dict[str, Any]


def encode_project_config(config: ProjectConfig, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a project to be created or changed.

    Args:
        config: what the requester chose.
        is_extended: whether to add what only a manyhands server understands.
    """
    foreign = config.foreign
    kept = foreign.get("task_spec", {})
    document = {
        "public_name": config.name,
        "public_description": config.description or foreign.get("public_description"),
        "public_instructions": config.instruction or foreign.get("public_instructions"),
        _KEY_FIELD: write_name(_KEY_FIELD, config.key, foreign),
        "task_spec": {
            **kept,
            "input_spec": _encode_specs(config.input_spec, kept.get("input_spec", {})),
            "output_spec": _encode_specs(config.output_spec, kept.get("output_spec", {})),
            "view_spec": encode_view(config.view, config.view_lock, kept=kept.get("view_spec", {})),
        },
        _ACTIVE: config.max_active_pages,
        "assignments_issuing_type": foreign.get("assignments_issuing_type", _ISSUING),
        "quality_control": encode_quality_control(QualityControl(rules=config.quality_rules), foreign),
        EXTENSION: {"key": config.key} if is_extended else None,
    }
    return with_foreign(document, foreign)


def encode_project(project: Project, *, is_extended: bool = False) -> dict[str, Any]:
    """Return a project as a platform shows it."""
    return {
        **encode_project_config(project.config, is_extended=is_extended),
        "id": project.id,
        "status": project.status.value,
        "created": write_moment(project.created),
        **project.foreign,
    }


def decode_project_config(document: object, *, key: str | None = None) -> ProjectConfig:
    """Return the project that a requester wants to have.

    Args:
        document: a form, or a whole project, whose read-only fields are passed over.
        key: the config's key if the document brings none of its own; None takes the private comment.

    Raises:
        InvalidInput: the document is no project; every problem has its field and code.
    """
    reader = Reader.open(document)
    config = _read_config(reader, key)
    reader.close("project")
    return config


def decode_project(document: object, *, key: str | None = None) -> Project:
    """Return a project that a platform shows.

    Raises:
        InvalidInput: the document is no project.
    """
    reader = Reader.open(document)
    project = Project(
        id=ProjectId(reader.require("id", IDENTIFIER)),
        status=reader.require("status", _STATUS),
        created=reader.require("created", MOMENT),
        foreign={} if (owner := reader.find("owner", OBJECT)) is None else {"owner": owner},
        config=_read_config(reader, key),
    )
    reader.close("project")
    return project


def _read_config(reader: Reader, key: str | None) -> ProjectConfig:
    foreign: dict[str, Any] = {}
    own_key = read_key(reader, _KEY_FIELD, given=key, foreign=foreign)
    control = reader.get("quality_control", QUALITY_CONTROL, QualityControl())
    keep_quality_control(foreign, reader.raw("quality_control"), control)
    keep(foreign, "assignments_issuing_type", reader.find("assignments_issuing_type", TEXT), canonical=_ISSUING)
    keep_empty(foreign, reader, _TEXTS)
    task_spec = _read_task_spec(reader.require_object("task_spec"))
    keep(foreign, "task_spec", task_spec.kept or None, canonical=None)
    config = ProjectConfig(
        key=own_key,
        name=reader.require("public_name", TEXT),
        description=reader.get("public_description", TEXT, ""),
        instruction=reader.get("public_instructions", TEXT, ""),
        input_spec=task_spec.input_spec,
        output_spec=task_spec.output_spec,
        view=task_spec.view,
        view_lock=task_spec.lock,
        quality_rules=control.rules,
        max_active_pages=reader.find(_ACTIVE, _PAGE_COUNT),
        foreign=foreign,
    )
    foreign.update(reader.rest(without=_READ_ONLY))
    return config


def _read_task_spec(reader: Reader) -> _TaskSpec:
    kept: dict[str, Any] = {}
    kept_view: dict[str, Any] = {}
    input_spec, output_spec = (_read_specs(reader, name, kept) for name in ("input_spec", "output_spec"))
    view, lock = decode_view(reader.get_object("view_spec"), kept_view)
    keep(kept, "view_spec", kept_view or None, canonical=None)
    kept.update(reader.rest())
    return _TaskSpec(input_spec=input_spec, output_spec=output_spec, view=view, lock=lock, kept=kept)


def _encode_specs(specs: Mapping[str, FieldSpec], kept: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: recall(kept, name, kind=FIELD_SPEC, value=spec, canonical=spec.to_json()) for name, spec in specs.items()
    }


def _read_specs(task_spec: Reader, name: str, kept: dict[str, Any]) -> dict[str, FieldSpec]:
    specs = task_spec.require(name, FIELD_SPECS)
    unlike: dict[str, Any] = {}
    for field_name, spec in specs.items():
        keep(unlike, field_name, task_spec.raw(name)[field_name], canonical=spec.to_json())
    keep(kept, name, unlike or None, canonical=None)
    return specs
