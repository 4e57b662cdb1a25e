"""A task spec as a project."""

from manyhands.crowd import ProjectConfig
from manyhands.task import PreparedTaskSpec

__all__ = ["project_config"]


def project_config(task_spec: PreparedTaskSpec) -> ProjectConfig:
    """Return the project that shows the task, in the language of the spec; its key is that of the spec."""
    return ProjectConfig(
        key=task_spec.key,
        name=task_spec.name,
        description=task_spec.description,
        instruction=task_spec.instruction,
        input_spec=task_spec.input_spec,
        output_spec=task_spec.output_spec,
        view=task_spec.view,
        view_lock=task_spec.lock,
    )
