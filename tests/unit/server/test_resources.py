"""Skills, bonuses, trainings, tables, analytics and aggregation of the requester API."""

import pytest

from tests.unit.server.front_desk import TASKS, FrontDesk, pool_form, project_form, task_form


def _answered(desk: FrontDesk) -> str:
    """Return a pool of two tasks: two workers see a cat on the first, one sees a cat and one a dog on the second."""
    pool_id = desk.pool(task_form("a"), task_form("b"), auto_accept_solutions=True)
    for name, labels in (("wim", "cat cat"), ("eva", "cat dog")):
        worker = desk.worker(name)
        for _ in range(2):
            page = desk.take(worker, pool_id)
            label = labels.split()["b" in page["tasks"][0]["input_values"]["image"]]
            body = {"solutions": [{"output_values": {"label": label}}]}
            worker.ask("POST", f"/api/i-v2/assignment-executions/{page['id']}/submit", body)
    return pool_id


def test_skill_of_a_worker_opens_and_closes_a_pool(desk: FrontDesk) -> None:
    """The value is shown rounded and exact; without the skill the filter admits nobody."""
    skill = desk.ann.ask("POST", "/api/v1/skills", {"name": "expert"})
    rule = {"category": "skill", "key": skill["id"], "operator": "GT", "value": 80}
    pool_id, worker = desk.pool(task_form(), filter={"and": [{"or": [rule]}]}), desk.worker()
    wish = ("POST", "/api/i-v2/assignment-executions", {"poolId": pool_id})
    assert worker.refusal(*wish) == (403, "ACCESS_DENIED")
    value = {"skill_id": skill["id"], "user_id": worker.name, "value": 85.5}
    shown = desk.ann.ask("PUT", "/api/v1/user-skills", value)
    assert (shown["value"], shown["exact_value"]) == (86, 85.5)
    assert desk.ann.get("/api/v1/user-skills", skill_id=skill["id"])["items"] == [shown]
    assert worker.call(*wish).status_code == 200
    assert desk.ann.call("DELETE", f"/api/v1/user-skills/{shown['id']}").status_code == 204
    assert desk.ann.get("/api/v1/user-skills", user_id=worker.name)["items"] == []


def test_bonuses_are_paid_together_or_not_at_all(desk: FrontDesk) -> None:
    """A worker who is not there is found before anything is paid."""
    good = {"user_id": desk.worker().name, "amount": 0.5, "without_message": True}
    bad = {"user_id": "nobody", "amount": 0.5, "without_message": True}
    assert desk.ann.refusal("POST", "/api/v1/user-bonuses", [good, bad]) == (400, "VALIDATION_ERROR")
    assert desk.ann.get("/api/v1/user-bonuses")["items"] == []
    made = desk.ann.ask("POST", "/api/v1/user-bonuses", [good, bad], skip_invalid_items=True)
    assert made["validation_errors"]["1"]["user_id"]["code"] == "ENTITY_DOES_NOT_EXIST"
    assert [bonus["amount"] for bonus in desk.ann.get("/api/v1/user-bonuses")["items"]] == [0.5]


def test_training_is_a_pool_too(desk: FrontDesk) -> None:
    """It is listed among trainings only, and its tasks are for everybody."""
    form = {
        "project_id": desk.project(),
        "private_name": "first steps",
        "inherited_instructions": True,
        "training_tasks_in_task_suite_count": 1,
        "task_suites_required_to_pass": 1,
    }
    training = desk.ann.ask("POST", "/api/v1/trainings", form)
    known = [{"output_values": {"label": "cat"}}]
    task = task_form(pool_id=training["id"], known_solutions=known, message_on_unknown_solution="Look again")
    assert desk.ann.ask("POST", TASKS, task, allow_defaults=True)["infinite_overlap"] is True
    assert desk.ann.get(f"/api/v1/pools/{training['id']}")["type"] == "TRAINING"
    assert desk.ann.get("/api/v1/pools")["items"] == []
    opened = desk.ann.ask("POST", f"/api/v1/trainings/{training['id']}/open")
    assert (opened["type"], opened["parameters"]) == ("TRAINING.OPEN", {"training_id": training["id"]})
    (shown,) = desk.ann.get("/api/v1/trainings", status="OPEN", sort="-created", limit=1)["items"]
    assert shown["id"] == training["id"]


