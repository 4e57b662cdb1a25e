"""What the worker's page asks beyond the worker API: work without a pause between pages, one's restrictions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from manyhands.crowd import AssignmentId, FilterCondition, Page, PoolId, ProjectId, RestrictionScope, Solution
from manyhands.errors import NoWork
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import WorkerDesk
from manyhands.server.doors import Door
from manyhands.server.native.account import view_profile
from manyhands.server.native.account_records import ProfileView
from manyhands.server.native.records import CourseView, OpenPool, PageForm, PageTaskView, PageView, PoolView
from manyhands.server.native.worker import describe_courses, describe_pools
from manyhands.server.stamps import find_moment, to_moment, to_stamp
from manyhands.store import SqlValue

__all__ = ["WORK_PAGE_DOORS"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The next page, or why there is none.

    Attributes:
        reason: empty with a page; else a word of `Workplace.take`, such as ``exhausted`` or ``restricted``.
        work: how to show pages of this pool, when it was asked for.
        draft: what the worker has written on a page that was in hand already.
    """

    page: PageView | None
    reason: str = ""
    work: PoolView | None = None
    draft: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionView:
    """A restriction that holds now.

    Attributes:
        scope: ``POOL``, ``PROJECT`` or ``ALL_PROJECTS``.
        title: the project's name; empty where it holds everywhere.
        until: the first moment of work; null means it does not end by itself.
    """

    scope: str
    title: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionList:
    """What keeps the worker from taking pages, latest first."""

    items: list[RestrictionView]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedView:
    """A condition that the worker does not meet.

    Attributes:
        category: ``profile``, ``computed`` or ``skill``.
        key: what it looks at, or the public name of a skill; empty for a skill that workers do not see.
        operator: how it compares: ``EQ``, ``NE``, ``GT``, ``GTE``, ``LT``, ``LTE``, ``IN`` or ``NOT_IN``.
        value: what it compares with.
    """

    category: str
    key: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleView:
    """Why an open pool is not for the worker now.

    Attributes:
        reason: a word of `Workplace.take`.
        wanted: of each group one condition would have to hold.
    """

    pool_id: str
    reason: str
    wanted: list[list[WantedView]]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """What the first page shows: who is signed in, the open pools, most urgent first, and what keeps the worker from which of them.

    Attributes:
        unread_count: conversations with something new.
    """

    profile: ProfileView
    pools: list[OpenPool]
    obstacles: list[ObstacleView]
    courses: list[CourseView]
    restrictions: list[RestrictionView]
    unread_count: int


def next_page(desk: WorkerDesk, call: Call) -> Answer:
    """Issue a page or show the one in hand, and say why if there is none."""
    return Answer(payload=_step(desk, PoolId(call.path["id"]), with_work="view" in call.query))


def advance(desk: WorkerDesk, call: Call) -> Answer:
    """Hand a page in and issue the next one of its pool; the same answers again change nothing."""
    page_id = AssignmentId(call.path["id"])
    solutions = [Solution(output_values=form.output_values) for form in call.read(PageForm).solutions]
    desk.workplace.submit(page_id, desk.worker_id, solutions=solutions)
    desk.records.drop_draft(page_id)
    return Answer(payload=_step(desk, PoolId(str(int(page_id.partition("--")[0], 16))), with_work=False))


def show_home(desk: WorkerDesk, _call: Call) -> Answer:
    """Show what the first page needs, in one answer: on a slow line every further question costs more than its answer."""
    profile = view_profile(desk, desk.workplace.profile_state(desk.worker_id))
    view = HomeView(
        profile=profile,
        pools=describe_pools(desk),
        obstacles=_obstacles(desk),
        courses=describe_courses(desk),
        restrictions=_restrictions(desk),
        unread_count=desk.workplace.list_conversations(desk.worker_id, limit=1).unread_count,
    )
    return Answer(payload=view)


def list_restrictions(desk: WorkerDesk, _call: Call) -> Answer:
    """List what keeps the worker from taking pages now."""
    return Answer(payload=RestrictionList(items=_restrictions(desk)))


def _obstacles(desk: WorkerDesk) -> list[ObstacleView]:
    found = desk.workplace.find_obstacles(desk.worker_id)
    return [
        ObstacleView(
            pool_id=pool_id,
            reason=obstacle.reason,
            wanted=[[_wanted(condition) for condition in group] for group in obstacle.wanted],
        )
        for pool_id, obstacle in found.items()
    ]


def _wanted(condition: FilterCondition) -> WantedView:
    return WantedView(
        category=condition.category.value,
        key=condition.key,
        operator=condition.operator.value,
        value=condition.value,
    )


def _restrictions(desk: WorkerDesk) -> list[RestrictionView]:
    values: dict[str, SqlValue] = {"worker_id": desk.worker_id, "now": to_stamp(desk.workplace.clock.now())}
    with desk.workplace.reading() as transaction:
        rows = transaction.rows("list_restrictions_in_force", values)
    return [
        RestrictionView(
            scope=row["scope"],
            title=_title(desk, row["project_id"]) if row["scope"] != RestrictionScope.ALL_PROJECTS else "",
            since=to_moment(row["created"]),
            until=find_moment(row["until"]),
        )
        for row in rows
    ]


def _step(desk: WorkerDesk, pool_id: PoolId, *, with_work: bool) -> Step:
    try:
        page = desk.workplace.take(desk.worker_id, pool_id)
    except NoWork as refusal:
        return Step(page=None, reason=refusal.reason)
    if not with_work:
        return Step(page=_page(page))
    return Step(page=_page(page), work=_work(desk, page), draft=_draft(desk, page.assignment_id))


def _draft(desk: WorkerDesk, page_id: AssignmentId) -> dict[str, Any] | None:
    text = desk.records.find_draft(page_id)
    return None if text is None else msgspec.json.decode(text, type=dict[str, Any] | None)


def _page(page: Page) -> PageView:
    return PageView(
        id=page.assignment_id,
        pool_id=page.pool_id,
        project_id=page.project_id,
        reward=float(page.reward),
        created=page.created,
        deadline=page.deadline,
        tasks=[
            PageTaskView(id=task.id, input_values=dict(task.input_values), is_training=task.is_training)
            for task in page.tasks
        ],
    )


def _work(desk: WorkerDesk, page: Page) -> PoolView:
    config = desk.records.project_of(page.pool_id).config
    return PoolView(
        pool_id=page.pool_id,
        project_id=page.project_id,
        title=config.name,
        instruction=page.instruction or config.instruction,
        view=dict(config.view),
        output_spec={name: spec.to_json() for name, spec in config.output_spec.items()},
    )


def _title(desk: WorkerDesk, project_number: int | None) -> str:
    return "" if project_number is None else desk.records.project(ProjectId(str(project_number))).config.name


WORK_PAGE_DOORS: tuple[Door[WorkerDesk], ...] = (
    Door(
        method="POST", path="/api/worker/pools/{id}/next", handle=next_page, gives=Step, query=("view",), is_short=True
    ),
    Door(
        method="POST", path="/api/worker/pages/{id}/advance", handle=advance, takes=PageForm, gives=Step, is_short=True
    ),
    Door(method="GET", path="/api/worker/home", handle=show_home, gives=HomeView),
    Door(method="GET", path="/api/worker/restrictions", handle=list_restrictions, gives=RestrictionList),
)
