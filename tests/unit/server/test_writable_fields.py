"""What comes back equals what was sent: every field that a requester may write, of every resource."""

from typing import Any

import pytest

from tests.unit.server.front_desk import SUITES, TASKS, FrontDesk, task_form
from tests.unit.server.whole_documents import (
    whole_bonus,
    whole_pool,
    whole_project,
    whole_restriction,
    whole_skill,
    whole_task,
    whole_task_suite,
    whole_training,
)

V1 = "/api/v1"


def check_kept(desk: FrontDesk, sent: dict[str, Any], made: dict[str, Any], path: str) -> None:
    """Fail unless the record says what was sent when it was made, when it is asked for, and in the list."""
    listing, _, record_id = path.rpartition("/")
    query = {"pool_id": sent["pool_id"]} if listing in (TASKS, SUITES) else {}
    (listed,) = [found for found in desk.ann.get(listing, **query)["items"] if found["id"] == record_id]
    for shown in (made, desk.ann.get(path), listed):
        assert {name: shown.get(name) for name in sent} == sent


def check_replaced(desk: FrontDesk, path: str, *, fewest: dict[str, Any]) -> None:
    """Fail unless what is shown can be sent back without a change, and what is left out is gone."""
    before = desk.ann.get(path)
    assert desk.ann.ask("PUT", path, before) == before == desk.ann.get(path)
    after = desk.ann.ask("PUT", path, fewest)
    assert after == desk.ann.get(path)
    assert {name: after[name] for name in fewest} == fewest
    assert not {"metadata", "private_comment", "public_instructions", "public_name"} - set(fewest) & set(after)
    assert desk.ann.ask("PUT", path, before) == before


@pytest.fixture
def project_id(desk: FrontDesk) -> str:
    """Return a project that says everything."""
    return str(desk.ann.ask("POST", f"{V1}/projects", whole_project())["id"])


def test_project_keeps_everything(desk: FrontDesk) -> None:
    """Specs, view and rules included."""
    made = desk.ann.ask("POST", f"{V1}/projects", whole_project())
    path = f"{V1}/projects/{made['id']}"
    check_kept(desk, whole_project(), made, path)
    whole = whole_project()
    fewest = {name: whole[name] for name in ("public_name", "task_spec", "assignments_issuing_type")}
    check_replaced(desk, path, fewest=fewest)


def test_pool_keeps_everything(desk: FrontDesk, project_id: str) -> None:
    """Also what manyhands does not act on."""
    training = desk.ann.ask("POST", f"{V1}/trainings", whole_training(project_id))
    skill = desk.ann.ask("POST", f"{V1}/skills", whole_skill())
    whole = whole_pool(project_id, training_id=training["id"], skill_id=skill["id"])
    made = desk.ann.ask("POST", f"{V1}/pools", whole)
    path = f"{V1}/pools/{made['id']}"
    check_kept(desk, whole, made, path)
    needed = (
        "project_id",
        "private_name",
        "will_expire",
        "reward_per_assignment",
        "assignment_max_duration_seconds",
        "defaults",
    )
    check_replaced(desk, path, fewest={name: whole[name] for name in needed})


def test_training_keeps_everything(desk: FrontDesk, project_id: str) -> None:
    """As a training; as the pool that it is it has the same name."""
    made = desk.ann.ask("POST", f"{V1}/trainings", whole_training(project_id))
    path = f"{V1}/trainings/{made['id']}"
    check_kept(desk, whole_training(project_id), made, path)
    assert desk.ann.get(f"{V1}/pools/{made['id']}")["private_name"] == "first steps"
    needed = ("project_id", "private_name", "inherited_instructions", "training_tasks_in_task_suite_count")
    check_replaced(desk, path, fewest={name: whole_training(project_id)[name] for name in needed})


