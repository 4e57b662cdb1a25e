"""Events by cursor, budgets, many pages at once, and records with their keys."""

from dataclasses import replace

import msgspec

from manyhands.crowd import (
    AssignmentId,
    Bonus,
    BonusDraft,
    Budget,
    BudgetId,
    Money,
    PoolId,
    Restriction,
    RestrictionDraft,
    RestrictionId,
    Spending,
    TaskId,
    WorkerId,
)
from manyhands.platform.toloka import (
    PORT_PATH,
    AcceptForm,
    Announcement,
    AssignmentPage,
    BonusList,
    BudgetForm,
    Done,
    EventsAnswer,
    EventsForm,
    ExtensionForm,
    FeeAnswer,
    OverlapsForm,
    PagesForm,
    RestrictionList,
    ServerFeature,
)
from manyhands.platform.toloka.wire import encode_list, encode_project
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.refusals import Refused

__all__ = ["PORT_DOORS"]

_FEATURES = tuple(feature.value for feature in ServerFeature)
_MOST_LISTED = 10_000


def announce(desk: RequesterDesk, _call: Call) -> Answer:
    """Say what the server can do beyond Toloka's API."""
    return _told(Announcement(name="manyhands", features=_FEATURES, now=desk.platform.clock.now()))


def show_fee(desk: RequesterDesk, call: Call) -> Answer:
    """Show what the platform keeps on top of an amount."""
    return _told(FeeAnswer(fee=desk.platform.fee(Money(call.query.get("amount", "0")))))


def list_events(desk: RequesterDesk, call: Call) -> Answer:
    """List events of pools behind a position, oldest first."""
    form = call.read(EventsForm)
    pool_ids = [PoolId(pool_id) for pool_id in form.pool_ids]
    page = desk.platform.list_events(pool_ids, form.after, limit=_limited(form.limit, "limit"))
    return _told(EventsAnswer(page=page, now=desk.platform.clock.now()))


def list_assignments(desk: RequesterDesk, call: Call) -> Answer:
    """List assignments of a pool in order of id."""
    after = call.query.get("after")
    limit = _limited(call.query.get("limit", "1000"), "limit")
    behind = None if after is None else AssignmentId(after)
    return Answer(
        payload=AssignmentPage(items=desk.platform.list_assignments(PoolId(call.path["id"]), behind, limit=limit))
    )


def accept_pages(desk: RequesterDesk, call: Call) -> Answer:
    """Accept pages, all or none."""
    form = call.read(AcceptForm)
    desk.platform.accept([AssignmentId(page) for page in form.assignment_ids], form.public_comment)
    return _told(Done())


def raise_overlaps(desk: RequesterDesk, call: Call) -> Answer:
    """Set overlaps of many tasks, to what is asked for or to what is consumed."""
    overlaps = {TaskId(task): overlap for task, overlap in call.read(OverlapsForm).overlaps.items()}
    desk.platform.raise_overlaps(PoolId(call.path["id"]), overlaps)
    return _told(Done())


