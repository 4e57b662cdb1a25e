"""Analytics of the requester API: numbers about pools, counted when they are asked for."""

from collections.abc import Callable, Mapping
from typing import Any

from manyhands.crowd import AssignmentStatus, PoolId
from manyhands.platform.toloka.wire import (
    AnalyticsName,
    AnalyticsRequest,
    AnalyticsResult,
    OperationType,
    decode_analytics_requests,
    encode_analytics_results,
    encode_operation,
    normal_value,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.own_records import PoolCounts
from manyhands.server.refusals import Refused

__all__ = ["ANALYTICS_DOORS"]

_PERCENT = 100


def analyse(desk: RequesterDesk, call: Call) -> Answer:
    """Answer questions about pools, as an operation."""
    requests = decode_analytics_requests(call.json() or [])
    for request in requests:
        if request.name not in _NUMBERS:
            message = f"{request.name} is not counted here; counted are {', '.join(_NUMBERS)}"
            raise Refused.field("name", "VALUE_NOT_ALLOWED", message=message)
    counts = {pool_id: _count(desk, pool_id) for pool_id in {request.subject_id for request in requests}}
    results = [_answer(request, counts[request.subject_id]) for request in requests]
    operation = desk.operations.begin(OperationType.ANALYTICS, {})
    finished = desk.operations.finish(operation.id, details=encode_analytics_results(results))
    return Answer(status=202, payload=encode_operation(finished))


def _count(desk: RequesterDesk, pool_id: str) -> PoolCounts:
    pool = desk.platform.get_pool(PoolId(pool_id))
    return desk.records.count_pool(pool.id)


def _answer(request: AnalyticsRequest, counts: PoolCounts) -> AnalyticsResult:
    return AnalyticsResult(request=request, result=normal_value(_NUMBERS[request.name](counts)))


def _pages(status: AssignmentStatus) -> Callable[[PoolCounts], float]:
    return lambda counts: counts.pages.get(status, 0)


def _completion(counts: PoolCounts) -> float:
    return _PERCENT * (counts.wanted - counts.remaining) / counts.wanted if counts.wanted else _PERCENT


_NUMBERS: Mapping[AnalyticsName, Callable[[PoolCounts], Any]] = {
    AnalyticsName.REAL_TASKS_COUNT: lambda counts: counts.real_task_count,
    AnalyticsName.SUBMITTED_ASSIGNMENTS_COUNT: _pages(AssignmentStatus.SUBMITTED),
    AnalyticsName.SKIPPED_ASSIGNMENTS_COUNT: _pages(AssignmentStatus.SKIPPED),
    AnalyticsName.REJECTED_ASSIGNMENTS_COUNT: _pages(AssignmentStatus.REJECTED),
    AnalyticsName.APPROVED_ASSIGNMENTS_COUNT: _pages(AssignmentStatus.ACCEPTED),
    AnalyticsName.COMPLETION_PERCENTAGE: _completion,
    AnalyticsName.AVG_SUBMIT_ASSIGNMENT_MILLIS: lambda counts: round(counts.mean_milliseconds),
    AnalyticsName.SPENT_BUDGET: lambda counts: float(counts.paid_rewards),
    AnalyticsName.UNIQUE_WORKERS_COUNT: lambda counts: counts.worker_count,
    AnalyticsName.UNIQUE_SUBMITTERS_COUNT: lambda counts: counts.submitter_count,
    AnalyticsName.ESTIMATED_ASSIGNMENTS_COUNT: lambda counts: counts.wanted_page_count,
}

ANALYTICS_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="POST", path="/api/staging/analytics-2", handle=analyse),
)
