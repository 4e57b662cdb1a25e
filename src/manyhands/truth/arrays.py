"""The array types that truth inference speaks in."""

import numpy as np
import numpy.typing as npt

__all__ = ["BoolArray", "FloatArray", "IntArray"]

#: Indices of tasks, workers or labels, 0-based, int32.
IntArray = npt.NDArray[np.int32]

#: Probabilities, weights or logarithms, float64.
FloatArray = npt.NDArray[np.float64]

#: A mask, bool.
BoolArray = npt.NDArray[np.bool_]
