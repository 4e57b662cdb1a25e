"""Our own doors for workers: what the worker's pages show and do."""

from datetime import datetime, timedelta

import msgspec

from manyhands.crowd import (
    Appeal,
    AssignmentId,
    Page,
    Pool,
    PoolId,
    PoolType,
    Solution,
)
from manyhands.errors import NotFound
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import WorkerDesk
from manyhands.server.doors import Door
from manyhands.server.worker_records import PastPage

from .messages import view_appeal
from .records import (
    Done,
    Draft,
    Earned,
    History,
    HistoryEntry,
    OpenPool,
    OpenPools,
    PageForm,
    PageTaskView,
    PageView,
    PoolView,
    WorkerView,
)

__all__ = ["WORKER_DOORS"]

_HOUR = timedelta(hours=1)
_HISTORY_SIZE = 50
_MOST_DRAFT_BYTES = 1 << 20


def show_me(desk: WorkerDesk, _call: Call) -> Answer:
    """Show who is signed in."""
    profile = desk.workplace.profile_state(desk.worker_id).worker.profile
    view = WorkerView(
        worker_id=desk.worker_id,
        name=profile.name,
        languages=sorted(profile.languages),
        country=profile.country,
    )
    return Answer(payload=view)


def list_pools(desk: WorkerDesk, _call: Call) -> Answer:
    """List the open pools, most urgent first."""
    in_hand = desk.records.pools_in_hand()
    pools = desk.workplace.list_open_pools()
    return Answer(payload=OpenPools(items=[_describe(desk, pool, is_in_hand=pool.id in in_hand) for pool in pools]))


def show_pool(desk: WorkerDesk, call: Call) -> Answer:
    """Show what is needed to show pages of an open pool, or of one with a page in hand."""
    pool_id = PoolId(call.path["id"])
    seen = {pool.id: pool.config.project_id for pool in desk.workplace.list_open_pools()}
    if pool_id not in seen:
        raise NotFound(f"there is no open pool {pool_id}")
    config = desk.records.project_of(pool_id).config
    view = PoolView(
        pool_id=pool_id,
        project_id=seen[pool_id],
        title=config.name,
        instruction=config.instruction,
        view=dict(config.view),
        output_spec={name: spec.to_json() for name, spec in config.output_spec.items()},
    )
    return Answer(payload=view)


def take_page(desk: WorkerDesk, call: Call) -> Answer:
    """Issue a page, or show the one that the worker has in hand."""
    return Answer(payload=_view(desk.workplace.take(desk.worker_id, PoolId(call.path["id"]))))


def submit_page(desk: WorkerDesk, call: Call) -> Answer:
    """Hand a page in; the same answers again change nothing."""
    page_id = AssignmentId(call.path["id"])
    solutions = [Solution(output_values=form.output_values) for form in call.read(PageForm).solutions]
    desk.workplace.submit(page_id, desk.worker_id, solutions=solutions)
    desk.records.drop_draft(page_id)
    return Answer(payload=Done())


def skip_page(desk: WorkerDesk, call: Call) -> Answer:
    """Give a page back."""
    page_id = AssignmentId(call.path["id"])
    desk.workplace.skip(page_id, desk.worker_id)
    desk.records.drop_draft(page_id)
    return Answer(payload=Done())


def keep_draft(desk: WorkerDesk, call: Call) -> Answer:
    """Keep what is written on a page that is in hand."""
    draft = call.read(Draft)
    desk.records.keep_draft(AssignmentId(call.path["id"]), msgspec.json.encode(draft.content).decode())
    return Answer(payload=Done())


def show_draft(desk: WorkerDesk, call: Call) -> Answer:
    """Show what is written on a page that is in hand."""
    text = desk.records.find_draft(AssignmentId(call.path["id"]))
    return Answer(payload=Draft(content=None if text is None else msgspec.json.decode(text)))


