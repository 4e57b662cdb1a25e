"""What a requester changes after it was made, in the requester API."""

from typing import Any

import pytest

from tests.unit.server.front_desk import TASKS, WORK, FrontDesk, pool_form, project_form, task_form

KNOWN = [{"output_values": {"label": "cat"}}]


def shown(desk: FrontDesk, pool_id: str) -> Any:
    """Return the pool as it is now."""
    return desk.ann.get(f"/api/v1/pools/{pool_id}")


def only_task(desk: FrontDesk, pool_id: str) -> Any:
    """Return the only task of the pool."""
    (task,) = desk.ann.get(TASKS, pool_id=pool_id)["items"]
    return task


def test_pool_is_replaced_when_it_is_closed(desk: FrontDesk) -> None:
    """What was sent comes back, and pages are issued accordingly."""
    pool_id = desk.pool(task_form("a"), task_form("b"))
    worker = desk.worker(languages=frozenset({"EN"}))
    path, before = f"/api/v1/pools/{pool_id}", shown(desk, pool_id)
    wanted = {**before, "reward_per_assignment": 0.07, "priority": 9, "private_name": "other", "metadata": {"a": ["b"]}}
    assert desk.ann.refusal("PUT", path, wanted) == (400, "INAPPROPRIATE_STATUS")
    desk.ann.ask("POST", f"{path}/close-for-update")
    changed = desk.ann.ask("PUT", path, wanted)
    assert {name: changed[name] for name in ("reward_per_assignment", "priority", "private_name", "metadata")} == {
        name: wanted[name] for name in ("reward_per_assignment", "priority", "private_name", "metadata")
    }
    assert shown(desk, pool_id) == changed
    desk.ann.ask("POST", f"{path}/open")
    assert desk.take(worker, pool_id)["reward"] == 0.07


def test_pool_keeps_nothing_that_is_not_said_again(desk: FrontDesk) -> None:
    """PUT replaces: a filter, a comment and rules that are left out are gone."""
    rule = {"category": "profile", "key": "languages", "operator": "IN", "value": "EN"}
    pool_id = desk.pool(filter={"and": [{"or": [rule]}]}, private_comment="mine", metadata={"a": ["b"]})
    project_id = shown(desk, pool_id)["project_id"]
    changed = desk.ann.ask("PUT", f"/api/v1/pools/{pool_id}", pool_form(project_id))
    assert not {"filter", "private_comment", "metadata"} & set(changed)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        pytest.param({"project_id": "10000999"}, 400, "VALIDATION_ERROR", id="project"),
        pytest.param({"type": "TRAINING"}, 400, "VALIDATION_ERROR", id="type"),
        pytest.param({"priority": 101}, 400, "VALIDATION_ERROR", id="priority"),
        pytest.param({"reward_per_assignment": None}, 400, "VALIDATION_ERROR", id="reward"),
        pytest.param(
            {"speed_quality_balance": {"type": "TOP_PERCENTAGE_BY_QUALITY", "percent": 50}},
            400,
            "VALIDATION_ERROR",
            id="balance",
        ),
    ],
)
def test_pool_cannot_be_replaced_by_anything(desk: FrontDesk, changes: dict[str, Any], status: int, code: str) -> None:
    """A refused change leaves everything as it was."""
    pool_id = desk.pool()
    before = shown(desk, pool_id)
    assert desk.ann.refusal("PUT", f"/api/v1/pools/{pool_id}", {**before, **changes}) == (status, code)
    assert shown(desk, pool_id) == before


def test_expired_pool_is_opened_again(desk: FrontDesk) -> None:
    """With a new end it opens; without one it closes at once."""
    pool_id = desk.pool(task_form(), will_expire="2026-01-02T00:00:00")
    desk.clock.move(days=2)
    assert shown(desk, pool_id)["last_close_reason"] == "EXPIRED"
    desk.ann.ask("PUT", f"/api/v1/pools/{pool_id}", {**shown(desk, pool_id), "will_expire": "2026-02-01T00:00:00"})
    desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/open")
    assert shown(desk, pool_id)["status"] == "OPEN"


