"""The trainings of a project as they are."""

from manyhands.crowd import Platform, Pool, PoolId, PoolStatus, Project, TrainingRequirement
from manyhands.errors import InvalidInput

__all__ = ["find_requirement"]


def find_requirement(
    platform: Platform, project: Project | None, *, passing_skill: float, training_id: PoolId | None = None
) -> TrainingRequirement:
    """Return the requirement that workers have passed a training of the project.

    Args:
        platform: where.
        project: whose training; None when the task is not on the platform yet.
        passing_skill: the smallest training skill in [0, 1].
        training_id: which training; None takes the newest open one.

    Raises:
        InvalidInput: there is no such training, or it is not open, so that nobody could ever work.
    """
    if project is None:
        raise InvalidInput(_lacking("the task is not on the platform yet, so there is no training for it"))
    trainings = platform.list_trainings(project.id)
    wanted = [training for training in trainings if training_id in (None, training.id)]
    found = next((training for training in reversed(wanted) if training.status is PoolStatus.OPEN), None)
    if found is None:
        raise InvalidInput(_lacking(_describe(project, trainings, training_id)))
    return TrainingRequirement(training_pool_id=found.id, passing_skill=passing_skill)


def _describe(project: Project, trainings: list[Pool], training_id: PoolId | None) -> str:
    known = ", ".join(f"{training.id} is {training.status.lower()}" for training in trainings)
    which = "no open training" if training_id is None else f"no open training {training_id}"
    return f"project {project.id} ({project.config.key}) has {which}" + (f"; {known}" if known else "")


def _lacking(what: str) -> str:
    return f"training_score asks for a training, but {what}; make one with create_training(...), or ask for none"
