"""What the requester's page asks of projects and pools: what was chosen, opening and closing, stopping and going on, budgets."""

from collections.abc import Callable, Mapping
from typing import Any

from manyhands.crowd import Money, Pool, PoolId, Project, ProjectId, SystemClock
from manyhands.errors import InvalidInput, ManyhandsError, NotFound
from manyhands.launches import LaunchState, end_left_alone, find_obstacle, is_left_alone
from manyhands.launches.findings import scheme_of
from manyhands.server.calls import Answer, Call
from manyhands.server.desks import RequesterDesk
from manyhands.server.doors import Door
from manyhands.server.native.records import Done
from manyhands.server.pool_readings import LAUNCH_KEY, find_launch
from manyhands.server.refusals import Refused, Word

from .pool_records import (
    BudgetForm,
    PoolFact,
    PoolsForm,
    PoolSheet,
    ProjectEntry,
    ProjectList,
    Refusal,
    Refusals,
)
from .pool_words import describe_pool

__all__ = ["POOL_DOORS"]


def list_projects(desk: RequesterDesk, _call: Call) -> Answer:
    """List projects, latest first."""
    return Answer(payload=ProjectList(items=[_project(project) for project in reversed(desk.platform.list_projects())]))


def show_project(desk: RequesterDesk, call: Call) -> Answer:
    """Show one project."""
    return Answer(payload=_project(desk.platform.get_project(ProjectId(call.path["id"]))))


def show_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Show what was chosen for a pool, in words."""
    pool = _pool(desk, call.path["id"])
    _, document = find_launch(pool, desk.journal)
    fee = desk.platform.fee(pool.config.reward)
    facts = describe_pool(pool.config, fee=str(fee), params=scheme_of(document).params)
    sheet = PoolSheet(
        id=pool.id,
        project_id=pool.config.project_id,
        project_name=desk.platform.get_project_of_pool(pool.id).config.name,
        created=pool.created,
        last_started=pool.last_started,
        last_stopped=pool.last_stopped,
        facts=[PoolFact(name=name, text=text) for name, text in facts],
    )
    return Answer(payload=sheet)


def open_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Begin to issue pages of a pool."""
    desk.platform.open_pool(PoolId(call.path["id"]))
    return Answer(payload=Done())


def close_pool(desk: RequesterDesk, call: Call) -> Answer:
    """Stop issuing pages of a pool."""
    desk.platform.close_pool(PoolId(call.path["id"]))
    return Answer(payload=Done())


def stop_launch(desk: RequesterDesk, call: Call) -> Answer:
    """Ask whoever runs the launch of a pool to stop it; one that nobody runs is ended at once."""
    _stop(desk, call.path["id"])
    return Answer(payload=Done())


def stop_launches(desk: RequesterDesk, call: Call) -> Answer:
    """Stop the launches of several pools."""
    return _for_each(call, lambda pool_id: _stop(desk, pool_id))


def resume_launch(desk: RequesterDesk, call: Call) -> Answer:
    """Go on with the launch of a pool in the server."""
    _resume(desk, call.path["id"])
    return Answer(payload=Done())


def resume_launches(desk: RequesterDesk, call: Call) -> Answer:
    """Go on with the launches of several pools in the server."""
    return _for_each(call, lambda pool_id: _resume(desk, pool_id))


def set_budget(desk: RequesterDesk, call: Call) -> Answer:
    """Set the ceiling of the budget that pays a launch, and all launches that share it."""
    budget_id = _pool(desk, call.path["id"]).config.budget_id
    if budget_id is None:
        raise Refused(Word.VALIDATION_ERROR, f"Pool {call.path['id']} has no budget that could be changed.")
    try:
        ceiling = Money(call.read(BudgetForm).ceiling)
    except InvalidInput as error:
        raise Refused.field("ceiling", "INVALID_VALUE", message=str(error)) from error
    desk.platform.put_budget(desk.platform.get_budget(budget_id).key, ceiling)
    return Answer(payload=Done())


