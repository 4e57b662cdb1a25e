"""Assignments on the wire: as JSON, and as rows of a table."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    Assignment,
    AssignmentId,
    AssignmentStatus,
    IssuedTask,
    KnownSolution,
    Money,
    PoolId,
    ProjectId,
    Solution,
    TaskId,
    TaskKind,
    WorkerId,
)
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    AssignmentColumn,
    AssignmentPatch,
    RowsQuery,
    decode_assignment,
    decode_assignment_patch,
    encode_assignment,
    encode_assignment_patch,
    format_rows_query,
    iter_rows,
    parse_rows_query,
    read_rows,
    write_rows,
)

SHOWN: dict[str, Any] = {
    "id": "00022cfa46--637cf4098ccdeb4a260737de",
    "task_suite_id": "00022cfa46--637cf4098ccdeb4a260737dc",
    "pool_id": "36502086",
    "user_id": "d26d7d094e0dbb67ec46a269dc5dd15c",
    "status": "ACCEPTED",
    "reward": 0.01,
    "tasks": [
        {
            "id": "00022cfa46--1",
            "input_values": {"id": "a", "image": "https://example.com/1.jpg"},
            "pool_id": "36502086",
            "overlap": 3,
            "reserved_for": [],
            "created": "2022-11-22T16:08:27.575",
        },
        {
            "id": "00022cfa46--2",
            "input_values": {"image": "https://example.com/2.jpg"},
            "known_solutions": [{"output_values": {"result": "dog"}, "correctness_weight": 1}],
            "message_on_unknown_solution": "It barks.",
        },
    ],
    "solutions": [{"output_values": {"result": "cat"}}, {"id": "s", "output_values": {"result": "dog", "sure": True}}],
    "first_declined_solution_attempt": [{"output_values": {"result": "cow"}}],
    "mixed": True,
    "automerged": False,
    "created": "2022-11-22T16:08:41.802",
    "submitted": "2022-11-22T16:09:08.603",
    "accepted": "2022-11-22T16:09:09",
    "public_comment": "",
    "owner": {"id": "6c6e", "myself": True},
    "bonus_ids": ["1"],
}


def make_assignment(**changes: Any) -> Assignment:
    """Return an assignment as a platform of our own holds it."""
    created = datetime(2026, 11, 22, 9, 8, 0, 267824, tzinfo=UTC)
    chosen: dict[str, Any] = {
        "id": AssignmentId("1"),
        "pool_id": PoolId("2"),
        "project_id": ProjectId("3"),
        "worker_id": WorkerId("w"),
        "status": AssignmentStatus.ACTIVE,
        "reward": Money("0.01234"),
        "tasks": (IssuedTask(id=TaskId("4"), key="a", kind=TaskKind.REAL, input_values={"id": "a", "n": [1]}),),
        "created": created,
        "deadline": created + timedelta(minutes=5),
    }
    return Assignment(**{**chosen, **changes})


def decode(document: object) -> Assignment:
    """Return what the document shows, with what it does not say."""
    return decode_assignment(document, project_id=ProjectId("3"), duration=timedelta(minutes=5))


def test_an_assignment_comes_back_as_it_was_shown() -> None:
    """Tasks and solutions keep what our records do not hold, each in its place."""
    assert encode_assignment(decode(SHOWN)) == SHOWN


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="active"),
        pytest.param(
            {
                "status": AssignmentStatus.REJECTED,
                "solutions": (Solution(output_values={"b": None}),),
                "submitted": datetime(2026, 11, 22, 9, 9, tzinfo=UTC),
                "rejected": datetime(2026, 11, 22, 9, 10, tzinfo=UTC),
                "public_comment": "Wrong.",
            },
            id="rejected",
        ),
        pytest.param({"status": AssignmentStatus.SKIPPED, "skipped": datetime(2027, 1, 1, tzinfo=UTC)}, id="skipped"),
        pytest.param({"status": AssignmentStatus.EXPIRED, "expired": datetime(2027, 1, 1, tzinfo=UTC)}, id="expired"),
    ],
)
def test_an_assignment_survives_the_wire(changes: dict[str, Any]) -> None:
    """To the microsecond and the hundred-thousandth of a dollar."""
    assignment = make_assignment(**changes)
    assert decode(encode_assignment(assignment)) == assignment


def test_the_kind_of_a_task_is_seen() -> None:
    """Known solutions make a control task, a hint beside them a training task."""
    assert [task.kind for task in decode(SHOWN).tasks] == [TaskKind.REAL, TaskKind.TRAINING]


def test_solutions_are_absent_until_there_are_some() -> None:
    """As the API has it."""
    assert "solutions" not in encode_assignment(make_assignment())


@pytest.mark.parametrize(
    ("document", "patch"),
    [
        pytest.param(
            {"status": "ACCEPTED", "public_comment": ""},
            AssignmentPatch(status=AssignmentStatus.ACCEPTED, public_comment=""),
            id="accept",
        ),
        pytest.param({"public_comment": "Hm."}, AssignmentPatch(public_comment="Hm."), id="comment"),
    ],
)
def test_a_patch_survives_the_wire(document: dict[str, str], patch: AssignmentPatch) -> None:
    """An empty comment is a comment."""
    assert decode_assignment_patch(document) == patch
    assert encode_assignment_patch(patch) == document


def test_a_comment_has_an_end() -> None:
    """Workers are told at most 2048 characters."""
    with pytest.raises(InvalidInput, match="at most 2048 characters, found 2049"):
        decode_assignment_patch({"public_comment": "x" * 2049})


def test_rows_tell_each_task() -> None:
    """Values, right answers and hints, then what was asked about the assignment."""
    rows = list(iter_rows(decode(SHOWN), tuple(AssignmentColumn), link="http://127.0.0.1/1"))
    assert rows[0] == {
        "INPUT:id": "a",
        "INPUT:image": "https://example.com/1.jpg",
        "OUTPUT:result": "cat",
        "ASSIGNMENT:link": "http://127.0.0.1/1",
        "ASSIGNMENT:assignment_id": SHOWN["id"],
        "ASSIGNMENT:task_id": "00022cfa46--1",
        "ASSIGNMENT:task_suite_id": SHOWN["task_suite_id"],
        "ASSIGNMENT:worker_id": SHOWN["user_id"],
        "ASSIGNMENT:status": "APPROVED",
        "ASSIGNMENT:started": SHOWN["created"],
        "ASSIGNMENT:submitted": SHOWN["submitted"],
        "ASSIGNMENT:accepted": SHOWN["accepted"],
        "ASSIGNMENT:rejected": "",
        "ASSIGNMENT:skipped": "",
        "ASSIGNMENT:expired": "",
        "ASSIGNMENT:reward": "0.01",
    }
    assert (rows[1]["GOLDEN:result"], rows[1]["HINT:text"], rows[1]["OUTPUT:sure"]) == ("dog", "It barks.", "true")


def test_rows_survive_text() -> None:
    """Tabs, quotes and line breaks in values do not break the table."""
    awkward = 'a\tb "c"\nd'
    assignment = make_assignment(
        tasks=(IssuedTask(id=TaskId("4"), key="", kind=TaskKind.REAL, input_values={"text": awkward}),)
    )
    columns = ["INPUT:text", "ASSIGNMENT:status"]
    text = write_rows(iter_rows(assignment, columns), columns)
    assert read_rows(text) == [{"INPUT:text": awkward, "ASSIGNMENT:status": "ACTIVE"}]


def test_values_that_are_no_text_are_json() -> None:
    """Lists and objects can be read again."""
    known = KnownSolution(output_values={"boxes": [{"x": 0.5}], "none": None})
    assignment = make_assignment(
        tasks=(IssuedTask(id=TaskId("4"), key="", kind=TaskKind.CONTROL, input_values={}, known_solutions=(known,)),)
    )
    [row] = iter_rows(assignment, ())
    assert row == {"GOLDEN:boxes": '[{"x":0.5}]', "GOLDEN:none": ""}


def test_a_query_of_rows_survives() -> None:
    """Accepted pages are APPROVED there."""
    query = RowsQuery(
        statuses=(AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED),
        columns=(AssignmentColumn.LINK,),
        submitted_from=datetime(2026, 1, 1, tzinfo=UTC),
        is_without_banned=True,
        has_row_delimiter=False,
    )
    parameters = format_rows_query(query)
    assert parameters["status"] == "APPROVED,REJECTED"
    assert parse_rows_query(parameters) == query
    assert parse_rows_query({}) == RowsQuery()


def test_a_wrong_query_of_rows_is_refused() -> None:
    """With every parameter that is wrong."""
    with pytest.raises(InvalidInput) as caught:
        parse_rows_query({"status": "DONE", "field": "x", "startTimeFrom": "now", "excludeBanned": "maybe"})
    assert len(caught.value.problems) == 4
