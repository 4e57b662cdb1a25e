"""Operations: requests that may take long, known by an id before, while and after they are carried out."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from manyhands.crowd import Clock
from manyhands.errors import NotFound
from manyhands.platform.toloka.wire import Operation, OperationStatus, OperationType
from manyhands.store import Row, SqlValue, Store

from .refusals import Refused, Word
from .stamps import find_moment, to_moment, to_stamp

__all__ = ["OperationBook", "UnfinishedOperation", "list_unfinished"]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedOperation:
    """What a crash left behind: whose operation it is, and what was asked for."""

    requester: str
    id: str
    kind: OperationType
    parameters: Mapping[str, Any]
    request: str


class OperationBook:
    """The operations of one requester. Thread-safe; every change is durable.

    Args:
        store: where they are kept.
        clock: the time at which things happen.
        requester: whose operations.
    """

    def __init__(self, store: Store, *, clock: Clock, requester: str) -> None:
        self._store = store
        self._clock = clock
        self._requester = requester

    def begin(
        self,
        kind: OperationType,
        parameters: Mapping[str, Any],
        *,
        operation_id: str | None = None,
        request: str | None = None,
    ) -> Operation:
        """Write down an operation that is about to be carried out.

        Args:
            kind: what it does.
            parameters: what it is about.
            operation_id: how the caller names it; None lets us name it.
            request: what has to be carried out again after a crash.

        Raises:
            Refused: there is an operation of this id.
        """
        found_id = operation_id or str(uuid.uuid4())
        now = to_stamp(self._clock.now())
        values: dict[str, SqlValue] = {
            **self._key(found_id),
            "type": kind.value,
            "status": OperationStatus.RUNNING.value,
            "submitted": now,
            "started": now,
            "parameters": _write(parameters),
            "details": _write({}),
            "request": request,
        }
        with self._store.writing() as transaction:
            if transaction.find("create_operation", values) is None:
                raise Refused(Word.OPERATION_ALREADY_EXISTS, f"There is an operation {found_id} already.")
        return self.get(found_id)

    def finish(
        self, operation_id: str, *, details: Mapping[str, Any], log: bytes = b"[]", is_success: bool = True
    ) -> Operation:
        """Write down how an operation ended, with its log as a JSON array."""
        status = OperationStatus.SUCCESS if is_success else OperationStatus.FAIL
        values: dict[str, SqlValue] = {
            **self._key(operation_id),
            "status": status.value,
            "finished": to_stamp(self._clock.now()),
            "details": _write(details),
            "log": log.decode(),
        }
        with self._store.writing() as transaction:
            transaction.run("finish_operation", values)
        return self.get(operation_id)

    def get(self, operation_id: str) -> Operation:
        """Return the operation as it is now.

        Raises:
            NotFound: the requester has no such operation.
        """
        with self._store.reading() as transaction:
            row = transaction.find("find_operation", self._key(operation_id))
        if row is None:
            raise NotFound(f"requester {self._requester!r} has no operation {operation_id!r}")
        return _operation(row)

    def list(self) -> list[Operation]:
        """Return the requester's operations in the order in which they were asked for."""
        with self._store.reading() as transaction:
            return [_operation(row) for row in transaction.rows("list_operations", {"requester": self._requester})]

    def log(self, operation_id: str) -> bytes:
        """Return the log as a JSON array; it is empty until the operation is over.

        Raises:
            NotFound: the requester has no such operation.
        """
        with self._store.reading() as transaction:
            row = transaction.find("find_operation_log", self._key(operation_id))
        if row is None:
            raise NotFound(f"requester {self._requester!r} has no operation {operation_id!r}")
        return b"[]" if row["log"] is None else row["log"].encode()

    def _key(self, operation_id: str) -> dict[str, SqlValue]:
        return {"requester": self._requester, "id": operation_id}


def list_unfinished(store: Store) -> list[UnfinishedOperation]:
    """Return the operations of all requesters that are not over, oldest first."""
    with store.reading() as transaction:
        rows = transaction.rows("list_unfinished_operations", {})
    return [
        UnfinishedOperation(
            requester=row["requester"],
            id=row["id"],
            kind=OperationType(row["type"]),
            parameters=msgspec.json.decode(row["parameters"]),
            request=row["request"] or "",
        )
        for row in rows
    ]


def _write(value: Mapping[str, Any]) -> str:
    return msgspec.json.encode(value).decode()


def _operation(row: Row) -> Operation:
    return Operation(
        id=row["id"],
        type=row["type"],
        status=OperationStatus(row["status"]),
        submitted=to_moment(row["submitted"]),
        started=find_moment(row["started"]),
        finished=find_moment(row["finished"]),
        progress=row["progress"],
        parameters=msgspec.json.decode(row["parameters"]),
        details=msgspec.json.decode(row["details"]),
    )
