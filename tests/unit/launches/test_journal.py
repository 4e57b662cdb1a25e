"""What a launch remembers, and what it refuses to go on with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import PoolId, Task, TaskId
from manyhands.errors import LaunchChanged
from manyhands.launches.journal import find_differences, open_entry
from manyhands.launches.plan import ClassificationPlan
from manyhands.store import LaunchJournal, SqliteStore
from tests.unit.launches.desk import make_plan
from tests.unit.launches.pages import NOON


def open_with(journal: LaunchJournal, plan: ClassificationPlan, published: ClassificationPlan | None = None) -> Any:
    """Open the page of a launch whose pool holds the tasks of a plan."""
    drafts = [] if published is None else published.drafts(0, published.control_count + published.object_count)
    tasks = [
        Task(
            id=TaskId(draft.key),
            pool_id=PoolId("17"),
            key=draft.key,
            kind=draft.kind,
            created=NOON,
            input_values=draft.input_values,
            known_solutions=draft.known_solutions,
        )
        for draft in drafts
    ]
    return open_entry(journal, plan, now=NOON, published_tasks=lambda _: tasks)


@pytest.fixture
def journal() -> LaunchJournal:
    """An empty journal."""
    return LaunchJournal(SqliteStore(None))


def test_a_new_launch_is_written_down_before_anything_happens(journal: LaunchJournal) -> None:
    """Its identity, its state and when it was called."""
    assert open_with(journal, make_plan()).pool_id is None
    entry = journal.find("desk") or {}
    assert (entry["state"], entry["created"], entry["input_count"]) == ("waiting", NOON.isoformat(), 4)


def test_facts_are_kept_for_the_next_call(journal: LaunchJournal) -> None:
    """The pool of the first call is found by the second, and every step is on record."""
    open_with(journal, make_plan()).note("pool", pool_id="17")
    assert open_with(journal, make_plan()).pool_id == PoolId("17")
    assert [step.kind for step in journal.entries("desk")] == ["pool"]


def test_a_call_takes_back_what_was_asked_of_the_one_before(journal: LaunchJournal) -> None:
    """A request to stop is meant for the call that runs."""
    open_with(journal, make_plan())
    journal.request_stop("desk")
    open_with(journal, make_plan())
    assert journal.stop_requests() == frozenset()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"overlap": mh.StaticOverlap(3)}, "params.overlap"),
        ({"task_duration_hint": timedelta(seconds=11)}, "params.task_duration_hint: was PT10S, now PT11S"),
        ({"max_attempts": 5}, "params.max_attempts: was nothing, now 5"),
    ],
    ids=["overlap", "hint", "attempts"],
)
def test_other_params_are_refused_in_words(journal: LaunchJournal, changes: Mapping[str, Any], told: str) -> None:
    """The error names each param that differs, with both values, and nothing is written down."""
    open_with(journal, make_plan())
    before = journal.find("desk")
    with pytest.raises(LaunchChanged) as caught:
        open_with(journal, make_plan(**changes))
    assert told in str(caught.value)
    assert journal.find("desk") == before


def test_another_task_is_refused(journal: LaunchJournal) -> None:
    """The same name cannot mean two tasks."""
    plan = make_plan()
    open_with(journal, plan)
    spec = mh.PreparedTaskSpec(replace(plan.task_spec.task_spec, instruction={"EN": "Toss a coin."}), "EN")
    with pytest.raises(LaunchChanged, match="the content of the task spec"):
        open_with(journal, replace(plan, task_spec=spec))


def test_data_may_grow_but_not_shrink(journal: LaunchJournal) -> None:
    """What matters is what was published: tasks that are in the pool must still be in the call, others need not."""
    small, large = make_plan(object_count=2), make_plan(object_count=4)
    open_with(journal, large).note("pool", pool_id="17")
    open_with(journal, make_plan(object_count=6), large)
    with pytest.raises(LaunchChanged, match="2 tasks of the first call are missing"):
        open_with(journal, small, large)
    open_with(journal, small, small)


def test_equal_identities_do_not_differ() -> None:
    """Name, order of data and budget are no part of the identity."""
    plan = make_plan()
    assert find_differences(plan.describe(), make_plan(name="other", budget="3").describe()) == []
