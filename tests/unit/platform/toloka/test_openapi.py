"""The wire format against Toloka's OpenAPI document: what we write fits it, and what fits it comes back from us."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manyhands.crowd import (
    AcceptedCount,
    Assignment,
    AssignmentId,
    AssignmentStatus,
    Bonus,
    BonusId,
    ChangeOverlap,
    Comparison,
    ControlTasks,
    IssuedTask,
    KnownSolution,
    MajorityAgreement,
    MixerConfig,
    Money,
    Pool,
    PoolConfig,
    PoolId,
    PoolStatus,
    PoolType,
    Project,
    ProjectConfig,
    ProjectId,
    ProjectStatus,
    QualityCondition,
    QualityRule,
    RejectAll,
    Restriction,
    RestrictionId,
    RestrictionScope,
    RestrictWorker,
    SetWorkerSkill,
    Skill,
    SkillId,
    SkippedInRow,
    Solution,
    SubmitTime,
    Task,
    TaskId,
    TaskKind,
    TaskSuiteId,
    TrainingRequirement,
    WorkerId,
    WorkerSkill,
)
from manyhands.platform.toloka import wire
from manyhands.task import FieldSpec, FieldType

yaml = pytest.importorskip("yaml")
jsonschema = pytest.importorskip("jsonschema")

REFERENCE = Path(__file__).parents[5] / "shared/reference"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="Toloka's documents are not beside this checkout")

Json = dict[str, Any]
MOMENT = datetime(2026, 11, 22, 9, 8, 0, 267000, tzinfo=UTC)


@cache
def openapi() -> Json:
    """Return both documents as one, with the places set right where they contradict the API's own examples."""
    schemas: Json = {}
    for name in ("toloka-openapi.yaml", "toloka-openapi-additional.yaml"):
        schemas.update(yaml.safe_load((REFERENCE / name).read_text())["components"]["schemas"])
    document: Json = {"components": {"schemas": _with_local_references(schemas)}}
    _correct(document["components"]["schemas"])
    return document


def _with_local_references(node: Any) -> Any:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            return {"$ref": f"#/components/schemas/{node['$ref'].rpartition('/')[2]}"}
        return {name: _with_local_references(part) for name, part in node.items()}
    return [_with_local_references(part) for part in node] if isinstance(node, list) else node


def _correct(schemas: Json) -> None:
    for name in ("InputSpecNode", "OutputSpecNode"):
        # "<ID>" stands for the name of any field.
        schemas[name] = {"type": "object", "additionalProperties": {"$ref": f"#/components/schemas/{name}ID"}}
    # A list of whole numbers is a list of numbers, too.
    schemas["SpecNodeID"]["properties"]["allowed_values"] = {"type": "array"}
    schemas["OutputSpecNodeID"]["allOf"][1]["properties"]["current_location"]["type"] = "boolean"
    schemas["ViewSpecNode"]["properties"]["config"] = {"type": "string"}
    schemas["OneFieldConditionDtoV1"]["properties"]["value"] = {"type": "number"}
    schemas["ActionConfigDtoV1"]["properties"]["parameters"]["required"] = []
    for name in ("PoolFormV1", "PoolViewV1"):
        schemas[name]["properties"]["filter"] = {"type": "object"}
    for name in ("TaskFormV1", "TaskSuiteFormV1"):
        # Known deviation: an overlap of 0 keeps a task back.
        schemas[name]["properties"]["overlap"]["minimum"] = 0
    for limits in schemas["Defaults"]["properties"].values():
        limits["minimum"] = 0
    schemas["OperationViewV1"]["properties"]["type"].pop("enum")
    schemas["OperationViewV1"]["properties"]["details"] = {}


def check(document: Json, schema: str) -> None:
    """Fail with all that does not fit the schema."""
    validator = jsonschema.Draft4Validator({**openapi(), "$ref": f"#/components/schemas/{schema}"})
    assert [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(document)] == []