def test_priority_is_patched_while_the_pool_is_open(desk: FrontDesk) -> None:
    """Neither the state nor anything else changes; an archived pool keeps its priority."""
    pool_id = desk.pool(task_form())
    path, before = f"/api/v1/pools/{pool_id}", shown(desk, pool_id)
    assert desk.ann.ask("PATCH", path, {"priority": 42}) == {**before, "priority": 42} == shown(desk, pool_id)
    assert desk.ann.refusal("PATCH", path, {"priority": 101}) == (400, "VALIDATION_ERROR")
    desk.ann.ask("POST", f"{path}/close")
    desk.ann.ask("POST", f"{path}/archive")
    assert desk.ann.refusal("PATCH", path, {"priority": 1}) == (400, "INAPPROPRIATE_STATUS")


def test_pool_closed_for_an_update_opens_by_itself(desk: FrontDesk) -> None:
    """The operation is a closing; closed again it answers nothing; after a quarter of an hour the pool is open."""
    pool_id = desk.pool(task_form())
    path = f"/api/v1/pools/{pool_id}/close-for-update"
    operation = desk.ann.ask("POST", path)
    assert (operation["type"], operation["parameters"]) == ("POOL.CLOSE", {"pool_id": pool_id})
    assert shown(desk, pool_id)["last_close_reason"] == "FOR_UPDATE"
    assert desk.ann.call("POST", path).status_code == 204
    desk.clock.move(minutes=15)
    assert shown(desk, pool_id)["status"] == "OPEN"


def test_pool_closed_for_an_update_can_be_closed_for_good(desk: FrontDesk) -> None:
    """Then it does not open by itself."""
    pool_id = desk.pool(task_form())
    desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/close-for-update")
    assert desk.ann.call("POST", f"/api/v1/pools/{pool_id}/close").status_code == 202
    assert desk.ann.call("POST", f"/api/v1/pools/{pool_id}/close").status_code == 204
    desk.clock.move(minutes=15)
    assert (shown(desk, pool_id)["status"], shown(desk, pool_id)["last_close_reason"]) == ("CLOSED", "MANUAL")


def test_task_becomes_a_control_task(desk: FrontDesk) -> None:
    """Known solutions, hint, overlap and what a model foresees are changed together."""
    pool_id = desk.pool(task_form(overlap=2))
    path = f"{TASKS}/{only_task(desk, pool_id)['id']}"
    foreseen = [{"output_values": {"label": "dog"}, "confidence_weight": 0.5}]
    patch = {"known_solutions": KNOWN, "infinite_overlap": True, "baseline_solutions": foreseen}
    changed = desk.ann.ask("PATCH", path, patch)
    assert changed["known_solutions"] == [{"output_values": {"label": "cat"}, "correctness_weight": 1}]
    assert (changed["infinite_overlap"], changed["baseline_solutions"]) == (True, foreseen)
    assert only_task(desk, pool_id) == changed
    assert desk.ann.ask("PATCH", path, {"message_on_unknown_solution": "Look again"}) == {
        **changed,
        "message_on_unknown_solution": "Look again",
    }
    real = desk.ann.ask("PATCH", path, {"known_solutions": [], "message_on_unknown_solution": "", "overlap": 3})
    assert (real["known_solutions"], real["overlap"], real["infinite_overlap"]) == ([], 3, False)


@pytest.mark.parametrize(
    "patch",
    [
        pytest.param({"known_solutions": [{"output_values": {"label": "bird"}}]}, id="value"),
        pytest.param({"known_solutions": [{"output_values": {"colour": "red"}}]}, id="field"),
        pytest.param({"overlap": 0}, id="consumed"),
        pytest.param({"overlap": "many"}, id="no number"),
    ],
)
def test_task_refuses_what_does_not_fit(desk: FrontDesk, patch: dict[str, Any]) -> None:
    """It stays as it was."""
    pool_id = desk.pool(task_form(overlap=2))
    desk.take(desk.worker(), pool_id)
    before = only_task(desk, pool_id)
    assert desk.ann.refusal("PATCH", f"{TASKS}/{before['id']}", patch) == (400, "VALIDATION_ERROR")
    assert only_task(desk, pool_id) == before