def _for_each(call: Call, action: Callable[[str], None]) -> Answer:
    refusals: list[Refusal] = []
    for pool_id in call.read(PoolsForm).pool_ids:
        try:
            action(pool_id)
        except ManyhandsError as error:
            refusals.append(Refusal(pool_id=pool_id, message=str(error)))
    return Answer(payload=Refusals(items=refusals))


def _stop(desk: RequesterDesk, pool_id: str) -> None:
    name, document = find_launch(_pool(desk, pool_id), desk.journal)
    if document is None:
        # Whoever launched over HTTP sees that the pool was closed, and ends the launch with what is known.
        desk.platform.close_pool(PoolId(pool_id))
    elif _is_left_alone(desk, name, _state(document)):
        end_left_alone(name, journal=desk.journal, platform=desk.platform)
    else:
        desk.journal.clear_resume(name)
        desk.journal.request_stop(name)


def _resume(desk: RequesterDesk, pool_id: str) -> None:
    pool = _pool(desk, pool_id)
    name, document = find_launch(pool, desk.journal)
    if document is None:
        if pool.config.key.startswith(LAUNCH_KEY):
            message = (
                f"{name!r} was launched over HTTP, and what it takes to go on lies there. Make the same call again."
            )
            raise Refused(Word.VALIDATION_ERROR, message)
        raise NotFound(f"no launch works in pool {pool_id}")
    obstacle = find_obstacle(document)
    if obstacle is not None:
        message = f"Only whoever launched {name!r} can go on with it: {obstacle}. Make the same call again."
        raise Refused(Word.VALIDATION_ERROR, message)
    state = _state(document)
    if not state.is_over and not _is_left_alone(desk, name, state):
        raise Refused(Word.VALIDATION_ERROR, f"Somebody works on {name!r} already.")
    desk.journal.clear_stop(name)
    desk.journal.request_resume(name)
    desk.host.ask()


def _state(document: Mapping[str, Any]) -> LaunchState:
    return LaunchState(document.get("state") or LaunchState.WAITING)


def _is_left_alone(desk: RequesterDesk, name: str, state: LaunchState) -> bool:
    return is_left_alone(state, desk.journal.last_heard().get(name), now=SystemClock().now())


def _pool(desk: RequesterDesk, pool_id: str) -> Pool:
    return desk.platform.get_pool(PoolId(pool_id))


def _project(project: Project) -> ProjectEntry:
    config = project.config
    choices = [spec.allowed_values for spec in config.output_spec.values() if spec.allowed_values]
    return ProjectEntry(
        id=project.id,
        key=config.key,
        name=config.name,
        description=config.description,
        instruction=config.instruction,
        status=project.status.value,
        created=project.created,
        labels=[str(value) for value in choices[0]] if len(config.output_spec) == 1 and choices else [],
    )


_POOL = "/api/requester/pools/{id}"
POOL_DOORS: tuple[Door[RequesterDesk], ...] = (
    Door(method="GET", path="/api/requester/projects", handle=list_projects, gives=ProjectList),
    Door(method="GET", path="/api/requester/projects/{id}", handle=show_project, gives=ProjectEntry),
    Door(method="GET", path=f"{_POOL}/sheet", handle=show_pool, gives=PoolSheet),
    Door(method="POST", path=f"{_POOL}/open", handle=open_pool, gives=Done),
    Door(method="POST", path=f"{_POOL}/close", handle=close_pool, gives=Done),
    Door(method="POST", path=f"{_POOL}/stop", handle=stop_launch, gives=Done),
    Door(method="POST", path=f"{_POOL}/resume", handle=resume_launch, gives=Done),
    Door(method="PUT", path=f"{_POOL}/budget", handle=set_budget, takes=BudgetForm, gives=Done),
    Door(method="POST", path="/api/requester/stops", handle=stop_launches, takes=PoolsForm, gives=Refusals),
    Door(method="POST", path="/api/requester/resumes", handle=resume_launches, takes=PoolsForm, gives=Refusals),
)
