"""Trainings: unpaid tasks with known solutions, from which workers learn before they work."""

from collections.abc import Sequence

from manyhands import projects
from manyhands.connect import Place, connect_to
from manyhands.crowd import Pool
from manyhands.planning import TrainingConfig, choose_default_training_option, get_training_options
from manyhands.projects import Comment, ensure_project, project_config, training_drafts
from manyhands.task import ControlObject, PreparedTaskSpec

from .call_checks import refuse_other_lists, refuse_other_spec

__all__ = ["TrainingConfig", "choose_default_training_option", "create_training", "get_training_options"]


def create_training(
    task_spec: PreparedTaskSpec,
    solutions: Sequence[ControlObject],
    comments: Sequence[Comment],
    platform: Place,
    training_config: TrainingConfig,
    *,
    append_to_existing: bool = False,
) -> Pool:
    """Make a training for a task, open it, and return its pool; a launch asks for it with ``Params(training_score=...)``.

    Workers do it before they work, unpaid: they answer tasks whose solution is known, and read the comment where they were wrong. The same call again
    makes no second training. A task that is not on the platform yet is brought there.

    Args:
        task_spec: the task to learn.
        solutions: (input objects, solution) pairs, each tuple of input objects once.
        comments: for each of them why the solution is right.
        platform: as in `launch`.
        training_config: how many pages there are and how long they are; see `get_training_options`.
        append_to_existing: add the tasks to the task's newest training, instead of making a new one. Where that one has other pages, a new one
            is made of its tasks and these, and the old one stays as it is.

    Raises:
        InvalidData: solutions do not fit the function, repeat, or have no comment; all problems in one error, by position from 0.
        InvalidInput: there are fewer tasks than a worker has to answer.
        ProjectDiffers: the task is on the platform with other texts, another view or other fields; `define_task` brings it up to date.
    """
    refuse_other_spec(task_spec)
    refuse_other_lists(solutions=solutions, comments=comments)
    drafts = training_drafts(task_spec, solutions, comments)
    there = connect_to(platform).platform
    project = ensure_project(there, project_config(task_spec))
    return projects.create_training(
        there, project, training_config, drafts=drafts, append_to_existing=append_to_existing
    )
