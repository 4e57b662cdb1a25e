"""Going on with a launch without the call that began it."""

from concurrent.futures import CancelledError
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import manyhands as mh
from manyhands.crowd import AssignmentStatus, CloseReason, PoolId, TaskDraft
from manyhands.errors import InvalidInput
from manyhands.launches import Labeling, LaunchState, Runner, continue_plan, find_obstacle
from manyhands.task import FieldSpec, FieldType
from tests.flow.parity import Scene, make_scene
from tests.patience import PATIENCE
from tests.unit.launches.desk import make_plan


@pytest.fixture
def scene() -> Scene:
    """A platform with a crowd, on which a launch was left in the middle: its pool is open and half of its pages are done."""
    scene = make_scene(accuracy=0.8, careless=0.2, workers=12)
    runner = Runner(scene.platform, scene.platform.journal)
    scene.when_accepted(3, lambda: runner.let_go("desk"))
    handle = runner.start(make_plan(object_count=24, budget="20"))
    with pytest.raises(CancelledError):
        handle.wait(PATIENCE)
    return scene


def _document(scene: Scene) -> dict[str, Any]:
    return scene.platform.journal.find("desk") or {}


def _pages(scene: Scene) -> list[Any]:
    return scene.platform.list_assignments(PoolId(_document(scene)["pool_id"]), limit=10_000)


def test_a_launch_that_was_let_go_is_left_as_it_is(scene: Scene) -> None:
    """It is not over, its pool issues pages, and nobody works on it."""
    document = _document(scene)
    assert document["state"] == "running"
    assert scene.platform.get_pool(PoolId(document["pool_id"])).status.value == "OPEN"
    assert scene.platform.journal.last_heard() == {}


def test_another_runner_goes_on_from_journal_and_platform_alone(scene: Scene) -> None:
    """Nothing is published twice, the budget is the one that is there, and every object comes to its end."""
    before = len(scene.platform.list_tasks(PoolId(_document(scene)["pool_id"])))
    scene.platform.put_budget("budget", mh.Money(25))
    handle = Runner(scene.platform, scene.platform.journal).resume("desk")
    assert handle is not None
    result = handle.wait(PATIENCE)
    assert handle.state is LaunchState.FINISHED
    assert result.raw_results.is_finished
    assert len(scene.platform.list_tasks(PoolId(_document(scene)["pool_id"]))) == before
    assert scene.platform.get_budget(_document(scene)["budget_id"]).ceiling == mh.Money(25)
    assert {page.status for page in _pages(scene)} <= {AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED}
    assert _document(scene)["is_hosted"]


def test_a_pool_whose_time_is_over_gets_as_much_as_the_same_call_would_give(scene: Scene) -> None:
    """The launch goes on after a long silence; a pool that never closes by itself stays so."""
    pool_id = PoolId(_document(scene)["pool_id"])
    scene.crowd.stop()
    until = scene.platform.get_pool(pool_id).config.expires
    assert until is not None
    scene.clock.run_until(until + timedelta(days=1))
    assert scene.platform.get_pool(pool_id).close_reason is CloseReason.EXPIRED
    plan = continue_plan("desk", _document(scene), scene.platform)
    now = scene.clock.now()
    config = plan.pool_config(plan.pool.config.project_id, budget_id=None, now=now)
    assert config == replace(plan.pool.config, expires=now + plan.params.pool_lifetime)
    handle = Runner(scene.platform, scene.platform.journal).resume("desk")
    assert handle is not None
    handle.wait(PATIENCE)
    assert scene.platform.get_pool(pool_id).config.expires == config.expires
    endless = replace(plan, pool=replace(plan.pool, config=replace(plan.pool.config, expires=None)))
    assert endless.pool_config(plan.pool.config.project_id, budget_id=None, now=now).expires is None


def test_a_launch_whose_project_was_changed_goes_on_in_its_version(scene: Scene) -> None:
    """What the pool asks of workers stays, and so does what others made of the project."""
    pool_id = PoolId(_document(scene)["pool_id"])
    before = scene.platform.get_project_of_pool(pool_id).config
    field = FieldSpec(type=FieldType.STRING)
    scene.platform.put_project(replace(before, output_spec={"other": field}))
    handle = Runner(scene.platform, scene.platform.journal).resume("desk")
    assert handle is not None
    assert handle.wait(PATIENCE).raw_results.is_finished
    assert scene.platform.get_project_of_pool(pool_id).config == before
    project = scene.platform.find_project(before.key)
    assert project is not None
    assert project.config.output_spec == {"other": field}


