"""Our own doors for appeals to a requester."""

from manyhands.crowd import Appeal, AppealState, ThreadId
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.refusals import Refused

from .message_records import AppealEntry, AppealList, DecisionForm

__all__ = ["APPEAL_DOORS"]

_LIST_SIZE = 100


def list_appeals(desk: RequesterDesk, call: Call) -> Answer:
    """List appeals, oldest first; by default those that wait for a decision."""
    after = call.query.get("after")
    appeals = desk.platform.list_appeals(_read_state(call), ThreadId(after) if after else None, limit=_LIST_SIZE + 1)
    items = [_entry(desk, appeal) for appeal in appeals[:_LIST_SIZE]]
    return Answer(payload=AppealList(items=items, has_more=len(appeals) > _LIST_SIZE))


def show_appeal(desk: RequesterDesk, call: Call) -> Answer:
    """Show one appeal."""
    return Answer(payload=_entry(desk, desk.platform.get_appeal(ThreadId(call.path["id"]))))


def grant_appeal(desk: RequesterDesk, call: Call) -> Answer:
    """Accept the page and pay it."""
    answer = call.read(DecisionForm).answer
    return Answer(payload=_entry(desk, desk.platform.grant_appeal(ThreadId(call.path["id"]), answer)))


def decline_appeal(desk: RequesterDesk, call: Call) -> Answer:
    """Leave the page rejected and tell the worker why."""
    answer = call.read(DecisionForm).answer
    return Answer(payload=_entry(desk, desk.platform.decline_appeal(ThreadId(call.path["id"]), answer)))


def _read_state(call: Call) -> AppealState:
    text = call.query.get("state") or AppealState.OPEN
    if text not in AppealState.__members__.values():
        message = f"expected one of {', '.join(AppealState)}, found {text!r}"
        raise Refused.field("state", "VALUE_NOT_ALLOWED", message=message)
    return AppealState(text)


def _entry(desk: RequesterDesk, appeal: Appeal) -> AppealEntry:
    return AppealEntry(
        id=appeal.id,
        state=appeal.state.value,
        project_id=appeal.project_id,
        pool_id=appeal.pool_id,
        page_id=appeal.assignment_id,
        worker_id=appeal.worker_id,
        title=desk.platform.get_project(appeal.project_id).config.name,
        text=dict(appeal.text),
        rejection=appeal.rejection,
        created=appeal.created,
        decided=appeal.decided,
        answer=appeal.answer,
    )


_APPEALS = "/api/requester/appeals"
APPEAL_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path=_APPEALS, handle=list_appeals, gives=AppealList, query=("state", "after")),
    Door(method="GET", path=f"{_APPEALS}/{{id}}", handle=show_appeal, gives=AppealEntry),
    Door(method="POST", path=f"{_APPEALS}/{{id}}/grant", handle=grant_appeal, takes=DecisionForm, gives=AppealEntry),
    Door(
        method="POST", path=f"{_APPEALS}/{{id}}/decline", handle=decline_appeal, takes=DecisionForm, gives=AppealEntry
    ),
)
