"""Wrong input: whatever a client sends, the answer is one `InvalidInput` with fields and codes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from manyhands.crowd import ProjectId
from manyhands.errors import InvalidInput
from manyhands.platform.toloka import wire


def _decode_assignment(document: object) -> object:
    return wire.decode_assignment(document, project_id=ProjectId("1"), duration=timedelta(minutes=1))


DECODERS: list[Callable[[Any], object]] = [
    wire.decode_aggregated_solution,
    wire.decode_aggregation_form,
    wire.decode_analytics_requests,
    wire.decode_analytics_results,
    _decode_assignment,
    wire.decode_assignment_patch,
    wire.decode_attachment,
    wire.decode_bonus,
    wire.decode_bonus_draft,
    wire.decode_filter,
    wire.decode_folders,
    wire.decode_log,
    wire.decode_message_form,
    wire.decode_message_reply,
    wire.decode_message_thread,
    wire.decode_operation,
    wire.decode_overlap_patch,
    wire.decode_pool,
    wire.decode_pool_config,
    wire.decode_pool_patch,
    wire.decode_project,
    wire.decode_project_config,
    wire.decode_requester,
    wire.decode_restriction,
    wire.decode_restriction_draft,
    wire.decode_skill,
    wire.decode_skill_form,
    wire.decode_task,
    wire.decode_task_draft,
    wire.decode_task_patch,
    wire.decode_task_suite,
    wire.decode_task_suite_draft,
    wire.decode_training,
    wire.decode_training_config,
    wire.decode_user_metadata,
    wire.decode_user_skill,
    wire.decode_user_skill_form,
    wire.decode_webhook_events,
    wire.decode_webhook_forms,
    wire.decode_webhook_subscription,
]
#: Words that lead far into the readers.
NAMES = (
    "action additional_languages allowed_values amount and assignment_max_duration_seconds auto_accept_period_day balance "
    "baseline_solutions category collector_config conditions config configs correctness_weight created defaults "
    "default_overlap_for_new_tasks duration duration_unit fast_submit_threshold_seconds fields filter folders from "
    "golden_tasks_count hidden history_size id infinite_overlap input_spec input_values items key known_solutions lock "
    "manyhands max_length messages mixer_config name operator or output_spec output_values overlap parameters pattern pool_id "
    "private_comment project_id public_message quality_control real_tasks_count recipients_filter recipients_select_type "
    "request reserved_for reward_per_assignment rules scope settings skill_id skill_value solutions status task_spec tasks text "
    "topic training_passing_skill_value training_requirement training_tasks_count type user_id value view_spec will_expire "
)
WORDS = (
    "GOLDEN_SET ASSIGNMENT_SUBMIT_TIME MAJORITY_VOTE RESTRICTION RESTRICTION_V2 SET_SKILL CHANGE_OVERLAP DAYS PERMANENT POOL "
    'SYSTEM EQ IN skill profile total_answers_count correct_answers_rate tb classic string array_json ( { {"view":1} 2026-11-22 '
    "9999-12-31T23:59:59-14:00 CLOSED SUBMITTED DIRECT FILTER TEST_EVENT real_tasks_count DAWID_SKENE https://x.org a "
)
NUMBERS = [-1, 0, 1, 3, 101, 10**30, -(10**400), 0.5, 1e308, float("inf"), float("nan")]
SCALARS = st.none() | st.booleans() | st.sampled_from([*NUMBERS, *WORDS.split(), "", "\x00", "\ud800"])
JSON = st.recursive(
    SCALARS,
    lambda part: (
        st.lists(part, max_size=3) | st.dictionaries(st.sampled_from([*NAMES.split(), "x", ""]), part, max_size=6)
    ),
    max_leaves=25,
)


def refuses_properly(decode: Callable[[Any], object], document: Any) -> bool:
    """Return whether the document is read, or refused with problems that all have a code."""
    try:
        decode(document)
    except InvalidInput as error:
        return bool(error.problems) and all(isinstance(problem, wire.WireProblem) for problem in error.problems)
    return True


@pytest.mark.parametrize("decode", DECODERS, ids=lambda decode: decode.__name__)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(document=JSON)
def test_nothing_else_is_raised(decode: Callable[[Any], object], document: Any) -> None:
    """Documents of any shape are read, or refused as documents."""
    assert refuses_properly(decode, document)


POOL = {
    "id": "1",
    "status": "OPEN",
    "created": "2026-11-22",
    "project_id": "1",
    "private_name": "p",
    "will_expire": "2030-01-01T00:00:00",
    "reward_per_assignment": 0.05,
    "assignment_max_duration_seconds": 300,
    "filter": {"and": [{"or": [{"category": "skill", "key": "1", "operator": "GT", "value": 59.7}]}]},
    "quality_control": {
        "training_requirement": {"training_pool_id": "2", "training_passing_skill_value": 70},
        "configs": [
            {
                "collector_config": {
                    "type": "ASSIGNMENT_SUBMIT_TIME",
                    "uuid": "u",
                    "parameters": {"fast_submit_threshold_seconds": 3, "history_size": 5},
                },
                "rules": [
                    {
                        "conditions": [{"key": "fast_submitted_count", "operator": "GTE", "value": 1}],
                        "action": {
                            "type": "RESTRICTION_V2",
                            "parameters": {"scope": "POOL", "duration": 5, "duration_unit": "DAYS"},
                        },
                    }
                ],
            }
        ],
    },
    "defaults": {"default_overlap_for_new_task_suites": 1, "default_overlap_for_new_tasks": 2},
    "mixer_config": {"real_tasks_count": 1, "golden_tasks_count": 1, "training_tasks_count": 0},
    "manyhands": {"key": "k", "max_bonus": 1, "budget_id": "1", "training_skill_id": "2"},
}
PROJECT = {
    "id": "1",
    "status": "ACTIVE",
    "created": "2026-11-22",
    "public_name": "n",
    "task_spec": {
        "input_spec": {"a": {"type": "array_string", "allowed_values": ["a"], "pattern": "a"}},
        "output_spec": {"b": {"type": "integer", "min_value": 1}},
        "view_spec": {"type": "tb", "config": '{"view": {}}', "lock": {"core": "1"}, "settings": {}},
    },
    "quality_control": POOL["quality_control"],
}
ASSIGNMENT = {
    "id": "1",
    "pool_id": "1",
    "user_id": "w",
    "status": "SUBMITTED",
    "created": "2026-11-22",
    "tasks": [{"id": "1", "input_values": {"id": "a"}, "known_solutions": [{"output_values": {}}]}],
    "solutions": [{"output_values": {"b": 1}, "task_id": "1"}],
}


def _list_paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(inner for name, part in entries for inner in _list_paths(part, (*path, name)))]


def _replace(node: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = dict(node) if isinstance(node, dict) else list(node)
    changed[path[0]] = _replace(node[path[0]], path[1:], value)
    return changed


def _pool_and_back(document: object) -> object:
    return wire.encode_pool(wire.decode_pool(document))


def _project_and_back(document: object) -> object:
    return wire.encode_project(wire.decode_project(document))


@pytest.mark.parametrize(
    ("decode", "document"),
    [
        pytest.param(_pool_and_back, POOL, id="pool"),
        pytest.param(_project_and_back, PROJECT, id="project"),
        pytest.param(_decode_assignment, ASSIGNMENT, id="assignment"),
    ],
)
@pytest.mark.parametrize("value", [True, 5, 10**30, "x", "", [], [1], {}, {"x": 1}, [None]], ids=repr)
def test_a_wrong_value_anywhere_is_refused_or_kept(decode: Callable[[Any], object], document: Any, value: Any) -> None:
    """Each place of a good document in turn holds something else; what is kept can be written again."""
    decode(document)
    paths = _list_paths(document)
    assert [path for path in paths if not refuses_properly(decode, _replace(document, path, value))] == []


@pytest.mark.parametrize("decode", DECODERS, ids=lambda decode: decode.__name__)
@pytest.mark.parametrize("document", [None, 5, "text", True], ids=repr)
def test_what_is_no_document_is_one_problem(decode: Callable[[Any], object], document: Any) -> None:
    """Fields that cannot be there are not missed one by one."""
    with pytest.raises(InvalidInput) as caught:
        decode(document)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize(
    "text", [b"", b"{", b"\xff", "{'a': 1}", "[" * 100_000], ids=["empty", "cut", "latin", "python", "deep"]
)
def test_text_that_is_no_json_is_refused(text: bytes | str) -> None:
    """Its one problem has no field."""
    with pytest.raises(InvalidInput) as caught:
        wire.decode_json(text)
    assert list(wire.describe_problems(caught.value.problems)) == [""]


def test_json_text_keeps_numbers() -> None:
    """Money is written with its own decimals and read as it was written."""
    assert wire.encode_json({"reward": 0.07, "ä": [True, None]}) == '{"reward":0.07,"ä":[true,null]}'.encode()
    assert wire.decode_json(b'{"reward": 0.02000000000000000041633363423443370498716831207275390625}') == {
        "reward": 0.02
    }


def test_problems_that_are_sentences_are_told_by_their_place() -> None:
    """Errors of the platform itself fit into the same payload."""
    assert wire.describe_problems(["row 3 is wrong"]) == {
        "0": {"code": "INVALID_VALUE", "message": "row 3 is wrong", "params": {}}
    }
