"""Tasks on the wire: overlap, solutions, hints, workers and keys, in both directions."""

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import INFINITE_OVERLAP, KnownSolution, PoolId, Task, TaskDraft, TaskId, TaskKind, WorkerId
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    decode_task,
    decode_task_draft,
    describe_problems,
    encode_task,
    encode_task_draft,
    find_task_problems,
    read_pool_id,
)
from manyhands.task import FieldSpec, FieldType

POOL = PoolId("1238218")
FORM: dict[str, Any] = {
    "pool_id": POOL,
    "input_values": {"id": "t1", "image": "https://example.com/1.png", "tags": [1, {"a": None}]},
    "known_solutions": [
        {"output_values": {"result": "OK", "like": False}, "correctness_weight": 0.8},
        {"output_values": {"result": "OK", "like": True}, "correctness_weight": 1},
    ],
    "baseline_solutions": [{"output_values": {"result": "OK"}, "confidence_weight": 0.8}],
    "message_on_unknown_solution": "The cat is in a good mood.",
    "overlap": 3,
    "infinite_overlap": False,
    "reserved_for": ["b", "a"],
    "unavailable_for": [],
    "traits_all_of": ["t"],
    "localization_config": {"default_language": "EN"},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.floats(-1, 1) | st.text(max_size=3),
    lambda part: st.lists(part, max_size=2) | st.dictionaries(st.text(max_size=3), part, max_size=2),
    max_leaves=4,
)
WORKERS = st.frozensets(st.text("abc", min_size=1, max_size=3).map(WorkerId), max_size=3)
SOLUTIONS = st.builds(
    KnownSolution, output_values=st.dictionaries(st.text(max_size=3), JSON, max_size=2), weight=st.floats(0, 1)
)


@st.composite
def drafts(draw: st.DrawFn) -> TaskDraft:
    """Draw a draft whose key stands in its input values, as those of launches do."""
    key = draw(st.text(min_size=1, max_size=5))
    return TaskDraft(
        key=key,
        input_values={**draw(st.dictionaries(st.text(max_size=3), JSON, max_size=2)), "id": key},
        known_solutions=tuple(draw(st.lists(SOLUTIONS, max_size=2))),
        hint=draw(st.none() | st.text(min_size=1, max_size=3)),
        overlap=draw(st.none() | st.integers(0, 30_000)),
        reserved_for=draw(WORKERS),
        unavailable_for=draw(WORKERS),
    )


def _has_whole_text(draft: TaskDraft) -> bool:
    return "\x00" not in (draft.hint or "") + draft.key


@given(drafts().filter(_has_whole_text))
def test_a_draft_survives_the_wire(draft: TaskDraft) -> None:
    """What is created is what was meant."""
    assert decode_task_draft(encode_task_draft(draft, POOL)) == draft


@given(drafts().filter(_has_whole_text), st.integers(0, 30_000))
def test_a_task_survives_the_wire(draft: TaskDraft, remaining: int) -> None:
    """What the platform shows is what it holds."""
    task = Task(
        id=TaskId("00--1"),
        pool_id=POOL,
        key=draft.key,
        kind=draft.kind,
        created=datetime(2026, 11, 22, tzinfo=UTC),
        input_values=draft.input_values,
        known_solutions=draft.known_solutions,
        hint=draft.hint,
        overlap=draft.overlap,
        remaining_overlap=INFINITE_OVERLAP if draft.overlap is INFINITE_OVERLAP else remaining,
        reserved_for=draft.reserved_for,
        unavailable_for=draft.unavailable_for,
    )
    assert decode_task(encode_task(task)) == task


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="training"),
        pytest.param({"known_solutions": [], "message_on_unknown_solution": ""}, id="said-to-be-empty"),
        pytest.param({"overlap": None, "infinite_overlap": True}, id="infinite"),
    ],
)
def test_a_form_comes_back_as_it_was_sent(changes: dict[str, Any]) -> None:
    """Baselines, traits, translations and the order of workers included."""
    form = {name: value for name, value in {**deepcopy(FORM), **changes}.items() if value is not None}
    assert encode_task_draft(decode_task_draft(form, key="k"), POOL) == form


def test_a_shown_task_comes_back_as_it_was_shown() -> None:
    """Where a task was copied from is kept, too."""
    shown = {**FORM, "id": "00--1", "created": "2023-03-28T11:06:09.827", "remaining_overlap": 3, "origin_task_id": "0"}
    assert encode_task(decode_task(shown)) == shown