def test_whoever_launched_can_go_on_after_somebody_else_did(scene: Scene) -> None:
    """The identity is the same, so the same call attaches to what is there."""
    handle = Runner(scene.platform, scene.platform.journal).resume("desk")
    assert handle is not None
    handle.wait(PATIENCE)
    again = Runner(scene.platform, scene.platform.journal).start(make_plan(object_count=24, budget="20"))
    assert again.wait(PATIENCE).raw_results.is_finished
    assert not _document(scene)["is_hosted"]


def test_the_same_pages_mean_the_same_to_both_plans(scene: Scene) -> None:
    """Labels, probabilities and worker weights do not depend on who goes on."""
    original, continued = make_plan(object_count=24), continue_plan("desk", _document(scene), scene.platform)
    labelings = [Labeling(original), Labeling(continued)]
    for labeling in labelings:
        for page in _pages(scene):
            labeling.observe(page)
        labeling.review(is_final=True)
    first, second = (
        [
            (
                None if probas is None else {label.value: proba for label, proba in probas.items()},
                [(label.value, worker) for label, worker in votes],
            )
            for probas, votes in labeling.raw_results()
        ]
        for labeling in labelings
    )
    assert any(probas for probas, _ in first)
    assert first == second
    assert labelings[0].belief.worker_weights() == labelings[1].belief.worker_weights()
    assert labelings[0].confusion() == labelings[1].confusion()


def test_nobody_goes_on_with_what_somebody_works_on(scene: Scene) -> None:
    """A runner that is heard of keeps its launch; one that is not there any more does not."""
    scene.platform.journal.attend("desk", "somebody")
    scene.platform.journal.beat("somebody", now=mh.SystemClock().now())
    assert Runner(scene.platform, scene.platform.journal).resume("desk") is None
    scene.platform.journal.retire("somebody")
    handle = Runner(scene.platform, scene.platform.journal).resume("desk")
    assert handle is not None
    handle.wait(PATIENCE)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"labels": ...}, "an older manyhands"),
        ({"kind": "something new"}, "an older manyhands"),
        ({"params_record": None}, "cannot be written down"),
        ({"pool_id": None}, "nothing of it was published"),
        ({"task_count": 3}, "not all of its objects"),
        ({"inputs": "0" * 64}, "changed since"),
    ],
    ids=["old", "kind", "own params", "no pool", "half published", "other tasks"],
)
def test_what_is_missing_is_told(scene: Scene, changes: dict[str, Any], told: str) -> None:
    """Whoever asks hears why only the first call can go on."""
    document = {name: value for name, value in {**_document(scene), **changes}.items() if value is not ...}
    with pytest.raises(InvalidInput, match=told):
        continue_plan("desk", document, scene.platform)
    assert (find_obstacle(document) is None) is ("inputs" in changes)


def test_a_launch_that_cannot_go_on_is_free_for_others(scene: Scene) -> None:
    """Whoever tried does not hold it."""
    pool_id = PoolId(_document(scene)["pool_id"])
    scene.platform.add_tasks(pool_id, [TaskDraft(key="stranger", input_values={"text": "7", "id": "7"})])
    with pytest.raises(InvalidInput, match="changed since"):
        Runner(scene.platform, scene.platform.journal).resume("desk")
    assert scene.platform.journal.last_heard() == {}
    with pytest.raises(InvalidInput, match="no launch 'desc'"):
        Runner(scene.platform, scene.platform.journal).resume("desc")


def test_an_error_is_written_down_for_whoever_looks_later(scene: Scene) -> None:
    """A launch that nobody waits for tells by which error it failed."""
    journal = scene.platform.journal
    plan = replace(make_plan(name="other"), name="other")
    broken = _WithoutPools(scene.platform)
    handle = Runner(broken, journal).start(plan)  # type: ignore[arg-type]  # it has the same methods
    handle.wait_quietly()
    document = journal.find("other") or {}
    assert (document["state"], document["problem"]) == ("failed", "no room")


class _WithoutPools:
    def __init__(self, inner: mh.EmbeddedPlatform) -> None:
        self._inner = inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def create_pool(self, _config: object) -> object:
        """Fail."""
        raise RuntimeError("no room")