@pytest.mark.parametrize("door", ["", "/set-overlap-or-min"])
def test_pool_is_opened_with_the_change_of_a_task(desk: FrontDesk, door: str) -> None:
    """Only when that is asked for."""
    pool_id = desk.pool(task_form(overlap=1))
    desk.answer(desk.worker(), pool_id)
    path = f"{TASKS}/{only_task(desk, pool_id)['id']}{door}"
    desk.ann.ask("PATCH", path, {"overlap": 2})
    assert shown(desk, pool_id)["status"] == "CLOSED"
    desk.ann.ask("PATCH", path, {"overlap": 2}, open_pool=True)
    assert shown(desk, pool_id)["status"] == "OPEN"


def test_issuing_of_a_task_without_end_is_stopped(desk: FrontDesk) -> None:
    """An overlap of 0 leaves what is handed out; without an overlap it gets an end or loses it."""
    pool_id = desk.pool(task_form(infinite_overlap=True))
    desk.take(desk.worker(), pool_id)
    path = f"{TASKS}/{only_task(desk, pool_id)['id']}/set-overlap-or-min"
    stopped = desk.ann.ask("PATCH", path, {"overlap": 0, "infinite_overlap": False})
    assert (stopped["overlap"], stopped["remaining_overlap"]) == (1, 0)
    assert desk.ann.ask("PATCH", path, {"infinite_overlap": True})["infinite_overlap"] is True
    assert desk.ann.ask("PATCH", path, {"infinite_overlap": False})["overlap"] == 2


def training_form(project_id: str, **changes: Any) -> dict[str, Any]:
    """Return a training as a requester sends it."""
    form = {
        "project_id": project_id,
        "private_name": "first steps",
        "inherited_instructions": True,
        "training_tasks_in_task_suite_count": 1,
        "task_suites_required_to_pass": 1,
        "assignment_max_duration_seconds": 600,
    }
    return {**form, **changes}


def test_training_is_replaced_and_closed_for_it(desk: FrontDesk) -> None:
    """It opens by itself, too, and what was sent comes back."""
    form = training_form(desk.project())
    training = desk.ann.ask("POST", "/api/v1/trainings", form)
    path = f"/api/v1/trainings/{training['id']}"
    task = task_form(pool_id=training["id"], known_solutions=KNOWN, message_on_unknown_solution="Look again")
    desk.ann.ask("POST", TASKS, task, allow_defaults=True)
    desk.ann.ask("POST", f"{path}/open")
    wanted = {
        **form,
        "private_name": "second steps",
        "inherited_instructions": False,
        "public_instructions": "<p>Look</p>",
        "retry_training_after_days": 7,
        "task_suites_required_to_pass": 2,
        "shuffle_tasks_in_task_suite": False,
    }
    assert desk.ann.refusal("PUT", path, wanted) == (400, "INAPPROPRIATE_STATUS")
    operation = desk.ann.ask("POST", f"{path}/close-for-update")
    assert (operation["type"], operation["parameters"]) == ("TRAINING.CLOSE", {"training_id": training["id"]})
    changed = desk.ann.ask("PUT", path, wanted)
    assert {name: changed[name] for name in wanted} == wanted
    assert desk.ann.call("POST", f"{path}/close-for-update").status_code == 204
    desk.clock.move(minutes=15)
    assert desk.ann.get(path)["status"] == "OPEN"


def test_training_that_is_replaced_as_a_pool_keeps_its_skill(desk: FrontDesk) -> None:
    """The rule that shows the skill is shown once, and another one beside it is kept."""
    training = desk.ann.ask("POST", "/api/v1/trainings", training_form(desk.project()))
    path = f"/api/v1/pools/{training['id']}"
    before = desk.ann.get(path)
    assert desk.ann.ask("PUT", path, before) == before
    (shown_skill,) = before["quality_control"]["configs"]
    ban = {"type": "RESTRICTION_V2", "parameters": {"scope": "POOL", "duration_unit": "PERMANENT"}}
    condition = {"key": "skipped_in_row_count", "operator": "GTE", "value": 5}
    collector = {"type": "SKIPPED_IN_ROW_ASSIGNMENTS", "uuid": "other", "parameters": {}}
    other = {"collector_config": collector, "rules": [{"conditions": [condition], "action": ban}]}
    after = desk.ann.ask("PUT", path, {**before, "quality_control": {"configs": [shown_skill, other]}})
    kinds = [config["collector_config"]["type"] for config in after["quality_control"]["configs"]]
    assert sorted(kinds) == ["SKIPPED_IN_ROW_ASSIGNMENTS", "TRAINING"]
    assert desk.ann.ask("PUT", path, before)["quality_control"] == before["quality_control"]


