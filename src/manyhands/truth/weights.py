"""How far the aggregation trusts a worker, from control answers."""

import numpy as np
import numpy.typing as npt

from manyhands.errors import InvalidInput

from .arrays import FloatArray

__all__ = ["UNKNOWN_WEIGHT", "worker_weights"]

#: The weight of a worker without control answers.
UNKNOWN_WEIGHT = 0.5


def worker_weights(correct: npt.ArrayLike, total: npt.ArrayLike, *, k: float = 0.5) -> FloatArray:
    """Return the weight of each worker, (correct + k) / (total + 2k): shape (worker_count,), in [0, 1].

    This is the mean of a Beta posterior with a symmetric prior: nobody is fully trusted or distrusted after few control
    answers, and a worker without any gets 1/2.

    Args:
        correct: right control answers per worker, counts.
        total: control answers per worker, counts.
        k: right and wrong answers assumed of everybody beforehand, positive.

    Raises:
        InvalidInput: k is not positive, or a worker has more right answers than answers, or a negative count.

    >>> worker_weights([2, 0], [4, 0]).tolist()
    [0.5, 0.5]
    """
    right, asked = np.asarray(correct, dtype=np.float64), np.asarray(total, dtype=np.float64)
    if k <= 0:
        raise InvalidInput(f"k is {k}; give a positive number of assumed answers, usually 0.5.")
    if right.shape != asked.shape or bool(np.any((right < 0) | (right > asked))):
        raise InvalidInput("Right control answers must lie between 0 and all control answers, worker by worker.")
    weights: FloatArray = (right + k) / (asked + 2 * k)
    return weights
