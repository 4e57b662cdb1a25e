"""What is chosen for a launch: price, overlap, control, filter, aggregation, limits."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import StrEnum
from types import NoneType
from typing import Any

import msgspec

from manyhands.crowd import Money, PoolId
from manyhands.errors import InvalidParams
from manyhands.planning import PoolPricingConfig
from manyhands.quality import Control, DynamicOverlap, Overlap, StaticOverlap

from .worker_filter import WorkerFilter, find_score_problems

__all__ = ["AggregationAlgorithm", "Params"]

_ATTEMPTS_PER_WANTED_ANSWER = 3

_MESSAGE = "The params cannot work; nothing was published."

#: Durations of the params, and whether there has to be one.
_DURATIONS = {
    "task_duration_hint": True,
    "work_duration_before_vacation": False,
    "assignment_duration": False,
    "pool_lifetime": True,
}

#: What the other params are, and how they are made.
_KINDS: dict[str, tuple[tuple[type, ...], str]] = {
    "pricing_config": (
        (PoolPricingConfig,),
        "PoolPricingConfig(assignment_price=..., real_tasks_count=..., control_tasks_count=...)",
    ),
    "overlap": ((StaticOverlap, DynamicOverlap), "StaticOverlap(3) or DynamicOverlap(2, 5, 0.85)"),
    "control": ((Control,), "Control(rules), with the rules of a RuleBuilder"),
    "worker_filter": ((WorkerFilter, NoneType), "WorkerFilter(...) or None"),
    "max_attempts": ((int, NoneType), "a whole number or None"),
    "training": ((str, NoneType), "the id of a training's pool, such as create_training(...).id, or None"),
}


#: Fields that came later. They are left out of the identity while they say nothing, so that launches without a name keep the one they have.
_LATER = ("training_score", "training")


class AggregationAlgorithm(StrEnum):
    """How answers become a label and a probability."""

    #: The share of the votes.
    MAJORITY_VOTE = "majority-vote"
    #: Votes weighted by the workers' accuracy on control tasks.
    MAX_LIKELIHOOD = "max-likelihood"
    #: A confusion matrix per worker, estimated together with the labels.
    DAWID_SKENE = "dawid-skene"
    #: One accuracy per worker, estimated together with the labels.
    ONE_COIN_DAWID_SKENE = "one-coin-dawid-skene"


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """What is chosen for a launch.

    Attributes:
        task_duration_hint: the expected time for one task.
        pricing_config: reward and number of real and control tasks per page.
        overlap: answers wanted per object, fixed or until confident.
        control: what happens to pages and workers; built with `RuleBuilder`.
        worker_filter: who may work; None admits everybody.
        aggregation_algorithm: how answers become labels and confidences.
        work_duration_before_vacation: time of work after which a worker is sent on a break; None means never.
        exclusive_workers: a worker of one basket gets no page of another basket of the same `launch_baskets` call.
        max_attempts: answers, rejected ones included, that one object may cost; then it is given up as unfinished. None means three
            times the largest overlap.
        assignment_duration: time a worker has for one page; None means five times the hint for all its tasks.
        pool_lifetime: the pool closes after this time at the latest; it counts from the last call of the launch.
        training_score: the smallest training skill in [0, 1] with which a worker may work; None takes that of the worker filter. Without either no
            training is asked for.
        training: the training that has to be passed, by the id of its pool; None takes the newest open training of the project.

    Raises:
        InvalidParams: values of a wrong kind or out of range; all problems in one error.
    """

    task_duration_hint: timedelta
    pricing_config: PoolPricingConfig
    overlap: Overlap
    control: Control
    worker_filter: WorkerFilter | None = None
    aggregation_algorithm: AggregationAlgorithm = AggregationAlgorithm.MAX_LIKELIHOOD
    work_duration_before_vacation: timedelta | None = timedelta(hours=1)
    exclusive_workers: bool = False
    max_attempts: int | None = None
    assignment_duration: timedelta | None = None
    pool_lifetime: timedelta = timedelta(days=30)
    training_score: float | None = None
    training: PoolId | None = None

    def __post_init__(self) -> None:
        problems = [*self._find_wrong_kinds(), *self._find_wrong_durations(), *find_score_problems(self.training_score)]
        if problems:
            raise InvalidParams(_MESSAGE, problems)
        problems += self._find_training_contradictions()
        if self.max_attempts is not None and self.max_attempts < self.overlap.min_overlap:
            problems.append(
                f"max_attempts is {self.max_attempts}; expected at least the overlap, {self.overlap.min_overlap}"
            )
        if problems:
            raise InvalidParams(_MESSAGE, problems)

    def _find_wrong_kinds(self) -> Iterator[str]:
        for name, (kinds, expected) in _KINDS.items():
            value = getattr(self, name)
            if not isinstance(value, kinds):
                yield f"{name} is {value!r:.80}; expected {expected}"
        if self.aggregation_algorithm not in list(AggregationAlgorithm):
            known = ", ".join(AggregationAlgorithm)
            yield f"aggregation_algorithm is {self.aggregation_algorithm!r}; expected one of {known}"

    def _find_wrong_durations(self) -> Iterator[str]:
        for name, is_needed in _DURATIONS.items():
            value = getattr(self, name)
            if value is None and not is_needed:
                continue
            if not isinstance(value, timedelta):
                yield f"{name} is {value!r}; expected a duration, such as timedelta(seconds=10)"
            elif value <= timedelta(0):
                yield f"{name} is {value}; expected more than zero"

    def _find_training_contradictions(self) -> Iterator[str]:
        in_filter = None if self.worker_filter is None else self.worker_filter.training_score
        if self.training is not None and self.passing_skill is None:
            yield f"training is {self.training!r}, but training_score does not say how well it has to be passed"
        if None not in (self.training_score, in_filter) and self.training_score != in_filter:
            yield f"training_score is {self.training_score}, but {in_filter} in worker_filter; say it in one place"

    @property
    def passing_skill(self) -> float | None:
        """The smallest training skill in [0, 1] with which a worker may work; None asks for no training."""
        if self.training_score is not None or self.worker_filter is None:
            return self.training_score
        return self.worker_filter.training_score

    @property
    def attempt_limit(self) -> int:
        """Answers, rejected ones included, after which an object is given up."""
        return (
            _ATTEMPTS_PER_WANTED_ANSWER * self.overlap.max_overlap if self.max_attempts is None else self.max_attempts
        )

    @property
    def page_hint(self) -> timedelta:
        """The expected time for a full page."""
        return self.task_duration_hint * self.pricing_config.get_tasks_count()

    def describe(self) -> dict[str, Any]:
        """Return the params as plain JSON values, one entry per field, as the journal keeps and compares them; the same in every process."""
        encoded = {
            field.name: msgspec.json.encode(getattr(self, field.name), enc_hook=_plain, order="deterministic")
            for field in fields(self)
            if not (field.name in _LATER and getattr(self, field.name) is None)
        }
        return {name: msgspec.json.decode(value) for name, value in encoded.items()}


def _plain(value: object) -> object:
    if isinstance(value, Money):
        return str(value.usd)
    return repr(value)
