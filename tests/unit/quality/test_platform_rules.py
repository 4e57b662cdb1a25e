"""Which rules the platform applies by itself."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.crowd import (
    AcceptedCount,
    Comparison,
    ControlTasks,
    QualityCondition,
    QualityRule,
    RestrictionScope,
    RestrictWorker,
    SkippedInRow,
    SubmitTime,
)
from manyhands.errors import InvalidParams
from manyhands.quality import (
    AlwaysTrue,
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BlockTimePicker,
    BlockUser,
    BooleanOperator,
    Control,
    Predicate,
    PredicateExpression,
    RestrictedBy,
    Rule,
    RuleBuilder,
    launch_control,
    platform_rules,
)

HOUR = timedelta(hours=1)
PLATFORM = RestrictedBy.PLATFORM


def _builder(scope: RestrictionScope = RestrictionScope.POOL) -> RuleBuilder:
    return RuleBuilder(scope).add_static_reward(0.5)


def _shown(rule: QualityRule) -> tuple[object, ...]:
    """A rule in short: collector, conditions, how long it restricts."""
    assert isinstance(rule.action, RestrictWorker)
    conditions = [(c.key, c.comparison.value, c.threshold) for c in rule.conditions]
    return rule.collector, conditions, rule.action.duration


def _block(predicate: Predicate, duration: timedelta | None = None) -> Control:
    return Control(
        [
            Rule(
                predicate=predicate,
                action=BlockUser(scope=RestrictionScope.POOL, private_comment="", duration=duration),
            )
        ]
    )


def _fast_thresholds(control: Control, hint_s: int) -> list[float]:
    rules = platform_rules(control, timedelta(seconds=hint_s), control_count=0, restricted_by=PLATFORM)
    return [r.collector.fast_threshold.total_seconds() for r in rules if isinstance(r.collector, SubmitTime)]


def test_every_pool_has_the_standing_rules() -> None:
    """Skipping is answered with eight hours, long work with a rest of five, in the whole project; the rest is for the launch."""
    control = Control(_builder().add_speed_control(0.1, 0.3).add_control_task_control(2, 1, 2).build())
    rules = platform_rules(control, timedelta(seconds=120), control_count=2)
    assert [_shown(rule) for rule in rules] == [
        (SkippedInRow(), [("skipped_in_row_count", "GTE", 5)], 8 * HOUR),
        (AcceptedCount(), [("accepted_count", "GTE", 30)], 5 * HOUR),
    ]
    assert {rule.action.scope for rule in rules if isinstance(rule.action, RestrictWorker)} == {
        RestrictionScope.PROJECT
    }
    assert launch_control(control, control_count=2) == control


def test_a_platform_that_restricts_gets_speed_then_control_tasks() -> None:
    """The check pool of nineteen three-second tasks: whole seconds, both bounds of a band of right answers, 631 pages in ten hours."""
    control = Control(_builder().add_speed_control(0.3, 0.6).add_control_task_control(4, 2, 3).build())
    rules = platform_rules(
        control,
        timedelta(seconds=57),
        control_count=4,
        work_duration_before_vacation=10 * HOUR,
        restricted_by=PLATFORM,
    )
    enough = ("total_count", "GTE", 4)
    assert [_shown(rule) for rule in rules] == [
        (SkippedInRow(), [("skipped_in_row_count", "GTE", 5)], 8 * HOUR),
        (
            SubmitTime(fast_threshold=timedelta(seconds=17), history_size=10),
            [("total_count", "GTE", 1), ("fast_count", "GTE", 1)],
            24 * HOUR,
        ),
        (ControlTasks(history_size=4), [enough, ("correct_share", "LT", 0.5)], 8 * HOUR),
        (
            ControlTasks(history_size=4),
            [enough, ("correct_share", "GTE", 0.5), ("correct_share", "LT", 0.75)],
            HOUR,
        ),
        (AcceptedCount(), [("accepted_count", "GTE", 631)], 5 * HOUR),
    ]


def test_the_form_s_default_gives_its_rules() -> None:
    """Nine tasks and two control tasks of ten seconds: fast below 11 s, one wrong half of two control answers for an hour."""
    rows = [BlockTimePicker(0.1, "1d", reject=True), BlockTimePicker(0.3, "2h")]
    control = Control(_builder().add_complex_speed_control(rows).add_control_task_control(2, 0, 1).build())
    rules = platform_rules(control, timedelta(seconds=110), control_count=2, restricted_by=PLATFORM)
    assert _fast_thresholds(control, 110) == [11]
    assert _shown(rules[2]) == (
        ControlTasks(history_size=2),
        [("total_count", "GTE", 2), ("correct_share", "GTE", 0.0), ("correct_share", "LT", 0.5)],
        HOUR,
    )


@pytest.mark.parametrize(
    ("hint_s", "ratio", "threshold_s"),
    [
        (120, 0.1, 12),
        (120, 0.3, 36),
        (57, 0.3, 17),
        (57, 0.6, 34),
        (110, 0.1, 11),
        (110, 0.3, 33),
        (10, 0.05, 1),
        (100, 0.29, 29),
    ],
)
def test_fast_is_counted_in_whole_seconds(hint_s: int, ratio: float, threshold_s: int) -> None:
    """Parts of a second are cut off, and one second is the least."""
    control = Control(_builder().add_complex_speed_control([BlockTimePicker(ratio)]).build())
    assert _fast_thresholds(control, hint_s) == [threshold_s]


def test_a_band_of_durations_stays_with_the_launch() -> None:
    """A platform would count the fastest pages in the slower band too and restrict twice."""
    control = Control(_builder().add_speed_control(0.1, 0.3).build())
    left = launch_control(control, control_count=0, restricted_by=PLATFORM)
    blocks = [rule.predicate for rule in left.rules if isinstance(rule.action, BlockUser)]
    assert _fast_thresholds(control, 120) == [12]
    assert [type(predicate) for predicate in blocks] == [PredicateExpression]
    assert len(left.rules) == len(control.rules) - 1


@pytest.mark.parametrize("scope", RestrictionScope)
def test_blocks_keep_their_scope(scope: RestrictionScope) -> None:
    """The platform restricts where the rule says."""
    control = Control(_builder(scope).add_speed_control(0.1, 0.3).add_control_task_control(2, 1, 2).build())
    rules = platform_rules(control, timedelta(minutes=1), control_count=2, restricted_by=PLATFORM)[1:-1]
    assert [rule.action.scope for rule in rules if isinstance(rule.action, RestrictWorker)] == [scope] * 3


def test_a_block_for_good_stays_one() -> None:
    """None is no duration of zero."""
    control = _block(AssignmentDurationPredicate(ratio=0.1, comparison=Comparison.LT))
    assert platform_rules(control, timedelta(minutes=1), control_count=0, restricted_by=PLATFORM)[
        1
    ].action == RestrictWorker(scope=RestrictionScope.POOL, duration=None)


@pytest.mark.parametrize(
    "predicate",
    [
        AssignmentDurationPredicate(ratio=0, comparison=Comparison.LTE),
        AssignmentAccuracyPredicate(threshold=0, comparison=Comparison.LT),
        AssignmentDurationPredicate(ratio=2, comparison=Comparison.GT),
        AlwaysTrue(),
        PredicateExpression(
            boolean_operator=BooleanOperator.OR,
            predicates=(AssignmentAccuracyPredicate(threshold=0.5, comparison=Comparison.LT), AlwaysTrue()),
        ),
        PredicateExpression(
            boolean_operator=BooleanOperator.AND,
            predicates=(
                AssignmentAccuracyPredicate(threshold=0.5, comparison=Comparison.LT),
                AssignmentDurationPredicate(ratio=0.5, comparison=Comparison.LT),
            ),
        ),
    ],
    ids=["ratio 0", "accuracy below 0", "slow", "always", "or", "accuracy and speed"],
)
def test_what_a_platform_cannot_count_stays_with_the_launch(predicate: Predicate) -> None:
    """Nothing is given to the platform that it would apply to other pages than the rule means."""
    control = _block(predicate)
    rules = platform_rules(control, timedelta(minutes=1), control_count=2, restricted_by=PLATFORM)
    assert [type(rule.collector) for rule in rules] == [SkippedInRow, AcceptedCount]
    assert launch_control(control, control_count=2, restricted_by=PLATFORM) == control


def test_without_control_tasks_no_control_answers_are_counted() -> None:
    """A history of no answers would make no sense to a platform."""
    control = Control(_builder().add_control_task_control(2, 1, 2).build())
    rules = platform_rules(control, timedelta(minutes=1), control_count=0, restricted_by=PLATFORM)
    assert [type(rule.collector) for rule in rules] == [SkippedInRow, AcceptedCount]


@pytest.mark.parametrize(
    ("hint", "work", "page_count"),
    [
        (timedelta(minutes=2), HOUR, 30),
        (timedelta(minutes=7), HOUR, 8),
        (timedelta(hours=2), HOUR, 1),
        (timedelta(minutes=2), None, None),
    ],
    ids=["even", "rounded down", "page longer than the work", "no vacation"],
)
def test_the_vacation_comes_after_whole_pages(hint: timedelta, work: timedelta | None, page_count: int | None) -> None:
    """At least one page is done before a rest, and None means no rest at all."""
    rules = platform_rules(Control(), hint, control_count=0, work_duration_before_vacation=work)
    counts = [rule.conditions for rule in rules if isinstance(rule.collector, AcceptedCount)]
    expected = QualityCondition(key="accepted_count", comparison=Comparison.GTE, threshold=page_count or 0)
    assert counts == ([] if page_count is None else [(expected,)])


def test_wrong_durations_are_all_named() -> None:
    """A page takes time, and so does the work before a rest."""
    with pytest.raises(InvalidParams) as caught:
        platform_rules(Control(), timedelta(0), control_count=0, work_duration_before_vacation=-HOUR)
    assert [problem.partition(" is ")[0] for problem in caught.value.problems] == [
        "page_hint",
        "work_duration_before_vacation",
    ]


THRESHOLDS = st.sampled_from([0.0, 0.1, 0.5, 1.0])
PREDICATES = st.recursive(
    st.one_of(
        st.just(AlwaysTrue()),
        st.builds(AssignmentAccuracyPredicate, threshold=THRESHOLDS, comparison=st.sampled_from(Comparison)),
        st.builds(AssignmentDurationPredicate, ratio=THRESHOLDS, comparison=st.sampled_from(Comparison)),
    ),
    lambda parts: st.builds(
        PredicateExpression,
        boolean_operator=st.sampled_from(BooleanOperator),
        predicates=st.lists(parts, min_size=1, max_size=3).map(tuple),
    ),
    max_leaves=4,
)


@given(st.lists(PREDICATES, max_size=5), st.integers(0, 3), st.sampled_from(RestrictedBy))
def test_every_block_has_one_owner(
    predicates: list[Predicate], control_count: int, restricted_by: RestrictedBy
) -> None:
    """A block is either the platform's or the launch's, never both and never nobody's."""
    control = Control(_block(predicate, HOUR).rules[0] for predicate in predicates)
    given_away = platform_rules(control, HOUR, control_count=control_count, restricted_by=restricted_by)[1:-1]
    kept = launch_control(control, control_count=control_count, restricted_by=restricted_by).rules
    assert len(given_away) + len(kept) == len(control.rules)