def condition(key: str, threshold: float) -> QualityCondition:
    """Return a condition on one count."""
    return QualityCondition(key=key, comparison=Comparison.GTE, threshold=threshold)  # type: ignore[arg-type]


RULES = (
    QualityRule(
        collector=ControlTasks(history_size=10),
        conditions=(condition("total_count", 5), condition("correct_share", 0.6)),
        action=RestrictWorker(
            scope=RestrictionScope.PROJECT, duration=timedelta(hours=5), private_comment="Control tasks"
        ),
    ),
    QualityRule(
        collector=ControlTasks(history_size=10),
        conditions=(condition("incorrect_share", 0.333),),
        action=SetWorkerSkill(skill_id=SkillId("5")),
    ),
    QualityRule(
        collector=SubmitTime(fast_threshold=timedelta(seconds=7)),
        conditions=(condition("total_count", 1), condition("fast_count", 1)),
        action=RestrictWorker(scope=RestrictionScope.ALL_PROJECTS, duration=None),
    ),
    QualityRule(
        collector=SkippedInRow(),
        conditions=(condition("skipped_in_row_count", 5),),
        action=RejectAll(public_comment="Skipped"),
    ),
    QualityRule(
        collector=AcceptedCount(),
        conditions=(condition("accepted_count", 12),),
        action=SetWorkerSkill(skill_id=SkillId("5"), value=0.8),
    ),
    QualityRule(
        collector=MajorityAgreement(answer_threshold=3, history_size=4),
        conditions=(condition("correct_share", 0.5),),
        action=ChangeOverlap(delta=1),
    ),
)
PROJECT = Project(
    id=ProjectId("7"),
    status=ProjectStatus.ACTIVE,
    created=MOMENT,
    config=ProjectConfig(
        key="k",
        name="n",
        input_spec={"a": FieldSpec(type=FieldType.ARRAY_URL, min_size=1)},
        output_spec={"b": FieldSpec(type=FieldType.COORDINATES, current_location=True)},
        view={"view": {"type": "view.divider"}},
        quality_rules=RULES,
    ),
)
POOL = Pool(
    id=PoolId("8"),
    status=PoolStatus.OPEN,
    close_reason=None,
    created=MOMENT,
    config=PoolConfig(
        project_id=ProjectId("7"),
        key="p",
        reward=Money("0.01234"),
        assignment_duration=timedelta(seconds=1),
        mixer=MixerConfig(real_count=3, last_page_delay=timedelta(seconds=3)),
        training_requirement=TrainingRequirement(training_pool_id=PoolId("9"), passing_skill=0.855),
        quality_rules=RULES,
    ),
)
TRAINING = Pool(
    id=PoolId("9"),
    status=PoolStatus.CLOSED,
    close_reason=None,
    created=MOMENT,
    config=PoolConfig(
        project_id=ProjectId("7"),
        key="t",
        reward=Money(),
        assignment_duration=timedelta(minutes=1),
        mixer=MixerConfig(real_count=0, training_count=4, is_creation_order_kept=True),
        auto_accept=True,
        priority=0,
        type=PoolType.TRAINING,
    ),
)
TASK = Task(
    id=TaskId("00--1"),
    pool_id=POOL.id,
    key="a",
    kind=TaskKind.TRAINING,
    created=MOMENT,
    input_values={"id": "a", "text": ["x"]},
    known_solutions=(KnownSolution(output_values={"b": True}, weight=0.5),),
    hint="Look again.",
    overlap=0,
    remaining_overlap=0,
    reserved_for=frozenset({WorkerId("w")}),
)
ASSIGNMENT = Assignment(
    id=AssignmentId("00--2"),
    pool_id=POOL.id,
    project_id=PROJECT.id,
    worker_id=WorkerId("w"),
    status=AssignmentStatus.REJECTED,
    reward=Money("0.05"),
    tasks=(
        IssuedTask(
            id=TASK.id,
            key="a",
            kind=TaskKind.CONTROL,
            input_values={"id": "a"},
            known_solutions=TASK.known_solutions,
        ),
    ),
    solutions=(Solution(output_values={"b": False}),),
    created=MOMENT,
    deadline=MOMENT + timedelta(minutes=5),
    submitted=MOMENT + timedelta(minutes=1),
    rejected=MOMENT + timedelta(minutes=2),
    public_comment="Wrong.",
    task_suite_id=TaskSuiteId("00--3"),
    is_mixed=True,
    foreign={"bonus_ids": ["1"]},
)
RESTRICTION = Restriction(
    id=RestrictionId("1"),
    created=MOMENT,
    worker_id=WorkerId("w"),
    scope=RestrictionScope.POOL,
    pool_id=POOL.id,
    until=MOMENT,
    private_comment="fast",
)
BONUS = Bonus(
    id=BonusId("1"),
    created=MOMENT,
    worker_id=WorkerId("w"),
    amount=Money("0.5"),
    assignment_id=ASSIGNMENT.id,
    public_message="Well done.\nGo on.",
)
SKILL = Skill(id=SkillId("5"), name="cats", created=MOMENT, foreign={"public_name": {"EN": "Cats"}})
USER_SKILL = wire.UserSkill(
    id="12",
    skill=WorkerSkill(worker_id=WorkerId("w"), skill_id=SKILL.id, value=0.666, created=MOMENT, modified=MOMENT),
)


