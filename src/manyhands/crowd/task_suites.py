"""Pages that a requester puts together, for pools without a mixer, and those that the platform has put together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .ids import PoolId, TaskSuiteId, WorkerId
from .tasks import Task, TaskDraft

__all__ = ["TaskSuite", "TaskSuiteChange", "TaskSuiteDraft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSuiteDraft:
    """A task suite to be added to a pool without a mixer; it is issued as one page, with its tasks in this order.

    Attributes:
        key: the requester's own name for the suite; adding it again to the pool with the same key returns the same suite.
        tasks: what is on the page. Their own keys, overlaps and workers mean nothing: a task is named after its suite and its place there.
        overlap: pages wanted; 0 keeps the suite back; None (`INFINITE_OVERLAP`) means every worker may get it.
        reserved_for: only these workers may get the suite; empty means everybody.
        unavailable_for: these workers never get the suite; unknown ids are allowed.
        issuing_order_override: suites with a higher one come first, within ±99999.99999 and in steps of 0.00001.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    key: str
    tasks: tuple[TaskDraft, ...]
    overlap: int | None = 1
    reserved_for: frozenset[WorkerId] = field(default_factory=frozenset)
    unavailable_for: frozenset[WorkerId] = field(default_factory=frozenset)
    issuing_order_override: float = 0.0
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSuite:
    """A task suite as the platform knows it.

    Attributes:
        key: empty for a suite that the platform has put together.
        tasks: in the order of the page; their overlaps are those of the suite, unless the platform has put it together.
        overlap: pages wanted; None means infinite.
        remaining_overlap: how many more workers may get it now; None means infinite.
        is_mixed: the platform has put it together for one page.
        foreign: fields of a foreign API that manyhands keeps and gives back, but does not act on.
    """

    id: TaskSuiteId
    pool_id: PoolId
    key: str
    created: datetime
    tasks: tuple[Task, ...]
    overlap: int | None = 1
    remaining_overlap: int | None = 1
    reserved_for: frozenset[WorkerId] = field(default_factory=frozenset)
    unavailable_for: frozenset[WorkerId] = field(default_factory=frozenset)
    issuing_order_override: float = 0.0
    is_mixed: bool = False
    foreign: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSuiteChange:
    """What is to be different about a task suite; a field of None stays as it is.

    Attributes:
        overlap: pages wanted; not fewer than are consumed.
        is_endless: True lets every worker get the suite; False gives a suite without an end the overlap that new suites of its pool have.
        issuing_order_override: suites with a higher one come first.
    """

    overlap: int | None = None
    is_endless: bool | None = None
    issuing_order_override: float | None = None
