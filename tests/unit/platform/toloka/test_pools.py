"""Pools on the wire: prices, times, mixers, filters, defaults and rules, in both directions."""

from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from manyhands.crowd import (
    AllOf,
    BudgetId,
    CloseReason,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    FrequencyStep,
    GrowingOverlap,
    HistoryScope,
    MixerConfig,
    Money,
    Pool,
    PoolConfig,
    PoolId,
    PoolStatus,
    PriceStep,
    ProjectId,
    SkillId,
    SkillPrices,
    TaskFrequency,
    TrainingRequirement,
)
from manyhands.errors import InvalidInput
from manyhands.platform.toloka.wire import (
    NEVER,
    decode_pool,
    decode_pool_config,
    describe_problems,
    encode_pool,
    encode_pool_config,
)

FULL: dict[str, Any] = {
    "project_id": "83859",
    "private_name": "First pool",
    "private_comment": "for me",
    "public_description": "Quick and easy ",
    "public_instructions": "<p>More</p>",
    "may_contain_adult_content": True,
    "will_expire": "2030-09-01T13:00:00",
    "auto_close_after_complete_delay_seconds": 60,
    "reward_per_assignment": 0.02,
    "dynamic_pricing_config": {
        "type": "SKILL",
        "skill_id": "1289",
        "intervals": [{"from": 0, "to": 60, "reward_per_assignment": 0.03}],
    },
    "metadata": {"testKey": ["a"]},
    "assignment_max_duration_seconds": 300,
    "auto_accept_solutions": False,
    "auto_accept_period_day": 7,
    "assignments_issuing_config": {"issue_task_suites_in_creation_order": False},
    "filter": {
        "and": [
            {"or": [{"category": "profile", "key": "languages", "operator": "IN", "value": "EN"}]},
            {"or": [{"category": "skill", "key": "1124", "operator": "GT", "value": 59.7}]},
            {"or": [{"category": "skill", "key": "1125", "operator": "EQ"}]},
        ]
    },
    "quality_control": {
        "training_requirement": {"training_pool_id": "21", "training_passing_skill_value": 70},
        "captcha_frequency": "LOW",
        "checkpoints_config": {"real_settings": {"target_overlap": 5}},
        "configs": [],
    },
    "speed_quality_balance": {"type": "TOP_PERCENTAGE_BY_QUALITY", "percent": 80},
    "dynamic_overlap_config": {
        "type": "BASIC",
        "max_overlap": 5,
        "min_confidence": 0.9,
        "answer_weight_skill_id": 1289,
        "fields": [{"name": "r"}],
    },
    "mixer_config": {
        "real_tasks_count": 6,
        "golden_tasks_count": 1,
        "training_tasks_count": 1,
        "min_real_tasks_count": 2,
        "min_golden_tasks_count": 0,
        "min_training_tasks_count": 0,
        "force_last_assignment": False,
        "force_last_assignment_delay_seconds": 10,
        "mix_tasks_in_creation_order": True,
        "shuffle_tasks_in_task_suite": False,
        "golden_task_distribution_function": {
            "scope": "PROJECT",
            "distribution": "UNIFORM",
            "window_days": 7,
            "intervals": [{"from": 1, "to": 50, "frequency": 5}, {"from": 100, "frequency": 50}],
        },
    },
    "training_config": {"training_skill_ttl_days": 3},
    "defaults": {"default_overlap_for_new_task_suites": 2, "default_overlap_for_new_tasks": 3},
    "training": False,
    "priority": 10,
    "type": "REGULAR",
}
MINIMAL: dict[str, Any] = {
    "project_id": "83859",
    "private_name": "First pool",
    "will_expire": "2030-01-01T00:00:00.000Z",
    "reward_per_assignment": 0.05,
    "assignment_max_duration_seconds": 300,
    "defaults": {"default_overlap_for_new_task_suites": 1},
}
#: What the API says where a requester says nothing.
DEFAULTS: dict[str, Any] = {
    "may_contain_adult_content": False,
    "auto_close_after_complete_delay_seconds": 0,
    "auto_accept_solutions": True,
    "auto_accept_period_day": 14,
    "priority": 0,
    "type": "REGULAR",
    "defaults": {"default_overlap_for_new_task_suites": 1, "default_overlap_for_new_tasks": 1},
}


def make_config(**changes: Any) -> PoolConfig:
    """Return a config as the library makes it."""
    chosen: dict[str, Any] = {
        "project_id": ProjectId("1"),
        "key": "red",
        "reward": Money("0.05"),
        "assignment_duration": timedelta(minutes=10),
        "mixer": MixerConfig(real_count=9, control_count=1),
    }
    return PoolConfig(**{**chosen, **changes})