def _decode_assignment(document: object) -> Assignment:
    return wire.decode_assignment(document, project_id=PROJECT.id, duration=timedelta(minutes=5))


def _encode_task_form(task: Any) -> Json:
    return wire.encode_task_draft(task, POOL.id)


def _encode_task_suite_form(suite: Any) -> Json:
    return wire.encode_task_suite_draft(suite, POOL.id)


RECORDS = [
    pytest.param(PROJECT, wire.encode_project, wire.decode_project, "ProjectViewV1", id="project"),
    pytest.param(
        PROJECT.config, wire.encode_project_config, wire.decode_project_config, "ProjectFormV1", id="project-form"
    ),
    pytest.param(
        TRAINING.config, wire.encode_training_config, wire.decode_training_config, "TrainingFormV1", id="training-form"
    ),
    pytest.param(TRAINING, wire.encode_training, wire.decode_training, "TrainingViewV1", id="training"),
    pytest.param(TASK, wire.encode_task, wire.decode_task, "TaskViewV1", id="task"),
    pytest.param(ASSIGNMENT, wire.encode_assignment, _decode_assignment, "AssignmentViewV1", id="assignment"),
    pytest.param(RESTRICTION, wire.encode_restriction, wire.decode_restriction, "UserRestrictionViewV1", id="ban"),
    pytest.param(BONUS, wire.encode_bonus, wire.decode_bonus, "UserBonusViewV1", id="bonus"),
    pytest.param(SKILL, wire.encode_skill, wire.decode_skill, "SkillViewV1", id="skill"),
    pytest.param(USER_SKILL, wire.encode_user_skill, wire.decode_user_skill, "UserSkillViewV1", id="user-skill"),
]


@pytest.mark.parametrize(("record", "encode", "decode", "schema"), RECORDS)
def test_records_fit_the_document_and_survive(
    record: Any, encode: Callable[[Any], Json], decode: Callable[[object], Any], schema: str
) -> None:
    """Every kind of record becomes a valid document that means the same record."""
    document = json.loads(wire.encode_json(encode(record)))
    check(document, schema)
    assert decode(document) == record


def test_a_pool_fits_the_document() -> None:
    """A pool with all rules, a price with five decimals, and what the API can only round."""
    document = wire.encode_pool(POOL)
    check(document, "PoolViewV1")
    check(wire.encode_pool_config(POOL.config), "PoolFormV1")
    extended = wire.encode_pool(POOL, is_extended=True)
    assert wire.decode_pool(extended).config.quality_rules == RULES
    assert wire.decode_pool(extended).config.training_requirement == POOL.config.training_requirement


