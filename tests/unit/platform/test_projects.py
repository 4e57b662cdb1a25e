"""Projects: their versions, and their end."""

from typing import Any

import pytest

from manyhands.crowd import (
    KnownSolution,
    PoolStatus,
    ProjectConfig,
    ProjectDifference,
    ProjectId,
    ProjectStatus,
    Solution,
    TaskChange,
)
from manyhands.errors import InvalidData, NotFound, WrongState
from manyhands.platform import EmbeddedPlatform
from manyhands.platform.embedded.project_checks import compare_projects
from manyhands.task import FieldSpec, FieldType
from tests.unit.platform.house import House, project_config, real, reals, solution

BIRD = FieldSpec(type=FieldType.STRING, allowed_values=("bird",))
TEXT, OPTIONAL = FieldSpec(type=FieldType.STRING), FieldSpec(type=FieldType.STRING, required=False)
OUTPUT = project_config().output_spec
INPUT = project_config().input_spec


@pytest.mark.parametrize(
    ("changes", "difference"),
    [
        pytest.param({}, ProjectDifference.EQUAL, id="nothing"),
        pytest.param({"name": "Pets"}, ProjectDifference.NON_BREAKING_CHANGE, id="name"),
        pytest.param({"view": {"view": {}}}, ProjectDifference.NON_BREAKING_CHANGE, id="view"),
        pytest.param({"output_spec": {**OUTPUT, "more": OPTIONAL}}, ProjectDifference.NON_BREAKING_CHANGE, id="more"),
        pytest.param({"output_spec": {**OUTPUT, "more": TEXT}}, ProjectDifference.BREAKING_CHANGE, id="required"),
        pytest.param({"output_spec": {**OUTPUT, "label": BIRD}}, ProjectDifference.BREAKING_CHANGE, id="values"),
        pytest.param({"output_spec": {"label": BIRD}}, ProjectDifference.BREAKING_CHANGE, id="less"),
        pytest.param(
            {"input_spec": {**INPUT, "text": INPUT["id"]}}, ProjectDifference.NON_BREAKING_CHANGE, id="hidden"
        ),
        pytest.param({"input_spec": {**INPUT, "url": TEXT}}, ProjectDifference.BREAKING_CHANGE, id="input"),
    ],
)
def test_a_change_is_weighed(house: House, changes: dict[str, Any], difference: ProjectDifference) -> None:
    """What tasks and answers must have may not change under them; whatever else may."""
    config = project_config(**changes)
    assert compare_projects(project_config(), config) is difference
    assert house.platform.weigh_project_change(house.project.id, config) is difference


def test_pools_see_a_change_that_breaks_nothing(house: House) -> None:
    """Also those that are there; the same again changes nothing."""
    pool = house.pool(*reals(1))
    config = project_config(name="Pets", instruction="Look")
    for _ in range(2):
        assert house.platform.update_project(house.project.id, config).config == config
    assert house.platform.get_project_of_pool(pool.id).config == config
    assert house.platform.see_project(pool.id) == house.platform.get_project(house.project.id)


def birds(**changes: Any) -> ProjectConfig:
    """Return the project with other answers."""
    return project_config(output_spec={"label": BIRD}, **changes)


def test_pools_stay_with_their_version_when_answers_change(house: House) -> None:
    """Old pools take old answers and tasks, new pools new ones; later changes reach the new version only."""
    house.workers("ann", "ben")
    old = house.pool(*reals(3))
    house.platform.put_project(birds())
    new = house.pool(*reals(3))
    house.platform.put_project(birds(name="Birds"))
    house.work("ann", old)
    page = house.take("ben", new)
    with pytest.raises(InvalidData):
        house.platform.submit(page.assignment_id, page.worker_id, solutions=[solution("cat")])
    house.platform.submit(page.assignment_id, page.worker_id, solutions=[Solution(output_values={"label": "bird"})])
    assert house.platform.get_project_of_pool(old.id).config == project_config()
    assert house.platform.see_project(new.id).config == birds(name="Birds")
    task = house.platform.list_tasks(old.id)[0]
    change = TaskChange(known_solutions=(KnownSolution(output_values={"label": "bird"}),))
    with pytest.raises(InvalidData):
        house.platform.change_task(task.id, change)


def test_every_version_that_is_worked_with_is_kept(house: House) -> None:
    """Three versions, each with its pool."""
    configs = [project_config(output_spec={"label": BIRD, f"n{number}": TEXT}) for number in range(3)]
    pools = []
    for config in configs:
        house.platform.put_project(config)
        pools.append(house.pool(is_open=False))
    assert [house.platform.get_project_of_pool(pool.id).config for pool in pools] == configs
    assert house.platform.get_project(house.project.id).config == configs[-1]


def test_a_project_is_archived_after_its_pools(house: House) -> None:
    """It stays to be looked at, and nothing is changed or created in it any more."""
    pool = house.pool(*reals(1), is_open=False)
    with pytest.raises(WrongState, match=f"pool {pool.id} of project .* is not archived"):
        house.platform.archive_project(house.project.id)
    house.platform.archive_pool(pool.id)
    for _ in range(2):
        assert house.platform.archive_project(house.project.id).status is ProjectStatus.ARCHIVED
    (shown,) = house.platform.list_projects()
    assert shown == house.platform.get_project(house.project.id)
    assert (shown.status, shown.config) == (ProjectStatus.ARCHIVED, project_config())
    with pytest.raises(WrongState, match="archived"):
        house.platform.update_project(house.project.id, project_config(name="Pets"))
    with pytest.raises(WrongState, match="archived"):
        house.pool()
    assert house.now(pool).status is PoolStatus.ARCHIVED


def test_an_archived_project_gives_its_key_free(house: House) -> None:
    """The same key makes a new project then."""
    first = house.platform.archive_project(house.project.id)
    assert house.platform.find_project("pets") is None
    second = house.platform.put_project(project_config())
    assert second.id != first.id
    assert (second.status, second.config.key) == (ProjectStatus.ACTIVE, first.config.key)
    house.platform.archive_project(second.id)
    assert [project.status for project in house.platform.list_projects()] == [ProjectStatus.ARCHIVED] * 2


@pytest.mark.parametrize("project_id", [None, "10000999", "nonsense"], ids=["foreign", "unknown", "nonsense"])
def test_nobody_changes_the_project_of_another(house: House, project_id: str | None) -> None:
    """A foreign project is answered like one that is not there."""
    other = EmbeddedPlatform(house.store, clock=house.clock, requester="bob")
    found = ProjectId(project_id or house.project.id)
    with pytest.raises(NotFound):
        other.get_project(found)
    with pytest.raises(NotFound):
        other.update_project(found, project_config(name="Pets"))
    with pytest.raises(NotFound):
        other.archive_project(found)
    with pytest.raises(NotFound):
        other.weigh_project_change(found, project_config())
    with pytest.raises(NotFound):
        other.get_project_of_pool(house.pool(real("a")).id)
    assert other.list_projects() == []
