"""How much a project would be changed. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from manyhands.crowd import ProjectConfig, ProjectDifference
from manyhands.task import FieldSpec

__all__ = ["compare_projects"]


def compare_projects(before: ProjectConfig, after: ProjectConfig) -> ProjectDifference:
    """Return how much differs; fields that are changed, taken away or newly required break what is there."""
    if before == after:
        return ProjectDifference.EQUAL
    is_breaking = _breaks(before.input_spec, after.input_spec) or _breaks(before.output_spec, after.output_spec)
    return ProjectDifference.BREAKING_CHANGE if is_breaking else ProjectDifference.NON_BREAKING_CHANGE


def _breaks(before: Mapping[str, FieldSpec], after: Mapping[str, FieldSpec]) -> bool:
    is_changed = any(name not in after or _differs(spec, after[name]) for name, spec in before.items())
    return is_changed or any(spec.required for name, spec in after.items() if name not in before)


def _differs(before: FieldSpec, after: FieldSpec) -> bool:
    """Return whether other values may stand in the field; whether workers see them is another matter."""
    return replace(before, hidden=after.hidden) != after