#: Fields that hold less than their schema allows.
LIMITED: dict[str, st.SearchStrategy[Any]] = {
    "config": st.just('{ "view": {"type": "view.divider"} }'),
    "filter": st.sampled_from(
        [
            {"and": [{"or": [{"category": "profile", "key": "languages", "operator": "IN", "value": ["EN", "DE"]}]}]},
            {"category": "skill", "key": "7", "operator": "NE"},
            {"and": []},
        ]
    ),
    "recipients_filter": st.just({"category": "computed", "key": "os_family", "operator": "EQ", "value": "IOS"}),
    "public_title": st.just({"EN": "Title"}),
    "public_message": st.just({"DE": "Danke"}),
    "topic": st.just({"EN": "Topic"}),
    "text": st.just({"EN": "Text", "DE": "Text"}),
    "amount": st.sampled_from([0.005, 1, 99.99999]),
    "name": st.sampled_from(["a name", "й"]),
    "webhook_url": st.just("https://example.com/x?y=1"),
    "private_comment": st.text("ab \n", max_size=5),
    "webhook_subscription_id": st.just("1"),
    "history_size": st.integers(1, 9),
    "progress": st.integers(0, 100),
    "reward": st.sampled_from([0, 0.01, 5]),
    "skill_ttl_hours": st.integers(1, 9),
    "confidence": st.floats(0, 1),
    "correctness_weight": st.sampled_from([0, 0.5, 1]),
    "confidence_weight": st.sampled_from([0, 0.5, 1]),
}
MOMENTS = st.sampled_from(["2016-03-28T18:08:07", "2022-07-19T08:44:34.906", "2030-01-01T00:00:00"])
ANYTHING = st.dictionaries(st.text("ab", min_size=1, max_size=2), st.sampled_from([1, "x", [True]]), max_size=2)
NUMBERS = st.sampled_from([0, 1, 0.5, 59.7, 100])
QUALITY_CONTROL = st.sampled_from(
    [
        {"configs": []},
        {"configs": [{"collector_config": {"type": "INCOME", "uuid": "u", "parameters": {}}, "rules": []}]},
        wire.encode_pool_config(POOL.config)["quality_control"],
        {
            "captcha_frequency": "LOW",
            "configs": [
                {
                    "collector_config": {"type": "GOLDEN_SET", "uuid": "u", "parameters": {"history_size": 3}},
                    "rules": [
                        {
                            "conditions": [{"key": "golden_set_correct_answers_rate", "operator": "LT", "value": 33.3}],
                            "action": {
                                "type": "RESTRICTION",
                                "parameters": {"scope": "PROJECT", "duration_days": 2},
                            },
                        },
                        {
                            "conditions": [{"key": "total_answers_count", "operator": "GT", "value": 3}],
                            "action": {"type": "SET_POOL_COMPLETE", "parameters": {}},
                        },
                    ],
                }
            ],
        },
    ]
)
LIMITED.update(
    {
        "view_spec": st.sampled_from(
            [
                {"type": "classic", "markup": "<b>", "script": "", "settings": {"showSkip": True}},
                {
                    "type": "tb",
                    "config": '{"view":  {"type":"view.divider"}}',
                    "lock": {"core": "1.0.0"},
                    "settings": {"showTimer": False},
                    "inferDataSpec": False,
                },
            ]
        ),
        "input_spec": st.just({"a": {"type": "string", "max_length": 3}, "b": {"type": "json", "hidden": True}}),
        "output_spec": st.just({"c": {"type": "integer", "allowed_values": [1, 2], "required": False}}),
        "PoolQualityControl": QUALITY_CONTROL,
        "BasicDynamicOverlapConfig": st.just(
            {
                "type": "BASIC",
                "max_overlap": 5,
                "min_confidence": 0.9,
                "answer_weight_skill_id": "1",
                "fields": [{"name": "c"}],
            }
        ),
        "ProjectQualityControl": st.just(
            {"configs": wire.encode_project_config(PROJECT.config)["quality_control"]["configs"]}
        ),
    }
)
#: Fields that are limited only where they are texts.
TEXTS = frozenset({"name"})
#: Fields that every platform shows, although the document calls none of them required.
SHOWN = frozenset(
    {
        "amount", "balance", "confidence", "created", "default_overlap_for_new_task_suites", "defaults", "event_type",
        "from", "id", "inherited_instructions", "name", "output_values", "pool_id", "private_name", "project_id",
        "public_name", "recipients_select_type", "reward_per_assignment", "role", "scope", "skill_id", "status",
        "task_id", "task_spec", "tasks", "text", "topic", "training_tasks_in_task_suite_count", "type", "user_id",
        "value", "webhook_url", "will_expire", "assignment_max_duration_seconds",
    }
)  # fmt: skip


