"""How sure the most trusted answer to a task is, given how often its workers are right. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from manyhands.task import FieldSpec, FieldType

__all__ = ["UNKNOWN_TRUST", "Vote", "count_options", "rate_confidence"]

#: The trust in a worker of whom nothing is known: (K + 0)/(2K + 0) in the API's own formula, for every K.
UNKNOWN_TRUST = 0.5
#: Trust stays this far from 0 and 1, so that workers who are always right and disagree leave a finite likelihood.
_MARGIN = 1e-10
#: A whole number may differ this much from another one to be an option among others.
_WIDEST_RANGE = 32


class Vote(NamedTuple):
    """An answer, and how often its worker is right, in [0, 1]."""

    label: str
    trust: float


def rate_confidence(votes: Iterable[Vote], *, option_count: int) -> float:
    """Return the probability that the answer with the largest sum of trust is right; 0 without answers.

    A worker of trust q gives the right answer with probability q and each of the Y - 1 others with (1 - q)/(Y - 1); before the answers all Y
    options are as probable. Of answers with the same sum the more probable one is taken.

    Example:
        >>> rate_confidence([Vote("OK", 0.7), Vote("OK", 0.9)], option_count=3)
        0.97...
    """
    held = [Vote(vote.label, min(max(vote.trust, _MARGIN), 1 - _MARGIN)) for vote in votes]
    if not held:
        return 0.0
    if option_count == 1:
        return 1.0
    scores = _log_odds(held, option_count)
    highest = max(scores.values())
    weights = {label: math.exp(score - highest) for label, score in scores.items()}
    silent = (option_count - len(weights)) * math.exp(-highest)
    chosen = max(weights, key=lambda label: (_sum_of_trust(held, label), weights[label]))
    return weights[chosen] / (sum(weights.values()) + silent)


def count_options(spec: FieldSpec) -> int | None:
    """Return how many values an output field may have; None when that has no limit, or too high a one.

    Example:
        >>> count_options(FieldSpec(type=FieldType.BOOLEAN)), count_options(FieldSpec(type=FieldType.STRING))
        (2, None)
    """
    if spec.type.is_array:
        return None
    if spec.allowed_values:
        return len(spec.allowed_values)
    if spec.type is FieldType.BOOLEAN:
        return 2
    if spec.type is FieldType.INTEGER and spec.min_value is not None and spec.max_value is not None:
        width = int(spec.max_value) - int(spec.min_value)
        return width + 1 if width <= _WIDEST_RANGE else None
    return None


def _log_odds(votes: Iterable[Vote], option_count: int) -> dict[str, float]:
    """Return per label the log of its likelihood over that of an option that nobody chose."""
    scores: dict[str, float] = defaultdict(float)
    for label, trust in votes:
        scores[label] += math.log(trust) - math.log((1 - trust) / (option_count - 1))
    return scores


def _sum_of_trust(votes: Iterable[Vote], label: str) -> float:
    return sum(vote.trust for vote in votes if vote.label == label)
