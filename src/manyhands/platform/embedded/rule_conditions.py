"""Whether the conditions of a quality rule hold over what its collector counted or tells. Pure."""

from collections.abc import Callable, Iterator, Mapping
from operator import eq, ge, gt, le, lt, ne

from manyhands.crowd import (
    AcceptedCount,
    AccessLoss,
    AccessLossReason,
    Collector,
    Comparison,
    ControlTasks,
    DailyIncome,
    MajorityAgreement,
    PageReview,
    QualityCondition,
    QualityRule,
    RestrictWorker,
    ReviewedPages,
    ReviewEvent,
    SetWorkerSkill,
    SkippedInRow,
    SubmitTime,
    TrainingAnswers,
)

from .tallies import history_size_of

__all__ = ["Measures", "find_rule_problems", "holds", "uses_control_alone", "uses_known_solutions"]

#: What a collector found, by the keys of `QualityCondition`; None, and what is not there, fulfils no condition.
Measures = Mapping[str, float | str | None]

_COMPARISONS: Mapping[Comparison, Callable[[float, float], bool]] = {
    Comparison.EQ: eq,
    Comparison.NE: ne,
    Comparison.GT: gt,
    Comparison.GTE: ge,
    Comparison.LT: lt,
    Comparison.LTE: le,
}
_KNOWN = ("total_count", "correct_share", "incorrect_share")
_CONTROL = ("control_count", "control_correct_share", "control_incorrect_share")
_KEYS: Mapping[type[Collector], tuple[str, ...]] = {
    SubmitTime: ("total_count", "fast_count"),
    ControlTasks: (*_KNOWN, *_CONTROL),
    MajorityAgreement: _KNOWN,
    SkippedInRow: ("skipped_in_row_count",),
    AcceptedCount: ("accepted_count",),
    ReviewedPages: ("total_count", "accepted_share", "rejected_share"),
    PageReview: ("event", "pending_count", "accepted_count", "rejected_count"),
    AccessLoss: ("reason", "skill_id"),
    DailyIncome: ("income",),
    TrainingAnswers: ("submitted_count", *_KNOWN, "is_next_available"),
}
#: The keys that stand for words, and which words may be there; None means any.
_WORDS: Mapping[str, tuple[str, ...] | None] = {
    "event": tuple(ReviewEvent),
    "reason": tuple(AccessLossReason),
    "skill_id": None,
}


def holds(rule: QualityRule, found: Measures) -> bool:
    """Return whether all conditions of the rule hold; what was not found fulfils no condition.

    Example:
        >>> from manyhands.crowd import RejectAll
        >>> few = QualityCondition(key="accepted_count", comparison=Comparison.LT, threshold=3)
        >>> rule = QualityRule(collector=AcceptedCount(), conditions=(few,), action=RejectAll())
        >>> holds(rule, {"accepted_count": 2}), holds(rule, {})
        (True, False)
    """
    return all(_is_met(condition, found.get(condition.key)) for condition in rule.conditions)


def uses_known_solutions(rule: QualityRule) -> bool:
    """Return whether a rule over `ControlTasks` asks about control and training tasks together."""
    return not rule.conditions or not _keys_of(rule).isdisjoint(_KNOWN)


def uses_control_alone(rule: QualityRule) -> bool:
    """Return whether a rule over `ControlTasks` asks about control tasks alone."""
    return not _keys_of(rule).isdisjoint(_CONTROL)


def find_rule_problems(rule: QualityRule) -> list[str]:
    """Return one sentence for everything about the rule that cannot work, none if all is well."""
    return [*_condition_problems(rule), *_collector_problems(rule.collector), *_action_problems(rule)]


def _is_met(condition: QualityCondition, value: float | str | None) -> bool:
    threshold = condition.threshold
    if isinstance(value, str) and isinstance(threshold, str):
        return (value == threshold) is (condition.comparison is Comparison.EQ)
    if value is None or isinstance(value, str) or isinstance(threshold, str):
        return False
    return _COMPARISONS[condition.comparison](value, threshold)


def _keys_of(rule: QualityRule) -> set[str]:
    keys: set[str] = {condition.key for condition in rule.conditions}
    if isinstance(rule.action, SetWorkerSkill) and rule.action.value is None:
        keys.add(rule.action.source)
    return keys


def _condition_problems(rule: QualityRule) -> Iterator[str]:
    collector, keys = type(rule.collector), _KEYS[type(rule.collector)]
    for condition in rule.conditions:
        if condition.key not in keys:
            yield f"a condition asks for {condition.key}, but {collector.__name__} counts {', '.join(keys)}"
        elif condition.key in _WORDS:
            yield from _word_problems(condition)
        elif isinstance(condition.threshold, str):
            yield f"a condition compares {condition.key} with {condition.threshold!r}; expected a number"


def _word_problems(condition: QualityCondition) -> Iterator[str]:
    if condition.comparison not in (Comparison.EQ, Comparison.NE):
        yield f"a condition asks whether {condition.key} is {condition.comparison} something; expected EQ or NE"
    words = _WORDS[condition.key]
    if not isinstance(condition.threshold, str) or (words is not None and condition.threshold not in words):
        expected = "an id" if words is None else f"one of {', '.join(words)}"
        yield f"a condition compares {condition.key} with {condition.threshold!r}; expected {expected}"


def _collector_problems(collector: Collector) -> Iterator[str]:
    history_size = history_size_of(collector)
    if history_size is not None and history_size < 1:
        name = type(collector).__name__
        yield f"{name} looks at the last {history_size} things; expected at least one, or None for all"
    if isinstance(collector, MajorityAgreement) and collector.answer_threshold < 1:
        yield f"MajorityAgreement needs {collector.answer_threshold} equal answers; expected at least one"


def _action_problems(rule: QualityRule) -> Iterator[str]:
    action, keys = rule.action, _KEYS[type(rule.collector)]
    if isinstance(action, SetWorkerSkill) and action.value is None and action.source not in keys:
        yield f"SetWorkerSkill has no value, and {type(rule.collector).__name__} counts no {action.source}"
    if isinstance(action, RestrictWorker) and action.duration is not None and not action.duration:
        yield "RestrictWorker has a duration of zero; expected a time, or None for good"
