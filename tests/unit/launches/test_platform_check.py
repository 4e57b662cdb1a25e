"""Launches and the project that is on the platform."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

import manyhands as mh
from manyhands import client
from manyhands.crowd import Project
from manyhands.launches import check_on_platform, prepare_classification
from tests.flow.parity import CONTROLS, PARAMS, SPEC, Scene, make_scene, numbers

CHANGED = mh.PreparedTaskSpec(replace(SPEC.task_spec, name={"EN": "Odd?"}), "EN")


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Return a platform with a crowd."""
    scene = make_scene()
    yield scene
    scene.platform.close()


def project(scene: Scene) -> Project:
    """Return the project of the task, which is there."""
    found = scene.platform.find_project(SPEC.key)
    assert found is not None
    return found


def test_a_launch_brings_its_task_along(scene: Scene) -> None:
    """Nobody has to define it."""
    assert scene.launch(numbers(0, 8)).raw_results.is_finished
    assert project(scene).config.name == "Even or odd?"


def test_a_launch_takes_the_project_that_is_there(scene: Scene) -> None:
    """It is the one that was defined."""
    defined = client.define_task(SPEC, scene.platform).project
    scene.launch(numbers(0, 8))
    assert project(scene) == defined


def test_a_launch_never_changes_a_project(scene: Scene) -> None:
    """What differs is told, nothing is published, and defining the task again lets the launch begin."""
    defined = client.define_task(CHANGED, scene.platform).project
    for launch in (scene.launch, scene.start):
        with pytest.raises(
            mh.ProjectDiffers, match=r"Bring it up to date with define_task\(task_spec, platform\)"
        ) as caught:
            launch(numbers(0, 8))
        assert "-Odd?\n    +Even or odd?" in str(caught.value)
    with pytest.raises(mh.ProjectDiffers):
        mh.launch_baskets({"a": numbers(0, 8)}, SPEC, PARAMS, CONTROLS, scene.platform)
    assert project(scene) == defined
    assert scene.pools == []
    client.define_task(SPEC, scene.platform)
    assert scene.launch(numbers(0, 8)).raw_results.is_finished


def test_a_project_that_is_changed_between_check_and_publishing_stops_the_launch(scene: Scene) -> None:
    """The launch looks again when it publishes."""
    preflight = prepare_classification(
        SPEC, PARAMS, input_objects=numbers(0, 8), control_objects=CONTROLS, fee=scene.platform.fee
    )
    connection = mh.connect_to(scene.platform)
    [checked] = check_on_platform([preflight], connection.platform, connection.journal)
    defined = client.define_task(CHANGED, scene.platform).project
    with pytest.raises(mh.LaunchFailed) as caught:
        connection.runner.start(checked.plan).wait()
    assert isinstance(caught.value.__cause__, mh.ProjectDiffers)
    assert project(scene) == defined


def test_a_launch_that_has_begun_goes_on_in_a_project_that_has_changed(scene: Scene) -> None:
    """Its results stay within reach, the project stays changed, and the change is told as advice."""
    first = scene.launch(numbers(0, 8), name="same")
    defined = client.define_task(CHANGED, scene.platform).project
    assert scene.launch(numbers(0, 8), name="same").raw_results == first.raw_results
    assert scene.launch(numbers(0, 12), name="same").raw_results.is_finished
    assert project(scene) == defined
    preflight = prepare_classification(
        SPEC, PARAMS, input_objects=numbers(0, 12), control_objects=CONTROLS, fee=scene.platform.fee, name="same"
    )
    [checked] = check_on_platform([preflight], scene.platform, scene.platform.journal)
    assert any("has changed since the launch began" in advice.text for advice in checked.advice)


def test_the_platform_is_asked_once_for_all_baskets(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand baskets of one task cost one look."""
    preflights = [
        prepare_classification(
            SPEC,
            PARAMS,
            input_objects=numbers(0, 8),
            control_objects=CONTROLS,
            fee=scene.platform.fee,
            name=f"{number}",
        )
        for number in range(5)
    ]
    asked: list[str] = []
    find = scene.platform.find_project

    def find_project(key: str) -> Project | None:
        asked.append(key)
        return find(key)

    monkeypatch.setattr(scene.platform, "find_project", find_project)
    assert check_on_platform(preflights, scene.platform, scene.platform.journal) == preflights
    assert check_on_platform([], scene.platform, scene.platform.journal) == []
    assert asked == [SPEC.key]
