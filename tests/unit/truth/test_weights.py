"""Worker weights from control answers."""

import numpy as np
import pytest

from manyhands.errors import InvalidInput
from manyhands.truth import worker_weights


def test_weights_are_smoothed_shares() -> None:
    """The published vector: 2/4, 0/4, 0/2, 2/2 right; and a worker without controls gets a half."""
    weights = worker_weights([2, 0, 0, 2, 0], [4, 4, 2, 2, 0])

    np.testing.assert_allclose(weights, [2.5 / 5, 0.5 / 5, 0.5 / 3, 2.5 / 3, 0.5], rtol=1e-15)


def test_k_sets_how_much_is_assumed() -> None:
    """More assumed answers pull towards a half."""
    assert worker_weights([5], [6]).tolist() == pytest.approx([11 / 14])
    assert worker_weights([5], [6], k=3).tolist() == pytest.approx([8 / 12])


@pytest.mark.parametrize(
    ("correct", "total", "k"),
    [
        pytest.param([3], [2], 0.5, id="more right than asked"),
        pytest.param([-1], [2], 0.5, id="negative"),
        pytest.param([1, 1], [2], 0.5, id="different workers"),
        pytest.param([1], [2], 0.0, id="no smoothing"),
    ],
)
def test_impossible_counts_are_refused(correct: list[int], total: list[int], k: float) -> None:
    """Counts that cannot be are named before they become weights."""
    with pytest.raises(InvalidInput):
        worker_weights(correct, total, k=k)
