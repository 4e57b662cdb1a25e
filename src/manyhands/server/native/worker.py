"""Our own doors for workers: what the worker's pages show and do."""

from datetime import datetime, timedelta

import msgspec

from manyhands.crowd import (
    Appeal,
    AssignmentId,
    Course,
    Opening,
    Page,
    Pool,
    PoolId,
    PoolType,
    Solution,
    TaskId,
)
from manyhands.errors import NotFound
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import WorkerDesk
from manyhands.server.doors import Door
from manyhands.server.worker_records import PastPage

from .messages import view_appeal
from .records import (
    AnswerForm,
    CourseList,
    CourseView,
    Done,
    Draft,
    Earned,
    History,
    HistoryEntry,
    OpeningView,
    OpenPool,
    OpenPools,
    PageForm,
    PageTaskView,
    PageView,
    PoolView,
    VerdictView,
    WorkerView,
)

__all__ = ["WORKER_DOORS", "describe_courses", "describe_pools"]

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
    """List the open pools, most urgent first; trainings that the worker has done are left out."""
    return Answer(payload=OpenPools(items=describe_pools(desk)))


def describe_pools(desk: WorkerDesk) -> list[OpenPool]:
    """Return the open pools as the worker sees them, most urgent first, without trainings that they have done."""
    in_hand = desk.records.pools_in_hand()
    pools = _without_trainings_done(desk, desk.workplace.list_open_pools())
    return [_describe(desk, pool, is_in_hand=pool.id in in_hand) for pool in pools]


def show_pool(desk: WorkerDesk, call: Call) -> Answer:
    """Show what is needed to show pages of an open pool, or of one with a page in hand."""
    pool_id = PoolId(call.path["id"])
    seen = {pool.id: pool.config for pool in desk.workplace.list_open_pools()}
    if pool_id not in seen:
        raise NotFound(f"there is no open pool {pool_id}")
    config = desk.records.project_of(pool_id).config
    view = PoolView(
        pool_id=pool_id,
        project_id=seen[pool_id].project_id,
        title=config.name,
        instruction=seen[pool_id].instruction or config.instruction,
        view=dict(config.view),
        output_spec={name: spec.to_json() for name, spec in config.output_spec.items()},
    )
    return Answer(payload=view)


def take_page(desk: WorkerDesk, call: Call) -> Answer:
    """Issue a page, or show the one that the worker has in hand."""
    return Answer(payload=_view(desk.workplace.take(desk.worker_id, PoolId(call.path["id"]))))


def check_answer(desk: WorkerDesk, call: Call) -> Answer:
    """Tell whether an answer to a training task is right; the first answer to each task is kept, and nothing is told of other tasks."""
    form = call.read(AnswerForm)
    verdict = desk.workplace.check_training_answer(
        AssignmentId(call.path["id"]),
        desk.worker_id,
        task_id=TaskId(form.task_id),
        solution=Solution(output_values=form.output_values),
    )
    return Answer(payload=VerdictView(is_right=verdict.is_right, hint=verdict.hint))


def list_courses(desk: WorkerDesk, _call: Call) -> Answer:
    """List the open trainings and exams with what they lead to, most urgent first."""
    return Answer(payload=CourseList(items=describe_courses(desk)))


def describe_courses(desk: WorkerDesk) -> list[CourseView]:
    """Return the open trainings and exams as the worker sees them, most urgent first."""
    return [_describe_course(desk, course) for course in desk.workplace.list_courses(desk.worker_id)]


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
    titles = {pool_id: desk.records.project_of(pool_id).config.name for pool_id in {page.pool_id for page in shown}}
    entries = [
        _past_page(page, titles[page.pool_id], appeal_until=ends.get(page.id), appeal=appeals.get(page.id))
        for page in shown
    ]
    return Answer(payload=History(items=entries, has_more=len(pages) > _HISTORY_SIZE))


def _past_page(page: PastPage, title: str, *, appeal_until: datetime | None, appeal: Appeal | None) -> HistoryEntry:
    return HistoryEntry(
        id=page.id,
        pool_id=page.pool_id,
        title=title,
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
    reward = _reward(desk, pool)
    return OpenPool(
        pool_id=pool.id,
        project_id=config.project_id,
        title=project.name,
        description=config.description or project.description,
        reward=reward,
        task_count=_count_tasks(desk, pool),
        limit_seconds=int(config.assignment_duration.total_seconds()),
        page_seconds=None if pace is None else pace.total_seconds(),
        hourly_reward=round(reward * (_HOUR / pace), 2) if pace else None,
        requires_training=config.training_requirement is not None,
        has_page_in_hand=is_in_hand,
        is_training=config.type is PoolType.TRAINING,
    )


def _without_trainings_done(desk: WorkerDesk, pools: list[Pool]) -> list[Pool]:
    if all(pool.config.type is not PoolType.TRAINING for pool in pools):
        return pools
    done = {course.pool.id for course in desk.workplace.list_courses(desk.worker_id) if not course.is_available}
    return [pool for pool in pools if pool.id not in done]


def _describe_course(desk: WorkerDesk, course: Course) -> CourseView:
    config = course.pool.config
    project = desk.records.project(config.project_id).config
    return CourseView(
        kind=course.kind.value,
        pool_id=course.pool.id,
        project_id=config.project_id,
        title=project.name,
        description=config.description or project.description,
        task_count=_count_tasks(desk, course.pool),
        limit_seconds=int(config.assignment_duration.total_seconds()),
        pages_done=course.pages_done,
        pages_to_pass=course.pages_to_pass,
        skill=course.skill,
        retry_at=course.retry_at,
        is_available=course.is_available,
        openings=[_describe_opening(desk, opening) for opening in course.openings],
    )


def _describe_opening(desk: WorkerDesk, opening: Opening) -> OpeningView:
    config = opening.pool.config
    return OpeningView(
        pool_id=opening.pool.id,
        project_id=config.project_id,
        title=desk.records.project(config.project_id).config.name,
        reward=_reward(desk, opening.pool),
        passing_skill=opening.passing_skill,
        is_reached=opening.is_reached,
    )


def _reward(desk: WorkerDesk, pool: Pool) -> float:
    is_the_same_for_all = pool.config.skill_prices is None
    reward = pool.config.reward if is_the_same_for_all else desk.workplace.reward_for(desk.worker_id, pool.id)
    return float(reward)


def _count_tasks(desk: WorkerDesk, pool: Pool) -> int:
    mixer = pool.config.mixer
    return desk.records.suite_size(pool.id) if mixer is None else mixer.task_count


def _view(page: Page) -> PageView:
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
    Door(
        method="POST",
        path="/api/worker/pages/{id}/check",
        handle=check_answer,
        takes=AnswerForm,
        gives=VerdictView,
        is_short=True,
    ),
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
    Door(method="GET", path="/api/worker/courses", handle=list_courses, gives=CourseList),
    Door(method="GET", path="/api/worker/me", handle=show_me, gives=WorkerView),
    Door(method="GET", path="/api/worker/earnings", handle=show_earnings, gives=Earned),
    Door(method="GET", path="/api/worker/history", handle=list_history, gives=History, query=("before",)),
)
