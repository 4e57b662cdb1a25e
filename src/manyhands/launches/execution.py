"""Carrying out what a launch machine asks for."""

from contextlib import suppress
from itertools import islice, takewhile
from typing import assert_never

from manyhands.crowd import AssignmentId, Platform, PoolId, Project, ProjectConfig
from manyhands.errors import BudgetExceeded, LaunchFailed, WrongState
from manyhands.projects import ensure_project

from .commands import (
    AcceptPage,
    AddTasks,
    BudgetReady,
    ClosePool,
    Command,
    CreatePool,
    ExtendPool,
    Finish,
    GrantSkill,
    HistoryReplayed,
    OpenPool,
    Outcome,
    PayBonusFor,
    PoolClosed,
    PoolLost,
    PoolOpened,
    PoolReady,
    ProjectReady,
    PutBudget,
    PutProject,
    RaiseOverlaps,
    RejectPage,
    ReleaseBonusReserve,
    ReplayHistory,
    RestrictFor,
    TasksAdded,
)
from .running import RunningLaunch

__all__ = ["carry_out_next"]

#: Pages accepted, or freed of their bonus, in one call of the platform.
_BATCH = 100


def carry_out_next(launch: RunningLaunch, platform: Platform) -> bool:
    """Carry out the first pending command (or as many of its kind as go together) and return whether that was the end.

    The command stays pending until it is done, so that one that failed is carried out again. Every command is idempotent.

    Raises:
        PlatformError: the platform refused or is not there.
    """
    command = launch.commands[0]
    match command:
        case Finish():
            launch.note_state()
            launch.commands.popleft()
            return True
        case AcceptPage():
            _accept(launch, platform)
        case RejectPage():
            _reject(launch, platform, command)
        case RestrictFor():
            platform.restrict(command.draft)
            launch.commands.popleft()
        case GrantSkill():
            platform.set_skill(command.worker_id, command.skill_id, value=command.value)
            launch.commands.popleft()
        case PayBonusFor():
            _pay_bonus(launch, platform, command)
        case ReleaseBonusReserve():
            batch = _batch(launch, ReleaseBonusReserve)
            platform.release_bonus_reserve(batch)
            _drop(launch, len(batch))
        case RaiseOverlaps():
            _raise_overlaps(launch, platform, command)
        case ExtendPool():
            # A pool that was archived in the meantime is found out by what follows.
            with suppress(WrongState):
                platform.extend_pool(_pool_of(launch), command.expires)
            launch.commands.popleft()
        case _:
            outcome = _outcome_of(command, launch, platform)
            launch.commands.popleft()
            launch.take_outcome(outcome)
    return False


def _accept(launch: RunningLaunch, platform: Platform) -> None:
    batch = _batch(launch, AcceptPage)
    # What somebody has judged in the meantime stays as it is.
    in_review = list(filter(launch.machine.is_in_review, batch))
    try:
        platform.accept(in_review)
    except BudgetExceeded:
        # Only a page that was rejected a moment ago has to be paid anew; those that were not are covered.
        for assignment_id in in_review:
            with suppress(BudgetExceeded):
                platform.accept([assignment_id])
    _drop(launch, len(batch))


def _reject(launch: RunningLaunch, platform: Platform, command: RejectPage) -> None:
    if launch.machine.is_in_review(command.assignment_id):
        # Somebody may have accepted the page a moment ago, and what is paid stays paid.
        with suppress(WrongState):
            platform.reject(command.assignment_id, command.public_comment)
    launch.commands.popleft()


def _batch(launch: RunningLaunch, kind: type[AcceptPage | ReleaseBonusReserve]) -> list[AssignmentId]:
    alike = takewhile(lambda command: isinstance(command, kind), islice(launch.commands, _BATCH))
    return [command.assignment_id for command in alike if isinstance(command, AcceptPage | ReleaseBonusReserve)]


def _drop(launch: RunningLaunch, count: int) -> None:
    for _ in range(count):
        launch.commands.popleft()


def _pay_bonus(launch: RunningLaunch, platform: Platform, command: PayBonusFor) -> None:
    try:
        platform.pay_bonus(command.draft)
    except BudgetExceeded as error:
        # The page itself is paid; a bonus that does not fit must not stop the labeling. It is tried again when the launch is resumed.
        launch.machine.problem = (
            f"a bonus of {command.draft.amount} for {command.draft.assignment_id} was not paid: {error}"
        )
    launch.commands.popleft()


def _raise_overlaps(launch: RunningLaunch, platform: Platform, command: RaiseOverlaps) -> None:
    try:
        platform.raise_overlaps(_pool_of(launch), dict(command.overlaps))
    except WrongState:
        launch.take_outcome(PoolLost())
    launch.commands.popleft()


def _outcome_of(command: Command, launch: RunningLaunch, platform: Platform) -> Outcome:
    match command:
        case PutProject():
            project = _project_of(launch, platform, command.config)
            launch.entry.note("project", project_id=project.id)
            return ProjectReady(project_id=project.id)
        case PutBudget():
            budget = platform.put_budget(command.key, command.ceiling)
            launch.budget_id = budget.id
            launch.entry.note("budget", budget_id=budget.id, ceiling=str(command.ceiling.usd))
            return BudgetReady(budget_id=budget.id)
        case CreatePool():
            pool = platform.create_pool(command.config)
            launch.pool_id = pool.id
            launch.entry.note("pool", pool_id=pool.id)
            return PoolReady(pool=pool)
        case AddTasks():
            task_ids = platform.add_tasks(_pool_of(launch), launch.plan.drafts(command.start, command.stop))
            launch.entry.note("tasks", task_count=command.stop)
            return TasksAdded(start=command.start, task_ids=tuple(task_ids))
        case ReplayHistory():
            _replay(launch, platform)
            return HistoryReplayed()
        case OpenPool():
            try:
                platform.open_pool(_pool_of(launch))
            except WrongState:
                return PoolLost()
            launch.entry.note("opened")
            return PoolOpened()
        case ClosePool():
            # An archived pool cannot be closed, and issues nothing.
            with suppress(WrongState):
                platform.close_pool(_pool_of(launch))
            launch.entry.note("closed")
            return PoolClosed()
        case (
            AcceptPage()
            | RejectPage()
            | RestrictFor()
            | GrantSkill()
            | PayBonusFor()
            | ReleaseBonusReserve()
            | RaiseOverlaps()
            | ExtendPool()
            | Finish()
        ):
            msg = f"{type(command).__name__} has no outcome; it is carried out by `carry_out_next`."
            raise LaunchFailed(msg)
        case _:
            assert_never(command)


def _project_of(launch: RunningLaunch, platform: Platform, config: ProjectConfig) -> Project:
    # A launch that has begun goes on in its project, whatever somebody has made of that since.
    found = None if launch.pool_id is None else platform.find_project(config.key)
    return found or ensure_project(platform, config)


def _replay(launch: RunningLaunch, platform: Platform) -> None:
    if launch.is_live:
        platform.refresh([_pool_of(launch)])
    while True:
        page = platform.list_events([_pool_of(launch)], launch.cursor)
        launch.observe(page.events)
        launch.cursor = page.position
        if not page.has_more:
            launch.is_live = True
            return


def _pool_of(launch: RunningLaunch) -> PoolId:
    if launch.pool_id is None:
        msg = f"The launch {launch.name!r} has no pool yet; this is a defect of manyhands, please report it."
        raise LaunchFailed(msg)
    return launch.pool_id