@pytest.mark.parametrize("key", [None, "generated-key"])
def test_a_pool_comes_back_as_it_was_sent(key: str | None) -> None:
    """Every field of the API survives, those that manyhands does not act on verbatim."""
    assert encode_pool_config(decode_pool_config(deepcopy(FULL), key=key)) == FULL


def test_absent_fields_come_back_with_the_documented_defaults() -> None:
    """What is not said is what the API says it is; the moment keeps its own writing."""
    assert encode_pool_config(decode_pool_config(MINIMAL)) == {**MINIMAL, **DEFAULTS}


def test_null_counts_as_absent() -> None:
    """A client that writes its empty fields means the same as one that leaves them out."""
    nulls = dict.fromkeys(("filter", "mixer_config", "quality_control", "priority", "private_comment"))
    assert decode_pool_config({**MINIMAL, **nulls}) == decode_pool_config(MINIMAL)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="plain"),
        pytest.param({"default_overlap": 0, "reward": Money()}, id="nothing-yet-for-nothing"),
        pytest.param({"expires": datetime(2027, 1, 1, 2, 3, 4, 567891, tzinfo=UTC)}, id="ends"),
        pytest.param({"auto_accept": True, "auto_accept_after": timedelta(days=21), "priority": 100}, id="accepts"),
        pytest.param(
            {"description": "d", "instruction": "i", "private_note": "n", "may_contain_adult_content": True}, id="texts"
        ),
        pytest.param(
            {
                "worker_filter": AllOf(
                    (FilterCondition(category=FilterCategory.SKILL, key="7", operator=FilterOperator.GTE, value=0.8),)
                )
            },
            id="filter",
        ),
        pytest.param(
            {"training_requirement": TrainingRequirement(training_pool_id=PoolId("3"), passing_skill=0.85)},
            id="training",
        ),
        pytest.param(
            {
                "skill_prices": SkillPrices(
                    skill_id=SkillId("7"),
                    steps=(
                        PriceStep(lowest=0.5, highest=0.79, reward=Money("0.07")),
                        PriceStep(lowest=0.8, highest=1.0, reward=Money("0.1")),
                    ),
                )
            },
            id="prices",
        ),
        pytest.param(
            {
                "growing_overlap": GrowingOverlap(
                    max_overlap=5, min_confidence=0.85, weight_skill_id=SkillId("7"), fields=("a", "b")
                )
            },
            id="growing-overlap",
        ),
        pytest.param(
            {
                "mixer": MixerConfig(
                    real_count=9,
                    control_frequency=TaskFrequency(
                        scope=HistoryScope.PROJECT,
                        steps=(
                            FrequencyStep(first=1, last=5, every=3),
                            FrequencyStep(first=6, last=None, every=5),
                        ),
                        window=timedelta(days=7),
                    ),
                    training_frequency=TaskFrequency(scope=HistoryScope.POOL, steps=()),
                )
            },
            id="frequencies",
        ),
    ],
)
def test_a_config_survives_the_wire(changes: dict[str, Any]) -> None:
    """What the API can say, it says without loss."""
    config = make_config(**changes)
    assert decode_pool_config(encode_pool_config(config)) == config


def test_what_only_manyhands_knows_travels_on_request() -> None:
    """Budget, largest bonus, group and the skill of the training reach our own server, and no other one."""
    config = make_config(
        budget_id=BudgetId("8"),
        max_bonus=Money("0.01234"),
        exclusive_group="g",
        auto_accept_after=timedelta(hours=5),
        training_requirement=TrainingRequirement(
            training_pool_id=PoolId("3"), passing_skill=0.5, skill_id=SkillId("4")
        ),
    )
    assert decode_pool_config(encode_pool_config(config, is_extended=True)) == config
    assert "manyhands" not in encode_pool_config(config)


def test_a_pool_survives_the_wire() -> None:
    """State and moments travel, too."""
    pool = Pool(
        id=PoolId("44"),
        status=PoolStatus.CLOSED,
        close_reason=CloseReason.COMPLETED,
        created=datetime(2026, 1, 1, tzinfo=UTC),
        last_started=datetime(2026, 1, 2, 3, tzinfo=UTC),
        last_stopped=datetime(2026, 1, 2, 4, tzinfo=UTC),
        config=make_config(),
        foreign={"owner": {"id": "ab"}},
    )
    assert decode_pool(encode_pool(pool)) == pool


