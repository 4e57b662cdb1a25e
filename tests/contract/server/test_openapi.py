"""Answers of the requester API against the document that Toloka publishes."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft4Validator
from referencing import Registry, Resource

from tests.unit.server.front_desk import SUITES, TASKS, FrontDesk, Person, recording_form, suite_form, task_form
from tests.unit.server.receiver import Receiver
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

_FOLDER = Path(__file__).parents[4] / "shared/reference"
_DOCUMENT = _FOLDER / "toloka-openapi.yaml"
_ADDITIONAL = "toloka-openapi-additional.yaml"

pytestmark = pytest.mark.skipif(not _DOCUMENT.exists(), reason="the document lies beside the project, not in it")


@cache
def _load(name: str) -> dict[str, Any]:
    # The stored files refer to each other under the names that they had in their own repository.
    text = (_FOLDER / name).read_text(encoding="utf-8")
    for there in ("./parts/api/additional.yaml", "../../fullApi.yaml"):
        here = _ADDITIONAL if "additional" in there else _DOCUMENT.name
        text = text.replace(there, here)
    document: dict[str, Any] = yaml.safe_load(text)
    _mend(document)
    if name == _DOCUMENT.name:
        _set_right(document["components"]["schemas"])
    return document


def _set_right(schemas: dict[str, Any]) -> None:
    """Set right where the document contradicts its own examples."""
    schemas["OneFieldConditionDtoV1"]["properties"]["value"] = {"type": "number"}
    schemas["ActionConfigDtoV1"]["properties"]["parameters"]["required"] = []
    for form in ("PoolFormV1", "PoolViewV1"):
        schemas[form]["properties"]["filter"] = {"type": "object"}


def _mend(schema: Any) -> None:
    """Take out what the document says by mistake: fields that stand for any field, and texts that are called lists."""
    if isinstance(schema, list):
        for part in schema:
            _mend(part)
    if isinstance(schema, dict):
        if schema.get("required") == ["<ID>"]:
            del schema["required"]
        config = (schema.get("properties") or {}).get("config")
        if isinstance(config, dict) and config.get("type") == "array":
            config["type"] = "string"
        if (schema.get("properties") or {}).keys() >= {"delta", "from_field", "scope"}:
            # Only restrictions have a scope.
            schema.pop("required", None)
        if schema.get("required") == ["key", "operator", "value"]:
            # A threshold is a number, a word or true or false.
            schema["properties"]["value"] = {}
        for part in schema.values():
            _mend(part)


@cache
def _registry() -> Registry[Any]:
    names = (_DOCUMENT.name, _ADDITIONAL)
    return Registry().with_resources([(name, Resource.opaque(_load(name))) for name in names])


def _problems(schema_name: str, value: object) -> list[str]:
    schema = {"$ref": f"{_DOCUMENT.name}#/components/schemas/{schema_name}"}
    validator = Draft4Validator(schema, registry=_registry())
    return [
        f"{schema_name} {'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(value)
    ]


def _properties(schema: dict[str, Any]) -> set[str]:
    """Return the fields of a schema, those of the schemas that it consists of too."""
    if "$ref" in schema:
        file, _, path = schema["$ref"].partition("#/components/schemas/")
        return _properties(_load(file or _DOCUMENT.name)["components"]["schemas"][path])
    parts = [_properties(part) for part in schema.get("allOf", ())]
    return set(schema.get("properties", ())).union(*parts)


@pytest.mark.parametrize(
    ("schema", "document", "elsewhere"),
    [
        pytest.param("ProjectFormV1", whole_project(), set(), id="project"),
        pytest.param("PoolFormV1", whole_pool("1", training_id="2", skill_id="3"), set(), id="pool"),
        pytest.param("MixerConfig", whole_pool("1", training_id="2", skill_id="3")["mixer_config"], set(), id="mixer"),
        pytest.param("TrainingFormV1", whole_training("1"), set(), id="training"),
        pytest.param("TaskFormV1", whole_task("1"), set(), id="task"),
        pytest.param(
            "TaskSuiteFormV1",
            whole_task_suite("1"),
            # What the platform says, although the document has it in the form.
            {"mixed", "automerged", "remaining_overlap"},
            id="task suite",
        ),
        pytest.param("SkillFormV1", whole_skill(), set(), id="skill"),
        pytest.param(
            "UserRestrictionFormV1",
            whole_restriction("w", scope="POOL", project_id="1", pool_id="2"),
            {"project_id"},
            id="restriction",
        ),
        pytest.param("UserBonusFormV1", whole_bonus("w", assignment_id="1"), set(), id="bonus"),
    ],
)
def test_whole_documents_are_whole(schema: str, document: dict[str, Any], elsewhere: set[str]) -> None:
    """They fit the document, and say every field of it but those that exclude each other."""
    found = _load(_DOCUMENT.name)["components"]["schemas"][schema]
    assert _properties(found) - set(document) == elsewhere
    assert _problems(schema, document) == []


@pytest.fixture
def desk() -> Iterator[FrontDesk]:
    """Return a server on which something of everything has happened."""
    desk = FrontDesk(are_private_webhooks_allowed=True)
    with desk.client:
        yield desk


def _act(desk: FrontDesk) -> Iterator[tuple[str, Any]]:
    """Do something of everything; yield what the document says of each answer, and the answer."""
    ann = desk.ann
    worker = desk.worker("wim", languages=frozenset({"EN"}))
    pool_id = desk.pool(task_form("a", overlap=2), task_form("b", overlap=2))
    project_id = ann.get(f"/api/v1/pools/{pool_id}")["project_id"]
    first, second = desk.answer(worker, pool_id), desk.answer(worker, pool_id)
    yield "ProjectViewV1", ann.get(f"/api/v1/projects/{project_id}")
    yield "PageOfV1ProjectViewV1", ann.get("/api/v1/projects")
    yield "PoolViewV1", ann.get(f"/api/v1/pools/{pool_id}")
    yield "PageOfV1PoolViewV1", ann.get("/api/v1/pools")
    yield "PageOfV1TaskViewV1", ann.get(TASKS, pool_id=pool_id)
    yield "AssignmentViewV1", ann.ask("PATCH", f"/api/v1/assignments/{first}", {"status": "ACCEPTED"})
    yield "AssignmentViewV1", ann.ask("PATCH", f"/api/v1/assignments/{second}", {"status": "REJECTED"})
    yield "PageOfV1AssignmentViewV1", ann.get("/api/v1/assignments", pool_id=pool_id)
    yield from _act_on_suites(desk, worker, pool_id)
    yield from _act_on_people(ann, worker, pool_id)
    yield from _act_on_operations(ann, pool_id)
    yield from _act_on_training(ann, project_id)
    yield from _act_on_files(desk, ann, worker)
    yield from _act_on_messages(ann, worker)
    yield from _act_on_webhooks(ann, pool_id)
    yield "RequesterViewV1", ann.get("/api/v1/requester")
    yield from _act_on_whole_documents(ann, worker)
    yield from _act_on_changes(ann)


def _act_on_suites(desk: FrontDesk, worker: Person, mixed_pool_id: str) -> Iterator[tuple[str, Any]]:
    ann, known = desk.ann, [{"output_values": {"label": "cat"}, "correctness_weight": 0.5}]
    lesson = task_form("l", known_solutions=known, message_on_unknown_solution="Look again")
    more = {"reserved_for": [worker.name], "unavailable_for": ["nobody"], "issuing_order_override": -2.5}
    pool_id = desk.suite_pool(suite_form("a", **more), suite_form("b", lesson, infinite_overlap=True))
    yield "PoolViewV1", ann.get(f"/api/v1/pools/{pool_id}")
    page = ann.get(SUITES, pool_id=pool_id)
    yield "PageOfV1TaskSuiteViewV1", page
    desk.answer(worker, pool_id)
    desk.answer(worker, pool_id)
    yield "AssignmentViewV1", ann.get("/api/v1/assignments", task_suite_id=page["items"][0]["id"])["items"][0]
    path = f"{SUITES}/{page['items'][0]['id']}"
    yield "TaskSuiteViewV1", ann.get(path)
    yield "TaskSuiteViewV1", ann.ask("PATCH", path, {"infinite_overlap": True, "overlap": None})
    yield "TaskSuiteViewV1", ann.ask("PATCH", f"{path}/set-overlap-or-min", {"overlap": 0})
    yield "PageOfV1TaskViewV1", ann.get(TASKS, pool_id=pool_id)
    forms = [{**suite_form("c"), "pool_id": pool_id}, {**suite_form("d", {}), "pool_id": pool_id}]
    yield "PageOfTaskSuiteV1", ann.ask("POST", SUITES, forms, allow_defaults=True, skip_invalid_items=True)
    yield "TaskSuiteViewV1", ann.ask("POST", SUITES, {**suite_form("e"), "pool_id": pool_id, "overlap": 1})
    yield "OperationViewV1", ann.ask("POST", SUITES, forms, allow_defaults=True, async_mode=True)
    yield "PageOfV1TaskSuiteViewV1", ann.get(SUITES, pool_id=mixed_pool_id)


def _act_on_people(ann: Person, worker: Person, pool_id: str) -> Iterator[tuple[str, Any]]:
    skill = ann.ask("POST", "/api/v1/skills", {"name": "expert"})
    yield "SkillViewV1", skill
    yield "PageOfV1SkillViewV1", ann.get("/api/v1/skills", name="expert")
    value = {"skill_id": skill["id"], "user_id": worker.name, "value": 85.5}
    yield "UserSkillViewV1", ann.ask("PUT", "/api/v1/user-skills", value)
    yield "PageOfV1UserSkillViewV1", ann.get("/api/v1/user-skills", user_id=worker.name)
    form = {"scope": "POOL", "pool_id": pool_id, "user_id": worker.name, "will_expire": "2030-01-01T00:00:00"}
    yield "UserRestrictionViewV1", ann.ask("PUT", "/api/v1/user-restrictions", form)
    yield "PageOfV1UserRestrictionViewV1", ann.get("/api/v1/user-restrictions")
    bonus = {
        "user_id": worker.name,
        "amount": 0.5,
        "public_title": {"EN": "Thanks"},
        "public_message": {"EN": "Well done"},
    }
    yield "UserBonusViewV1", ann.ask("POST", "/api/v1/user-bonuses", bonus)
    yield "PageOfV1UserBonusViewV1", ann.get("/api/v1/user-bonuses")
    yield "UserMetadataViewV1", ann.get(f"/api/v1/user-metadata/{worker.name}")


def _act_on_files(desk: FrontDesk, ann: Person, worker: Person) -> Iterator[tuple[str, Any]]:
    pool_id = desk.pool(task_form(), project_id=desk.project(**recording_form()))
    page = desk.take(worker, pool_id)
    file = worker.send(f"/api/worker/pages/{page['id']}/files", b"RIFF....WAVE", name="a.wav").json()
    solutions = [{"output_values": {"record": file["id"]}}]
    worker.ask("POST", f"/api/worker/pages/{page['id']}/submit", {"solutions": solutions})
    yield "AttachmentViewV1", ann.get(f"/api/v1/attachments/{file['id']}")
    yield "PageOfV1AttachmentViewV1", ann.get("/api/v1/attachments", pool_id=pool_id)


def _act_on_messages(ann: Person, worker: Person) -> Iterator[tuple[str, Any]]:
    threads = "/api/v1/message-threads"
    condition = {"category": "profile", "key": "languages", "operator": "IN", "value": "EN"}
    form = {
        "topic": {"EN": "News"},
        "text": {"EN": "Hello"},
        "answerable": True,
        "recipients_select_type": "FILTER",
        "recipients_filter": {"and": [condition]},
    }
    thread = ann.ask("POST", f"{threads}/compose", form)
    yield "MessageThreadViewV1", thread
    worker.ask("POST", f"/api/worker/messages/{thread['id']}/reply", {"text": "Hi"})
    yield "MessageThreadViewV1", ann.ask("POST", f"{threads}/{thread['id']}/reply", {"text": {"EN": "Well"}})
    folders = {"folders": ["IMPORTANT", "UNREAD"]}
    yield "MessageThreadViewV1", ann.ask("POST", f"{threads}/{thread['id']}/add-to-folders", folders)
    yield "MessageThreadViewV1", ann.ask("POST", f"{threads}/{thread['id']}/remove-from-folders", folders)
    yield "MessageThreadViewV1", ann.get(f"{threads}/{thread['id']}")
    yield "PageOfV1MessageThreadViewV1", ann.get(threads)


def _act_on_webhooks(ann: Person, pool_id: str) -> Iterator[tuple[str, Any]]:
    webhooks = "/api/v1/webhook-subscriptions"
    with Receiver() as receiver:
        form = {"webhook_url": receiver.url, "event_type": "POOL_CLOSED", "pool_id": pool_id, "secret_key": "12345"}
        webhook = ann.ask("PUT", webhooks, form)
        yield "WebhookSubscriptionViewV1", webhook
        yield "WebhookSubscriptionViewV1", ann.get(f"{webhooks}/{webhook['id']}")
        yield "PageOfV1WebhookSubscriptionViewV1", ann.get(webhooks)
        yield "WebhookPushResultView", ann.ask("POST", f"{webhooks}/{webhook['id']}/test")
    ann.ask("DELETE", f"{webhooks}/{webhook['id']}")


def _act_on_operations(ann: Person, pool_id: str) -> Iterator[tuple[str, Any]]:
    item = {**task_form("late"), "pool_id": pool_id}
    yield "OperationViewV1", ann.ask("POST", TASKS, [item], async_mode=True, allow_defaults=True)
    yield "PageOfV1OperationViewV1", ann.get("/api/v1/operations")
    form = {"type": "DAWID_SKENE", "pool_id": pool_id, "fields": [{"name": "label"}]}
    operation = ann.ask("POST", "/api/v1/aggregated-solutions/aggregate-by-pool", form)
    yield "OperationViewV1", operation
    yield "PageOfV1AggregatedSolutionViewV1", ann.get(f"/api/v1/aggregated-solutions/{operation['id']}")
    question = {"subject": "POOL", "subject_id": pool_id, "name": "completion_percentage"}
    yield "OperationViewV1", ann.ask("POST", "/api/staging/analytics-2", [question])
    yield "OperationViewV1", ann.ask("POST", f"/api/v1/pools/{pool_id}/clone")
    yield "OperationViewV1", ann.ask("POST", f"/api/v1/pools/{pool_id}/close")


def _act_on_training(ann: Person, project_id: str) -> Iterator[tuple[str, Any]]:
    form = {
        "project_id": project_id,
        "private_name": "first steps",
        "inherited_instructions": True,
        "training_tasks_in_task_suite_count": 1,
        "task_suites_required_to_pass": 1,
        "assignment_max_duration_seconds": 600,
    }
    training = ann.ask("POST", "/api/v1/trainings", form)
    yield "TrainingViewV1", training
    yield "PageOfV1TrainingViewV1", ann.get("/api/v1/trainings", project_id=project_id)
    yield "PoolViewV1", ann.get(f"/api/v1/pools/{training['id']}")


def _act_on_whole_documents(ann: Person, worker: Person) -> Iterator[tuple[str, Any]]:
    project = ann.ask("POST", "/api/v1/projects", whole_project())
    yield "ProjectViewV1", project
    training = ann.ask("POST", "/api/v1/trainings", whole_training(project["id"]))
    yield "TrainingViewV1", training
    skill = ann.ask("POST", "/api/v1/skills", whole_skill())
    yield "SkillViewV1", skill
    pool = ann.ask("POST", "/api/v1/pools", whole_pool(project["id"], training_id=training["id"], skill_id=skill["id"]))
    yield "PoolViewV1", pool
    yield "TaskViewV1", ann.ask("POST", TASKS, whole_task(pool["id"]))
    for scope in ("POOL", "PROJECT", "ALL_PROJECTS"):
        form = whole_restriction(worker.name, scope=scope, project_id=project["id"], pool_id=pool["id"])
        yield "UserRestrictionViewV1", ann.ask("PUT", "/api/v1/user-restrictions", form)
    yield "ProjectViewV1", ann.ask("PUT", f"/api/v1/projects/{project['id']}", project)
    yield "TrainingViewV1", ann.ask("PUT", f"/api/v1/trainings/{training['id']}", training)
    yield "SkillViewV1", ann.ask("PUT", f"/api/v1/skills/{skill['id']}", skill)


def _act_on_changes(ann: Person) -> Iterator[tuple[str, Any]]:
    """Change a pool and its task, and archive both and their project."""
    (pool, *_) = ann.get("/api/v1/pools", sort="-id")["items"]
    (task,) = ann.get(TASKS, pool_id=pool["id"])["items"]
    patch = {"overlap": 4, "infinite_overlap": False, "known_solutions": task["known_solutions"]}
    yield "TaskViewV1", ann.ask("PATCH", f"{TASKS}/{task['id']}", patch, open_pool=True)
    yield "TaskViewV1", ann.ask("PATCH", f"{TASKS}/{task['id']}/set-overlap-or-min", {"overlap": 5})
    path = f"/api/v1/pools/{pool['id']}"
    yield "OperationViewV1", ann.ask("POST", f"{path}/close-for-update")
    yield "PoolViewV1", ann.ask("PUT", path, pool)
    yield "PoolViewV1", ann.ask("PATCH", path, {"priority": 1})
    yield "OperationViewV1", ann.ask("POST", f"{path}/archive")
    project_id, training_id = pool["project_id"], pool["quality_control"]["training_requirement"]["training_pool_id"]
    ann.ask("POST", f"/api/v1/trainings/{training_id}/archive")
    yield "OperationViewV1", ann.ask("POST", f"/api/v1/projects/{project_id}/archive")
    yield "ProjectViewV1", ann.get(f"/api/v1/projects/{project_id}")


def test_answers_are_as_the_document_says(desk: FrontDesk) -> None:
    """Something of everything is done, and every answer is valid."""
    answers = list(_act(desk))
    problems = [problem for schema, answer in answers for problem in _problems(schema, answer)]
    assert not problems, "\n".join(problems)
    assert len(answers) > 40


def test_log_is_as_the_document_says(desk: FrontDesk) -> None:
    """Every step of an operation is valid."""
    item = {**task_form(), "pool_id": desk.pool(), "__item_idx": "0"}
    operation = desk.ann.ask("POST", TASKS, [item, {}], async_mode=True, skip_invalid_items=True, allow_defaults=True)
    steps = desk.ann.get(f"/api/v1/operations/{operation['id']}/log")
    schema = {"$ref": f"{_ADDITIONAL}#/components/schemas/OperationLog"}
    validator = Draft4Validator(schema, registry=_registry())
    assert [error.message for step in steps for error in validator.iter_errors(step)] == []
    assert json.dumps(steps).count("TASK_") == 2


def test_log_of_task_suites_is_as_the_document_says(desk: FrontDesk) -> None:
    """Every step of an operation is valid."""
    items = [{**suite_form(), "pool_id": desk.suite_pool(), "__item_idx": "0"}, {}]
    query = {"async_mode": True, "skip_invalid_items": True, "allow_defaults": True}
    operation = desk.ann.ask("POST", SUITES, items, **query)
    steps = desk.ann.get(f"/api/v1/operations/{operation['id']}/log")
    schema = {"$ref": f"{_ADDITIONAL}#/components/schemas/OperationLog"}
    validator = Draft4Validator(schema, registry=_registry())
    assert [error.message for step in steps for error in validator.iter_errors(step)] == []
    assert [step["type"] for step in steps] == ["TASK_SUITE_CREATE", "TASK_SUITE_VALIDATE"]