def test_task_keeps_everything(desk: FrontDesk, project_id: str) -> None:
    """Made alone, and with others in an operation; a patch changes what it names and nothing else."""
    pool_id = desk.pool(project_id=project_id)
    whole = whole_task(pool_id)
    made = desk.ann.ask("POST", TASKS, whole)
    check_kept(desk, whole, made, f"{TASKS}/{made['id']}")
    desk.ann.ask("POST", TASKS, [whole], async_mode=True)
    other = desk.ann.get(TASKS, pool_id=pool_id)["items"][1]
    assert {name: other[name] for name in whole} == whole
    patch = {name: whole[name] for name in ("overlap", "infinite_overlap", "known_solutions", "baseline_solutions")}
    changed = {**patch, "overlap": 9, "message_on_unknown_solution": "Once more"}
    assert desk.ann.ask("PATCH", f"{TASKS}/{made['id']}", changed) == {**made, **changed, "remaining_overlap": 9}


def test_task_suite_keeps_everything(desk: FrontDesk, project_id: str) -> None:
    """And each of its tasks."""
    pool_id = desk.pool(project_id=project_id, mixer_config=None)
    whole = whole_task_suite(pool_id)
    tasks = whole.pop("tasks")
    made = desk.ann.ask("POST", SUITES, {**whole, "tasks": tasks})
    check_kept(desk, whole, made, f"{SUITES}/{made['id']}")
    for shown in (made, desk.ann.get(f"{SUITES}/{made['id']}")):
        assert [{name: task[name] for name in sent} for task, sent in zip(shown["tasks"], tasks, strict=True)] == tasks
    patch = {"overlap": 9, "infinite_overlap": False, "issuing_order_override": -2.5}
    assert desk.ann.ask("PATCH", f"{SUITES}/{made['id']}", patch) == {**made, **patch, "remaining_overlap": 9}


def test_skill_and_its_values_keep_everything(desk: FrontDesk) -> None:
    """The reason for a value is for the record of the platform and is shown nowhere, as the document has it."""
    made = desk.ann.ask("POST", f"{V1}/skills", whole_skill())
    path = f"{V1}/skills/{made['id']}"
    check_kept(desk, whole_skill(), made, path)
    check_replaced(desk, path, fewest={"name": "eye"})
    value = {"skill_id": made["id"], "user_id": desk.worker().name, "value": 33.3, "reason": "exam"}
    shown = desk.ann.ask("PUT", f"{V1}/user-skills", value)
    assert (shown["skill_id"], shown["user_id"], shown["exact_value"]) == (made["id"], "wim", 33.3)


@pytest.mark.parametrize("scope", ["POOL", "PROJECT", "ALL_PROJECTS"])
def test_restriction_keeps_everything(desk: FrontDesk, project_id: str, scope: str) -> None:
    """Given again in the same place it is the same restriction, changed; in another place it is another one."""
    pool_id, worker = desk.pool(project_id=project_id), desk.worker()
    whole = whole_restriction(worker.name, scope=scope, project_id=project_id, pool_id=pool_id)
    made = desk.ann.ask("PUT", f"{V1}/user-restrictions", whole)
    check_kept(desk, whole, made, f"{V1}/user-restrictions/{made['id']}")
    changed = {**whole, "private_comment": "Even more", "will_expire": "2031-01-01T00:00:00"}
    assert desk.ann.ask("PUT", f"{V1}/user-restrictions", changed) == {**made, **changed}
    del changed["will_expire"]
    assert "will_expire" not in desk.ann.ask("PUT", f"{V1}/user-restrictions", changed)
    elsewhere = {**whole, "user_id": desk.worker("eva").name}
    assert desk.ann.ask("PUT", f"{V1}/user-restrictions", elsewhere)["id"] != made["id"]
    assert len(desk.ann.get(f"{V1}/user-restrictions")["items"]) == 2


def test_bonus_keeps_everything(desk: FrontDesk) -> None:
    """Words in every language, and the page that earned it."""
    pool_id, worker = desk.pool(task_form()), desk.worker()
    whole = whole_bonus(worker.name, assignment_id=desk.answer(worker, pool_id))
    made = desk.ann.ask("POST", f"{V1}/user-bonuses", whole)
    check_kept(desk, whole, made, f"{V1}/user-bonuses/{made['id']}")
