"""Task suites, trainings and changes on the wire."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    INFINITE_OVERLAP,
    KnownSolution,
    PoolId,
    PoolType,
    SkillId,
    TaskChange,
    TaskDraft,
    TaskSuiteDraft,
    TrainingTerms,
    WorkerId,
)
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    OverlapPatch,
    decode_overlap_patch,
    decode_pool,
    decode_pool_patch,
    decode_task_patch,
    decode_task_suite,
    decode_task_suite_draft,
    decode_training,
    decode_training_config,
    describe_problems,
    encode_overlap_patch,
    encode_pool,
    encode_pool_patch,
    encode_task_patch,
    encode_task_suite,
    encode_task_suite_draft,
    encode_training,
    encode_training_config,
    find_task_suite_problems,
)
from manyhands.task import FieldSpec, FieldType

SUITE: dict[str, Any] = {
    "id": "000012e4ca--62eadb541b54e36b45b7a117",
    "created": "2022-08-03T20:29:24.001",
    "pool_id": "1238218",
    "tasks": [
        {"id": "t1", "input_values": {"image": "https://example.com/1.png"}, "localization_config": {"a": 1}},
        {
            "input_values": {"id": "k"},
            "known_solutions": [{"output_values": {"ok": True}, "correctness_weight": 1}],
            "message_on_unknown_solution": "Look.",
        },
    ],
    "overlap": 3,
    "infinite_overlap": False,
    "remaining_overlap": 2,
    "reserved_for": ["b", "a"],
    "unavailable_for": [],
    "issuing_order_override": -99_999.99999,
    "mixed": False,
    "automerged": False,
    "traits_any_of": ["x"],
}
TRAINING: dict[str, Any] = {
    "id": "31226418",
    "project_id": "74175",
    "private_name": "Simple training pool",
    "inherited_instructions": False,
    "public_instructions": "",
    "may_contain_adult_content": False,
    "assignment_max_duration_seconds": 600,
    "mix_tasks_in_creation_order": False,
    "shuffle_tasks_in_task_suite": True,
    "training_tasks_in_task_suite_count": 10,
    "task_suites_required_to_pass": 2,
    "retry_training_after_days": 14,
    "metadata": {"a": ["b"]},
    "owner": {"id": "6c6e", "myself": True},
    "status": "OPEN",
    "last_close_reason": "MANUAL",
    "created": "2022-01-22T07:50:14.781",
    "last_started": "2022-01-22T07:50:21.491",
    "last_stopped": "2022-02-24T13:40:29.754",
}


def test_a_suite_comes_back_as_it_was_shown() -> None:
    """Tasks with and without ids, the order of workers, and how it was made."""
    suite = decode_task_suite(SUITE)
    assert encode_task_suite(suite) == SUITE
    assert [(task.id, task.overlap, task.remaining_overlap) for task in suite.tasks] == [("t1", 3, 2), ("", 3, 2)]
    assert (suite.key, suite.is_mixed) == (SUITE["id"], False)


def test_a_suite_for_everybody_has_no_overlap() -> None:
    """Neither has any of its tasks, and nothing is left of it."""
    shown = {**SUITE, "overlap": None, "infinite_overlap": True, "mixed": True}
    suite = decode_task_suite(shown)
    assert (suite.overlap, suite.remaining_overlap, suite.tasks[0].overlap, suite.is_mixed) == (None, None, None, True)
    assert "overlap" not in encode_task_suite(suite)


def test_a_key_of_a_suite_travels_between_manyhands_only() -> None:
    """A suite that the platform has put together has none."""
    draft = TaskSuiteDraft(key="page 1", tasks=(TaskDraft(key="a", input_values={}),))
    shown = encode_task_suite_draft(draft, PoolId("1"), is_extended=True)
    assert decode_task_suite_draft(shown).key == "page 1"
    assert decode_task_suite_draft(encode_task_suite_draft(draft, PoolId("1")), key="given").key == "given"
    suite = decode_task_suite({**SUITE, **shown})
    assert encode_task_suite(suite, is_extended=True)["manyhands"] == {"key": "page 1"}
    assert "manyhands" not in encode_task_suite(replace(suite, is_mixed=True), is_extended=True)


def test_a_task_of_a_suite_has_nothing_of_its_own_but_its_content() -> None:
    """What programs copy from a pool, such as ids and overlaps, means nothing in a suite."""
    copied = {
        "id": "t1",
        "pool_id": "9",
        "overlap": 7,
        "reserved_for": ["b", "a"],
        "created": "x",
        "remaining_overlap": 1,
    }
    form = {"pool_id": "1", "tasks": [{"input_values": {"n": 1}, "localization_config": {"a": 1}, **copied}]}
    (task,) = decode_task_suite_draft(form).tasks
    assert task == TaskDraft(key="", input_values={"n": 1}, foreign={"localization_config": {"a": 1}})


def test_problems_of_a_suite_name_the_task() -> None:
    """Values are compared with the project's fields, task by task."""
    known = KnownSolution(output_values={"label": 7})
    tasks = TaskDraft(key="", input_values={"text": "a"}), TaskDraft(key="", input_values={}, known_solutions=(known,))
    specs = {name: FieldSpec(type=FieldType.STRING) for name in ("text", "label")}
    problems = find_task_suite_problems(
        TaskSuiteDraft(key="", tasks=tasks),
        input_spec={"text": specs["text"]},
        output_spec={"label": specs["label"]},
    )
    assert {problem.path: problem.code for problem in problems} == {
        "tasks.1.input_values.text": "VALUE_REQUIRED",
        "tasks.1.known_solutions.0.output_values.label": "STRING_EXPECTED",
    }