def show_earnings(desk: WorkerDesk, _call: Call) -> Answer:
    """Show what the worker earned."""
    earned = desk.records.earnings()
    view = Earned(
        paid=float(earned.paid),
        bonuses=float(earned.bonuses),
        in_review=float(earned.in_review),
        pages={status.value: count for status, count in earned.page_counts.items()},
    )
    return Answer(payload=view)


def list_history(desk: WorkerDesk, call: Call) -> Answer:
    """List the worker's pages, latest first."""
    before = call.query.get("before")
    pages = desk.records.history(None if not before else AssignmentId(before), limit=_HISTORY_SIZE + 1)
    shown = pages[:_HISTORY_SIZE]
    rejected = [page.id for page in shown if page.rejected is not None]
    ends = desk.workplace.list_appealable(desk.worker_id, rejected)
    appeals = {made.assignment_id: made for made in desk.workplace.list_own_appeals(desk.worker_id, rejected)}
    entries = [_past_page(page, appeal_until=ends.get(page.id), appeal=appeals.get(page.id)) for page in shown]
    return Answer(payload=History(items=entries, has_more=len(pages) > _HISTORY_SIZE))


def _past_page(page: PastPage, *, appeal_until: datetime | None, appeal: Appeal | None) -> HistoryEntry:
    return HistoryEntry(
        id=page.id,
        pool_id=page.pool_id,
        status=page.status.value,
        reward=float(page.reward),
        created=page.created,
        submitted=page.submitted,
        public_comment=page.public_comment,
        appeal_until=appeal_until,
        appeal=None if appeal is None else view_appeal(appeal),
    )


def _describe(desk: WorkerDesk, pool: Pool, *, is_in_hand: bool) -> OpenPool:
    config = pool.config
    project = desk.records.project_of(pool.id).config
    pace = desk.records.mean_duration(pool.id)
    return OpenPool(
        pool_id=pool.id,
        project_id=config.project_id,
        title=project.name,
        description=config.description or project.description,
        reward=float(config.reward),
        task_count=desk.records.suite_size(pool.id) if config.mixer is None else config.mixer.task_count,
        limit_seconds=int(config.assignment_duration.total_seconds()),
        page_seconds=None if pace is None else pace.total_seconds(),
        hourly_reward=round(float(config.reward) * (_HOUR / pace), 2) if pace else None,
        requires_training=config.training_requirement is not None,
        has_page_in_hand=is_in_hand,
        is_training=config.type is PoolType.TRAINING,
    )


def _view(page: Page) -> PageView:
    return PageView(
        id=page.assignment_id,
        pool_id=page.pool_id,
        project_id=page.project_id,
        reward=float(page.reward),
        created=page.created,
        deadline=page.deadline,
        tasks=[PageTaskView(id=task.id, input_values=dict(task.input_values)) for task in page.tasks],
    )


WORKER_DOORS: tuple[Door[WorkerDesk], ...] = (
    Door(method="POST", path="/api/worker/pools/{id}/take", handle=take_page, gives=PageView, is_short=True),
    Door(
        method="POST",
        path="/api/worker/pages/{id}/submit",
        handle=submit_page,
        takes=PageForm,
        gives=Done,
        is_short=True,
    ),
    Door(method="POST", path="/api/worker/pages/{id}/skip", handle=skip_page, gives=Done, is_short=True),
    Door(method="GET", path="/api/worker/pages/{id}/draft", handle=show_draft, gives=Draft, is_short=True),
    Door(
        method="PUT",
        path="/api/worker/pages/{id}/draft",
        handle=keep_draft,
        takes=Draft,
        gives=Done,
        most_bytes=_MOST_DRAFT_BYTES,
        is_short=True,
    ),
    Door(method="GET", path="/api/worker/pools", handle=list_pools, gives=OpenPools),
    Door(method="GET", path="/api/worker/pools/{id}", handle=show_pool, gives=PoolView),
    Door(method="GET", path="/api/worker/me", handle=show_me, gives=WorkerView),
    Door(method="GET", path="/api/worker/earnings", handle=show_earnings, gives=Earned),
    Door(method="GET", path="/api/worker/history", handle=list_history, gives=History, query=("before",)),
)