def test_markers_of_clients_and_read_only_fields_are_not_kept() -> None:
    """They belong to one request, or to the platform."""
    form = {**FORM, "__item_idx": "0", "__client_uuid": "ab", "id": "00--1", "created": "2023-03-28T11:06:09"}
    assert encode_task_draft(decode_task_draft(form), POOL) == FORM


@pytest.mark.parametrize(
    ("form", "overlap"),
    [
        pytest.param({}, 7, id="default"),
        pytest.param({"overlap": 0}, 0, id="kept-back"),
        pytest.param({"infinite_overlap": False}, 7, id="not-infinite"),
        pytest.param({"infinite_overlap": True, "overlap": 3}, None, id="infinite-wins"),
    ],
)
def test_overlap_is_one_of_three_things(form: dict[str, Any], overlap: int | None) -> None:
    """A task's own overlap goes before the default, and infinity before both."""
    assert decode_task_draft(form, default_overlap=7).overlap == overlap


def test_an_overlap_may_be_required() -> None:
    """Without defaults a task must say how many solutions it wants."""
    with pytest.raises(InvalidInput, match="overlap: expected an overlap"):
        decode_task_draft({"input_values": {}}, is_overlap_required=True)
    assert decode_task_draft({"infinite_overlap": True}, is_overlap_required=True).overlap is INFINITE_OVERLAP


@pytest.mark.parametrize(
    ("document", "given", "key"),
    [
        pytest.param({"input_values": {"id": "a"}}, None, "a", id="hidden-field"),
        pytest.param({"input_values": {"id": "a"}}, "k", "k", id="given"),
        pytest.param({"input_values": {"id": "a"}, "manyhands": {"key": "own"}}, "k", "own", id="own"),
        pytest.param({"input_values": {"id": 5}}, None, "", id="none"),
    ],
)
def test_a_key_is_found(document: dict[str, Any], given: str | None, key: str) -> None:
    """A key of its own goes before a given one, and that before the hidden field."""
    assert decode_task_draft(document, key=given).key == key


def test_an_empty_hint_is_no_hint() -> None:
    """A control task stays one."""
    form = {"known_solutions": [{"output_values": {"a": 1}}], "message_on_unknown_solution": ""}
    assert decode_task_draft(form).kind is TaskKind.CONTROL


def test_values_are_checked_against_the_specs() -> None:
    """Input values and known solutions, each under the path of its field."""
    specs = {"image": FieldSpec(type=FieldType.URL), "note": FieldSpec(type=FieldType.STRING, max_length=2)}
    draft = decode_task_draft({"input_values": {"note": "abc", "more": 1}, "known_solutions": [{"output_values": {}}]})
    problems = find_task_problems(draft, input_spec=specs, output_spec={"ok": FieldSpec(type=FieldType.BOOLEAN)})
    assert describe_problems(problems) == {
        "input_values.image": {
            "code": "VALUE_REQUIRED",
            "message": "expected a URL, found None",
            "params": {},
        },
        "input_values.note": {
            "code": "STRING_LENGTH_GREATER_THAN_MAX",
            "message": "expected a string, at most 2 characters, found 'abc'",
            "params": {"max_length": 2},
        },
        "input_values.more": {
            "code": "VALUE_NOT_ALLOWED",
            "message": "Unknown field name; the fields are image, note",
            "params": {},
        },
        "known_solutions.0.output_values.ok": {
            "code": "VALUE_REQUIRED",
            "message": "expected true or false, found None",
            "params": {},
        },
    }


def test_all_problems_come_at_once() -> None:
    """Each has its field and its code."""
    document = {
        "input_values": [],
        "known_solutions": [{"correctness_weight": 2}, 5],
        "overlap": "3",
        "reserved_for": ["a", None],
        "infinite_overlap": 1,
    }
    with pytest.raises(InvalidInput) as caught:
        decode_task_draft(document)
    assert {path: problem["code"] for path, problem in describe_problems(caught.value.problems).items()} == {
        "input_values": "OBJECT_EXPECTED",
        "known_solutions.0.output_values": "VALUE_REQUIRED",
        "known_solutions.0.correctness_weight": "VALUE_GREATER_THAN_MAX",
        "known_solutions.1": "OBJECT_EXPECTED",
        "overlap": "INTEGER_EXPECTED",
        "reserved_for.1": "STRING_EXPECTED",
        "infinite_overlap": "BOOLEAN_EXPECTED",
    }


def test_the_pool_is_read_first() -> None:
    """Its config decides how the rest is read."""
    assert read_pool_id({"pool_id": 21}) == "21"
    with pytest.raises(InvalidInput, match="pool_id: expected a value"):
        read_pool_id({})
