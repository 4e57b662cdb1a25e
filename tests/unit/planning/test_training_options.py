"""Ways to cut a training into pages."""

from datetime import timedelta
from typing import Any

import pytest

from manyhands.errors import InvalidParams
from manyhands.planning import TrainingConfig, choose_default_training_option, get_training_options

TEN_SECONDS = timedelta(seconds=10)


def shapes(options: list[TrainingConfig]) -> list[tuple[int, int, int]]:
    """Return pages, tasks on a page and seconds for a page."""
    return [
        (
            option.task_suites_required_to_pass,
            option.training_tasks_in_task_suite_count,
            option.max_assignment_duration_seconds,
        )
        for option in options
    ]


def test_three_minutes_are_cut_into_one_to_five_pages() -> None:
    """Ten times the expected time is allowed for a page; the middle option is the default one."""
    options = get_training_options(TEN_SECONDS, 20)
    assert shapes(options) == [(1, 18, 1800), (2, 9, 900), (3, 6, 600), (4, 5, 500), (5, 4, 400)]
    assert shapes([choose_default_training_option(options)]) == [(3, 6, 600)]


@pytest.mark.parametrize("available_count", range(12, 31))
def test_no_option_asks_for_more_tasks_than_there_are(available_count: int) -> None:
    """Rounding up to whole pages does not pass the number of tasks."""
    options = get_training_options(TEN_SECONDS, available_count, timedelta(minutes=2))
    assert options
    assert all(12 <= option.task_count <= available_count for option in options)


@pytest.mark.parametrize(
    ("available_count", "minutes", "told"),
    [(2000, 180.0, "has 1080 tasks"), (20, 0.1, "has 1 tasks"), (17, 3.0, "than the 17 that there are")],
    ids=["too long", "too short", "too few"],
)
def test_a_training_of_another_length_is_refused(available_count: int, minutes: float, told: str) -> None:
    """Two to thirty tasks, and no more than there are."""
    with pytest.raises(InvalidParams, match=told):
        get_training_options(TEN_SECONDS, available_count, timedelta(minutes=minutes))


def test_without_options_there_is_no_default() -> None:
    """It is an error that says so."""
    with pytest.raises(InvalidParams, match="no training option"):
        choose_default_training_option([])


@pytest.mark.parametrize("value", [0, -1, 2.5, True, "3", None])
@pytest.mark.parametrize(
    "name",
    [
        "training_tasks_in_task_suite_count",
        "task_suites_required_to_pass",
        "max_assignment_duration_seconds",
        "retry_training_after_days",
    ],
)
def test_a_wrong_count_is_named(name: str, value: object) -> None:
    """Only the time after which a training is repeated may be missing."""
    good: dict[str, Any] = {
        "training_tasks_in_task_suite_count": 2,
        "task_suites_required_to_pass": 2,
        "max_assignment_duration_seconds": 60,
    }
    if value is None and name == "retry_training_after_days":
        assert TrainingConfig(**good, retry_training_after_days=None).retry_training_after_days is None
        return
    with pytest.raises(InvalidParams, match=f"{name} is {value!r}; expected a whole number"):
        TrainingConfig(**(good | {name: value}))
