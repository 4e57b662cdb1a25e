"""What quality-control rules count, and the conditions over it."""

from collections.abc import Mapping
from typing import Any, Literal, assert_never

from manyhands.crowd import (
    AcceptedCount,
    Collector,
    Comparison,
    ControlTasks,
    MajorityAgreement,
    QualityCondition,
    SkippedInRow,
    SubmitTime,
)

from .amounts import to_percent, to_share
from .kinds import NUMBER, SECONDS, TEXT, choice, integer
from .reading import Reader

__all__ = ["encode_collector", "encode_condition", "find_collector", "find_condition"]

_ConditionKey = Literal[
    "total_count", "fast_count", "correct_share", "incorrect_share", "skipped_in_row_count", "accepted_count"
]

#: The API's collector → the API's condition key → ours; the first name of ours is the one that we write.
_CONDITION_KEYS: Mapping[str, Mapping[str, _ConditionKey]] = {
    "GOLDEN_SET": {
        "total_answers_count": "total_count",
        "correct_answers_rate": "correct_share",
        "incorrect_answers_rate": "incorrect_share",
        "golden_set_answers_count": "total_count",
        "golden_set_correct_answers_rate": "correct_share",
        "golden_set_incorrect_answers_rate": "incorrect_share",
    },
    "ASSIGNMENT_SUBMIT_TIME": {"total_submitted_count": "total_count", "fast_submitted_count": "fast_count"},
    "SKIPPED_IN_ROW_ASSIGNMENTS": {"skipped_in_row_count": "skipped_in_row_count"},
    "ANSWER_COUNT": {"assignments_accepted_count": "accepted_count"},
    "MAJORITY_VOTE": {
        "total_answers_count": "total_count",
        "correct_answers_rate": "correct_share",
        "incorrect_answers_rate": "incorrect_share",
    },
}
_SHARES = frozenset({"correct_share", "incorrect_share"})
_COUNT = integer(least=1)
_COMPARISON = choice(Comparison, Comparison.EQ)
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
        case SkippedInRow():
            return _collector("SKIPPED_IN_ROW_ASSIGNMENTS")
        case AcceptedCount():
            return _collector("ANSWER_COUNT")
        case MajorityAgreement(answer_threshold=threshold, history_size=history_size):
            return _collector("MAJORITY_VOTE", answer_threshold=threshold, history_size=history_size)
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
        case "SKIPPED_IN_ROW_ASSIGNMENTS":
            return SkippedInRow()
        case "ANSWER_COUNT":
            return AcceptedCount()
        case "MAJORITY_VOTE":
            return MajorityAgreement(
                answer_threshold=parameters.require("answer_threshold", _COUNT),
                history_size=parameters.find("history_size", _COUNT),
            )
        case _:
            return None


def encode_condition(condition: QualityCondition, kind: str) -> dict[str, Any]:
    """Return a condition over a collector of this kind as JSON; shares become percent."""
    keys = {ours: theirs for theirs, ours in reversed(tuple(_CONDITION_KEYS[kind].items()))}
    threshold = condition.threshold
    return {
        "key": keys.get(condition.key, condition.key),
        "operator": condition.comparison.value,
        "value": to_percent(threshold) if condition.key in _SHARES else _whole(threshold),
    }


def find_condition(reader: Reader, kind: str) -> QualityCondition | None:
    """Return a condition over a collector of this kind, or None if manyhands does not know its key."""
    key = _CONDITION_KEYS[kind].get(reader.require("key", TEXT))
    comparison = reader.require("operator", _COMPARISON)
    if key is None:
        return None
    value = reader.require("value", NUMBER)
    return QualityCondition(key=key, comparison=comparison, threshold=to_share(value) if key in _SHARES else value)


def _collector(kind: str, **parameters: int | None) -> dict[str, Any]:
    said = {name: value for name, value in parameters.items() if value is not None}
    return {"type": kind, "parameters": said}


def _whole(number: float) -> int | float:
    return int(number) if number == int(number) else number
