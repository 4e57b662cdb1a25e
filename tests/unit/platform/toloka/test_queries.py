"""Query parameters: what they ask for, and what may be asked."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import AssignmentStatus, Comparison, Folder
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    ASSIGNMENTS,
    MESSAGE_THREADS,
    POOLS,
    SKILLS,
    TASKS,
    Bound,
    CreationParameters,
    ListQuery,
    ListShape,
    SortKey,
    describe_problems,
    format_creation,
    format_query,
    parse_creation,
    parse_query,
)

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))  # noqa: DTZ001
RANGES = (Comparison.GT, Comparison.GTE, Comparison.LT, Comparison.LTE)


def test_parameters_are_understood() -> None:
    """Comma lists, ranges, order and number."""
    parameters = {
        "pool_id": "7",
        "status": "SUBMITTED,ACCEPTED",
        "id_gt": "00--1",
        "created_lte": "2022-12-01",
        "sort": "-submitted,id",
        "limit": "100",
        "user_id": "",
    }
    assert parse_query(parameters, ASSIGNMENTS) == ListQuery(
        equals={"pool_id": ("7",), "status": (AssignmentStatus.SUBMITTED, AssignmentStatus.ACCEPTED)},
        bounds=(
            Bound(name="id", comparison=Comparison.GT, value="00--1"),
            Bound(name="created", comparison=Comparison.LTE, value=datetime(2022, 12, 1, tzinfo=UTC)),
        ),
        order=(SortKey(name="submitted", is_descending=True), SortKey(name="id")),
        limit=100,
    )


@given(
    st.lists(st.tuples(st.sampled_from(RANGES), MOMENTS), max_size=4, unique_by=lambda bound: bound[0]),
    st.lists(st.sampled_from(["id", "created", "last_started"]), max_size=3, unique=True),
    st.none() | st.integers(1, 300),
    st.booleans(),
)
def test_a_query_survives(
    bounds: list[tuple[Comparison, datetime]],
    order: list[str],
    limit: int | None,
    is_descending: bool,  # noqa: FBT001
) -> None:
    """What a client formats, a server parses."""
    query = ListQuery(
        equals={"project_id": ("5",)},
        bounds=tuple(Bound(name="created", comparison=comparison, value=moment) for comparison, moment in bounds),
        order=tuple(SortKey(name=name, is_descending=is_descending) for name in order),
        limit=limit,
    )
    assert parse_query(format_query(query), POOLS) == query


def test_fields_can_be_excluded() -> None:
    """As threads can by their folder."""
    query = parse_query({"folder": "INBOX", "folder_ne": "IMPORTANT,UNREAD"}, MESSAGE_THREADS)
    assert query.differs == {"folder": (Folder.IMPORTANT, Folder.UNREAD)}
    assert format_query(query) == {"folder": "INBOX", "folder_ne": "IMPORTANT,UNREAD"}


def test_commas_in_names_are_no_lists() -> None:
    """Only words of the API are named several at a time."""
    assert parse_query({"name": "cats, dogs"}, SKILLS).equals == {"name": ("cats, dogs",)}


def test_a_greater_limit_is_no_mistake() -> None:
    """The client pages on."""
    assert parse_query({"limit": "1000000"}, POOLS).limit == POOLS.max_limit


def test_all_problems_come_at_once() -> None:
    """Each under its parameter."""
    parameters = {
        "status": "DONE",
        "colour": "red",
        "created_gt": "yesterday",
        "sort": "id,-size",
        "limit": "0",
        "overlap": "1",
    }
    with pytest.raises(InvalidInput) as caught:
        parse_query(parameters, POOLS)
    assert {name: problem["code"] for name, problem in describe_problems(caught.value.problems).items()} == {
        "status": "UNKNOWN_ENUM_VALUE",
        "colour": "VALUE_NOT_ALLOWED",
        "created_gt": "INVALID_DATE_TIME_SYNTAX",
        "sort": "VALUE_NOT_ALLOWED",
        "limit": "VALUE_LESS_THAN_MIN",
        "overlap": "VALUE_NOT_ALLOWED",
    }


@pytest.mark.parametrize(
    ("shape", "name"), [pytest.param(TASKS, "pool_id", id="tasks"), pytest.param(ASSIGNMENTS, "pool_id", id="pages")]
)
def test_some_lists_need_a_place(shape: ListShape, name: str) -> None:
    """Nobody lists all tasks of the world."""
    with pytest.raises(InvalidInput) as caught:
        parse_query({"limit": "5"}, shape)
    assert list(describe_problems(caught.value.problems)) == [name]


@pytest.mark.parametrize("text", ["1.5", "x", "-", "1" * 30])
def test_numbers_are_whole(text: str) -> None:
    """A number that is none is refused as what it is."""
    with pytest.raises(InvalidInput):
        parse_query({"pool_id": "1", "overlap_gte": text}, TASKS)


@pytest.mark.parametrize(
    "operation_id", [None, "2ed92b7f-75c0-4771-ae2f-3911232d6d4e", "2ed92b7f75c04771ae2f3911232d6d4e"]
)
def test_creation_parameters_survive(operation_id: str | None) -> None:
    """The id of the operation is the client's own, as it was written."""
    creation = CreationParameters(operation_id=operation_id, async_mode=True, open_pool=True)
    parameters = format_creation(creation)
    assert parameters["async_mode"] == "true"
    assert parse_creation({**parameters, "unknown": "1"}) == creation


def test_wrong_creation_parameters_are_refused() -> None:
    """An id that is no UUID, a word that is neither true nor false."""
    with pytest.raises(InvalidInput) as caught:
        parse_creation({"operation_id": "1", "async_mode": "yes"})
    assert {name: problem["code"] for name, problem in describe_problems(caught.value.problems).items()} == {
        "operation_id": "UUID_EXPECTED",
        "async_mode": "BOOLEAN_EXPECTED",
    }
