"""Trainings by the requester's door, and launches that ask for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import manyhands as mh
from manyhands import client
from manyhands.crowd import PoolId, PoolStatus
from tests.flow.parity import CONTROLS, SPEC, Scene, make_params, make_scene, numbers, parity

LESSONS = [(objects, parity(objects)) for objects in numbers(1900, 1906)]
CONFIG = mh.TrainingConfig(
    training_tasks_in_task_suite_count=3, task_suites_required_to_pass=2, max_assignment_duration_seconds=300
)


def train(platform: mh.EmbeddedPlatform, **changes: Any) -> str:
    """Create a training and return its id."""
    return client.create_training(SPEC, LESSONS, ["Look."] * len(LESSONS), platform, CONFIG, **changes).id


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Return a platform with a crowd."""
    scene = make_scene()
    yield scene
    scene.platform.close()


def test_a_rehearsal_runs_through_the_training(scene: Scene) -> None:
    """Simulated workers learn first and then label everything; nobody works who did not pass."""
    training = train(scene.platform)
    result = scene.launch(numbers(0, 30), params=make_params(training_score=0.6), name="trained")
    assert result.raw_results.is_finished
    [pool_id] = scene.pools
    requirement = scene.platform.get_pool(pool_id).config.training_requirement
    assert requirement is not None
    assert (requirement.training_pool_id, requirement.passing_skill) == (training, 0.6)
    learned = {page.worker_id for page in scene.platform.list_assignments(PoolId(training), limit=1000)}
    worked = {page.worker_id for page in scene.platform.list_assignments(pool_id, limit=1000)}
    assert worked
    assert worked <= learned


def test_without_an_open_training_nothing_is_published(scene: Scene) -> None:
    """Neither for one launch nor for baskets, whether started or waited for."""
    params = make_params(training_score=0.8)
    for launch in (scene.launch, scene.start):
        with pytest.raises(mh.InvalidInput, match=r"the task is not on the platform yet.*create_training"):
            launch(numbers(0, 4), params=params)
    training = PoolId(train(scene.platform))
    scene.platform.close_pool(training)
    baskets = {"a": numbers(0, 4), "b": numbers(4, 8)}
    with pytest.raises(mh.InvalidInput, match=f"has no open training; {training} is closed"):
        mh.start_baskets(baskets, SPEC, params, CONTROLS, scene.platform)
    assert scene.pools == []


def test_a_launch_goes_on_with_the_training_that_it_began_with(scene: Scene) -> None:
    """A newer or a closed training changes nothing for it."""
    training = PoolId(train(scene.platform))
    params = make_params(training_score=0.6)
    first = scene.launch(numbers(0, 8), params=params, name="same")
    scene.platform.close_pool(training)
    again = scene.launch(numbers(0, 8), params=params, name="same")
    assert first.raw_results == again.raw_results
    assert scene.platform.get_pool(training).status is PoolStatus.CLOSED


def test_the_score_of_the_worker_filter_counts_too(scene: Scene) -> None:
    """That is where Crowdom has it."""
    train(scene.platform)
    groups = [mh.WorkerGroup(age_range=(None, None))]
    params = make_params(worker_filter=mh.WorkerFilter(groups, training_score=0.5))
    handle = scene.start(numbers(0, 8), params=params)
    handle.wait(timedelta(minutes=1))
    requirement = scene.platform.get_pool(scene.pools[0]).config.training_requirement
    assert requirement is not None
    assert requirement.passing_skill == 0.5


def test_a_named_training_is_required(scene: Scene) -> None:
    """Not the newest one."""
    first = PoolId(train(scene.platform))
    client.create_training(SPEC, LESSONS, ["Zero is even."] * len(LESSONS), scene.platform, CONFIG)
    scene.start(numbers(0, 8), params=make_params(training_score=0.5, training=first)).wait(timedelta(minutes=1))
    requirement = scene.platform.get_pool(scene.pools[0]).config.training_requirement
    assert requirement is not None
    assert requirement.training_pool_id == first


def test_a_training_for_another_project_is_not_made_by_the_way(scene: Scene) -> None:
    """A task that differs from the one on the platform has to be defined first."""
    client.define_task(SPEC, scene.platform)
    changed = mh.PreparedTaskSpec(replace(SPEC.task_spec, instruction={"EN": "Zero is even."}), "EN")
    with pytest.raises(mh.ProjectDiffers, match="define_task"):
        client.create_training(changed, LESSONS, ["Look."] * len(LESSONS), scene.platform, CONFIG)


def test_lists_are_expected(scene: Scene) -> None:
    """All wrong arguments are named at once."""
    with pytest.raises(mh.InvalidInput) as caught:
        client.create_training(SPEC, iter(LESSONS), "Look.", scene.platform, CONFIG)  # type: ignore[arg-type]  # refused at run time too
    assert caught.value.problems == (
        "solutions is a list_iterator; expected a list",
        "comments is a str; expected a list",
    )
