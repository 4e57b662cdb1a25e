"""Weighted likelihood: answers count by the weight of their worker, which control answers gave."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from manyhands.errors import InvalidInput

from .answers import Answers
from .arrays import FloatArray
from .majority_vote import vote_counts
from .posterior import Posterior, normalized_logs
from .weights import UNKNOWN_WEIGHT

__all__ = ["WeightedLikelihood"]

#: Weights stay this far from 0 and 1, so that workers who are "always right" and disagree leave a finite likelihood.
_MARGIN = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedLikelihood:
    """Multiplies, for each label, the chances that the workers would have answered as they did.

    A worker of weight q gives the right label with probability q and each of the K - 1 others with (1 - q)/(K - 1);
    all labels are equally probable beforehand: P(z = c) is proportional to the product of q or (1 - q)/(K - 1) over the
    answers, computed in log space. This is the one-coin model of Dawid and Skene with known workers.

    Ties: equal probabilities; `Posterior.labels` takes the smallest label. No answers: NaN. One worker: q for the
    worker's label. Cost: one pass over the answers.

    Attributes:
        raw: False lifts weights under 1/K to 1/K, so that a worker who does no better than chance counts nothing and no
            answer ever speaks against its own label. True keeps the weights as they are: then it may (Crowdom's formula).
            Either way weights keep 1e-10 from 0 and 1.

    >>> answers = Answers.from_rows([(0, 0, 1), (0, 1, 0)], label_count=2)
    >>> WeightedLikelihood().fit(answers, weights=[0.9, 0.5]).probabilities.round(3).tolist()
    [[0.1, 0.9]]
    """

    raw: bool = False

    def fit(self, answers: Answers, weights: npt.ArrayLike = ()) -> Posterior:
        """Return the posterior of all tasks.

        Args:
            answers: the answers.
            weights: weight per worker index, in [0, 1]; NaN, and workers past the end, count as unknown: 1/2.

        Raises:
            InvalidInput: a weight is outside [0, 1].
        """
        evidence = self.evidence(weights, worker_count=answers.worker_count, label_count=answers.label_count)
        has_answers = answers.has_answers()
        probabilities = normalized_logs(vote_counts(answers, weights=evidence[answers.worker]))
        probabilities[~has_answers] = np.nan
        return Posterior(probabilities=probabilities, has_answers=has_answers)

    def evidence(self, weights: npt.ArrayLike, *, worker_count: int, label_count: int) -> FloatArray:
        """Return what one answer of each worker adds to the log score of its label: shape (worker_count,), finite.

        That is log q - log((1 - q)/(K - 1)); the part common to all labels cancels.

        Raises:
            InvalidInput: a weight is outside [0, 1].
        """
        known = np.asarray(weights, dtype=np.float64)[:worker_count]
        if bool(np.any((known < 0) | (known > 1))):
            worker = int(np.flatnonzero((known < 0) | (known > 1))[0])
            raise InvalidInput(f"Worker {worker} has weight {known[worker]}; weights are probabilities from 0 to 1.")
        trust = np.full(worker_count, UNKNOWN_WEIGHT)
        trust[: known.size] = np.where(np.isnan(known), UNKNOWN_WEIGHT, known)
        if not self.raw:
            trust = np.maximum(trust, 1 / label_count)
        trust = np.clip(trust, _MARGIN, 1 - _MARGIN)
        odds: FloatArray = np.log(trust) - np.log((1 - trust) / max(label_count - 1, 1))
        return odds
