"""Params of a kind that cannot work."""

from datetime import timedelta

import pytest

from manyhands.errors import InvalidParams
from manyhands.launches import Params
from manyhands.planning import PoolPricingConfig
from manyhands.quality import Control, RuleBuilder, StaticOverlap

GOOD = {
    "task_duration_hint": timedelta(seconds=10),
    "pricing_config": PoolPricingConfig(assignment_price=0.05, real_tasks_count=4),
    "overlap": StaticOverlap(3),
    "control": Control(),
}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("task_duration_hint", 10, r"timedelta\(seconds=10\)"),
        ("task_duration_hint", None, "a duration"),
        ("pool_lifetime", "30 days", "a duration"),
        ("pricing_config", {}, r"PoolPricingConfig\("),
        ("overlap", 3, r"StaticOverlap\(3\) or DynamicOverlap"),
        ("control", RuleBuilder().add_static_reward(0.5), r"Control\(rules\)"),
        ("worker_filter", {}, "WorkerFilter"),
        ("aggregation_algorithm", "banana", "one of majority-vote, max-likelihood"),
        ("max_attempts", 2.5, "a whole number"),
    ],
)
def test_a_value_of_a_wrong_kind_is_named_where_it_is_chosen(name: str, value: object, expected: str) -> None:
    """The error says which field, what was found, and how to make what is expected."""
    with pytest.raises(InvalidParams, match=rf"{name} is .*; expected .*{expected}"):
        Params(**(GOOD | {name: value}))  # type: ignore[arg-type]  # refused at run time too


def test_all_wrong_values_come_in_one_error() -> None:
    """Nobody corrects three fields in three attempts."""
    with pytest.raises(InvalidParams) as caught:
        Params(**(GOOD | {"overlap": 3, "task_duration_hint": 10, "pool_lifetime": timedelta(0)}))  # type: ignore[arg-type]  # refused at run time too
    assert len(caught.value.problems) == 3
