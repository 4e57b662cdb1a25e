"""Refusals: our errors as answers, and answers as our errors."""

from typing import Any

import pytest

from manyhands.errors import (
    BudgetExceeded,
    EmptyPool,
    InvalidData,
    InvalidInput,
    LaunchFailed,
    ManyhandsError,
    NotFound,
    NoWork,
    PlatformError,
    PlatformUnavailable,
    WrongState,
)
from manyhands.platform.toloka.wire import (
    Failure,
    ProblemCode,
    WireProblem,
    decode_failure,
    decode_task_draft,
    describe_problems,
    encode_failure,
    failure_of,
    to_error,
)

#: Our error, the status and code that tell of it, and whether the way back gives the same class.
ERRORS = [
    (NotFound("x"), 404, "DOES_NOT_EXIST"),
    (WrongState("x"), 400, "INAPPROPRIATE_STATUS"),
    (WrongState("x", "unarchived_pools"), 400, "UNARCHIVED_POOLS_CONFLICT"),
    (WrongState("x", "pages_in_work"), 400, "THERE_IS_ACTIVE_ASSIGNMENT"),
    (WrongState("x", "pages_in_review"), 400, "SUBMITTED_ASSIGNMENTS_CONFLICT"),
    (WrongState("x", "rejected_pages"), 400, "THERE_IS_REJECTED_ASSIGNMENT"),
    (WrongState("x", "training_in_use"), 400, "TRAINING_ARCHIVE_CONFLICT"),
    (WrongState("x", "archived_project"), 400, "PROJECT_INAPPROPRIATE_STATUS"),
    (WrongState("x", "name_taken"), 400, "WORKER_SKILL_EXISTS"),
    (WrongState("x", "training_skill"), 400, "SKILL_IS_TRAINING"),
    (EmptyPool("x"), 400, "EMPTY_POOL"),
    (BudgetExceeded("x"), 400, "NOT_ENOUGH_BALANCE"),
    (PlatformUnavailable("x"), 503, "REMOTE_SERVICE_UNAVAILABLE"),
    (NoWork("x", "pool_closed"), 403, "POOL_INAPPROPRIATE_STATUS"),
    (NoWork("x", "restricted"), 403, "INAPPROPRIATE_STATUS"),
    (NoWork("x", "filtered"), 403, "ACCESS_DENIED"),
    (NoWork("x", "exhausted"), 403, "POOL_ASSIGNMENTS_EXHAUSTED"),
    (NoWork("x", "control_exhausted"), 404, "DOES_NOT_EXIST"),
    (NoWork("x", "budget_exhausted"), 403, "NOT_ENOUGH_BALANCE"),
    (NoWork("x", "too_many_pages"), 403, "TOO_MANY_ACTIVE_ASSIGNMENTS"),
]


@pytest.mark.parametrize(
    ("error", "status", "code"), ERRORS, ids=lambda part: getattr(part, "reason", None) or str(part)
)
def test_an_error_travels(error: ManyhandsError, status: int, code: str) -> None:
    """The answer tells what happened, and on the other side it is the same error again."""
    failure = failure_of(error, request_id="r1")
    assert (failure.status, failure.code) == (status, code)
    arrived = to_error(decode_failure(encode_failure(failure), status=failure.status))
    assert type(arrived) is type(error)
    assert getattr(arrived, "reason", None) == getattr(error, "reason", None)
    assert "r1" in str(arrived)


def test_final_refusals_are_never_repeated() -> None:
    """Clients repeat 409 and 429 for minutes."""
    assert {failure_of(error).status for error, _, _ in ERRORS}.isdisjoint({409, 429})


def test_a_defect_is_told_as_one() -> None:
    """What nobody foresaw is no mistake of the client."""
    assert failure_of(LaunchFailed("x")).status == 500


def test_problems_travel_with_their_fields() -> None:
    """The payload holds field, code, message and params, on both sides."""
    with pytest.raises(InvalidInput) as caught:
        decode_task_draft({"input_values": {}, "overlap": 30_001})
    failure = failure_of(caught.value)
    assert failure.status == 400
    assert failure.payload == {
        "overlap": {
            "code": "VALUE_GREATER_THAN_MAX",
            "message": "expected at most 30000, found 30001",
            "params": {"max": 30_000},
        }
    }
    arrived = to_error(decode_failure(encode_failure(failure), status=400))
    assert isinstance(arrived, InvalidInput)
    assert describe_problems(arrived.problems) == failure.payload


def test_problems_of_items_travel_with_their_places() -> None:
    """A batch is refused with a payload per item."""
    payload = {"1": {"input_values.image": {"code": "VALUE_REQUIRED", "message": "expected a value"}}}
    arrived = to_error(Failure(status=400, code="VALIDATION_ERROR", message="x", payload=payload))
    assert isinstance(arrived, InvalidInput)
    [problem] = arrived.problems
    assert isinstance(problem, WireProblem)
    assert (problem.path, problem.code) == ("1.input_values.image", ProblemCode.VALUE_REQUIRED)


def test_an_error_without_fields_still_has_a_payload() -> None:
    """Sentences of the platform itself stand under their places."""
    payload = failure_of(InvalidData("Two rows are wrong.", ["row 1", "row 2"])).payload
    assert [entry["message"] for entry in payload.values()] == ["row 1", "row 2"]
    assert failure_of(InvalidData("All is wrong.")).payload["0"]["message"] == "All is wrong."


@pytest.mark.parametrize(
    ("document", "status", "error"),
    [
        pytest.param({"detail": "Not Found"}, 404, NotFound, id="stranger-404"),
        pytest.param("<html>", 502, PlatformUnavailable, id="page-of-a-proxy"),
        pytest.param(None, 429, PlatformUnavailable, id="too-many"),
        pytest.param({"code": "TOO_MANY_REQUESTS", "message": "m"}, 429, PlatformUnavailable, id="told-too-many"),
        pytest.param({"code": "OPERATION_ALREADY_EXISTS", "message": "m"}, 409, WrongState, id="operation"),
        pytest.param({"code": "CONFLICT_STATE"}, 409, PlatformUnavailable, id="repeat"),
        pytest.param({"code": "SOMETHING_NEW", "message": "m"}, 400, PlatformError, id="new-code"),
        pytest.param({"code": "SOMETHING_NEW", "message": "m"}, 500, PlatformUnavailable, id="new-code-500"),
        pytest.param({"code": "ACCESS_DENIED", "message": "m"}, 403, PlatformError, id="access"),
        pytest.param({"code": 5, "message": ["m"], "payload": 7}, 400, InvalidInput, id="nonsense"),
        pytest.param(None, 418, PlatformError, id="unknown-status"),
    ],
)
def test_every_answer_becomes_an_error(document: Any, status: int, error: type[ManyhandsError]) -> None:
    """Answers of proxies and of newer versions of the API, too."""
    assert type(to_error(decode_failure(document, status=status))) is error
