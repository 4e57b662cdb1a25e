"""Speed and fatigue."""

import numpy as np
import pytest

from manyhands.errors import InvalidInput
from manyhands.simulation import Fatigue, LognormalSpeed, UniformSpeed


def test_uniform_speed_stays_between_its_ends() -> None:
    """The ratios fill the range."""
    rng = np.random.default_rng(7)

    ratios = [UniformSpeed(low=0.5, high=0.8).draw_ratio(rng) for _ in range(1000)]

    assert 0.5 <= min(ratios) < 0.51
    assert 0.79 < max(ratios) <= 0.8


def test_lognormal_speed_has_its_median_and_a_long_tail() -> None:
    """Half the pages take longer than the median, some much longer."""
    rng = np.random.default_rng(7)

    ratios = np.array([LognormalSpeed(median=1.5, sigma=0.5).draw_ratio(rng) for _ in range(4000)])

    assert np.median(ratios) == pytest.approx(1.5, rel=0.05)
    assert ratios.mean() == pytest.approx(1.5 * np.exp(0.5**2 / 2), rel=0.05)
    assert np.log(ratios).std() == pytest.approx(0.5, rel=0.05)


def test_attention_wanes_page_by_page_down_to_its_lowest() -> None:
    """A tenth of the attention is lost with each page, but never all of it."""
    fatigue = Fatigue(decay=0.1, lowest_attention=0.5)

    attention = [fatigue.attention(count) for count in (0, 1, 2, 100)]

    assert attention == pytest.approx([1.0, 0.9, 0.81, 0.5])


def test_breaks_come_after_so_many_pages() -> None:
    """Without a number there are none."""
    assert [Fatigue(break_after=3).is_break_due(count) for count in (1, 2, 3)] == [False, False, True]
    assert not Fatigue().is_break_due(1000)


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (0.9, 0.5), (-1.0, 1.0)])
def test_ranges_that_hold_no_speed_are_refused(low: float, high: float) -> None:
    """A page takes more than no time."""
    with pytest.raises(InvalidInput):
        UniformSpeed(low=low, high=high)


@pytest.mark.parametrize(("median", "sigma"), [(0.0, 0.3), (1.0, -0.1)])
def test_a_lognormal_that_is_none_is_refused(median: float, sigma: float) -> None:
    """The median is above zero, sigma not below."""
    with pytest.raises(InvalidInput):
        LognormalSpeed(median=median, sigma=sigma)
