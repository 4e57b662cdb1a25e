"""What was chosen for a pool, in words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import (
    AcceptAll,
    AcceptedCount,
    AccessLoss,
    ChangeOverlap,
    Comparison,
    ControlTasks,
    DailyIncome,
    MajorityAgreement,
    MixerConfig,
    PageReview,
    PoolConfig,
    PoolId,
    ProjectId,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    ReviewedPages,
    SetWorkerSkill,
    SkillId,
    SkippedInRow,
    SubmitTime,
    TrainingAnswers,
    TrainingRequirement,
)
from manyhands.server.pages.pool_words import (
    describe_pool,
    in_words,
    words_of_filter,
    words_of_quality_rule,
    words_of_rule,
)
from tests.flow.parity import Parity, make_params

CONFIG = PoolConfig(
    project_id=ProjectId("1"),
    key="pool",
    reward=mh.Money("0.05"),
    assignment_duration=timedelta(minutes=5),
    mixer=MixerConfig(real_count=4, control_count=1),
)


def _facts(config: PoolConfig = CONFIG, params: mh.Params | None = None) -> dict[str, str]:
    return dict(describe_pool(config, fee="$0.01", params=params))


@pytest.mark.parametrize(
    ("changes", "name", "text"),
    [
        ({}, "Page", "4 objects and 1 control task, $0.05 for an accepted page, and a fee of $0.01"),
        ({}, "Time for a page", "5 minutes; then its tasks go to somebody else"),
        ({}, "Acceptance", "by itself after 14 days, unless it is judged by hand before"),
        ({"auto_accept": True}, "Acceptance", "at once, unless it is judged by hand before"),
        ({"max_bonus": mh.Money("0.02")}, "Bonus", "up to $0.02 a page"),
        ({"default_overlap": 3}, "Answers", "3 answers an object, unless an object says otherwise"),
        ({}, "Who may work", "everybody"),
        ({"exclusive_group": "day"}, "Exclusive workers", "nobody works in two pools of “day”"),
        ({"expires": datetime(2026, 11, 22, 12, tzinfo=UTC)}, "Closes by itself", "2026-11-22 12:00 UTC"),
        (
            {"training_requirement": TrainingRequirement(training_pool_id=PoolId("7"), passing_skill=0.8)},
            "Training",
            "at least 80% right in training 7",
        ),
        ({"private_note": "mine"}, "Note", "mine"),
        ({"description": "for all"}, "Description", "for all"),
    ],
)
def test_what_the_platform_knows_is_told(changes: dict[str, Any], name: str, text: str) -> None:
    """One thing, one sentence."""
    assert _facts(replace(CONFIG, **changes))[name] == text


@pytest.mark.parametrize(
    ("changes", "name", "text"),
    [
        ({}, "Answers", "2 to 4 answers an object, until it is 90% sure"),
        ({"overlap": mh.StaticOverlap(3)}, "Answers", "3 answers an object"),
        (
            {"overlap": mh.DynamicOverlap(1, 3, {Parity.ODD: 0.9, Parity.EVEN: 0.8})},
            "Answers",
            "1 to 3 answers an object, until it is as sure as its label needs",
        ),
        ({"max_attempts": 5}, "Given up", "after 5 answers to one object, rejected ones included"),
        ({}, "Aggregation", "max likelihood"),
        ({}, "Expected time", "10 seconds a task"),
        ({"work_duration_before_vacation": timedelta(hours=1)}, "Breaks", "after 1 hour of work"),
    ],
)
def test_what_the_launch_chose_is_told(changes: dict[str, Any], name: str, text: str) -> None:
    """Where the journal has it."""
    assert _facts(params=make_params(**changes))[name] == text


def test_rules_follow_their_heading() -> None:
    """The first one has it, the others go on."""
    rules = mh.RuleBuilder().add_dynamic_reward(0.01, 0.02, 0.5, 0.5, bonus_granularity_num=1).build()
    facts = describe_pool(CONFIG, fee="$0.00", params=make_params(control=mh.Control(rules)))
    place = [name for name, _ in facts].index("Rules of the launch")
    assert [name for name, _ in facts[place : place + 3]] == ["Rules of the launch", "", ""]
    assert facts[place + 2][1].endswith("a bonus of $0.01, if the page is accepted")


def test_a_filter_is_told_with_its_alternatives() -> None:
    """Ages become dates of birth, as the platform keeps them."""
    young = mh.WorkerGroup(languages=frozenset({"EN", "DE"}), age_range=(18, None))
    skilled = mh.WorkerGroup(countries=frozenset({"GB"}), age_range=(None, None), skills=((SkillId("7"), 0.5),))
    expression = mh.WorkerFilter((young, skilled)).expression(date(2026, 11, 22))
    assert expression is not None
    assert words_of_filter(expression) == (
        "(languages one of DE and languages one of EN and date of birth before 2008-11-22) or (country one of GB and skill 7 at least 0.5)"
    )


@pytest.mark.parametrize(
    ("collector", "key", "threshold", "action", "text"),
    [
        (
            SubmitTime(fast_threshold=timedelta(seconds=9), history_size=10),
            "fast_count",
            3,
            RestrictWorker(scope=RestrictionScope.PROJECT, duration=timedelta(days=1)),
            "quick ones at least 3, of pages quicker than 9 seconds among the last 10: the worker is restricted in this project for 1 day",
        ),
        (
            ControlTasks(),
            "correct_share",
            0.5,
            SetWorkerSkill(skill_id=SkillId("7")),
            "share of right ones at least 50%, of answers with a known solution: skill 7 is set to the share of right ones",
        ),
        (
            SkippedInRow(),
            "skipped_in_row_count",
            4,
            RestrictWorker(scope=RestrictionScope.ALL_PROJECTS, duration=None),
            "pages given back in a row at least 4: the worker is restricted in all projects for good",
        ),
        (
            AcceptedCount(),
            "accepted_count",
            2,
            ChangeOverlap(delta=1),
            "accepted ones at least 2, of pages since the last time: 1 more answer asked for",
        ),
        (
            MajorityAgreement(answer_threshold=3, history_size=9),
            "incorrect_share",
            0.4,
            RejectAll(),
            (
                "share of wrong ones at least 40%, of answers to objects with a majority of 3 among the last 9: "
                "all pages of the worker that wait are rejected"
            ),
        ),
        (
            ReviewedPages(history_size=20),
            "rejected_share",
            0.3,
            AcceptAll(),
            "share of rejected ones at least 30%, of pages that were judged among the last 20: all pages of the worker that wait are accepted",
        ),
        (
            PageReview(),
            "event",
            "REJECT",
            ChangeOverlap(delta=1, is_pool_opened=True),
            "judgement at least reject, whenever a page is judged: 1 more answer asked for, and the pool is opened again",
        ),
        (
            AccessLoss(),
            "reason",
            "SKILL_CHANGE",
            ChangeOverlap(delta=-2),
            "reason at least skill change, when a worker may not work here any more: 2 fewer answers asked for",
        ),
        (
            DailyIncome(),
            "income",
            5,
            RestrictWorker(scope=RestrictionScope.POOL, duration=timedelta(days=1)),
            "dollars at least 5, earned within 24 hours: the worker is restricted in this pool for 1 day",
        ),
        (
            TrainingAnswers(),
            "submitted_count",
            2,
            SetWorkerSkill(skill_id=SkillId("7"), value=1.0),
            "pages handed in at least 2, in the training: skill 7 is set to 100%",
        ),
    ],
)
def test_rules_of_the_platform_are_told(
    collector: Any, key: Any, threshold: float | str, action: Any, text: str
) -> None:
    """When, and what then."""
    condition = QualityCondition(key=key, comparison=Comparison.GTE, threshold=threshold)
    assert words_of_quality_rule(QualityRule(collector=collector, conditions=(condition,), action=action)) == text


def test_rules_about_several_things_are_joined() -> None:
    """Every rule that a builder makes has words."""
    rules = (
        mh.RuleBuilder().add_static_reward(0.5).add_speed_control(0.1, 0.3).add_control_task_control(2, 1, 2).build()
    )
    words = [words_of_rule(rule) for rule in rules]
    assert len(set(words)) == len(words)
    assert (
        "more than 10% of the expected time and at most 30% of the expected time: the worker is restricted in this pool for 8 hours"
        in words
    )


@pytest.mark.parametrize(
    ("duration", "text"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=0.5), "0.5 seconds"),
        (timedelta(minutes=90), "1.5 hours"),
        (timedelta(days=14), "14 days"),
    ],
)
def test_durations_are_told_in_their_largest_unit(duration: timedelta, text: str) -> None:
    """With one digit behind the point at most."""
    assert in_words(duration) == text
