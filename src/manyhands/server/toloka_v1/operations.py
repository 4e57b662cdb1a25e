"""Operations of the requester API."""

from typing import Any

from manyhands.platform.toloka.wire import write_moment
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Column, Listing, moment_column
from manyhands.server.operations import Operation

__all__ = ["OPERATION_DOORS", "encode_operation"]

_COLUMNS: tuple[Column[Operation], ...] = (
    Column(name="id", value=lambda operation: operation.id),
    Column(name="type", value=lambda operation: operation.kind.value),
    Column(name="status", value=lambda operation: operation.status.value),
    moment_column("submitted", lambda operation: operation.submitted),
    moment_column("started", lambda operation: operation.started),
    moment_column("finished", lambda operation: operation.finished),
)


def encode_operation(operation: Operation) -> dict[str, Any]:
    """Return an operation as the API writes it."""
    moments = {"submitted": operation.submitted, "started": operation.started, "finished": operation.finished}
    return {
        "id": operation.id,
        "type": operation.kind.value,
        "status": operation.status.value,
        **{name: write_moment(moment) for name, moment in moments.items() if moment is not None},
        "progress": operation.progress,
        "parameters": operation.parameters,
        "details": operation.details,
    }


def list_operations(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's operations."""
    listing = Listing(call, _COLUMNS, desk.settings)
    return listing.answer(desk.operations.list(), encode_operation)


def get_operation(desk: RequesterDesk, call: Call) -> Answer:
    """Show one operation."""
    return Answer(payload=encode_operation(desk.operations.get(call.path["id"])))


def get_operation_log(desk: RequesterDesk, call: Call) -> Answer:
    """Show what became of each item of an operation."""
    return Answer(content=desk.operations.log(call.path["id"]))


OPERATION_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/operations/{id}", handle=get_operation),
    Door(method="GET", path="/api/v1/operations/{id}/log", handle=get_operation_log),
    Door(method="GET", path="/api/v1/operations", handle=list_operations),
)
