"""Operations: what takes a while, and what it did step by step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from .kinds import list_of
from .lists import Batch
from .mirrors import decode_mirror, encode_mirror, mirror_of
from .reading import Reader

__all__ = [
    "BatchSubject",
    "Operation",
    "OperationStatus",
    "OperationStep",
    "OperationType",
    "count_batch",
    "decode_log",
    "decode_operation",
    "encode_log",
    "encode_operation",
    "list_steps",
]


class OperationType(StrEnum):
    """What an operation does."""

    #: Counts what happened in pools.
    ANALYTICS = "ANALYTICS"
    #: Makes control tasks of real ones.
    KNOWN_SOLUTIONS_GENERATE = "KNOWN_SOLUTIONS.GENERATE"
    #: Opens a pool.
    POOL_OPEN = "POOL.OPEN"
    #: Closes a pool.
    POOL_CLOSE = "POOL.CLOSE"
    #: Archives a pool.
    POOL_ARCHIVE = "POOL.ARCHIVE"
    #: Makes an empty pool like another; its details name the new one.
    POOL_CLONE = "POOL.CLONE"
    #: Archives a project.
    PROJECT_ARCHIVE = "PROJECT.ARCHIVE"
    #: Aggregates the solutions of a pool.
    SOLUTION_AGGREGATE = "SOLUTION.AGGREGATE"
    #: Creates tasks.
    TASK_BATCH_CREATE = "TASK.BATCH_CREATE"
    #: Creates task suites.
    TASK_SUITE_BATCH_CREATE = "TASK_SUITE.BATCH_CREATE"
    #: Opens a training.
    TRAINING_OPEN = "TRAINING.OPEN"
    #: Closes a training.
    TRAINING_CLOSE = "TRAINING.CLOSE"
    #: Archives a training.
    TRAINING_ARCHIVE = "TRAINING.ARCHIVE"
    #: Makes an empty training like another.
    TRAINING_CLONE = "TRAINING.CLONE"
    #: Pays bonuses.
    USER_BONUS_BATCH_CREATE = "USER_BONUS.BATCH_CREATE"


class OperationStatus(StrEnum):
    """How far an operation is; SUCCESS and FAIL are final."""

    #: Not begun.
    PENDING = "PENDING"
    #: Going on.
    RUNNING = "RUNNING"
    #: Done.
    SUCCESS = "SUCCESS"
    #: Not done.
    FAIL = "FAIL"


class BatchSubject(StrEnum):
    """What many items of one request are."""

    #: Tasks.
    TASK = "TASK"
    #: Task suites.
    TASK_SUITE = "TASK_SUITE"
    #: Bonuses.
    USER_BONUS = "USER_BONUS"

    @property
    def created_step(self) -> str:
        """The type of the step that made an item."""
        return f"{self.value}_{'PERSIST' if self is BatchSubject.USER_BONUS else 'CREATE'}"

    @property
    def refused_step(self) -> str:
        """The type of the step that refused an item."""
        return f"{self.value}_VALIDATE"

    @property
    def id_field(self) -> str:
        """The field of the output that holds the id of what was made."""
        return f"{self.value.lower()}_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """An operation.

    Attributes:
        id: the one that the requester chose, if any.
        type: one of `OperationType`, or another word of the API.
        status: how far it is.
        submitted: when it was asked for.
        started: when it began.
        finished: when it ended.
        progress: percent, 0..100.
        parameters: what was asked for.
        details: what came out.
        foreign: what else the API says.
    """

    id: str
    type: str
    status: OperationStatus
    submitted: datetime | None = None
    started: datetime | None = None
    finished: datetime | None = None
    progress: int | None = None
    parameters: Mapping[str, Any] | None = None
    details: Any = None
    foreign: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        """Whether it ended, well or badly."""
        return self.status in {OperationStatus.SUCCESS, OperationStatus.FAIL}


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationStep:
    """One step of an operation.

    Attributes:
        type: such as ``TASK_CREATE``.
        success: whether it did what it should.
        input: the item as it was sent, markers of clients (``__item_idx``) included.
        output: the id of what was made, or field → problem.
    """

    type: str
    success: bool
    input: Mapping[str, Any] | None = None
    output: Mapping[str, Any] | None = None


def encode_operation(operation: Operation) -> dict[str, Any]:
    """Return an operation."""
    return encode_mirror(operation)


def decode_operation(document: object) -> Operation:
    """Return the operation that a platform shows.

    Raises:
        InvalidInput: the document is no operation.
    """
    return decode_mirror(document, Operation, what="operation")


def encode_log(steps: Sequence[OperationStep]) -> list[dict[str, Any]]:
    """Return the steps of an operation."""
    return [encode_mirror(step) for step in steps]


def decode_log(document: object) -> tuple[OperationStep, ...]:
    """Return the steps that a platform shows.

    Raises:
        InvalidInput: the document is no list of steps.
    """
    reader = Reader.open({"log": document})
    steps = reader.require("log", list_of(mirror_of(OperationStep)))
    reader.close("log of an operation")
    return steps


def list_steps(
    documents: Sequence[Mapping[str, Any]], batch: Batch[str], *, subject: BatchSubject
) -> list[OperationStep]:
    """Return the steps that made or refused many items, in the order of the request.

    Args:
        documents: the items as they were sent.
        batch: place → id of what was made, and place → field → problem. An item that is in neither, because the others spoiled
            the request, has no step.
        subject: what the items are.

    Example:
        >>> made = Batch(items={0: "t1"}, validation_errors={})
        >>> list_steps([{"__item_idx": "0"}], made, subject=BatchSubject.TASK)[0].output
        {'task_id': 't1'}
    """
    steps = []
    for place, document in enumerate(documents):
        if place in batch.items:
            output: Mapping[str, Any] = {subject.id_field: batch.items[place]}
            steps.append(OperationStep(type=subject.created_step, success=True, input=document, output=output))
        elif place in batch.validation_errors:
            output = batch.validation_errors[place]
            steps.append(OperationStep(type=subject.refused_step, success=False, input=document, output=output))
    return steps


def count_batch(total_count: int, *, valid_count: int, success_count: int) -> dict[str, int]:
    """Return the details of an operation on many items."""
    return {
        "total_count": total_count,
        "valid_count": valid_count,
        "not_valid_count": total_count - valid_count,
        "success_count": success_count,
        "failed_count": total_count - success_count,
    }
