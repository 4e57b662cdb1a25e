"""Operations of the requester API."""

from manyhands.platform.toloka.wire import OPERATIONS, Operation, OperationType, encode_operation
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

__all__ = ["OPERATION_DOORS"]

_FIELDS: Fields[Operation] = {
    "id": lambda operation: operation.id,
    "type": lambda operation: str(operation.type),
    "status": lambda operation: operation.status.value,
    "submitted": lambda operation: operation.submitted,
    "started": lambda operation: operation.started,
    "finished": lambda operation: operation.finished,
}


def list_operations(desk: RequesterDesk, call: Call) -> Answer:
    """List the requester's operations."""
    listing = Listing(call, OPERATIONS, _FIELDS, desk.settings)
    return listing.answer(desk.operations.list(), encode_operation)


def get_operation(desk: RequesterDesk, call: Call) -> Answer:
    """Show one operation."""
    return Answer(payload=encode_operation(desk.operations.get(call.path["id"])))


def get_operation_log(desk: RequesterDesk, call: Call) -> Answer:
    """Show what became of each item of an operation."""
    operation = desk.operations.get(call.path["id"])
    # What an aggregation found is kept where others keep their steps, and has a door of its own.
    is_aggregation = operation.type == OperationType.SOLUTION_AGGREGATE
    return Answer(content=b"[]" if is_aggregation else desk.operations.log(operation.id))


OPERATION_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/operations/{id}", handle=get_operation),
    Door(method="GET", path="/api/v1/operations/{id}/log", handle=get_operation_log),
    Door(method="GET", path="/api/v1/operations", handle=list_operations),
)