def test_clone_has_the_config_and_no_tasks(desk: FrontDesk) -> None:
    """The operation tells the id of the copy."""
    pool_id = desk.pool(task_form())
    operation = desk.ann.ask("POST", f"/api/v1/pools/{pool_id}/clone")
    copy_id = operation["details"]["pool_id"]
    assert desk.ann.get(f"/api/v1/pools/{copy_id}")["private_name"] == "first basket"
    assert desk.ann.get(TASKS, pool_id=copy_id)["items"] == []


def test_table_has_a_row_for_every_task(desk: FrontDesk) -> None:
    """Values, worker and status stand in columns."""
    table = desk.ann.call("GET", f"/api/new/requester/pools/{_answered(desk)}/assignments.tsv").text
    head, *rows = [line for line in table.splitlines() if line.strip()]
    assert head.split("\t")[:3] == ["INPUT:image", "INPUT:id", "OUTPUT:label"]
    assert sum("\tcat\t" in row for row in rows) == 3


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("real_tasks_count", 2),
        ("approved_assignments_count", 4),
        ("completion_percentage", 100),
        ("spent_budget", 0.08),
        ("unique_workers_count", 2),
        ("unique_submitters_count", 2),
        ("estimated_assignments_count", 4),
    ],
)
def test_pools_are_counted(desk: FrontDesk, name: str, value: float) -> None:
    """Every number is what happened."""
    question = {"subject": "POOL", "subject_id": _answered(desk), "name": name}
    (answer,) = desk.ann.ask("POST", "/api/staging/analytics-2", [question])["details"]["value"]
    assert (answer["request"], answer["result"]["value"]) == (question, value)


def test_answers_are_aggregated(desk: FrontDesk) -> None:
    """Both workers agree about the first task, so its label is surer than that of the second."""
    pool_id = _answered(desk)
    form = {"type": "DAWID_SKENE", "pool_id": pool_id, "fields": [{"name": "label"}]}
    operation = desk.ann.ask("POST", "/api/v1/aggregated-solutions/aggregate-by-pool", form)
    first, second = desk.ann.get(f"/api/v1/aggregated-solutions/{operation['id']}")["items"]
    assert (first["output_values"], second["output_values"]) == ({"label": "cat"}, {"label": "cat"})
    assert first["confidence"] >= second["confidence"]
    assert desk.ann.get(f"/api/v1/operations/{operation['id']}/log") == []
    one = desk.ann.ask("POST", "/api/v1/aggregated-solutions/aggregate-by-task", {**form, "task_id": first["task_id"]})
    assert one == first


def test_skilled_workers_count_more(desk: FrontDesk) -> None:
    """The worker with the higher skill wins where two disagree."""
    pool_id, skill = _answered(desk), desk.ann.ask("POST", "/api/v1/skills", {"name": "eye"})
    for name, value in (("wim", 55), ("eva", 95)):
        desk.ann.ask("PUT", "/api/v1/user-skills", {"skill_id": skill["id"], "user_id": name, "value": value})
    form = {"type": "WEIGHTED_DYNAMIC_OVERLAP", "pool_id": pool_id, "answer_weight_skill_id": skill["id"]}
    operation = desk.ann.ask(
        "POST", "/api/v1/aggregated-solutions/aggregate-by-pool", {**form, "fields": [{"name": "label"}]}
    )
    found = desk.ann.get(f"/api/v1/aggregated-solutions/{operation['id']}")["items"]
    assert [solution["output_values"]["label"] for solution in found] == ["cat", "dog"]


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        pytest.param({}, "EQUAL", id="same"),
        pytest.param({"public_name": "Pets"}, "NON_BREAKING_CHANGE", id="name"),
        pytest.param(
            {"task_spec": {**project_form()["task_spec"], "output_spec": {"label": {"type": "string"}}}},
            "BREAKING_CHANGE",
            id="output",
        ),
    ],
)
def test_change_of_a_project_is_weighed(desk: FrontDesk, changes: dict[str, object], level: str) -> None:
    """Specs are what pools and answers depend on."""
    path = f"/api/staging/projects/{desk.project()}/check"
    assert desk.ann.ask("POST", path, project_form(**changes)) == {"differenceLevel": level}


