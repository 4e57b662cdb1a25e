"""Aggregation: many solutions of a task become one, on the platform."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from manyhands.crowd import PoolId, SkillId, TaskId

from .mirrors import decode_mirror, encode_mirror, mirror_of
from .problems import ProblemCode, Problems
from .reading import Place

__all__ = [
    "AggregatedSolution",
    "AggregationField",
    "AggregationForm",
    "AggregationType",
    "decode_aggregated_solution",
    "decode_aggregation_form",
    "encode_aggregated_solution",
    "encode_aggregation_form",
]


class AggregationType(StrEnum):
    """How solutions are aggregated."""

    #: By the confusion matrices of workers.
    DAWID_SKENE = "DAWID_SKENE"
    #: By a skill of workers.
    WEIGHTED_DYNAMIC_OVERLAP = "WEIGHTED_DYNAMIC_OVERLAP"


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregationField:
    """An output field to aggregate."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregationForm:
    """What to aggregate.

    Attributes:
        type: how.
        pool_id: where.
        task_id: of one task; None means all of the pool.
        fields: what; one field at most for DAWID_SKENE.
        answer_weight_skill_id: the skill that weighs workers, for WEIGHTED_DYNAMIC_OVERLAP.
    """

    type: AggregationType
    pool_id: PoolId
    task_id: TaskId | None = None
    fields: tuple[AggregationField, ...]
    answer_weight_skill_id: SkillId | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregatedSolution:
    """What came out for one task; `confidence` in [0, 1]."""

    pool_id: PoolId
    task_id: TaskId
    confidence: float
    output_values: Mapping[str, Any]
    foreign: Mapping[str, Any] = field(default_factory=dict)


def encode_aggregation_form(form: AggregationForm) -> dict[str, Any]:
    """Return what to aggregate."""
    return encode_mirror(form)


def decode_aggregation_form(document: object) -> AggregationForm:
    """Return what a requester wants to have aggregated.

    Raises:
        InvalidInput: the document does not say it, or asks for what the type cannot do.
    """
    place = Place("", Problems())
    form = mirror_of(AggregationForm).read(document, place)
    is_weighted = form.type is AggregationType.WEIGHTED_DYNAMIC_OVERLAP
    if is_weighted and form.answer_weight_skill_id is None:
        place.inside("answer_weight_skill_id").refuse(ProblemCode.VALUE_REQUIRED, "expected a skill, found none")
    if not is_weighted and len(form.fields) > 1:
        message = f"expected one field, found {len(form.fields)}"
        place.inside("fields").refuse(ProblemCode.ARRAY_SIZE_GREATER_THAN_MAX, message, max=1)
    place.problems.refuse_if_any("The aggregation is not as expected; nothing was changed.")
    return form


def encode_aggregated_solution(solution: AggregatedSolution) -> dict[str, Any]:
    """Return what came out for one task."""
    return encode_mirror(solution)


def decode_aggregated_solution(document: object) -> AggregatedSolution:
    """Return what came out for one task.

    Raises:
        InvalidInput: the document is no aggregated solution.
    """
    return decode_mirror(document, AggregatedSolution, what="aggregated solution")