def test_skill_has_all_that_was_said_of_it(desk: FrontDesk) -> None:
    """It comes back, is replaced as a whole, and belongs to nobody else."""
    form = {
        "name": "eye",
        "hidden": False,
        "public_name": {"EN": "Eye"},
        "public_requester_description": {"EN": "Sees well"},
        "private_comment": "mine",
        "skill_ttl_hours": 3,
        "deprecated": False,
    }
    skill = desk.ann.ask("POST", "/api/v1/skills", form)
    path = f"/api/v1/skills/{skill['id']}"
    assert {name: skill[name] for name in form} == form
    assert (skill["training"], skill["global"]) == (False, False)
    assert desk.ann.get(path) == desk.ann.ask("POST", "/api/v1/skills", form) == skill
    assert desk.ann.refusal("POST", "/api/v1/skills", {"name": "eye"}) == (400, "WORKER_SKILL_EXISTS")
    changed = desk.ann.ask("PUT", path, {"name": "sight"})
    assert changed == {**{name: skill[name] for name in ("id", "created", "training", "global")}, **changed}
    assert not {"public_name", "private_comment", "skill_ttl_hours"} & set(changed)
    assert desk.requester("bob").refusal("PUT", path, form) == (404, "DOES_NOT_EXIST")


def test_global_skills_are_none_of_ours(desk: FrontDesk) -> None:
    """Asked for them, the list is empty; asked for the others, it has all."""
    skill = desk.ann.ask("POST", "/api/v1/skills", {"name": "eye"})
    assert desk.ann.get("/api/v1/skills", **{"global": True})["items"] == []
    assert desk.ann.get("/api/v1/skills", **{"global": False})["items"] == [skill]


def test_value_of_a_skill_runs_out(desk: FrontDesk) -> None:
    """It shows when it was first and last set, and is gone when it was not set again in time."""
    skill, worker = desk.ann.ask("POST", "/api/v1/skills", {"name": "eye", "skill_ttl_hours": 2}), desk.worker()
    value = {"skill_id": skill["id"], "user_id": worker.name, "value": 50, "reason": "exam"}
    desk.ann.ask("PUT", "/api/v1/user-skills", value)
    desk.clock.move(hours=1)
    shown = desk.ann.ask("PUT", "/api/v1/user-skills", {**value, "value": 60})
    assert (shown["created"], shown["modified"]) == ("2026-01-01T00:00:00", "2026-01-01T01:00:00")
    query = {"skill_id": skill["id"], "modified_gt": "2026-01-01T00:30:00"}
    assert desk.ann.get("/api/v1/user-skills", **query)["items"] == [shown]
    desk.clock.move(hours=2)
    assert desk.ann.get("/api/v1/user-skills", user_id=worker.name)["items"] == []
    assert desk.ann.refusal("GET", f"/api/v1/user-skills/{shown['id']}") == (404, "DOES_NOT_EXIST")


def test_project_is_archived_when_its_pools_are(desk: FrontDesk) -> None:
    """It is listed as archived, can be fetched, and is changed no more."""
    pool_id = desk.pool()
    project = desk.ann.get(f"/api/v1/projects/{shown(desk, pool_id)['project_id']}")
    path = f"/api/v1/projects/{project['id']}"
    assert desk.ann.refusal("POST", f"{path}/archive") == (400, "UNARCHIVED_POOLS_CONFLICT")
    desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/archive")
    other = desk.project()
    for _ in range(2):
        operation = desk.ann.ask("POST", f"{path}/archive")
        assert (operation["type"], operation["parameters"]) == ("PROJECT.ARCHIVE", {"project_id": project["id"]})
        assert operation["status"] == "SUCCESS"
    assert desk.ann.get(path) == {**project, "status": "ARCHIVED"}
    listed = {
        status: [found["id"] for found in desk.ann.get("/api/v1/projects", status=status)["items"]]
        for status in ("ACTIVE", "ARCHIVED", "ACTIVE,ARCHIVED")
    }
    assert listed == {"ACTIVE": [other], "ARCHIVED": [project["id"]], "ACTIVE,ARCHIVED": [project["id"], other]}
    assert desk.ann.refusal("PUT", path, project_form(public_name="Pets")) == (400, "PROJECT_INAPPROPRIATE_STATUS")
    assert desk.ann.refusal("POST", "/api/v1/pools", pool_form(project["id"])) == (400, "PROJECT_INAPPROPRIATE_STATUS")


