"""Making trainings, and adding tasks to them."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from itertools import count

from manyhands.crowd import (
    MixerConfig,
    Money,
    Platform,
    Pool,
    PoolConfig,
    PoolStatus,
    PoolType,
    Project,
    Task,
    TaskDraft,
    TrainingTerms,
)
from manyhands.errors import InvalidInput
from manyhands.planning import TrainingConfig
from manyhands.task import content_hash, refuse_if_any

__all__ = ["create_training"]

#: Hexadecimal digits of the content that make the key of a training.
_KEY_DIGITS = 12


def create_training(
    platform: Platform,
    project: Project,
    config: TrainingConfig,
    *,
    drafts: Sequence[TaskDraft],
    append_to_existing: bool = False,
) -> Pool:
    """Return an open training with these tasks; the same call again finds the training that it made.

    Args:
        platform: where.
        project: whose training.
        config: how the training goes.
        drafts: its tasks.
        append_to_existing: add the tasks to the newest training of the project that is open, or else closed. Where that one goes otherwise than the
            config says, a new one is made of its tasks and these; the old one stays as it is.

    Raises:
        InvalidInput: there are fewer tasks than a worker has to answer.
        InvalidData: a task is in the training already, with another solution or comment.
    """
    trainings = platform.list_trainings(project.id)
    current = _find_current(trainings) if append_to_existing else None
    before = [] if current is None else list(_iter_tasks(platform, current))
    new = _find_new(before, drafts, current)
    wanted = [*map(_draft_of, before), *new]
    _check_count(config, len(wanted))
    if current is None or _config_of(current) != config:
        current = platform.create_pool(_pool_config(project, config, wanted, trainings))
        new = wanted
    platform.add_tasks(current.id, new)
    return platform.open_pool(current.id)


def _find_current(trainings: Sequence[Pool]) -> Pool | None:
    for status in (PoolStatus.OPEN, PoolStatus.CLOSED):
        found = [training for training in trainings if training.status is status]
        if found:
            return found[-1]
    return None


def _iter_tasks(platform: Platform, training: Pool) -> Iterator[Task]:
    after = None
    while tasks := platform.list_tasks(training.id, after):
        yield from tasks
        after = tasks[-1].id


def _find_new(before: Sequence[Task], drafts: Sequence[TaskDraft], current: Pool | None) -> list[TaskDraft]:
    known = {task.key: task for task in before}
    problems = [
        f"solutions[{position}] {dict(draft.input_values)} is in training {current and current.id} with another solution or comment"
        for position, draft in enumerate(drafts)
        if draft.key in known and _content(known[draft.key]) != _content(draft)
    ]
    msg = "Adding to a training changes no task that is there; make a new one with append_to_existing=False. Nothing was changed. What differs:"
    refuse_if_any(problems, msg)
    return [draft for draft in drafts if draft.key not in known]


def _content(task: Task | TaskDraft) -> tuple[object, str | None]:
    return [dict(known.output_values) for known in task.known_solutions], task.hint


def _draft_of(task: Task) -> TaskDraft:
    return TaskDraft(
        key=task.key,
        input_values=task.input_values,
        known_solutions=task.known_solutions,
        hint=task.hint,
        overlap=task.overlap,
    )


def _check_count(config: TrainingConfig, task_count: int) -> None:
    if task_count < config.task_count:
        msg = (
            f"A worker has to answer {config.task_suites_required_to_pass} pages with {config.training_tasks_in_task_suite_count} tasks each, but "
            f"there are {task_count} tasks, so nobody could pass; nothing was published. Add tasks, or ask for fewer or shorter pages."
        )
        raise InvalidInput(msg)


def _config_of(training: Pool) -> TrainingConfig | None:
    """Return how a training goes; None when it was made by somebody who did not say all of it."""
    config, mixer = training.config, training.config.mixer
    terms = config.training_terms
    if mixer is None or mixer.training_count < 1 or terms.pages_to_pass is None:
        return None
    return TrainingConfig(
        training_tasks_in_task_suite_count=mixer.training_count,
        task_suites_required_to_pass=terms.pages_to_pass,
        max_assignment_duration_seconds=round(config.assignment_duration.total_seconds()),
        retry_training_after_days=None if terms.retry_after is None else terms.retry_after.days,
    )


def _pool_config(
    project: Project, config: TrainingConfig, drafts: Sequence[TaskDraft], trainings: Sequence[Pool]
) -> PoolConfig:
    retry_days = config.retry_training_after_days
    return PoolConfig(
        project_id=project.id,
        key=_key_of(project, config, drafts, trainings),
        reward=Money(),
        assignment_duration=timedelta(seconds=config.max_assignment_duration_seconds),
        mixer=MixerConfig(
            real_count=0, training_count=config.training_tasks_in_task_suite_count, is_creation_order_kept=True
        ),
        auto_accept=True,
        priority=0,
        type=PoolType.TRAINING,
        training_terms=TrainingTerms(
            pages_to_pass=config.task_suites_required_to_pass,
            retry_after=None if retry_days is None else timedelta(days=retry_days),
        ),
    )


def _key_of(project: Project, config: TrainingConfig, drafts: Sequence[TaskDraft], trainings: Sequence[Pool]) -> str:
    """Return a key that the same content has again; where a training of this key was archived, the next one."""
    tasks = [[draft.key, *_content(draft)] for draft in drafts]
    key = f"training:{project.config.key}:{content_hash({'config': asdict(config), 'tasks': tasks})[:_KEY_DIGITS]}"
    archived = {training.config.key for training in trainings if training.status is PoolStatus.ARCHIVED}
    return next(name for number in count(1) if (name := key if number == 1 else f"{key}-{number}") not in archived)
