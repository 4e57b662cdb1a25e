"""How often a worker meets control and training tasks where the pool says it by the worker's history."""

from datetime import timedelta
from typing import Any

import pytest

from manyhands.crowd import FrequencyStep, HistoryScope, MixerConfig, Page, Pool, TaskFrequency
from manyhands.errors import InvalidParams
from manyhands.platform.embedded.frequencies import count_due
from tests.unit.platform.house import House, control, controls, reals

#: The example of the API's documentation: control tasks are the 1st, 4th, 6th and 11th task.
EXAMPLE = (
    FrequencyStep(first=1, last=5, every=3),
    FrequencyStep(first=6, last=1000, every=5),
    FrequencyStep(first=1001, last=None, every=8),
)


def frequency(*steps: FrequencyStep, scope: str = "POOL", days: int | None = None) -> TaskFrequency:
    """Return a frequency, by default that of the example."""
    window = None if days is None else timedelta(days=days)
    return TaskFrequency(scope=HistoryScope(scope), steps=steps or EXAMPLE, window=window)


def mixed(house: House, control_frequency: TaskFrequency | None = None, *, size: int = 5, **mixer: Any) -> Pool:
    """Return an open pool whose pages have so many tasks, of all kinds together."""
    drafts = [*reals(60), *controls(20), *(control(f"t{number}", hint="think") for number in range(20))]
    chosen = MixerConfig(real_count=size, control_frequency=control_frequency, **mixer)
    return house.pool(*drafts, mixer=chosen)


def counts(page: Page, house: House) -> dict[str, int]:
    """Return how many tasks of each kind a page has."""
    kinds = [task.kind.value for task in house.assignment(page).tasks]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


@pytest.mark.parametrize(
    ("done_count", "page_size", "due"), [(0, 10, 3), (10, 10, 2), (0, 1, 1), (1, 2, 0), (999, 10, 2), (1001, 8, 1)]
)
def test_which_tasks_are_meant(done_count: int, page_size: int, due: int) -> None:
    """Within a step the first one and every so many after it; each step begins anew."""
    assert count_due(frequency(), done_count, page_size=page_size) == due


def test_pages_have_as_many_control_tasks_as_are_due(house: House) -> None:
    """The page keeps its size; the worker meets fewer control tasks as time goes by."""
    house.workers("ann", "ben")
    pool = mixed(house, frequency())
    pages = [house.work("ann", pool) for _ in range(3)]
    assert [counts(page, house) for page in pages] == [
        {"control": 2, "real": 3},
        {"control": 1, "real": 4},
        {"control": 1, "real": 4},
    ]
    assert counts(house.work("ben", pool), house) == {"control": 2, "real": 3}


def test_a_page_may_be_all_control(house: House) -> None:
    """With one task on a page, the task at a meant place is a control task."""
    house.worker()
    pool = mixed(house, frequency(FrequencyStep(first=1, last=None, every=2)), size=1)
    found = [counts(house.work("ann", pool), house) for _ in range(4)]
    assert found == [{"control": 1}, {"real": 1}] * 2


def test_training_tasks_may_be_due_too(house: House) -> None:
    """Where both kinds are meant at one place, it is a control task."""
    house.worker()
    often = frequency(FrequencyStep(first=1, last=3, every=1))
    pool = mixed(house, often, training_frequency=frequency(FrequencyStep(first=1, last=4, every=1)))
    page = house.take("ann", pool)
    assert counts(page, house) == {"control": 3, "training": 2}


@pytest.mark.parametrize(("scope", "expected"), [("POOL", 2), ("PROJECT", 1)])
def test_the_history_is_that_of_the_pool_or_the_project(house: House, scope: str, expected: int) -> None:
    """A worker who is known from another pool meets fewer control tasks."""
    house.worker()
    house.work("ann", mixed(house, frequency(scope=scope)))
    page = house.work("ann", mixed(house, frequency(scope=scope)))
    assert counts(page, house)["control"] == expected


@pytest.mark.parametrize(("days", "expected"), [(None, 1), (3, 1), (1, 2)])
def test_only_the_last_days_are_history(house: House, days: int | None, expected: int) -> None:
    """What was done longer ago is forgotten."""
    house.worker()
    pool = mixed(house, frequency(days=days))
    house.work("ann", pool)
    house.clock.move(days=2)
    assert counts(house.work("ann", pool), house)["control"] == expected


def test_pages_that_were_given_back_are_no_history(house: House) -> None:
    """Only what was handed in counts."""
    house.worker()
    pool = mixed(house, frequency())
    page = house.take("ann", pool)
    house.platform.skip(page.assignment_id, page.worker_id)
    assert counts(house.work("ann", pool), house)["control"] == 2


@pytest.mark.parametrize(
    "steps",
    [
        (FrequencyStep(first=0, last=5, every=1),),
        (FrequencyStep(first=1, last=5, every=0),),
        (FrequencyStep(first=5, last=4, every=1),),
        (FrequencyStep(first=1, last=5, every=1), FrequencyStep(first=5, last=9, every=2)),
        (FrequencyStep(first=1, last=None, every=1), FrequencyStep(first=5, last=9, every=2)),
    ],
)
def test_steps_that_cannot_work_are_refused(house: House, steps: tuple[FrequencyStep, ...]) -> None:
    """They begin at one, go on, and do not overlap."""
    with pytest.raises(InvalidParams, match="mixer: expected steps"):
        house.pool(mixer=MixerConfig(real_count=1, training_frequency=frequency(*steps)))


def test_a_frequency_needs_the_size_of_a_page(house: House) -> None:
    """Otherwise nobody knows how many tasks there are."""
    with pytest.raises(InvalidParams, match="number of tasks on a page"):
        house.pool(mixer=MixerConfig(real_count=0, control_count=1, control_frequency=frequency()))