def test_a_pool_without_an_end_ends_in_the_far_future() -> None:
    """The API wants to know an end; ours is one that nobody reaches."""
    document = encode_pool_config(make_config(expires=None))
    assert document["will_expire"] == "2099-12-31T23:59:59"
    assert NEVER.isoformat() == "2099-12-31T23:59:59+00:00"


def test_durations_are_rounded_up() -> None:
    """Nobody gets less time than was meant, and no page less than the API allows."""
    document = encode_pool_config(make_config(assignment_duration=timedelta(milliseconds=1)))
    assert document["assignment_max_duration_seconds"] == 5
    document = encode_pool_config(make_config(assignment_duration=timedelta(seconds=60, milliseconds=1)))
    assert document["assignment_max_duration_seconds"] == 61


def test_a_pool_without_a_mixer_is_known() -> None:
    """Its requester sends whole task suites, and says whether their order is kept."""
    config = decode_pool_config(MINIMAL)
    assert (config.mixer, config.is_suite_order_kept) == (None, False)
    assert "mixer_config" not in encode_pool_config(config)
    ordered = replace(config, is_suite_order_kept=True)
    assert encode_pool_config(ordered)["assignments_issuing_config"] == {"issue_task_suites_in_creation_order": True}
    assert decode_pool_config(encode_pool_config(ordered)) == ordered
    assert decode_pool_config(FULL).mixer is not None


def test_what_is_said_of_issuing_is_kept_with_what_is_not_known() -> None:
    """It comes back as it was written, until it is changed."""
    written = {**MINIMAL, "assignments_issuing_config": {"issue_task_suites_in_creation_order": True, "pace": 3}}
    config = decode_pool_config(written)
    assert config.is_suite_order_kept
    assert encode_pool_config(config)["assignments_issuing_config"] == written["assignments_issuing_config"]
    assert "assignments_issuing_config" not in encode_pool_config(replace(config, is_suite_order_kept=False))


@pytest.mark.parametrize(("mixer", "expected"), [(None, 4), (FULL["mixer_config"], 7)], ids=["suites", "tasks"])
def test_the_default_overlap_is_that_of_what_the_pool_takes(mixer: object, expected: int) -> None:
    """Without a mixer these are task suites."""
    defaults = {"default_overlap_for_new_task_suites": 4, "default_overlap_for_new_tasks": 7}
    config = decode_pool_config({**MINIMAL, "mixer_config": mixer, "defaults": defaults})
    assert config.default_overlap == expected
    assert encode_pool_config(config)["defaults"] == defaults


def test_a_filter_that_is_taken_away_does_not_come_back() -> None:
    """What was kept of the old filter goes with it."""
    written = {**FULL, "filter": {"category": "skill", "key": 1124, "operator": "GT", "value": 59.7}}
    config = decode_pool_config(written)
    assert encode_pool_config(config)["filter"] == written["filter"]
    assert "filter" not in encode_pool_config(replace(config, worker_filter=None))


def test_a_changed_overlap_is_written_anew() -> None:
    """The kept defaults are forgotten as soon as they say something else."""
    config = replace(decode_pool_config(FULL), default_overlap=9)
    expected = {"default_overlap_for_new_task_suites": 9, "default_overlap_for_new_tasks": 9}
    assert encode_pool_config(config)["defaults"] == expected


def test_all_problems_come_at_once() -> None:
    """Each has its field, its code and what the code speaks about."""
    document = {
        **FULL,
        "project_id": None,
        "will_expire": "tomorrow",
        "reward_per_assignment": -1,
        "auto_accept_solutions": "yes",
        "auto_accept_period_day": 22,
        "priority": 1.5,
        "filter": {"and": [{"or": {}}]},
        "mixer_config": {"real_tasks_count": 501, "golden_tasks_count": 1, "training_tasks_count": 1},
        "type": "EXAM",
    }
    with pytest.raises(InvalidInput) as caught:
        decode_pool_config(document)
    described = describe_problems(caught.value.problems)
    assert {path: problem["code"] for path, problem in described.items()} == {
        "project_id": "VALUE_REQUIRED",
        "will_expire": "INVALID_DATE_TIME_SYNTAX",
        "reward_per_assignment": "VALUE_LESS_THAN_MIN",
        "auto_accept_solutions": "BOOLEAN_EXPECTED",
        "auto_accept_period_day": "VALUE_GREATER_THAN_MAX",
        "priority": "INTEGER_EXPECTED",
        "filter.and.0.or": "ARRAY_EXPECTED",
        "mixer_config.real_tasks_count": "VALUE_GREATER_THAN_MAX",
        "type": "UNKNOWN_ENUM_VALUE",
    }
    assert described["mixer_config.real_tasks_count"]["params"] == {"max": 500}
