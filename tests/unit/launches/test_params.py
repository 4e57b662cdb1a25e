"""Params of a kind that cannot work."""

from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import PoolId
from manyhands.errors import InvalidParams
from manyhands.launches import Params, WorkerFilter, WorkerGroup
from manyhands.planning import PoolPricingConfig
from manyhands.quality import Control, RuleBuilder, StaticOverlap

GOOD: dict[str, Any] = {
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
        ("training_score", 80, r"a share in \[0, 1\]"),
        ("training_score", "high", r"a share in \[0, 1\]"),
        ("training", 7, "the id of a training's pool"),
    ],
)
def test_a_value_of_a_wrong_kind_is_named_where_it_is_chosen(name: str, value: object, expected: str) -> None:
    """The error says which field, what was found, and how to make what is expected."""
    with pytest.raises(InvalidParams, match=rf"{name} is .*; expected .*{expected}"):
        Params(**(GOOD | {name: value}))


def test_all_wrong_values_come_in_one_error() -> None:
    """Nobody corrects three fields in three attempts."""
    with pytest.raises(InvalidParams) as caught:
        Params(**(GOOD | {"overlap": 3, "task_duration_hint": 10, "pool_lifetime": timedelta(0)}))
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"training": PoolId("1")}, "training is '1', but training_score does not say how well"),
        ({"training_score": 0.8, "worker_filter": WorkerFilter(training_score=0.7)}, "0.8, but 0.7 in worker_filter"),
    ],
    ids=["training without a score", "two scores"],
)
def test_a_training_that_contradicts_itself_is_refused(changes: dict[str, Any], problem: str) -> None:
    """The score stands in one place."""
    with pytest.raises(InvalidParams, match=problem):
        Params(**(GOOD | changes))


@pytest.mark.parametrize(
    ("changes", "skill"),
    [
        ({}, None),
        ({"training_score": 0}, 0),
        ({"training_score": 0.8}, 0.8),
        ({"worker_filter": WorkerFilter(training_score=0.7)}, 0.7),
        ({"worker_filter": WorkerFilter()}, None),
        ({"training_score": 0.7, "worker_filter": WorkerFilter(training_score=0.7)}, 0.7),
    ],
)
def test_the_score_is_taken_from_the_params_or_from_their_filter(changes: dict[str, Any], skill: float | None) -> None:
    """Either place will do."""
    assert Params(**(GOOD | changes)).passing_skill == skill


def test_a_training_that_is_not_asked_for_leaves_the_identity_as_it_was() -> None:
    """A launch without a name, called before there were trainings, is found again."""
    assert not {"training", "training_score"} & Params(**GOOD).describe().keys()
    assert Params(**GOOD, training_score=0.5).describe()["training_score"] == 0.5


def test_sets_are_described_in_order() -> None:
    """Otherwise the same call would be another one in the next process."""
    languages = frozenset(["EN", "DE", "FR", "ES", "IT", "PL", "RU", "UK", "TR", "SV"])
    params = Params(**GOOD, worker_filter=WorkerFilter((WorkerGroup(languages=languages),)))
    assert params.describe()["worker_filter"]["groups"][0]["languages"] == sorted(languages)
