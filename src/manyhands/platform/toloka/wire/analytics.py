"""Analytics: questions about pools, and their answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .kinds import list_of
from .mirrors import encode_mirror, mirror_of
from .reading import Reader

__all__ = [
    "AnalyticsName",
    "AnalyticsRequest",
    "AnalyticsResult",
    "AnalyticsSubject",
    "decode_analytics_requests",
    "decode_analytics_results",
    "encode_analytics_requests",
    "encode_analytics_results",
    "normal_value",
]


class AnalyticsSubject(StrEnum):
    """What a question is about."""

    #: A pool.
    POOL = "POOL"


class AnalyticsName(StrEnum):
    """What is asked."""

    #: Real tasks, whatever their overlap.
    REAL_TASKS_COUNT = "real_tasks_count"
    #: Pages that wait for review.
    SUBMITTED_ASSIGNMENTS_COUNT = "submitted_assignments_count"
    #: Pages that were given back.
    SKIPPED_ASSIGNMENTS_COUNT = "skipped_assignments_count"
    #: Pages that were rejected.
    REJECTED_ASSIGNMENTS_COUNT = "rejected_assignments_count"
    #: Pages that were accepted.
    APPROVED_ASSIGNMENTS_COUNT = "approved_assignments_count"
    #: Percent of the work that is done.
    COMPLETION_PERCENTAGE = "completion_percentage"
    #: Milliseconds from taking a page to submitting it.
    AVG_SUBMIT_ASSIGNMENT_MILLIS = "avg_submit_assignment_millis"
    #: US dollars paid, without fees.
    SPENT_BUDGET = "spent_budget"
    #: Workers who took a page.
    UNIQUE_WORKERS_COUNT = "unique_workers_count"
    #: Workers who submitted a page.
    UNIQUE_SUBMITTERS_COUNT = "unique_submitters_count"
    #: Workers of the last hours whom the filter admits.
    ACTIVE_WORKERS_BY_FILTER_COUNT = "active_workers_by_filter_count"
    #: Pages that all of the work will take.
    ESTIMATED_ASSIGNMENTS_COUNT = "estimated_assignments_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsRequest:
    """One question; `interval_hours` belongs to ACTIVE_WORKERS_BY_FILTER_COUNT."""

    subject: AnalyticsSubject
    subject_id: str
    name: AnalyticsName
    interval_hours: int | None = None
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticsResult:
    """One answer.

    Attributes:
        request: the question.
        result: a number, or an object with the number as its ``value``.
        finished: whether the number is final.
    """

    request: AnalyticsRequest
    result: Any = None
    finished: bool = True
    foreign: Mapping[str, Any] = field(default_factory=dict)


def normal_value(value: float) -> dict[str, Any]:
    """Return a number in the form in which the API answers most questions.

    Example:
        >>> normal_value(96)
        {'type': 'NORMAL', 'value': 96, 'infinite': False, 'approximate': False}
    """
    return {"type": "NORMAL", "value": value, "infinite": False, "approximate": False}


def encode_analytics_requests(requests: Iterable[AnalyticsRequest]) -> list[dict[str, Any]]:
    """Return questions."""
    return [encode_mirror(request) for request in requests]


def decode_analytics_requests(document: object) -> tuple[AnalyticsRequest, ...]:
    """Return the questions of a requester.

    Raises:
        InvalidInput: the document is no list of questions.
    """
    reader = Reader.open({"requests": document})
    requests = reader.require("requests", list_of(mirror_of(AnalyticsRequest)))
    reader.close("list of questions")
    return requests


def encode_analytics_results(results: Iterable[AnalyticsResult]) -> dict[str, Any]:
    """Return answers, as the details of an operation hold them."""
    return {"value": [encode_mirror(result) for result in results]}


def decode_analytics_results(details: object) -> tuple[AnalyticsResult, ...]:
    """Return the answers that the details of an operation hold.

    Raises:
        InvalidInput: there are none.
    """
    reader = Reader.open(details)
    results = reader.require("value", list_of(mirror_of(AnalyticsResult)))
    reader.close("list of answers")
    return results
