"""Bonuses of the requester API."""

import uuid
from typing import Any

from manyhands.crowd import Bonus, BonusDraft
from manyhands.errors import InvalidInput, NotFound
from manyhands.platform.toloka.wire import (
    USER_BONUSES,
    BatchSubject,
    OperationType,
    ProblemCode,
    WireProblem,
    decode_bonus_draft,
    encode_bonus,
)
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.listing import Fields, Listing

from .batches import Batch, BatchKind, BatchOutcome, answer_batch, describe, read_batch

__all__ = ["BONUS_BATCH", "BONUS_DOORS"]

_MOST_AT_ONCE = 100
_FIELDS: Fields[Bonus] = {
    "id": lambda bonus: bonus.id,
    "created": lambda bonus: bonus.created,
    "user_id": lambda bonus: bonus.worker_id,
    "assignment_id": lambda bonus: bonus.assignment_id,
}


def list_bonuses(desk: RequesterDesk, call: Call) -> Answer:
    """List the bonuses that the requester paid."""
    return Listing(call, USER_BONUSES, _FIELDS, desk.settings).answer(desk.records.bonuses(), encode_bonus)


def get_bonus(desk: RequesterDesk, call: Call) -> Answer:
    """Show one bonus."""
    return Answer(payload=_show(desk, call.path["id"], call))


def create_bonuses(desk: RequesterDesk, call: Call) -> Answer:
    """Pay bonuses, now or as an operation."""
    return answer_batch(desk, call, kind=BONUS_BATCH, batch=read_batch(call, new_id=str(uuid.uuid4())))


def _show(desk: RequesterDesk, bonus_id: str, _call: Call) -> dict[str, Any]:
    found = next((bonus for bonus in desk.records.bonuses() if bonus.id == bonus_id), None)
    if found is None:
        raise NotFound(f"requester {desk.requester!r} has no bonus {bonus_id}")
    return encode_bonus(found)


def _make_bonuses(desk: RequesterDesk, batch: Batch) -> BatchOutcome:
    drafts: dict[int, BonusDraft] = {}
    problems: dict[int, dict[str, Any]] = {}
    for place, item in enumerate(batch.items):
        try:
            drafts[place] = _read_draft(desk, item, key=batch.key(place))
        except InvalidInput as error:
            problems[place] = describe(error)
    if problems and not batch.wish.skip_invalid_items:
        return BatchOutcome(problems=problems)
    made = {place: str(desk.platform.pay_bonus(draft).id) for place, draft in drafts.items()}
    return BatchOutcome(made=made, problems=problems)


def _read_draft(desk: RequesterDesk, item: object, *, key: str) -> BonusDraft:
    draft = decode_bonus_draft(item, key=key)
    # Looked up before anything is paid: either all bonuses are paid or none.
    if not desk.records.has_worker(draft.worker_id):
        message = f"expected a worker, found {draft.worker_id!r}"
        raise InvalidInput(message, [WireProblem("user_id", ProblemCode.ENTITY_DOES_NOT_EXIST, message=message)])
    return draft


BONUS_BATCH = BatchKind(
    subject=BatchSubject.USER_BONUS,
    operation=OperationType.USER_BONUS_BATCH_CREATE,
    make=_make_bonuses,
    show=_show,
    most_at_once=_MOST_AT_ONCE,
)

BONUS_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/v1/user-bonuses", handle=list_bonuses),
    Door(method="POST", path="/api/v1/user-bonuses", handle=create_bonuses),
    Door(method="GET", path="/api/v1/user-bonuses/{id}", handle=get_bonus),
)
