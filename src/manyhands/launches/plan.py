"""Everything that one launch is going to ask of a platform, fixed before it starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from manyhands.crowd import (
    BudgetId,
    MixerConfig,
    Money,
    PoolConfig,
    ProjectConfig,
    ProjectId,
    TaskDraft,
    TrainingRequirement,
    Values,
)
from manyhands.projects import project_config
from manyhands.quality import platform_rules
from manyhands.task import Class, ControlObject, InputObjects, PreparedTaskSpec

from .params import Params
from .params_record import find_record
from .task_list import TaskList

__all__ = ["ClassificationPlan", "LabelingPlan", "SharedBudget"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBudget:
    """A ceiling of spending, fees included; launches that name the same key on the same platform share it."""

    key: str
    ceiling: Money


class LabelingPlan(Protocol):
    """What the launch machine has to know of a labeling; classification is one, side-by-side or checks are others.

    Tasks are numbered: control tasks first, then one task per input object. Labels are numbered from zero.
    """

    @property
    def name(self) -> str:
        """The name of the launch."""
        ...

    @property
    def params(self) -> Params:
        """What was chosen."""
        ...

    @property
    def budget(self) -> SharedBudget | None:
        """The ceiling of spending; None means no ceiling."""
        ...

    @property
    def language(self) -> str:
        """The language of comments to workers, upper-case ISO 639-1."""
        ...

    @property
    def labels(self) -> Sequence[Class]:
        """The labels, by number."""
        ...

    @property
    def control_count(self) -> int:
        """Number of control tasks."""
        ...

    @property
    def object_count(self) -> int:
        """Number of input objects."""
        ...

    @property
    def task_keys(self) -> Sequence[str]:
        """The key of the task of each input object, in order; asked more than once."""
        ...

    def drafts(self, start: int, stop: int) -> list[TaskDraft]:
        """Return the tasks of these numbers."""
        ...

    def label_of(self, output_values: Values) -> int | None:
        """Return the number of the label that a worker chose; None when there is none."""
        ...

    def describe(self) -> dict[str, Any]:
        """Return the identity of the launch as plain JSON values: hashes of task and data, and the params in full."""
        ...

    def describe_call(self) -> dict[str, Any]:
        """Return, as plain JSON values, what it takes beside the platform's records to go on without whoever called."""
        ...

    def project_config(self) -> ProjectConfig:
        """Return the project to publish."""
        ...

    def pool_config(self, project_id: ProjectId, *, budget_id: BudgetId | None, now: datetime) -> PoolConfig:
        """Return the pool to create."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationPlan:
    """A labeling in which every object gets one label of a class.

    Attributes:
        name: the name of the launch.
        task_spec: what workers see and may answer.
        params: what was chosen.
        tasks: what is to be labeled, and the control tasks.
        budget: the ceiling of spending.
        exclusive_group: the name of the whole that the launch is a basket of; its baskets share no worker when the params ask for it. None
            for a launch by itself.
        training: what has to be passed first; found on the platform when the params ask for a training.
    """

    name: str
    task_spec: PreparedTaskSpec
    params: Params
    tasks: TaskList
    budget: SharedBudget | None = None
    exclusive_group: str | None = None
    training: TrainingRequirement | None = None

    @property
    def input_objects(self) -> tuple[InputObjects, ...]:
        """What is to be labeled."""
        return self.tasks.input_objects

    @property
    def control_objects(self) -> tuple[ControlObject, ...]:
        """Input objects with their known solution."""
        return self.tasks.control_objects

    @property
    def language(self) -> str:
        """The language of the task spec."""
        return self.task_spec.lang

    @property
    def labels(self) -> Sequence[Class]:
        """The members of the class, in the order of its definition."""
        return self.task_spec.label_class.possible_instances()

    @property
    def control_count(self) -> int:
        """Number of control tasks."""
        return len(self.control_objects)

    @property
    def object_count(self) -> int:
        """Number of input objects."""
        return len(self.input_objects)

    @property
    def task_keys(self) -> Sequence[str]:
        """The key of the task of each input object, in order."""
        return self.tasks.keys

    def drafts(self, start: int, stop: int) -> list[TaskDraft]:
        """Return the tasks of these numbers: control tasks first, each for every worker, then the objects with the smallest overlap."""
        return self.tasks.drafts(start, stop, overlap=self.params.overlap.min_overlap)

    def label_of(self, output_values: Values) -> int | None:
        """Return the number of the chosen label; None when the value is not one of the class."""
        return _label_numbers(self.task_spec).get(output_values.get(_output_field(self.task_spec)))

    def project_config(self) -> ProjectConfig:
        """Return the task spec as a project."""
        return project_config(self.task_spec)

    def pool_config(self, project_id: ProjectId, *, budget_id: BudgetId | None, now: datetime) -> PoolConfig:
        """Return the pool of the launch; pages are judged by the launch, so nothing is accepted by itself at once."""
        params, pricing = self.params, self.params.pricing_config
        return PoolConfig(
            project_id=project_id,
            key=f"launch:{self.name}",
            reward=pricing.assignment_price,
            assignment_duration=_assignment_duration(params),
            mixer=MixerConfig(
                real_count=pricing.real_tasks_count, control_count=pricing.control_tasks_count, min_real_count=1
            ),
            default_overlap=params.overlap.min_overlap,
            expires=now + params.pool_lifetime,
            training_requirement=self.training,
            worker_filter=None if params.worker_filter is None else params.worker_filter.expression(now.date()),
            quality_rules=platform_rules(
                params.control,
                params.page_hint,
                control_count=pricing.control_tasks_count,
                work_duration_before_vacation=params.work_duration_before_vacation,
            ),
            budget_id=budget_id,
            max_bonus=params.control.max_bonus,
            exclusive_group=self.exclusive_group if params.exclusive_workers else None,
            private_note=self.name,
        )

    def describe(self) -> dict[str, Any]:
        """Return the identity of the launch as plain JSON values: hashes of task and data, and the params in full."""
        return {
            "kind": "classification",
            "task": self.task_spec.identity,
            "task_key": self.task_spec.key,
            "params": self.params.describe(),
            **self.tasks.describe(),
        }

    def describe_call(self) -> dict[str, Any]:
        """Return, as plain JSON values, what it takes beside the platform's records to go on without whoever called."""
        return {
            "is_hosted": False,
            "whole": self.exclusive_group,
            "language": self.language,
            "labels": [label.value for label in self.labels],
            "label_field": _output_field(self.task_spec),
            "params_record": find_record(self.params),
        }

    def renamed(self, name: str) -> "ClassificationPlan":
        """Return the same plan under another name."""
        return replace(self, name=name)

    def after(self, training: TrainingRequirement | None) -> "ClassificationPlan":
        """Return the same plan for workers who have passed a training; None asks for none."""
        return replace(self, training=training)

    def paid_by(self, budget: SharedBudget) -> "ClassificationPlan":
        """Return the same plan with a ceiling of spending."""
        return replace(self, budget=budget)


def _assignment_duration(params: Params) -> timedelta:
    return params.page_hint * 5 if params.assignment_duration is None else params.assignment_duration


def _output_field(spec: PreparedTaskSpec) -> str:
    return spec.mapping.outputs[0].name


def _label_numbers(spec: PreparedTaskSpec) -> Mapping[Any, int]:
    return {label.value: number for number, label in enumerate(spec.label_class.possible_instances())}
