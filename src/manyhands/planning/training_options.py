"""The sensible ways to cut a training into pages, and the one to take when nobody says otherwise."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta

from manyhands.errors import InvalidParams

__all__ = ["TrainingConfig", "choose_default_training_option", "get_training_options"]

_TRAINING_TIME = timedelta(minutes=3)
_FEWEST_TASKS, _MOST_TASKS = 2, 30
_MOST_PAGES = 5
#: Times the expected time that a worker has for a page: who learns is slow, and reads hints.
_LEISURE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """How a training goes, in the words of Toloka.

    Attributes:
        training_tasks_in_task_suite_count: tasks on a page.
        task_suites_required_to_pass: pages after which the training counts.
        max_assignment_duration_seconds: time that a worker has for one page.
        retry_training_after_days: days after a worker's last paid page after which the training has to be passed again; None means never.

    Raises:
        InvalidParams: a count is no whole number above zero; all problems in one error.

    Example:
        >>> config = TrainingConfig(
        ...     training_tasks_in_task_suite_count=4, task_suites_required_to_pass=3, max_assignment_duration_seconds=600
        ... )
        >>> config.task_count
        12
    """

    training_tasks_in_task_suite_count: int
    task_suites_required_to_pass: int
    max_assignment_duration_seconds: int
    retry_training_after_days: int | None = 30

    def __post_init__(self) -> None:
        problems = list(self._find_problems())
        if problems:
            raise InvalidParams("The training cannot work; nothing was published.", problems)

    def _find_problems(self) -> Iterator[str]:
        for field in fields(self):
            value = getattr(self, field.name)
            is_never = value is None and field.name == "retry_training_after_days"
            if not is_never and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
                yield f"{field.name} is {value!r}; expected a whole number of at least 1"

    @property
    def task_count(self) -> int:
        """Tasks that a worker has to answer."""
        return self.training_tasks_in_task_suite_count * self.task_suites_required_to_pass


def get_training_options(
    task_duration_hint: timedelta, available_count: int, training_time: timedelta = _TRAINING_TIME
) -> list[TrainingConfig]:
    """Return the ways to cut a training of about this length into one to five pages, fewest pages first.

    Crowdom rounds the tasks of a page up until there may be more tasks than there are; here such ways are left out.

    Args:
        task_duration_hint: the expected time for one task.
        available_count: training tasks that there are.
        training_time: the expected time for the whole training.

    Raises:
        InvalidParams: the training would have fewer than 2 or more than 30 tasks, or more than there are.

    Example:
        >>> options = get_training_options(timedelta(seconds=10), 20)
        >>> [(option.task_suites_required_to_pass, option.training_tasks_in_task_suite_count) for option in options]
        [(1, 18), (2, 9), (3, 6), (4, 5), (5, 4)]
    """
    needed_count = math.ceil(training_time / task_duration_hint)
    if not _FEWEST_TASKS <= needed_count <= min(_MOST_TASKS, available_count):
        msg = (
            f"A training of {training_time} with {task_duration_hint} for a task has {needed_count} tasks; expected {_FEWEST_TASKS} to "
            f"{_MOST_TASKS}, and no more than the {available_count} that there are. Choose another training_time, or add tasks."
        )
        raise InvalidParams(msg)
    sizes = {page_count: math.ceil(needed_count / page_count) for page_count in range(1, _MOST_PAGES + 1)}
    return [
        TrainingConfig(
            training_tasks_in_task_suite_count=size,
            task_suites_required_to_pass=page_count,
            max_assignment_duration_seconds=math.ceil(size * task_duration_hint.total_seconds() * _LEISURE),
        )
        for page_count, size in sizes.items()
        if size * page_count <= available_count
    ]


def choose_default_training_option(options: Sequence[TrainingConfig]) -> TrainingConfig:
    """Return the option in the middle.

    Raises:
        InvalidParams: there are no options.
    """
    if not options:
        raise InvalidParams("There is no training option to choose from.")
    return options[(len(options) - 1) // 2]