def extend_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Let a pool close by itself no earlier than at a moment."""
    desk.platform.extend_pool(PoolId(call.path["id"]), call.read(ExtensionForm).expires)
    return _told(Done())


def find_projects(desk: RequesterDesk, call: Call) -> Answer:
    """List the active project of a key, if there is one."""
    project = desk.platform.find_project(call.query.get("key", ""))
    items = [] if project is None else [encode_project(project, is_extended=True)]
    return Answer(payload=encode_list(items, has_more=False))


def put_budget(desk: RequesterDesk, call: Call) -> Answer:
    """Create the budget of a key, or set its ceiling."""
    form = call.read(BudgetForm)
    ceiling = None if form.ceiling is None else Money(form.ceiling.usd)
    return _told(desk.platform.put_budget(form.key, ceiling))


def get_budget(desk: RequesterDesk, call: Call) -> Answer:
    """Show a budget."""
    return _told(desk.platform.get_budget(BudgetId(call.path["id"])))


def show_spending(desk: RequesterDesk, call: Call) -> Answer:
    """Show what a pool has paid and reserved."""
    return _told(desk.platform.spending(PoolId(call.path["id"])))


def put_restriction(desk: RequesterDesk, call: Call) -> Answer:
    """Give the restriction of a key, or show the one that was given."""
    return _told(desk.platform.restrict(call.read(RestrictionDraft)))


def list_restrictions(desk: RequesterDesk, call: Call) -> Answer:
    """List restrictions, ended ones too."""
    worker = call.query.get("worker_id")
    return Answer(
        payload=RestrictionList(items=desk.platform.list_restrictions(None if worker is None else WorkerId(worker)))
    )


def lift_restriction(desk: RequesterDesk, call: Call) -> Answer:
    """End a restriction; one that has ended stays as it is."""
    desk.platform.lift_restriction(RestrictionId(call.path["id"]))
    return _told(Done())


def pay_bonus(desk: RequesterDesk, call: Call) -> Answer:
    """Pay the bonus of a key, or show the one that was paid."""
    draft = call.read(BonusDraft)
    return _told(desk.platform.pay_bonus(replace(draft, amount=Money(draft.amount.usd))))


def list_bonuses(desk: RequesterDesk, call: Call) -> Answer:
    """List the bonuses paid for pages of a pool."""
    return _told(BonusList(items=desk.platform.list_bonuses(PoolId(call.path["id"]))))


def release_bonus_reserve(desk: RequesterDesk, call: Call) -> Answer:
    """Give up what is reserved for bonuses of pages."""
    form = call.read(PagesForm)
    desk.platform.release_bonus_reserve([AssignmentId(page) for page in form.assignment_ids])
    return _told(Done())


def _told(record: object) -> Answer:
    """Return a record as an answer, amounts as text: numbers of JSON are not exact."""
    return Answer(content=msgspec.json.encode(record))


def _limited(limit: int | str, name: str) -> int:
    if isinstance(limit, str) and not limit.isdecimal():
        raise Refused.field(name, "INTEGER_EXPECTED", message=f"expected a whole number from 1, found {limit!r}")
    if int(limit) < 1:
        raise Refused.field(name, "VALUE_LESS_THAN_MIN", message=f"expected a whole number from 1, found {limit}")
    return min(int(limit), _MOST_LISTED)


PORT_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="POST", path=f"{PORT_PATH}/events", handle=list_events, takes=EventsForm, gives=EventsAnswer),
    Door(method="POST", path=f"{PORT_PATH}/accept", handle=accept_pages, takes=AcceptForm, gives=Done),
    Door(
        method="POST",
        path=f"{PORT_PATH}/pools/{{id}}/overlaps",
        handle=raise_overlaps,
        takes=OverlapsForm,
        gives=Done,
    ),
    Door(
        method="POST",
        path=f"{PORT_PATH}/pools/{{id}}/extend",
        handle=extend_pool,
        takes=ExtensionForm,
        gives=Done,
    ),
    Door(method="GET", path=f"{PORT_PATH}/pools/{{id}}/spending", handle=show_spending, gives=Spending),
    Door(
        method="GET",
        path=f"{PORT_PATH}/pools/{{id}}/assignments",
        handle=list_assignments,
        gives=AssignmentPage,
        query=("after", "limit"),
    ),
    Door(method="GET", path=f"{PORT_PATH}/pools/{{id}}/bonuses", handle=list_bonuses, gives=BonusList),
    Door(method="PUT", path=f"{PORT_PATH}/bonuses", handle=pay_bonus, takes=BonusDraft, gives=Bonus),
    Door(
        method="POST",
        path=f"{PORT_PATH}/release-bonus-reserve",
        handle=release_bonus_reserve,
        takes=PagesForm,
        gives=Done,
    ),
    Door(
        method="PUT",
        path=f"{PORT_PATH}/restrictions",
        handle=put_restriction,
        takes=RestrictionDraft,
        gives=Restriction,
    ),
    Door(
        method="GET",
        path=f"{PORT_PATH}/restrictions",
        handle=list_restrictions,
        gives=RestrictionList,
        query=("worker_id",),
    ),
    Door(method="DELETE", path=f"{PORT_PATH}/restrictions/{{id}}", handle=lift_restriction, gives=Done),
    Door(method="GET", path=f"{PORT_PATH}/projects", handle=find_projects, query=("key",)),
    Door(method="PUT", path=f"{PORT_PATH}/budgets", handle=put_budget, takes=BudgetForm, gives=Budget),
    Door(method="GET", path=f"{PORT_PATH}/budgets/{{id}}", handle=get_budget, gives=Budget),
    Door(method="GET", path=f"{PORT_PATH}/fee", handle=show_fee, gives=FeeAnswer, query=("amount",)),
    Door(method="GET", path=PORT_PATH, handle=announce, gives=Announcement),
)