def documents(schema: Json) -> st.SearchStrategy[Any]:
    """Return documents that fit a schema."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return LIMITED[name] if name in LIMITED else documents_of(name)
    if "allOf" in schema:
        parts = st.tuples(*(documents(part) for part in schema["allOf"]))
        return parts.map(lambda found: {name: value for part in found for name, value in part.items()})
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object" if schema.get("properties"):
            return _objects(schema)
        case "array":
            return st.lists(documents(schema["items"]), min_size=1, max_size=2, unique_by=json.dumps)
        case "integer":
            return st.integers(schema.get("minimum", 1), min(schema.get("maximum", 1000), 1000))
        case "number":
            low, high = schema.get("minimum", -5), schema.get("maximum", 100)
            return NUMBERS.filter(lambda number: low <= number <= high)
        case "boolean":
            return st.booleans()
        case "string":
            return MOMENTS if schema.get("format") == "date-time" else st.text("abй", min_size=1, max_size=3)
        case _:
            return ANYTHING


def _objects(schema: Json) -> st.SearchStrategy[Json]:
    required: dict[str, st.SearchStrategy[Any]] = {}
    optional: dict[str, st.SearchStrategy[Any]] = {}
    for name, part in schema["properties"].items():
        if not {"type", "$ref", "allOf", "enum"}.intersection(part) and name not in LIMITED:
            continue  # The document only says more of a field that another part of it describes.
        target = required if name in schema.get("required", ()) or name in SHOWN else optional
        is_text = part.get("type") == "string"
        target[name] = LIMITED[name] if name in LIMITED and (is_text or name not in TEXTS) else documents(part)
    return st.fixed_dictionaries(required, optional=optional)


def is_said(document: Any, sent: Any) -> bool:
    """Return whether a document says all that was sent, perhaps with defaults beside it."""
    if isinstance(sent, dict):
        return isinstance(document, dict) and all(is_said(document.get(name), part) for name, part in sent.items())
    if isinstance(sent, list):
        return isinstance(document, list) and len(document) == len(sent) and all(map(is_said, document, sent))
    return bool(document == sent)


#: What a platform says, though the document has it in the form.
OF_SUITES: Json = {
    "pool_id": POOL.id,
    "infinite_overlap": False,
    "remaining_overlap": None,
    "tasks": [
        {"input_values": {"a": 1}, "known_solutions": [{"output_values": {"b": 2}, "correctness_weight": 0.5}]},
        {"input_values": {}, "message_on_unknown_solution": "Look.", "localization_config": {"default_language": "EN"}},
    ],
}
OF_A_PROJECT: Json = {"scope": "PROJECT", "project_id": "1", "pool_id": None}
#: Schema, how it is read and written, and the fields that what a platform shows always has.
FORMS: list[tuple[str, Callable[[Any], Any], Callable[[Any], Json], Json]] = [
    ("ProjectFormV1", wire.decode_project_config, wire.encode_project_config, {}),
    ("ProjectViewV1", wire.decode_project, wire.encode_project, {"public_name": "n"}),
    ("PoolFormV1", wire.decode_pool_config, wire.encode_pool_config, {}),
    ("PoolViewV1", wire.decode_pool, wire.encode_pool, {}),
    ("TrainingFormV1", wire.decode_training_config, wire.encode_training_config, {}),
    ("TrainingViewV1", wire.decode_training, wire.encode_training, {}),
    ("TaskFormV1", wire.decode_task_draft, _encode_task_form, {"pool_id": POOL.id, "infinite_overlap": False}),
    ("TaskViewV1", wire.decode_task, wire.encode_task, {"overlap": 1, "infinite_overlap": False}),
    ("TaskPatchV1", wire.decode_task_patch, wire.encode_task_patch, {}),
    ("TaskOverlapPatchV1", wire.decode_overlap_patch, wire.encode_overlap_patch, {"overlap": 3}),
    ("TaskSuitePatchV1", wire.decode_overlap_patch, wire.encode_overlap_patch, {}),
    ("TaskSuiteFormV1", wire.decode_task_suite_draft, _encode_task_suite_form, OF_SUITES),
    ("TaskSuiteViewV1", wire.decode_task_suite, wire.encode_task_suite, {"overlap": 1, "infinite_overlap": False}),
    ("AssignmentViewV1", _decode_assignment, wire.encode_assignment, {}),
    ("AssignmentPatchV1", wire.decode_assignment_patch, wire.encode_assignment_patch, {}),
    ("SkillFormV1", wire.decode_skill_form, wire.encode_skill_form, {}),
    ("SkillViewV1", wire.decode_skill, wire.encode_skill, {}),
    ("UserSkillFormV1", wire.decode_user_skill_form, wire.encode_user_skill_form, {}),
    ("UserSkillViewV1", wire.decode_user_skill, wire.encode_user_skill, {"value": 60, "exact_value": 59.7}),
    ("UserRestrictionFormV1", wire.decode_restriction_draft, wire.encode_restriction_draft, OF_A_PROJECT),
    ("UserRestrictionViewV1", wire.decode_restriction, wire.encode_restriction, {}),
    ("UserBonusFormV1", wire.decode_bonus_draft, wire.encode_bonus_draft, {}),
    ("UserBonusViewV1", wire.decode_bonus, wire.encode_bonus, {}),
    ("OperationViewV1", wire.decode_operation, wire.encode_operation, {}),
    ("AttachmentViewV1", wire.decode_attachment, wire.encode_attachment, {}),
    ("RequesterViewV1", wire.decode_requester, wire.encode_requester, {}),
    ("UserMetadataViewV1", wire.decode_user_metadata, wire.encode_user_metadata, {"languages": ["DE", "EN"]}),
    ("MessageThreadViewV1", wire.decode_message_thread, wire.encode_message_thread, {}),
    (
        "MessageThreadComposeFormV1",
        wire.decode_message_form,
        wire.encode_message_form,
        {"recipients_select_type": "DIRECT", "recipients_ids": ["w"]},
    ),
    ("WebhookSubscriptionViewV1", wire.decode_webhook_subscription, wire.encode_webhook_subscription, {}),
    (
        "DawidSkeneAggregatedSolutionFormV1",
        wire.decode_aggregation_form,
        wire.encode_aggregation_form,
        {"type": "DAWID_SKENE", "fields": [{"name": "a"}]},
    ),
    ("AggregatedSolutionViewV1", wire.decode_aggregated_solution, wire.encode_aggregated_solution, {}),
]


@cache
def documents_of(name: str) -> st.SearchStrategy[Json]:
    """Return documents that fit a schema of this name."""
    return documents(openapi()["components"]["schemas"][name])


@pytest.mark.parametrize(("schema", "decode", "encode", "fixed"), FORMS, ids=[form[0] for form in FORMS])
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_documents_come_back(
    schema: str, decode: Callable[[Any], Any], encode: Callable[[Any], Json], fixed: Json, data: st.DataObject
) -> None:
    """Whatever fits the API's schema is read, and written again with all that it said; defaults may stand beside it."""
    document = {**data.draw(documents_of(schema)), **fixed}
    written = json.loads(wire.encode_json(encode(decode(document))))
    differing = {
        name: (part, written.get(name)) for name, part in document.items() if not is_said(written.get(name), part)
    }
    assert differing == {}
    check(written, schema)
    assert encode(decode(written)) == written
