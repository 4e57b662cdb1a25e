"""What was chosen for a pool, in plain words."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, assert_never

from manyhands.crowd import (
    AcceptAll,
    AcceptedCount,
    AccessLoss,
    AllOf,
    AnyOf,
    ChangeOverlap,
    Collector,
    ConditionKey,
    ControlTasks,
    DailyIncome,
    FilterCategory,
    FilterCondition,
    FilterOperator,
    MajorityAgreement,
    MixerConfig,
    PageReview,
    PlatformAction,
    PoolConfig,
    QualityCondition,
    QualityRule,
    RejectAll,
    RestrictionScope,
    RestrictWorker,
    ReviewedPages,
    SetWorkerSkill,
    SkippedInRow,
    SubmitTime,
    TrainingAnswers,
    WorkerFilterExpression,
)
from manyhands.launches import Params
from manyhands.quality import (
    AlwaysTrue,
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BlockUser,
    BooleanOperator,
    DynamicOverlap,
    GiveBonusToUser,
    Predicate,
    PredicateExpression,
    Rule,
    SetAssignmentStatus,
)

__all__ = ["describe_pool", "in_words", "words_of_filter", "words_of_quality_rule", "words_of_rule"]

_SIGNS = {
    "EQ": "=", "NE": "is not", "GT": "more than", "GTE": "at least", "LT": "less than", "LTE": "at most", "IN": "one of", "NOT_IN": "none of",
}  # fmt: skip
_COUNTS: Mapping[ConditionKey, str] = {
    "total_count": "number",
    "fast_count": "quick ones",
    "correct_share": "share of right ones",
    "incorrect_share": "share of wrong ones",
    "control_count": "number of those to control tasks",
    "control_correct_share": "share of right ones to control tasks",
    "control_incorrect_share": "share of wrong ones to control tasks",
    "skipped_in_row_count": "pages given back in a row",
    "accepted_count": "accepted ones",
    "rejected_count": "rejected ones",
    "pending_count": "ones that wait",
    "accepted_share": "share of accepted ones",
    "rejected_share": "share of rejected ones",
    "event": "judgement",
    "reason": "reason",
    "skill_id": "skill",
    "income": "dollars",
    "submitted_count": "pages handed in",
    "is_next_available": "more to do",
}
#: What collectors count that say no more than that.
_COUNTED: Mapping[type[Collector], str] = {
    ControlTasks: ", of answers with a known solution",
    ReviewedPages: ", of pages that were judged",
    SkippedInRow: "",
    AcceptedCount: ", of pages since the last time",
    PageReview: ", whenever a page is judged",
    AccessLoss: ", when a worker may not work here any more",
    DailyIncome: ", earned within 24 hours",
    TrainingAnswers: ", in the training",
}
_SCOPES = {
    RestrictionScope.POOL: "in this pool",
    RestrictionScope.PROJECT: "in this project",
    RestrictionScope.ALL_PROJECTS: "in all projects",
}
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def describe_pool(config: PoolConfig, *, fee: str, params: Params | None) -> list[tuple[str, str]]:
    """Return what was chosen, as pairs of a heading and a sentence.

    Args:
        config: what the platform knows.
        fee: the fee on the reward, in words.
        params: what was chosen for the launch; None where nobody wrote it down.
    """
    return [*_page_facts(config, fee), *(_launch_facts(params) if params else _overlap_facts(config)), *_rest(config)]


def _page_facts(config: PoolConfig, fee: str) -> Iterator[tuple[str, str]]:
    yield "Page", f"{_page_content(config.mixer)}, {config.reward} for an accepted page, and a fee of {fee}"
    yield "Time for a page", f"{in_words(config.assignment_duration)}; then its tasks go to somebody else"
    if config.skill_prices is not None:
        yield (
            "Other rewards",
            f"by skill {config.skill_prices.skill_id}, in {_counted(len(config.skill_prices.steps), 'step')}",
        )
    if config.max_bonus:
        yield "Bonus", f"up to {config.max_bonus} a page"


def _page_content(mixer: MixerConfig | None) -> str:
    if mixer is None:
        return "the tasks that the requester put together"
    parts = [
        _counted(mixer.real_count, "object"),
        *([_counted(mixer.control_count, "control task")] if mixer.control_count else []),
        *([_counted(mixer.training_count, "training task")] if mixer.training_count else []),
    ]
    return " and ".join(parts)


def _overlap_facts(config: PoolConfig) -> Iterator[tuple[str, str]]:
    growing = config.growing_overlap
    more = (
        "" if growing is None else f"; more, up to {growing.max_overlap}, until it is {growing.min_confidence:.0%} sure"
    )
    yield "Answers", f"{_counted(config.default_overlap, 'answer')} an object, unless an object says otherwise{more}"
    acceptance = "at once" if config.auto_accept else f"by itself after {in_words(config.auto_accept_after)}"
    yield "Acceptance", f"{acceptance}, unless it is judged by hand before"


def _launch_facts(params: Params) -> Iterator[tuple[str, str]]:
    overlap = params.overlap
    if isinstance(overlap, DynamicOverlap):
        needed = overlap.confidence
        until = f"{needed:.0%} sure" if isinstance(needed, int | float) else "as sure as its label needs"
        least, most = overlap.min_overlap, overlap.max_overlap
        yield "Answers", f"{least} to {_counted(most, 'answer')} an object, until it is {until}"
    else:
        yield "Answers", f"{_counted(overlap.max_overlap, 'answer')} an object"
    yield "Given up", f"after {_counted(params.attempt_limit, 'answer')} to one object, rejected ones included"
    yield "Aggregation", params.aggregation_algorithm.value.replace("-", " ")
    yield "Expected time", f"{in_words(params.task_duration_hint)} a task"
    if params.work_duration_before_vacation is not None:
        yield "Breaks", f"after {in_words(params.work_duration_before_vacation)} of work"
    for number, rule in enumerate(params.control.rules):
        yield "Rules of the launch" if number == 0 else "", words_of_rule(rule)


def _rest(config: PoolConfig) -> Iterator[tuple[str, str]]:
    yield "Who may work", "everybody" if config.worker_filter is None else words_of_filter(config.worker_filter)
    if config.training_requirement is not None:
        requirement = config.training_requirement
        yield "Training", f"at least {requirement.passing_skill:.0%} right in training {requirement.training_pool_id}"
    if config.exclusive_group is not None:
        yield "Exclusive workers", f"nobody works in two pools of “{config.exclusive_group}”"
    for number, rule in enumerate(config.quality_rules):
        yield "Rules of the platform" if number == 0 else "", words_of_quality_rule(rule)
    if config.expires is not None:
        yield "Closes by itself", f"{config.expires:%Y-%m-%d %H:%M} UTC"
    if config.description:
        yield "Description", config.description
    if config.private_note:
        yield "Note", config.private_note


def words_of_filter(expression: WorkerFilterExpression) -> str:
    """Return who may work.

    >>> speaks = FilterCondition(category=FilterCategory.PROFILE, key="languages", operator=FilterOperator.IN, value="EN")
    >>> words_of_filter(AllOf((speaks,)))
    'languages one of EN'
    """
    match expression:
        case AllOf(parts):
            return _joined(parts, "and")
        case AnyOf(parts):
            return _joined(parts, "or")
        case FilterCondition():
            subject = f"skill {expression.key}" if expression.category is FilterCategory.SKILL else expression.key
            return f"{subject.replace('_', ' ')} {_compared(expression)}"


def words_of_rule(rule: Rule) -> str:
    """Return what follows from a page for its worker, and when.

    >>> from manyhands.crowd import Comparison
    >>> words_of_rule(Rule(predicate=AssignmentAccuracyPredicate(threshold=0.5, comparison=Comparison.LT),
    ...     action=BlockUser(scope=RestrictionScope.POOL, private_comment="", duration=timedelta(hours=8))))
    'less than 50% of the control tasks right: the worker is restricted in this pool for 8 hours'
    """
    when = _words_of_predicate(rule.predicate)
    match rule.action:
        case BlockUser(scope=scope, duration=duration):
            then = f"the worker is restricted {_SCOPES[scope]} {_for(duration)}"
        case SetAssignmentStatus(status=status):
            then = f"the page is {status.value.lower()}"
        case GiveBonusToUser(amount=amount):
            then = f"a bonus of {amount}, if the page is accepted"
        case SetWorkerSkill(skill_id=skill_id, value=value):
            then = f"skill {skill_id} is set to {'the share of right answers' if value is None else f'{value:.0%}'}"
        case _:
            assert_never(rule.action)
    return f"{when}: {then}"


def words_of_quality_rule(rule: QualityRule) -> str:
    """Return what the platform does by itself, and when."""
    conditions = " and ".join(map(_words_of_condition, rule.conditions)) or "always"
    return f"{conditions}{_words_of_collector(rule)}: {_words_of_action(rule.action)}"


def in_words(duration: timedelta) -> str:
    """Return a duration in its largest unit.

    >>> in_words(timedelta(minutes=90)), in_words(timedelta(seconds=1))
    ('1.5 hours', '1 second')
    """
    seconds = duration.total_seconds()
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= size), (1, "second"))
    return _counted(round(seconds / size, 1), unit)


def _words_of_predicate(predicate: Predicate) -> str:
    match predicate:
        case AlwaysTrue():
            return "every page"
        case AssignmentAccuracyPredicate(threshold=threshold, comparison=comparison):
            return f"{_SIGNS[comparison]} {threshold:.0%} of the control tasks right"
        case AssignmentDurationPredicate(ratio=ratio, comparison=comparison):
            return f"{_SIGNS[comparison]} {ratio:.0%} of the expected time"
        case PredicateExpression(boolean_operator=operator, predicates=parts):
            word = " and " if operator is BooleanOperator.AND else " or "
            return word.join(map(_words_of_predicate, parts))


def _words_of_condition(condition: QualityCondition) -> str:
    return f"{_COUNTS[condition.key]} {_SIGNS[condition.comparison]} {_threshold(condition)}"


def _threshold(condition: QualityCondition) -> str:
    if isinstance(condition.threshold, str):
        return condition.threshold.lower().replace("_", " ")
    return f"{condition.threshold:.0%}" if condition.key.endswith("_share") else f"{condition.threshold:g}"


def _words_of_collector(rule: QualityRule) -> str:
    collector = rule.collector
    match collector:
        case SubmitTime(fast_threshold=threshold):
            what = f", of pages quicker than {in_words(threshold)}"
        case MajorityAgreement(answer_threshold=votes):
            what = f", of answers to objects with a majority of {votes}"
        case _:
            what = _COUNTED[type(collector)]
    return f"{what}{_among(getattr(collector, 'history_size', None))}"


def _words_of_action(action: PlatformAction) -> str:
    match action:
        case RestrictWorker(scope=scope, duration=duration):
            return f"the worker is restricted {_SCOPES[scope]} {_for(duration)}"
        case SetWorkerSkill(skill_id=skill_id, value=value, source=source):
            return f"skill {skill_id} is set to {f'the {_COUNTS[source]}' if value is None else f'{value:.0%}'}"
        case AcceptAll():
            return "all pages of the worker that wait are accepted"
        case RejectAll():
            return "all pages of the worker that wait are rejected"
        case ChangeOverlap(delta=delta, is_pool_opened=is_pool_opened):
            asked = _counted(delta, "more answer") if delta >= 0 else _counted(-delta, "fewer answer")
            return f"{asked} asked for{', and the pool is opened again' if is_pool_opened else ''}"
        case _:
            assert_never(action)


def _joined(parts: tuple[WorkerFilterExpression, ...], word: str) -> str:
    words = [
        f"({words_of_filter(part)})"
        if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1
        else words_of_filter(part)
        for part in parts
    ]
    return f" {word} ".join(words) if words else ("everybody" if word == "and" else "nobody")


def _compared(condition: FilterCondition) -> str:
    value: Any = condition.value
    if value is None:
        return "unknown" if condition.operator is FilterOperator.EQ else "known"
    if condition.key == "date_of_birth" and isinstance(value, int | float):
        value = f"{datetime.fromtimestamp(value, UTC):%Y-%m-%d}"
        return f"{'after' if condition.operator in (FilterOperator.GT, FilterOperator.GTE) else 'before'} {value}"
    shown = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"{_SIGNS[condition.operator]} {shown}"


def _for(duration: timedelta | None) -> str:
    return "for good" if duration is None else f"for {in_words(duration)}"


def _among(size: int | None) -> str:
    return "" if size is None else f" among the last {size}"


def _counted(number: float, noun: str) -> str:
    return f"{number:,g} {noun}" if number == 1 else f"{number:,g} {noun}s"
