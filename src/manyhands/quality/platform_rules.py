"""Which rules the platform applies by itself, and which the launch decides.

The launch decides on every page as it arrives, with the page's own hint, and its restrictions count from the moment of submission, on the
platform's clock, so it does not matter how late it looks. It is therefore given all rules, and the platform gets only the standing rules
about what pages do not show: skipping and long work (`RestrictedBy.LAUNCH`, the default).

Where a launch looks so rarely that a careless worker could take many more pages before it acts, the platform can be given those blocks that
it counts exactly as the launch would: one upper bound on the duration, and bounds on the share of right control answers
(`RestrictedBy.PLATFORM`). A band of durations stays with the launch, since a platform counts all pages faster than a threshold and
would restrict a very fast worker twice. Each rule has one owner: `platform_rules` and `launch_control` called with the same arguments
share the control out, so that no rule restricts anybody twice for one page.
"""

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum

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

from .predicates import (
    AssignmentAccuracyPredicate,
    AssignmentDurationPredicate,
    BooleanOperator,
    Predicate,
    PredicateExpression,
    can_hold,
)
from .rules import BlockUser, Control, Rule

__all__ = ["RestrictedBy", "launch_control", "platform_rules"]

_SKIPPED_LIMIT = 5
_SKIPPED_BLOCK = timedelta(hours=8)
_VACATION = timedelta(hours=5)
#: Pages back that a platform looks at for fast ones; one is enough to act.
_SPEED_HISTORY_SIZE = 10
#: Platforms count in whole seconds.
_MIN_THRESHOLD_S = 1


class RestrictedBy(StrEnum):
    """Who carries out the blocks that the platform could carry out by itself."""

    #: The launch, as pages arrive.
    LAUNCH = "launch"
    #: The platform, at the moment of submission.
    PLATFORM = "platform"


def launch_control(
    control: Control, *, control_count: int, restricted_by: RestrictedBy = RestrictedBy.LAUNCH
) -> Control:
    """Return the rules that the launch decides: all but those that the platform was given.

    Args:
        control: the rules of the requester.
        control_count: control tasks on a page.
        restricted_by: as given to `platform_rules`.
    """
    if restricted_by is RestrictedBy.LAUNCH:
        return control
    return Control(rule for rule in control.rules if not _is_countable(rule, control_count))


def platform_rules(
    control: Control,
    page_hint: timedelta,
    *,
    control_count: int,
    work_duration_before_vacation: timedelta | None = timedelta(hours=1),
    restricted_by: RestrictedBy = RestrictedBy.LAUNCH,
) -> tuple[QualityRule, ...]:
    """Return the rules to be given to the platform: skipping, speed, control tasks, vacation.

    Args:
        control: the rules of the requester.
        page_hint: the expected duration of a full page, control tasks included.
        control_count: control tasks on a page; at 0 no rule about control answers is given.
        work_duration_before_vacation: after so much work a worker rests for five hours; None means never.
        restricted_by: who carries out the blocks of `control` that the platform could carry out.

    Raises:
        InvalidParams: the page's hint or the time before the vacation is not positive.

    Example:
        >>> [rule.collector for rule in platform_rules(Control(), timedelta(minutes=2), control_count=0)]
        [SkippedInRow(), AcceptedCount()]
    """
    _check_durations(page_hint, work_duration_before_vacation)
    given = [
        rule for rule in control.rules if restricted_by is RestrictedBy.PLATFORM and _is_countable(rule, control_count)
    ]
    return (
        _skipping_rule(),
        *_speed_rules(given, page_hint),
        *_control_rules(given, control_count),
        *_vacation_rules(page_hint, work_duration_before_vacation),
    )


def _check_durations(page_hint: timedelta, work_duration: timedelta | None) -> None:
    durations = {"page_hint": page_hint, "work_duration_before_vacation": work_duration}
    problems = [
        f"{name} is {duration}; expected a positive duration"
        for name, duration in durations.items()
        if duration is not None and duration <= timedelta(0)
    ]
    if problems:
        raise InvalidParams("The platform's rules cannot work; nothing was published.", problems)


def _is_countable(rule: Rule, control_count: int) -> bool:
    if not (isinstance(rule.action, BlockUser) and can_hold(rule.predicate)):
        return False
    return _find_ratio(rule.predicate) is not None or (control_count > 0 and bool(_bounds(rule.predicate)))


def _find_ratio(predicate: Predicate) -> float | None:
    match predicate:
        case AssignmentDurationPredicate(ratio=ratio, comparison=Comparison.LT | Comparison.LTE):
            return ratio
        case _:
            return None


def _bounds(predicate: Predicate) -> tuple[AssignmentAccuracyPredicate, ...]:
    """Return the comparisons that all have to hold; empty when a platform cannot put the predicate so."""
    match predicate:
        case AssignmentAccuracyPredicate():
            return (predicate,)
        case PredicateExpression(boolean_operator=BooleanOperator.AND, predicates=parts):
            found = [_bounds(part) for part in parts]
            return tuple(bound for bounds in found for bound in bounds) if all(found) else ()
        case _:
            return ()


def _skipping_rule() -> QualityRule:
    condition = QualityCondition(key="skipped_in_row_count", comparison=Comparison.GTE, threshold=_SKIPPED_LIMIT)
    comment = f"skipped {_SKIPPED_LIMIT} pages in a row"
    return QualityRule(
        collector=SkippedInRow(),
        conditions=(condition,),
        action=RestrictWorker(scope=RestrictionScope.PROJECT, duration=_SKIPPED_BLOCK, private_comment=comment),
    )


def _speed_rules(rules: list[Rule], page_hint: timedelta) -> Iterator[QualityRule]:
    for rule in rules:
        ratio = _find_ratio(rule.predicate)
        if ratio is not None and isinstance(rule.action, BlockUser):
            threshold_s = max(int((page_hint * ratio).total_seconds()), _MIN_THRESHOLD_S)
            collector = SubmitTime(fast_threshold=timedelta(seconds=threshold_s), history_size=_SPEED_HISTORY_SIZE)
            conditions = (
                QualityCondition(key="total_count", comparison=Comparison.GTE, threshold=1),
                QualityCondition(key="fast_count", comparison=Comparison.GTE, threshold=1),
            )
            yield QualityRule(collector=collector, conditions=conditions, action=_restriction(rule.action))


def _control_rules(rules: list[Rule], control_count: int) -> Iterator[QualityRule]:
    for rule in rules:
        bounds = _bounds(rule.predicate)
        if bounds and isinstance(rule.action, BlockUser):
            conditions = (
                QualityCondition(key="total_count", comparison=Comparison.GTE, threshold=control_count),
                *(
                    QualityCondition(key="correct_share", comparison=bound.comparison, threshold=bound.threshold)
                    for bound in bounds
                ),
            )
            collector = ControlTasks(history_size=control_count)
            yield QualityRule(collector=collector, conditions=conditions, action=_restriction(rule.action))


def _restriction(block: BlockUser) -> RestrictWorker:
    return RestrictWorker(scope=block.scope, duration=block.duration, private_comment=block.private_comment)


def _vacation_rules(page_hint: timedelta, work_duration: timedelta | None) -> Iterator[QualityRule]:
    if work_duration is None:
        return
    page_count = max(work_duration // page_hint, 1)
    condition = QualityCondition(key="accepted_count", comparison=Comparison.GTE, threshold=page_count)
    comment = f"a rest after {page_count} pages"
    yield QualityRule(
        collector=AcceptedCount(),
        conditions=(condition,),
        action=RestrictWorker(scope=RestrictionScope.PROJECT, duration=_VACATION, private_comment=comment),
    )
