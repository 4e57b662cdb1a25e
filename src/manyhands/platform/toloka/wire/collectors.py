"""What quality-control rules count, and the conditions over it."""

from collections.abc import Mapping
from typing import Any, assert_never

from manyhands.crowd import (
    AcceptedCount,
    AccessLoss,
    Collector,
    Comparison,
    ConditionKey,
    ControlTasks,
    DailyIncome,
    MajorityAgreement,
    PageReview,
    QualityCondition,
    ReviewedPages,
    SkippedInRow,
    SubmitTime,
    TrainingAnswers,
)

from .amounts import to_percent, to_share
from .kinds import FLAG, IDENTIFIER, NUMBER, SECONDS, TEXT, choice, integer
from .reading import Reader

__all__ = ["encode_collector", "encode_condition", "find_collector", "find_condition"]

#: How answers are counted, wherever they are.
_ANSWERS: Mapping[str, ConditionKey] = {
    "total_answers_count": "total_count",
    "correct_answers_rate": "correct_share",
    "incorrect_answers_rate": "incorrect_share",
}
#: The API's collector → the API's condition key → ours.
_CONDITION_KEYS: Mapping[str, Mapping[str, ConditionKey]] = {
    "GOLDEN_SET": {
        **_ANSWERS,
        "golden_set_answers_count": "control_count",
        "golden_set_correct_answers_rate": "control_correct_share",
        "golden_set_incorrect_answers_rate": "control_incorrect_share",
    },
    "ASSIGNMENT_SUBMIT_TIME": {"total_submitted_count": "total_count", "fast_submitted_count": "fast_count"},
    "SKIPPED_IN_ROW_ASSIGNMENTS": {"skipped_in_row_count": "skipped_in_row_count"},
    "ANSWER_COUNT": {"assignments_accepted_count": "accepted_count"},
    "MAJORITY_VOTE": _ANSWERS,
    "ACCEPTANCE_RATE": {
        "total_assignments_count": "total_count",
        "accepted_assignments_rate": "accepted_share",
        "rejected_assignments_rate": "rejected_share",
    },
    "ASSIGNMENTS_ASSESSMENT": {
        "pending_assignments_count": "pending_count",
        "accepted_assignments_count": "accepted_count",
        "rejected_assignments_count": "rejected_count",
        "assessment_event": "event",
    },
    "USERS_ASSESSMENT": {"pool_access_revoked_reason": "reason", "skill_id": "skill_id"},
    "INCOME": {"income_sum_for_last_24_hours": "income"},
    "TRAINING": {
        "submitted_assignments_count": "submitted_count",
        **_ANSWERS,
        "next_assignment_available": "is_next_available",
    },
}
_SHARE = "_share"
_WORDS = frozenset({"event", "reason"})
_COUNT = integer(least=1)
_COMPARISON = choice(Comparison, Comparison.EQ)
#: Collectors without parameters.
_PLAIN_COLLECTORS: Mapping[str, Collector] = {
    "SKIPPED_IN_ROW_ASSIGNMENTS": SkippedInRow(),
    "ANSWER_COUNT": AcceptedCount(),
    "ASSIGNMENTS_ASSESSMENT": PageReview(),
    "USERS_ASSESSMENT": AccessLoss(),
    "INCOME": DailyIncome(),
    "TRAINING": TrainingAnswers(),
}
_PLAIN_NAMES: Mapping[Collector, str] = {collector: kind for kind, collector in _PLAIN_COLLECTORS.items()}
#: A shorter time cannot be said in whole seconds.
_SHORTEST_THRESHOLD_S = 1


def encode_collector(collector: Collector) -> dict[str, Any]:
    """Return a collector as JSON, without its uuid; a threshold is cut to whole seconds, one at least."""
    match collector:
        case ControlTasks(history_size=history_size):
            return _collector("GOLDEN_SET", history_size=history_size)
        case SubmitTime(fast_threshold=threshold, history_size=history_size):
            seconds = max(_SHORTEST_THRESHOLD_S, int(threshold.total_seconds()))
            return _collector(
                "ASSIGNMENT_SUBMIT_TIME", fast_submit_threshold_seconds=seconds, history_size=history_size
            )
        case MajorityAgreement(answer_threshold=threshold, history_size=history_size):
            return _collector("MAJORITY_VOTE", answer_threshold=threshold, history_size=history_size)
        case ReviewedPages(history_size=history_size):
            return _collector("ACCEPTANCE_RATE", history_size=history_size)
        case SkippedInRow() | AcceptedCount() | PageReview() | AccessLoss() | DailyIncome() | TrainingAnswers():
            return _collector(_PLAIN_NAMES[collector])
        case _:
            assert_never(collector)


def find_collector(kind: str, parameters: Reader) -> Collector | None:
    """Return the collector of this kind, or None if manyhands cannot count that."""
    match kind:
        case "GOLDEN_SET":
            return ControlTasks(history_size=parameters.find("history_size", _COUNT))
        case "ASSIGNMENT_SUBMIT_TIME":
            return SubmitTime(
                fast_threshold=parameters.require("fast_submit_threshold_seconds", SECONDS),
                history_size=parameters.find("history_size", _COUNT),
            )
        case "MAJORITY_VOTE":
            return MajorityAgreement(
                answer_threshold=parameters.require("answer_threshold", _COUNT),
                history_size=parameters.find("history_size", _COUNT),
            )
        case "ACCEPTANCE_RATE":
            return ReviewedPages(history_size=parameters.find("history_size", _COUNT))
        case _:
            return _PLAIN_COLLECTORS.get(kind)


def encode_condition(condition: QualityCondition, kind: str) -> dict[str, Any]:
    """Return a condition over a collector of this kind as JSON; shares become percent."""
    keys = {ours: theirs for theirs, ours in _CONDITION_KEYS[kind].items()}
    return {
        "key": keys.get(condition.key, condition.key),
        "operator": condition.comparison.value,
        "value": _encode_threshold(condition),
    }


def find_condition(reader: Reader, kind: str) -> QualityCondition | None:
    """Return a condition over a collector of this kind, or None if manyhands does not know its key."""
    key = _CONDITION_KEYS[kind].get(reader.require("key", TEXT))
    comparison = reader.require("operator", _COMPARISON)
    if key is None:
        return None
    return QualityCondition(key=key, comparison=comparison, threshold=_read_threshold(reader, key))


def _encode_threshold(condition: QualityCondition) -> str | float | bool:
    threshold = condition.threshold
    if isinstance(threshold, str):
        return threshold
    if condition.key == "is_next_available":
        return bool(threshold)
    return to_percent(threshold) if condition.key.endswith(_SHARE) else _whole(threshold)


def _read_threshold(reader: Reader, key: ConditionKey) -> float | str:
    if key in _WORDS:
        return reader.require("value", TEXT)
    if key == "skill_id":
        return reader.require("value", IDENTIFIER)
    if key == "is_next_available":
        return float(reader.require("value", FLAG))
    value = reader.require("value", NUMBER)
    return to_share(value) if key.endswith(_SHARE) else value


def _collector(kind: str, **parameters: int | None) -> dict[str, Any]:
    said = {name: value for name, value in parameters.items() if value is not None}
    return {"type": kind, "parameters": said}


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number