def test_a_draft_of_a_suite_survives_the_wire() -> None:
    """Its tasks know their keys and right answers."""
    draft = TaskSuiteDraft(
        key="s",
        tasks=(
            TaskDraft(key="a", input_values={"id": "a"}),
            TaskDraft(
                key="", input_values={"n": 1}, known_solutions=(KnownSolution(output_values={"b": 2}, weight=0.5),)
            ),
        ),
        overlap=INFINITE_OVERLAP,
        unavailable_for=frozenset({WorkerId("w")}),
        issuing_order_override=10.5,
    )
    assert decode_task_suite_draft(encode_task_suite_draft(draft, PoolId("1")), key="s") == draft


def test_a_suite_needs_tasks_and_an_overlap() -> None:
    """And none of its tasks has answers of a model."""
    form = {"pool_id": "1", "tasks": [{"input_values": {}, "baseline_solutions": []}], "__item_idx": "0"}
    with pytest.raises(InvalidInput) as caught:
        decode_task_suite_draft(form, is_overlap_required=True)
    assert {path: problem["code"] for path, problem in describe_problems(caught.value.problems).items()} == {
        "overlap": "VALUE_REQUIRED",
        "tasks.0.baseline_solutions": "VALUE_NOT_ALLOWED",
    }
    with pytest.raises(InvalidInput, match="expected at least 1 entries"):
        decode_task_suite_draft({"pool_id": "1", "tasks": []})
    assert decode_task_suite_draft({"pool_id": "1", "tasks": [{}]}, default_overlap=4).overlap == 4


def test_a_training_comes_back_as_it_was_shown() -> None:
    """It is an unpaid pool with nothing but training tasks on its pages."""
    pool = decode_training(TRAINING)
    assert pool.config.type is PoolType.TRAINING
    assert not pool.config.reward
    assert pool.config.mixer is not None
    assert (pool.config.mixer.real_count, pool.config.mixer.training_count) == (0, 10)
    assert pool.config.training_terms == TrainingTerms(pages_to_pass=2, retry_after=timedelta(days=14))
    assert encode_training(pool) == TRAINING


