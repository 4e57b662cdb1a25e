"""A launch that somebody else goes on with: its plan, made again from the journal and from what the platform keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from manyhands.crowd import (
    BudgetId,
    Platform,
    Pool,
    PoolConfig,
    PoolId,
    Project,
    ProjectConfig,
    ProjectId,
    Task,
    TaskDraft,
    TaskKind,
    Values,
)
from manyhands.errors import InvalidInput
from manyhands.task import Class, make_class

from .params import Params
from .params_record import read_params
from .plan import SharedBudget
from .task_list import digest, digest_controls

__all__ = ["ContinuedPlan", "continue_plan", "find_obstacle"]

_KIND = "classification"
_IDENTITY = ("kind", "task", "task_key", "params", "inputs", "input_count", "controls", "control_count")
_CALL = ("whole", "language", "labels", "label_field", "params_record")


@dataclass(frozen=True, kw_only=True)
class ContinuedPlan:
    """The plan of a classification that was published before; made by `continue_plan`.

    Attributes:
        name: the name of the launch.
        document: what the journal says of it.
        params: what was chosen.
        budget: the ceiling of spending, as it is now.
        project: the task spec as it was published.
        pool: the pool of the launch.
        tasks: control tasks first, then the input objects, each in order.
    """

    name: str
    document: Mapping[str, Any] = field(repr=False)
    params: Params
    budget: SharedBudget | None
    project: Project
    pool: Pool
    tasks: tuple[TaskDraft, ...] = field(repr=False)

    @property
    def language(self) -> str:
        """The language of the task spec."""
        return str(self.document["language"])

    @cached_property
    def labels(self) -> Sequence[Class]:
        """The labels, in the order of their class; members of a class that has nothing but their values."""
        return list(make_class([str(value) for value in self.document["labels"]]))

    @property
    def control_count(self) -> int:
        """Number of control tasks."""
        return int(self.document["control_count"])

    @property
    def object_count(self) -> int:
        """Number of input objects."""
        return len(self.tasks) - self.control_count

    @property
    def task_keys(self) -> Sequence[str]:
        """The key of the task of each input object, in order."""
        return [task.key for task in self.tasks[self.control_count :]]

    def drafts(self, start: int, stop: int) -> list[TaskDraft]:
        """Return the tasks of these numbers."""
        return list(self.tasks[start:stop])

    def label_of(self, output_values: Values) -> int | None:
        """Return the number of the chosen label; None when the value is not one of them."""
        return self._numbers.get(output_values.get(self.document["label_field"]))

    def describe(self) -> dict[str, Any]:
        """Return the identity of the launch, word for word as it was written down."""
        return {name: self.document[name] for name in _IDENTITY}

    def describe_call(self) -> dict[str, Any]:
        """Return what it takes to go on once more; that it is hosted tells that nobody but a host goes on with it."""
        return {**{name: self.document[name] for name in _CALL}, "is_hosted": True}

    def project_config(self) -> ProjectConfig:
        """Return the project as it is."""
        return self.project.config

    def pool_config(self, project_id: ProjectId, *, budget_id: BudgetId | None, now: datetime) -> PoolConfig:  # noqa: ARG002 - the pool is there
        """Return the pool as it is, with as much time as the same call would give it now."""
        config = self.pool.config
        return config if config.expires is None else replace(config, expires=now + self.params.pool_lifetime)

    @cached_property
    def _numbers(self) -> Mapping[Any, int]:
        return {label.value: number for number, label in enumerate(self.labels)}


def find_obstacle(document: Mapping[str, Any]) -> str | None:
    """Return why nobody but whoever launched can go on with a launch, as far as the journal alone tells; None when somebody else can."""
    if document.get("kind") != _KIND or any(name not in document for name in _CALL):
        return "it was launched by an older manyhands, which did not write down what it takes"
    if document["params_record"] is None:
        return "its params hold something that cannot be written down"
    if document.get("pool_id") is None:
        return "nothing of it was published yet"
    if int(document.get("task_count") or 0) < int(document["control_count"]) + int(document["input_count"]):
        return "not all of its objects were published"
    return None


def continue_plan(name: str, document: Mapping[str, Any], platform: Platform) -> ContinuedPlan:
    """Return the plan of a launch that was published before, so that `Runner.start` goes on with it as the same call would.

    Cost: one pass over the tasks of its pool.

    Args:
        name: the name of the launch.
        document: what the journal says of it.
        platform: where it was published.

    Raises:
        InvalidInput: it takes whoever launched to go on; the message says why.
    """
    obstacle = find_obstacle(document)
    pool_id = PoolId(str(document.get("pool_id")))
    project = None if obstacle else platform.find_project(str(document["task_key"]))
    tasks = () if obstacle else _published(platform, pool_id)
    if obstacle is None and (project is None or not _is_whole(tasks, document)):
        obstacle = "what was published has been changed since"
    if obstacle is not None or project is None:
        raise InvalidInput(f"Only whoever launched {name!r} can go on with it: {obstacle}. Make the same call again.")
    return ContinuedPlan(
        name=name,
        document=dict(document),
        params=read_params(document["params_record"]),
        budget=_budget(platform, document),
        project=project,
        pool=platform.get_pool(pool_id),
        tasks=tasks,
    )


def _published(platform: Platform, pool_id: PoolId) -> tuple[TaskDraft, ...]:
    drafts = [_draft(task) for task in _iter_tasks(platform, pool_id)]
    # Data that was added later stands behind, whatever its kind.
    return tuple(sorted(drafts, key=lambda draft: draft.kind is not TaskKind.CONTROL))


def _iter_tasks(platform: Platform, pool_id: PoolId) -> Iterator[Task]:
    after = None
    while found := platform.list_tasks(pool_id, after):
        yield from found
        after = found[-1].id


def _draft(task: Task) -> TaskDraft:
    return TaskDraft(
        key=task.key, input_values=task.input_values, known_solutions=task.known_solutions, overlap=task.overlap
    )


def _is_whole(tasks: Sequence[TaskDraft], document: Mapping[str, Any]) -> bool:
    control_count = int(document["control_count"])
    found = digest(task.key for task in tasks[control_count:]), digest_controls(tasks[:control_count])
    return found == (document["inputs"], document["controls"])


def _budget(platform: Platform, document: Mapping[str, Any]) -> SharedBudget | None:
    budget_id = document.get("budget_id")
    if budget_id is None:
        return None
    budget = platform.get_budget(BudgetId(str(budget_id)))
    return None if budget.ceiling is None else SharedBudget(key=budget.key, ceiling=budget.ceiling)
