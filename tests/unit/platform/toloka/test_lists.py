"""Lists, batches and the operations that tell of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    Batch,
    BatchSubject,
    Operation,
    OperationStatus,
    OperationStep,
    OperationType,
    count_batch,
    decode_batch,
    decode_items,
    decode_list,
    decode_log,
    decode_operation,
    decode_task_draft,
    encode_batch,
    encode_list,
    encode_log,
    encode_operation,
    list_steps,
)

GOOD = {"input_values": {"id": "a"}, "pool_id": "1", "__item_idx": "0"}
BAD = {"input_values": 5, "pool_id": "1", "__item_idx": "1"}


def test_a_list_survives_the_wire() -> None:
    """Items in order, and whether there are more."""
    page = decode_list(encode_list([{"n": 1}, {"n": 2}], has_more=True), lambda item: item["n"])
    assert (page.items, page.has_more) == ((1, 2), True)


def test_a_list_without_items_is_refused() -> None:
    """An answer that is no list is not taken for an empty one."""
    with pytest.raises(InvalidInput, match="items: expected a value"):
        decode_list({"has_more": False}, str)


def test_a_batch_knows_good_and_bad_items() -> None:
    """Each under its place in the request, on both sides."""
    batch = decode_items([GOOD, BAD], decode_task_draft)
    assert batch.items[0].key == "a"
    assert batch.validation_errors[1]["input_values"]["code"] == "OBJECT_EXPECTED"
    document = encode_batch(batch, lambda draft: {"key": draft.key})
    assert document["items"] == {"0": {"key": "a"}}
    assert decode_batch(document, lambda item: item["key"]) == Batch(
        items={0: "a"}, validation_errors=batch.validation_errors
    )


def test_a_batch_has_places() -> None:
    """An answer whose items stand nowhere is refused."""
    with pytest.raises(InvalidInput) as caught:
        decode_batch({"items": {"first": {}, "1": 5}, "validation_errors": []}, dict)
    assert len(caught.value.problems) == 3


def test_steps_echo_what_was_sent() -> None:
    """Markers included: clients find their items again by them."""
    errors = decode_items([GOOD, BAD], decode_task_draft).validation_errors
    steps = list_steps([GOOD, BAD, GOOD], Batch(items={0: "t1"}, validation_errors=errors), subject=BatchSubject.TASK)
    assert steps == [
        OperationStep(type="TASK_CREATE", success=True, input=GOOD, output={"task_id": "t1"}),
        OperationStep(type="TASK_VALIDATE", success=False, input=BAD, output=errors[1]),
    ]
    assert decode_log(encode_log(steps)) == tuple(steps)


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (BatchSubject.TASK, ("TASK_CREATE", "TASK_VALIDATE", "task_id")),
        (BatchSubject.TASK_SUITE, ("TASK_SUITE_CREATE", "TASK_SUITE_VALIDATE", "task_suite_id")),
        (BatchSubject.USER_BONUS, ("USER_BONUS_PERSIST", "USER_BONUS_VALIDATE", "user_bonus_id")),
    ],
)
def test_each_subject_has_its_words(subject: BatchSubject, words: tuple[str, str, str]) -> None:
    """The API names the step of a bonus in another way."""
    assert (subject.created_step, subject.refused_step, subject.id_field) == words


def test_counts_add_up() -> None:
    """Valid and not valid, done and not done are all items."""
    assert count_batch(5, valid_count=4, success_count=0) == {
        "total_count": 5,
        "valid_count": 4,
        "not_valid_count": 1,
        "success_count": 0,
        "failed_count": 5,
    }


@pytest.mark.parametrize("kind", [OperationType.TASK_BATCH_CREATE, "SOMETHING.NEW"])
def test_an_operation_survives_the_wire(kind: str) -> None:
    """Those of newer versions of the API, too."""
    operation = Operation(
        id="26e130ad-3652-443a-83dc-5094791e48ef",
        type=kind,
        status=OperationStatus.FAIL,
        submitted=datetime(2015, 12, 13, 23, 32, 1, tzinfo=UTC),
        progress=100,
        parameters={"open_pool": False, "pool_id": "1"},
        details={"total_count": 2},
        foreign={"extra": [1]},
    )
    assert decode_operation(encode_operation(operation)) == operation
    assert operation.is_finished


def test_an_operation_says_only_what_is_known() -> None:
    """Moments that have not come are left out."""
    running = Operation(id="1", type=OperationType.POOL_OPEN, status=OperationStatus.RUNNING)
    assert encode_operation(running) == {"id": "1", "type": "POOL.OPEN", "status": "RUNNING"}
    assert not running.is_finished


def test_a_wrong_operation_is_refused_with_all_problems() -> None:
    """Mirrors collect problems like all other documents."""
    document: Any = {"type": 1, "status": "DONE", "submitted": "now", "progress": "all"}
    with pytest.raises(InvalidInput) as caught:
        decode_operation(document)
    assert len(caught.value.problems) == 5
