"""Quality control on the wire: rules with their collectors, and what manyhands cannot apply."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import (
    AcceptAll,
    AcceptedCount,
    AccessLoss,
    AccessLossReason,
    ChangeOverlap,
    Comparison,
    ControlTasks,
    DailyIncome,
    MajorityAgreement,
    MixerConfig,
    Money,
    PageReview,
    PoolConfig,
    ProjectId,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    ReviewedPages,
    ReviewEvent,
    SetWorkerSkill,
    ShareKey,
    SkillId,
    SkippedInRow,
    SubmitTime,
    TrainingAnswers,
)
from manyhands.platform.toloka.wire import decode_pool_config, encode_pool_config, find_unapplied

SIZES = st.none() | st.integers(1, 50)
COLLECTORS: dict[st.SearchStrategy[Any], tuple[str, ...]] = {
    st.builds(ControlTasks, history_size=SIZES): (
        "total_count",
        "correct_share",
        "incorrect_share",
        "control_count",
        "control_correct_share",
        "control_incorrect_share",
    ),
    st.builds(
        SubmitTime,
        fast_threshold=st.integers(1, 99).map(lambda seconds: timedelta(seconds=seconds)),
        history_size=SIZES,
    ): ("total_count", "fast_count"),
    st.just(SkippedInRow()): ("skipped_in_row_count",),
    st.just(AcceptedCount()): ("accepted_count",),
    st.builds(MajorityAgreement, answer_threshold=st.integers(1, 5), history_size=SIZES): (
        "total_count",
        "correct_share",
        "incorrect_share",
    ),
    st.builds(ReviewedPages, history_size=SIZES): ("total_count", "accepted_share", "rejected_share"),
    st.just(PageReview()): ("event", "pending_count", "accepted_count", "rejected_count"),
    st.just(AccessLoss()): ("reason", "skill_id"),
    st.just(DailyIncome()): ("income",),
    st.just(TrainingAnswers()): (
        "submitted_count",
        "total_count",
        "correct_share",
        "incorrect_share",
        "is_next_available",
    ),
}
#: Thresholds that are no counts.
THRESHOLDS: dict[str, st.SearchStrategy[Any]] = {
    "event": st.sampled_from([str(event) for event in ReviewEvent]),
    "reason": st.sampled_from([str(reason) for reason in AccessLossReason]),
    "skill_id": st.just("1289"),
    "income": st.integers(0, 500).map(lambda cents: cents / 100),
    "is_next_available": st.integers(0, 1),
}
DURATIONS = st.none() | st.integers(1, 10_000).map(lambda minutes: timedelta(minutes=minutes))
ACTIONS = (
    st.builds(
        RestrictWorker, scope=st.sampled_from(RestrictionScope), duration=DURATIONS, private_comment=st.text("ab")
    )
    | st.builds(
        SetWorkerSkill,
        skill_id=st.just(SkillId("5")),
        value=st.integers(0, 100).map(lambda percent: percent / 100),
    )
    | st.builds(SetWorkerSkill, skill_id=st.just(SkillId("5")), source=st.sampled_from(get_args(ShareKey)))
    | st.just(AcceptAll())
    | st.builds(RejectAll, public_comment=st.text("ab"))
    | st.builds(ChangeOverlap, delta=st.integers(-5, 5), is_pool_opened=st.booleans())
)


def conditions(keys: tuple[str, ...]) -> st.SearchStrategy[tuple[QualityCondition, ...]]:
    """Return conditions over these counts and shares."""

    def build(key: str) -> st.SearchStrategy[QualityCondition]:
        shares = st.integers(0, 1000).map(lambda permille: permille / 1000)
        thresholds = THRESHOLDS.get(key, shares if key.endswith("share") else st.integers(0, 50))
        comparisons = st.sampled_from(Comparison)
        return st.builds(QualityCondition, key=st.just(key), comparison=comparisons, threshold=thresholds)

    return st.lists(st.sampled_from(keys).flatmap(build), min_size=1, max_size=3).map(tuple)


RULES = st.one_of(
    [
        st.builds(QualityRule, collector=collector, conditions=conditions(keys), action=ACTIONS)
        for collector, keys in COLLECTORS.items()
    ]
)


def make_config(rules: tuple[QualityRule, ...] = (), **changes: Any) -> PoolConfig:
    """Return a pool with these rules."""
    chosen: dict[str, Any] = {
        "project_id": ProjectId("1"),
        "key": "p",
        "reward": Money("0.01"),
        "assignment_duration": timedelta(minutes=1),
        "mixer": MixerConfig(real_count=1),
        "quality_rules": rules,
    }
    return PoolConfig(**{**chosen, **changes})


@given(st.lists(RULES, max_size=4).map(tuple))
def test_rules_survive_the_wire(rules: tuple[QualityRule, ...]) -> None:
    """Every collector, condition and action that manyhands applies, in the same order."""
    config = make_config(rules)
    assert decode_pool_config(encode_pool_config(config)) == config


def test_rules_of_one_collector_stand_together() -> None:
    """As the API has it, and with an id that stays the same from call to call."""
    rule = QualityRule(
        collector=SkippedInRow(),
        conditions=(QualityCondition(key="skipped_in_row_count", comparison=Comparison.GTE, threshold=5),),
        action=RejectAll(),
    )
    configs = encode_pool_config(make_config((rule, rule)))["quality_control"]["configs"]
    assert [len(config["rules"]) for config in configs] == [2]
    assert configs == encode_pool_config(make_config((rule, rule)))["quality_control"]["configs"]


UNSUPPORTED = {
    "conditions": [{"key": "success_rate", "operator": "LT", "value": 60}],
    "action": {"type": "RESTRICTION_V2", "parameters": {"scope": "PROJECT", "duration_unit": "PERMANENT"}},
}
SUPPORTED = {
    "conditions": [{"key": "golden_set_correct_answers_rate", "operator": "LT", "value": 33.3}],
    "action": {"type": "RESTRICTION", "parameters": {"scope": "PROJECT", "duration_days": 2}},
}
STRANGE_ACTION = {
    "conditions": [{"key": "total_answers_count", "operator": "GT", "value": 3}],
    "action": {"type": "SET_POOL_COMPLETE", "parameters": {}},
}
STRANGE_FIELD = {
    "conditions": [{"key": "total_answers_count", "operator": "GT", "value": 3}],
    "action": {
        "type": "SET_SKILL_FROM_OUTPUT_FIELD",
        "parameters": {"skill_id": "5", "from_field": "skipped_in_row_count"},
    },
}
WRITTEN: dict[str, Any] = {
    "captcha_frequency": "LOW",
    "checkpoints_config": {"real_settings": {"target_overlap": 5}},
    "configs": [
        {"collector_config": {"type": "CAPTCHA", "uuid": "u1", "parameters": {}}, "rules": [UNSUPPORTED]},
        {
            "collector_config": {"type": "GOLDEN_SET", "uuid": "u2", "parameters": {"history_size": 3}},
            "rules": [SUPPORTED, STRANGE_ACTION, STRANGE_FIELD],
        },
    ],
}


def written_pool(control: Any) -> dict[str, Any]:
    """Return the document of a pool with this quality control."""
    return {**encode_pool_config(make_config()), "quality_control": control}


def test_what_cannot_be_applied_is_kept() -> None:
    """Only the rule that manyhands knows is applied; the document comes back with ids, order and all."""
    config = decode_pool_config(written_pool(WRITTEN))
    assert config.quality_rules == (
        QualityRule(
            collector=ControlTasks(history_size=3),
            conditions=(QualityCondition(key="control_correct_share", comparison=Comparison.LT, threshold=0.333),),
            action=RestrictWorker(scope=RestrictionScope.PROJECT, duration=timedelta(days=2)),
        ),
    )
    assert encode_pool_config(config)["quality_control"] == WRITTEN


def test_every_rule_that_cannot_be_applied_is_named() -> None:
    """Each with its place and what to do about it; a document without one has no problem."""
    problems = find_unapplied(decode_pool_config(written_pool(WRITTEN)).foreign)
    assert [(problem.path, problem.code) for problem in problems] == [
        ("quality_control.configs.0.rules.0", "VALUE_NOT_ALLOWED"),
        ("quality_control.configs.1.rules.1", "VALUE_NOT_ALLOWED"),
        ("quality_control.configs.1.rules.2", "VALUE_NOT_ALLOWED"),
    ]
    assert "no captchas are shown" in problems[0].message
    kept = {**WRITTEN, "configs": [{**WRITTEN["configs"][1], "rules": [SUPPORTED]}]}
    assert find_unapplied(decode_pool_config(written_pool(kept)).foreign) == []


@pytest.mark.parametrize(
    ("written", "action"),
    [
        ({"type": "CHANGE_OVERLAP", "parameters": {"delta": 1}}, ChangeOverlap(delta=1)),
        (
            {"type": "SET_SKILL_FROM_OUTPUT_FIELD", "parameters": {"skill_id": 5, "from_field": "wrong_answers_rate"}},
            SetWorkerSkill(skill_id=SkillId("5"), source="incorrect_share"),
        ),
    ],
)
def test_actions_may_be_written_in_other_ways(written: dict[str, Any], action: Any) -> None:
    """Defaults and second names are understood, and come back as they were written."""
    rule = {"conditions": [{"key": "total_answers_count", "operator": "GT", "value": 3}], "action": written}
    collector = {"type": "GOLDEN_SET", "uuid": "u", "parameters": {}}
    control = {"configs": [{"collector_config": collector, "rules": [rule]}]}
    config = decode_pool_config(written_pool(control))
    assert [each.action for each in config.quality_rules] == [action]
    assert encode_pool_config(config)["quality_control"] == control


def test_changed_rules_stand_beside_what_cannot_be_applied() -> None:
    """The rules are written anew, the others stay, and nothing that was dropped comes back."""
    config = replace(decode_pool_config(written_pool(WRITTEN)), quality_rules=())
    control = encode_pool_config(config)["quality_control"]
    assert control["captcha_frequency"] == "LOW"
    assert [config["rules"] for config in control["configs"]] == [[UNSUPPORTED], [STRANGE_ACTION, STRANGE_FIELD]]
    assert decode_pool_config(written_pool(control)).quality_rules == ()


def test_a_dropped_training_requirement_does_not_come_back() -> None:
    """What was kept of the document does not bring it in again."""
    control = {"training_requirement": {"training_pool_id": "2", "training_passing_skill_value": 70}, "configs": []}
    config = replace(decode_pool_config(written_pool(control)), training_requirement=None)
    assert decode_pool_config(encode_pool_config(config)).training_requirement is None


@pytest.mark.parametrize(
    ("duration", "parameters"),
    [
        pytest.param(None, {"duration_unit": "PERMANENT"}, id="for-good"),
        pytest.param(timedelta(days=2), {"duration": 2, "duration_unit": "DAYS"}, id="days"),
        pytest.param(timedelta(hours=36), {"duration": 36, "duration_unit": "HOURS"}, id="hours"),
        pytest.param(timedelta(seconds=61), {"duration": 2, "duration_unit": "MINUTES"}, id="rounded-up"),
    ],
)
def test_durations_have_the_greatest_unit(duration: timedelta | None, parameters: dict[str, Any]) -> None:
    """The API counts minutes, hours or days."""
    rule = QualityRule(
        collector=AcceptedCount(),
        conditions=(QualityCondition(key="accepted_count", comparison=Comparison.GTE, threshold=1),),
        action=RestrictWorker(scope=RestrictionScope.POOL, duration=duration),
    )
    [config] = encode_pool_config(make_config((rule,)))["quality_control"]["configs"]
    assert config["rules"][0]["action"]["parameters"] == {"scope": "POOL", **parameters}
