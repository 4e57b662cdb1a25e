"""Worker filters on the wire."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import (
    AllOf,
    AnyOf,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    SkillId,
    WorkerFilterExpression,
    WorkerProfile,
    admits,
)
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import decode_filter, describe_problems, encode_filter

SHARES = st.integers(-100, 10_000).map(lambda percent: percent / 10_000)
CONDITIONS = st.builds(
    FilterCondition,
    category=st.just(FilterCategory.SKILL),
    key=st.text("123", min_size=1, max_size=3),
    operator=st.sampled_from(FilterOperator),
    value=st.none() | SHARES,
) | st.builds(
    FilterCondition,
    category=st.sampled_from([FilterCategory.PROFILE, FilterCategory.COMPUTED]),
    key=st.text("abc_", min_size=1, max_size=5),
    operator=st.sampled_from(FilterOperator),
    value=st.none() | st.booleans() | st.integers(0, 300) | st.text("EN", max_size=2) | st.just(["EN", "DE"]),
)
FILTERS: st.SearchStrategy[WorkerFilterExpression] = st.recursive(
    CONDITIONS,
    lambda part: (
        st.lists(part, max_size=3).map(tuple).flatmap(lambda parts: st.sampled_from([AllOf(parts), AnyOf(parts)]))
    ),
    max_leaves=6,
)


@given(FILTERS)
def test_a_filter_survives_the_wire(expression: WorkerFilterExpression) -> None:
    """Every expression, however deep, with skills in percent on the way."""
    assert decode_filter(encode_filter(expression)) == expression


@pytest.mark.parametrize(
    ("document", "skills", "is_admitted"),
    [
        pytest.param({"category": "skill", "key": "7", "operator": "GTE", "value": 80}, {"7": 0.8}, True, id="enough"),
        pytest.param({"category": "skill", "key": "7", "operator": "GTE", "value": 80}, {"7": 0.79}, False, id="less"),
        pytest.param({"category": "skill", "key": "7", "operator": "EQ"}, {}, True, id="has-no-skill"),
        pytest.param({"category": "skill", "key": "7", "operator": "EQ"}, {"7": 0.1}, False, id="has-one"),
        pytest.param({"category": "skill", "key": "7", "operator": "NE", "value": None}, {"7": 0.0}, True, id="any"),
        pytest.param({"and": []}, {}, True, id="no-condition"),
        pytest.param({"or": []}, {}, False, id="no-way"),
    ],
)
def test_a_filter_means_what_the_api_means(document: Any, skills: dict[str, float], *, is_admitted: bool) -> None:
    """Workers' skills are shares here and percent there; an absent value asks whether there is a skill."""
    known = {SkillId(key): value for key, value in skills.items()}
    assert admits(decode_filter(document), WorkerProfile(), skills=known) is is_admitted


def test_sets_are_written_as_sorted_lists() -> None:
    """The same filter always gives the same document."""
    languages = FilterCondition(
        category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value=frozenset({"RU", "EN"})
    )
    assert encode_filter(languages)["value"] == ["EN", "RU"]


@pytest.mark.parametrize(
    ("document", "problems"),
    [
        pytest.param({}, {"category", "key", "operator"}, id="empty"),
        pytest.param({"category": "face", "key": "a", "operator": "EQ"}, {"category"}, id="category"),
        pytest.param({"category": "skill", "key": "1", "operator": "GT", "value": "x"}, {"value"}, id="value"),
        pytest.param({"and": [{"or": [5]}]}, {"and.0.or.0"}, id="deep"),
    ],
)
def test_problems_name_their_place(document: Any, problems: set[str]) -> None:
    """However deep they are."""
    with pytest.raises(InvalidInput) as caught:
        decode_filter(document)
    assert set(describe_problems(caught.value.problems)) == {f"filter.{problem}" for problem in problems}


def test_a_filter_without_end_is_refused() -> None:
    """Deeper than anybody needs is an attack, not a filter."""
    document: Any = {"category": "skill", "key": "1", "operator": "EQ"}
    for _ in range(200):
        document = {"and": [document]}
    with pytest.raises(InvalidInput, match="at most 50 levels"):
        decode_filter(document)
