"""Confidence against the share of right labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manyhands.results import calibration_bins, calibration_gap, share_interval

JUDGED = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


@given(judged=JUDGED)
def test_every_label_is_in_one_bin(judged: list[tuple[float, bool]]) -> None:
    """Nothing is lost, bins without labels are left out, and they rise."""
    bins = calibration_bins(judged)
    assert sum(part.count for part in bins) == len(judged)
    assert sum(part.right_count for part in bins) == sum(is_right for _, is_right in judged)
    assert all(part.count for part in bins)
    confidences = [part.mean_confidence for part in bins]
    assert confidences == sorted(confidences)


def test_a_bin_tells_how_far_its_share_may_be_off() -> None:
    """Few labels leave a wide range around their share."""
    few, many = calibration_bins([(0.95, True)] * 3 + [(0.75, True)] * 300 + [(0.75, False)] * 100)[::-1]
    assert few.right_share == 1.0
    assert few.interval.low < 0.5
    assert many.right_share == 0.75
    assert many.interval.low > 0.7


def test_the_gap_is_positive_where_confidence_is_too_high() -> None:
    """And nothing is said without labels."""
    assert calibration_gap([(0.9, True), (0.9, False)]) == pytest.approx(0.4)
    assert calibration_gap([(0.6, True)]) == pytest.approx(-0.4)
    assert calibration_gap([]) is None


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (8, 10, 0.490, 0.943)],
    ids=["nothing", "none", "all", "by hand"],
)
def test_ranges_are_wilsons(hits: int, total: int, low: float, high: float) -> None:
    """Never empty, never outside of 0 to 1."""
    assert list(share_interval(hits, total)) == pytest.approx([low, high], abs=1e-3)
