"""Advice on the volume: errors stop a launch, warnings do not."""

from datetime import timedelta

import pytest

from manyhands.planning import AdviceLevel, PoolPricingConfig, advise_volume

WITH_CONTROL = PoolPricingConfig(assignment_price=0.05, real_tasks_count=9, control_tasks_count=4)
WITHOUT_CONTROL = PoolPricingConfig(assignment_price=0.05, real_tasks_count=9)
ERROR, WARNING = AdviceLevel.ERROR, AdviceLevel.WARNING


@pytest.mark.parametrize(
    ("object_count", "control_count", "hint_s", "expected"),
    [
        (100, 10, 10, []),
        (0, 10, 10, [(ERROR, "0 input objects")]),
        (100_001, 10_000, 1, [(ERROR, "100,001 input objects")]),
        (100_000, 5_000, 1, [(WARNING, "100,000 input objects")]),
        (10_001, 501, 10, [(WARNING, "10,001 input objects")]),
        (5, 60, 10, [(WARNING, "input objects takes one worker 0:00:50")]),
        (10_000, 500, 20, [(WARNING, "input objects takes one worker 2 days, 7:33:20")]),
        (100, 3, 10, [(ERROR, "3 control objects, but every page shows 4; add 1 more")]),
        (100, 5, 10, [(WARNING, "control objects takes one worker 0:00:50")]),
        (100, 4, 60, [(WARNING, "4 control objects to 100 input objects")]),
        (0, 0, 10, [(ERROR, "0 input objects"), (ERROR, "0 control objects, but")]),
    ],
    ids=[
        "all well",
        "nothing to label",
        "too many objects",
        "many objects",
        "more than recommended",
        "too little work",
        "too much work",
        "fewer control objects than on a page",
        "little control work",
        "few control objects",
        "nothing at all",
    ],
)
def test_advice(object_count: int, control_count: int, hint_s: int, expected: list[tuple[AdviceLevel, str]]) -> None:
    """Each advice has its level, and its text says how many there are."""
    found = advise_volume(
        object_count, control_count, task_duration_hint=timedelta(seconds=hint_s), pricing=WITH_CONTROL
    )

    assert [advice.level for advice in found] == [level for level, _ in expected]
    for advice, (_, text) in zip(found, expected, strict=True):
        assert text in advice.text


def test_without_control_tasks_no_control_objects_are_needed() -> None:
    """A page without control tasks needs none, and some would never be shown."""
    hint = timedelta(seconds=10)

    assert advise_volume(100, 0, task_duration_hint=hint, pricing=WITHOUT_CONTROL) == []
    [advice] = advise_volume(100, 7, task_duration_hint=hint, pricing=WITHOUT_CONTROL)
    assert advice.level is ERROR
    assert "7 control objects, but no page shows any" in advice.text
