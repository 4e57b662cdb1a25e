"""Batches: many items in one request, each accepted or refused by itself, carried out now or as an operation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from manyhands.errors import InvalidInput, ManyhandsError
from manyhands.platform.toloka.wire import describe_problems
from manyhands.server.calls import Answer, Call, encode
from manyhands.server.desks import RequesterDesk
from manyhands.server.operations import Operation, OperationKind
from manyhands.server.refusals import Refused, Word, tell

from .operations import encode_operation

__all__ = ["Batch", "BatchKind", "BatchOutcome", "answer_batch", "carry_out", "describe", "read_batch"]

_SWITCHES = ("allow_defaults", "skip_invalid_items", "open_pool")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Items that came in one request.

    Attributes:
        id: the operation's id; the same items under the same id are made once. None makes them anew each time.
        switches: the request's switches that are on.
        is_single: the request held one object, not a list.
    """

    id: str
    items: Sequence[Any]
    switches: frozenset[str] = frozenset()
    is_single: bool = False

    def has(self, switch: str) -> bool:
        """Return whether a switch is on."""
        return switch in self.switches

    def key(self, place: int) -> str:
        """Return what names an item for ever."""
        return f"{self.id}/{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOutcome:
    """What became of the items, by their places: ids of what was made, problems (field → code, message, params) of the rest."""

    made: Mapping[int, str] = field(default_factory=dict)
    problems: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchKind:
    """A kind of items.

    Attributes:
        operation: the kind of operation.
        made_type: how the log calls a step that made something.
        refused_type: how the log calls a step that did not.
        id_field: how the log calls the id of what was made.
        make: makes what can be made and tells what cannot; nothing at all when an item is wrong and invalid items are not to be skipped.
        show: returns what was made as the API writes it.
        most_at_once: the most items without an operation.
    """

    operation: OperationKind
    made_type: str
    refused_type: str
    id_field: str
    make: Callable[[RequesterDesk, Batch], BatchOutcome]
    show: Callable[[RequesterDesk, str, Call], Any]
    most_at_once: int


def read_batch(call: Call, *, new_id: str) -> Batch:
    """Return the batch of a request.

    Args:
        call: the request.
        new_id: the id of a batch that the caller does not name.

    Raises:
        Refused: the body is neither an object nor a list.
    """
    body = call.json()
    # Clients send no body at all for an empty list.
    items = [] if body is None else body
    if not isinstance(items, (list, dict)):
        raise Refused(Word.VALIDATION_ERROR, f"Expected an object or a list of objects, found {type(items).__name__}.")
    return Batch(
        id=call.query.get("operation_id") or new_id,
        items=items if isinstance(items, list) else [items],
        switches=frozenset(name for name in _SWITCHES if call.flag(name)),
        is_single=isinstance(items, dict),
    )


def answer_batch(desk: RequesterDesk, call: Call, *, kind: BatchKind, batch: Batch) -> Answer:
    """Answer a request that holds a batch: with an operation in `async_mode`, else with what was made."""
    if call.flag("async_mode"):
        return _start(desk, kind, batch)
    if len(batch.items) > kind.most_at_once:
        message = f"{len(batch.items)} items; at most {kind.most_at_once} without async_mode=true."
        raise Refused(Word.REQUEST_TOO_LARGE, message)
    outcome = kind.make(desk, batch)
    if outcome.problems and not outcome.made:
        payload = outcome.problems[0] if batch.is_single else outcome.problems
        raise Refused(Word.VALIDATION_ERROR, "Validation failed; nothing was made.", payload)
    if batch.is_single:
        return Answer(status=201, payload=kind.show(desk, outcome.made[0], call))
    shown = {str(place): kind.show(desk, made, call) for place, made in outcome.made.items()}
    return Answer(status=201, payload={"items": shown, "validation_errors": outcome.problems})


def carry_out(desk: RequesterDesk, kind: BatchKind, batch: Batch) -> Operation:
    """Make what the batch holds and write down how it ended; doing it again changes nothing."""
    try:
        outcome = kind.make(desk, batch)
    except ManyhandsError as error:
        failure = tell(error)
        described = {"": {"code": failure.code, "message": failure.message, "params": {}}}
        outcome = BatchOutcome(problems=dict.fromkeys(range(len(batch.items)), described))
    total, failed = len(batch.items), len(outcome.problems)
    details = {
        "total_count": total,
        "valid_count": total - failed,
        "not_valid_count": failed,
        "success_count": len(outcome.made),
        "failed_count": total - len(outcome.made),
    }
    is_success = bool(outcome.made) or not batch.items
    log = _write_log(kind, batch, outcome)
    return desk.operations.finish(batch.id, details=details, log=log, is_success=is_success)


def describe(error: InvalidInput) -> dict[str, Any]:
    """Return the problems of one item."""
    return describe_problems(error.problems or (str(error),))


def _start(desk: RequesterDesk, kind: BatchKind, batch: Batch) -> Answer:
    # What is asked for is kept until it is done: after a crash it is carried out again, and what was made then is recognised by its key.
    request = msgspec.json.encode(batch.items).decode()
    parameters = {name: name in batch.switches for name in _SWITCHES}
    operation = desk.operations.begin(kind.operation, parameters, operation_id=batch.id, request=request)
    if len(batch.items) > desk.settings.background_item_count:
        desk.background.submit(carry_out, desk, kind, batch)
    else:
        operation = carry_out(desk, kind, batch)
    return Answer(status=202, payload=encode_operation(operation))


def _write_log(kind: BatchKind, batch: Batch, outcome: BatchOutcome) -> bytes:
    steps = []
    for place, item in enumerate(batch.items):
        if place in outcome.made:
            output: Mapping[str, Any] = {kind.id_field: outcome.made[place]}
            steps.append({"type": kind.made_type, "success": True, "input": item, "output": output})
        elif place in outcome.problems:
            output = outcome.problems[place]
            steps.append({"type": kind.refused_type, "success": False, "input": item, "output": output})
    return encode(steps)