@pytest.mark.parametrize(
    ("is_inherited", "text", "instruction"),
    [(False, "<p>Own</p>", "<p>Own</p>"), (True, "<p>Own</p>", ""), (False, "", ""), (True, None, "")],
)
def test_a_training_shows_its_own_instruction_unless_it_inherits(
    *, is_inherited: bool, text: str | None, instruction: str
) -> None:
    """What is not shown comes back all the same."""
    shown = {**TRAINING, "inherited_instructions": is_inherited, "public_instructions": text}
    training = decode_training(shown)
    assert training.config.instruction == instruction
    assert encode_training(training) == {name: value for name, value in shown.items() if value is not None}


def test_a_training_is_shown_as_a_pool_with_the_rule_that_sets_its_skill() -> None:
    """Requesters find the skill there; it is no rule of theirs when the pool comes back."""
    training = replace(decode_training(TRAINING), training_skill_id=SkillId("77"))
    document = encode_pool(training)
    (config,) = document["quality_control"]["configs"]
    (rule,) = config["rules"]
    assert rule["action"] == {
        "type": "SET_SKILL_FROM_OUTPUT_FIELD",
        "parameters": {"skill_id": "77", "from_field": "correct_answers_rate"},
    }
    assert (config["collector_config"]["type"], document["training_config"]) == (
        "TRAINING",
        {"training_skill_ttl_days": 14},
    )
    shown = decode_pool(encode_pool(training, is_extended=True))
    assert shown == replace(training, config=shown.config)
    assert (shown.config.quality_rules, shown.config.training_terms) == ((), training.config.training_terms)


@pytest.mark.parametrize("key", [None, "generated-key"])
def test_a_config_of_a_training_survives_the_wire(key: str | None) -> None:
    """Its key stays on this side, or travels in a field of our own."""
    config = decode_training_config(TRAINING, key=key)
    assert decode_training_config(encode_training_config(config), key=key) == config
    assert decode_training_config(encode_training_config(config, is_extended=True)) == config


def test_a_wrong_training_is_refused_with_all_problems() -> None:
    """What is required, and what has limits."""
    with pytest.raises(InvalidInput) as caught:
        decode_training_config({"training_tasks_in_task_suite_count": 501, "retry_training_after_days": 0})
    assert {path: problem["code"] for path, problem in describe_problems(caught.value.problems).items()} == {
        "inherited_instructions": "VALUE_REQUIRED",
        "retry_training_after_days": "VALUE_LESS_THAN_MIN",
        "project_id": "VALUE_REQUIRED",
        "training_tasks_in_task_suite_count": "VALUE_GREATER_THAN_MAX",
    }


@pytest.mark.parametrize(
    "patch",
    [
        pytest.param(OverlapPatch(overlap=0), id="stop"),
        pytest.param(OverlapPatch(infinite_overlap=True), id="everybody"),
        pytest.param(OverlapPatch(infinite_overlap=False, issuing_order_override=3.5), id="order"),
    ],
)
def test_a_change_of_overlap_survives_the_wire(patch: OverlapPatch) -> None:
    """Only what changes is said."""
    assert decode_overlap_patch(encode_overlap_patch(patch)) == patch


def test_a_change_of_overlap_changes_something() -> None:
    """An empty one is a mistake."""
    with pytest.raises(InvalidInput, match="overlap: expected an overlap"):
        decode_overlap_patch({})


def test_a_change_of_a_task_survives_the_wire() -> None:
    """No right answers make a control task a real one again; that is not the same as saying nothing."""
    document = {
        "overlap": 5,
        "infinite_overlap": False,
        "known_solutions": [],
        "message_on_unknown_solution": "",
        "baseline_solutions": [{"output_values": {"a": 1}, "confidence_weight": 0.5}],
    }
    change = decode_task_patch(document)
    assert (change.overlap, change.is_endless, change.known_solutions, change.hint) == (5, False, (), "")
    assert encode_task_patch(change) == document
    assert decode_task_patch({}) == TaskChange()


def test_a_change_of_a_pool_is_its_priority() -> None:
    """From 0 to 100."""
    assert decode_pool_patch(encode_pool_patch(100)) == 100
    with pytest.raises(InvalidInput):
        decode_pool_patch({"priority": 101})
