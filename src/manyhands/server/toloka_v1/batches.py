"""Batches: many items in one request, each accepted or refused by itself, carried out now or as an operation."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from manyhands.errors import InvalidInput, ManyhandsError
from manyhands.platform.toloka import wire
from manyhands.platform.toloka.wire import (
    BatchSubject,
    CreationParameters,
    Operation,
    OperationType,
    count_batch,
    describe_problems,
    encode_json,
    encode_operation,
    list_steps,
    parse_creation,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.refusals import Refused, Word, tell

__all__ = ["Batch", "BatchKind", "BatchOutcome", "answer_batch", "carry_out", "describe", "read_batch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Items that came in one request.

    Attributes:
        id: the operation's id; the same items under the same id are made once. None makes them anew each time.
        wish: how the items are to be made.
        is_single: the request held one object, not a list.
    """

    id: str
    items: Sequence[Any]
    wish: CreationParameters = field(default_factory=CreationParameters)
    is_single: bool = False

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
        subject: what the items are.
        operation: what an operation on them is called.
        make: makes what can be made and tells what cannot; nothing at all when an item is wrong and invalid items are not to be skipped.
        show: returns what was made as the API writes it.
        most_at_once: the most items without an operation.
    """

    subject: BatchSubject
    operation: OperationType
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
    wish, body = parse_creation(call.query), call.json()
    # Clients send no body at all for an empty list.
    items = [] if body is None else body
    if not isinstance(items, (list, dict)):
        raise Refused(Word.VALIDATION_ERROR, f"Expected an object or a list of objects, found {type(items).__name__}.")
    return Batch(
        id=wish.operation_id or new_id,
        items=items if isinstance(items, list) else [items],
        wish=wish,
        is_single=isinstance(items, dict),
    )


def answer_batch(desk: RequesterDesk, call: Call, *, kind: BatchKind, batch: Batch) -> Answer:
    """Answer a request that holds a batch: with an operation in `async_mode`, else with what was made."""
    if batch.wish.async_mode:
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
    total = len(batch.items)
    details = count_batch(total, valid_count=total - len(outcome.problems), success_count=len(outcome.made))
    is_success = bool(outcome.made) or not batch.items
    came_out = wire.Batch(items=outcome.made, validation_errors=outcome.problems)
    # Every field of every step is set, so the records can be written as they are; there may be a hundred thousand.
    steps = list_steps(batch.items, came_out, subject=kind.subject)
    return desk.operations.finish(batch.id, details=details, log=encode_json(steps), is_success=is_success)


def describe(error: InvalidInput) -> dict[str, Any]:
    """Return the problems of one item."""
    return describe_problems(error.problems or (str(error),))


def _start(desk: RequesterDesk, kind: BatchKind, batch: Batch) -> Answer:
    # What is asked for is kept until it is done: after a crash it is carried out again, and what was made then is recognised by its key.
    request = msgspec.json.encode(batch.items).decode()
    parameters = msgspec.to_builtins(batch.wish)
    operation = desk.operations.begin(kind.operation, parameters, operation_id=batch.id, request=request)
    if len(batch.items) > desk.settings.background_item_count:
        desk.background.submit(carry_out, desk, kind, batch)
    else:
        operation = carry_out(desk, kind, batch)
    return Answer(status=202, payload=encode_operation(operation))