def test_pool_stays_with_its_version_of_the_project(desk: FrontDesk) -> None:
    """Tasks and known solutions are checked against it, and workers see it."""
    pool_id = desk.pool(task_form("a"), task_form("b"))
    project_id = shown(desk, pool_id)["project_id"]
    spec = project_form()["task_spec"]
    changed = {**spec, "output_spec": {"colour": {"type": "string", "required": True}}}
    form = project_form(task_spec=changed, public_name="Colours")
    check = desk.ann.ask("POST", f"/api/staging/projects/{project_id}/check", form)
    assert check == {"differenceLevel": "BREAKING_CHANGE"}
    desk.ann.ask("PUT", f"/api/v1/projects/{project_id}", form)
    assert desk.ann.get(f"/api/v1/projects/{project_id}")["public_name"] == "Colours"
    task = task_form("gold", pool_id=pool_id, known_solutions=KNOWN, infinite_overlap=True)
    assert desk.ann.ask("POST", TASKS, task)["id"]
    worker = desk.worker()
    assert desk.answer(worker, pool_id)
    view = worker.get(f"/api/worker/pools/{pool_id}")
    assert (view["title"], list(view["output_spec"])) == ("Cats and dogs", ["label"])


def test_project_limits_pages_in_hand(desk: FrontDesk) -> None:
    """The limit comes back, and bots are told so in a word after which they ask again."""
    project_id, worker = desk.project(max_active_assignments_count=1), desk.worker()
    assert desk.ann.get(f"/api/v1/projects/{project_id}")["max_active_assignments_count"] == 1
    first, second = (desk.pool(task_form(), project_id=project_id) for _ in range(2))
    desk.take(worker, first)
    assert worker.refusal("POST", WORK, {"poolId": second}) == (403, "TOO_MANY_ACTIVE_ASSIGNMENTS")


def test_workers_are_shown_urgent_pools_first(desk: FrontDesk) -> None:
    """The list of the worker's page follows the priority at once."""
    pools, worker = [desk.pool(task_form(), priority=priority) for priority in (10, 50)], desk.worker()
    assert [pool["pool_id"] for pool in worker.get("/api/worker/pools")["items"]] == pools[::-1]
    desk.ann.ask("PATCH", f"/api/v1/pools/{pools[0]}", {"priority": 90})
    assert [pool["pool_id"] for pool in worker.get("/api/worker/pools")["items"]] == pools


def test_nobody_changes_the_records_of_another(desk: FrontDesk) -> None:
    """Ids of others look like ids of nothing."""
    bob, pool_id = desk.requester("bob"), desk.pool(task_form())
    form, task_id = shown(desk, pool_id), only_task(desk, pool_id)["id"]
    calls: list[tuple[str, str, Any]] = [
        ("PUT", f"/api/v1/pools/{pool_id}", form),
        ("PATCH", f"/api/v1/pools/{pool_id}", {"priority": 1}),
        ("POST", f"/api/v1/pools/{pool_id}/close-for-update", None),
        ("PATCH", f"{TASKS}/{task_id}", {"overlap": 5}),
        ("PUT", f"/api/v1/trainings/{pool_id}", training_form(form["project_id"])),
        ("POST", f"/api/v1/trainings/{pool_id}/close-for-update", None),
        ("PUT", f"/api/v1/projects/{form['project_id']}", project_form()),
        ("POST", f"/api/v1/projects/{form['project_id']}/archive", None),
        ("POST", f"/api/staging/projects/{form['project_id']}/check", project_form()),
    ]
    assert {bob.refusal(*call) for call in calls} == {(404, "DOES_NOT_EXIST")}
    assert shown(desk, pool_id) == form