def test_assignments_are_listed_by_state_and_by_task(desk: FrontDesk) -> None:
    """Only the states that are named are shown, and pages that hold the task."""
    pool_id = desk.pool(task_form("a"), task_form("b"))
    worker = desk.worker()
    page_id = desk.answer(worker, pool_id)
    desk.take(worker, pool_id)
    (submitted,) = desk.ann.get("/api/v1/assignments", pool_id=pool_id, status="SUBMITTED")["items"]
    assert submitted["id"] == page_id
    assert len(desk.ann.get("/api/v1/assignments", pool_id=pool_id, status="SUBMITTED,ACTIVE")["items"]) == 2
    (found,) = desk.ann.get("/api/v1/assignments", task_id=submitted["tasks"][0]["id"])["items"]
    assert found["id"] == page_id


def test_requester_sees_the_skill_of_a_training_and_first_answers(desk: FrontDesk) -> None:
    """The pool of the training names its skill; an assignment shows what was answered first where it was wrong."""
    form = {
        "project_id": desk.project(),
        "private_name": "first steps",
        "inherited_instructions": True,
        "training_tasks_in_task_suite_count": 1,
        "task_suites_required_to_pass": 1,
    }
    training = desk.ann.ask("POST", "/api/v1/trainings", form)
    known = [{"output_values": {"label": "cat"}}]
    task = task_form(pool_id=training["id"], known_solutions=known, message_on_unknown_solution="Look again")
    desk.ann.ask("POST", TASKS, task, allow_defaults=True, open_pool=True)
    (config,) = desk.ann.get(f"/api/v1/pools/{training['id']}")["quality_control"]["configs"]
    (rule,) = config["rules"]
    assert rule["action"]["type"] == "SET_SKILL_FROM_OUTPUT_FIELD"
    skill = desk.ann.get(f"/api/v1/skills/{rule['action']['parameters']['skill_id']}")
    assert skill["name"] == "Cats and dogs - training"
    worker = desk.worker()
    page = desk.take(worker, training["id"])
    checked = {"task_id": page["tasks"][0]["id"], "output_values": {"label": "dog"}}
    worker.ask("POST", f"/api/worker/pages/{page['id']}/check", checked)
    desk.answer(worker, training["id"])
    shown = desk.ann.get(f"/api/v1/assignments/{page['id']}")
    assert shown["first_declined_solution_attempt"] == [{"output_values": {"label": "dog"}}]
    assert (shown["solutions"], shown["status"]) == ([{"output_values": {"label": "cat"}}], "ACCEPTED")
    assert shown["tasks"][0]["message_on_unknown_solution"] == "Look again"
    (value,) = desk.ann.get("/api/v1/user-skills", skill_id=skill["id"])["items"]
    assert (value["user_id"], value["value"]) == (worker.name, 0)


def test_rules_that_cannot_be_applied_are_refused(desk: FrontDesk) -> None:
    """Pools and projects that count on them are not made; every reason is named."""
    rule = {
        "conditions": [{"key": "success_rate", "operator": "LT", "value": 60}],
        "action": {"type": "RESTRICTION_V2", "parameters": {"scope": "PROJECT", "duration_unit": "PERMANENT"}},
    }
    collector = {"type": "CAPTCHA", "uuid": "f47ac10b-58cc-4372-a567-0e02b2c3d479", "parameters": {"history_size": 5}}
    control = {"configs": [{"collector_config": collector, "rules": [rule]}]}
    balance = {"type": "TOP_PERCENTAGE_BY_QUALITY", "percent": 50}
    form = pool_form(desk.project(), quality_control=control, speed_quality_balance=balance)
    response = desk.ann.call("POST", "/api/v1/pools", form)
    assert response.status_code == 400
    assert set(response.json()["payload"]) == {"quality_control.configs.0.rules.0", "speed_quality_balance"}
    wanted = project_form(quality_control=control)
    assert desk.ann.refusal("POST", "/api/v1/projects", wanted) == (400, "VALIDATION_ERROR")
    assert desk.ann.get("/api/v1/pools")["items"] == []
