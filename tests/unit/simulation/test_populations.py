"""Mixed crowds: how many of which kind."""

import numpy as np
import pytest

from manyhands.errors import InvalidInput
from manyhands.simulation import FAST, FLYING, MEDIUM, SLOW, AlwaysPosition, RandomClicks, UniformErrors, mixed_crowd


def accuracies(crowd: list) -> list[float]:  # type: ignore[type-arg]  # only the serious workers are looked at
    """Return the accuracies of the serious workers."""
    return [worker.answers.accuracy for worker in crowd if isinstance(worker.answers, UniformErrors)]


def test_the_share_of_careless_workers_is_exact() -> None:
    """Of 30 workers a fifth are careless: two of each kind."""
    crowd = mixed_crowd(count=30, careless=0.2)

    careless = [worker for worker in crowd if not isinstance(worker.answers, UniformErrors)]

    assert len({worker.id for worker in crowd}) == 30
    assert len(careless) == 6
    assert sum(isinstance(worker.answers, RandomClicks) for worker in careless) == 4
    assert sum(isinstance(worker.answers, AlwaysPosition) for worker in careless) == 2
    assert sum(worker.speed == FLYING for worker in careless) == 2


def test_accuracies_have_the_asked_mean_and_deviation() -> None:
    """They are drawn from a Beta distribution."""
    drawn = accuracies(mixed_crowd(count=2000, accuracy=0.8, accuracy_deviation=0.1, careless=0))

    assert np.mean(drawn) == pytest.approx(0.8, abs=0.01)
    assert np.std(drawn) == pytest.approx(0.1, abs=0.01)


def test_serious_workers_are_fast_medium_and_slow_in_equal_parts() -> None:
    """A third of each."""
    crowd = mixed_crowd(count=30, careless=0)

    assert [sum(worker.speed == speed for worker in crowd) for speed in (FAST, MEDIUM, SLOW)] == [10, 10, 10]


def test_the_seed_decides() -> None:
    """The same seed brings the same crowd, another seed another one."""
    assert mixed_crowd(count=9, seed=1) == mixed_crowd(count=9, seed=1) != mixed_crowd(count=9, seed=2)


def test_without_deviation_all_serious_workers_are_alike() -> None:
    """For experiments in which accuracy is one number."""
    assert set(accuracies(mixed_crowd(count=9, accuracy=0.7, accuracy_deviation=0))) == {0.7}


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param({"count": 0}, id="nobody"),
        pytest.param({"count": 5, "accuracy": 85}, id="percent"),
        pytest.param({"count": 5, "accuracy": 0.9, "accuracy_deviation": 0.4}, id="no such Beta"),
        pytest.param({"count": 5, "careless": 2}, id="more careless workers than workers"),
    ],
)
def test_impossible_numbers_are_refused(numbers: dict[str, float]) -> None:
    """All problems come in one error."""
    with pytest.raises(InvalidInput):
        mixed_crowd(**numbers)  # type: ignore[arg-type]  # a table of mistakes
