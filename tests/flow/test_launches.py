"""Whole launches on the embedded platform."""

import asyncio
from collections import Counter
from collections.abc import Callable
from threading import Event

import pytest

import manyhands as mh
from manyhands.crowd import AssignmentStatus, PoolStatus, Solution, WorkerId, WorkerProfile
from tests.flow.parity import CONTROLS, PARAMS, SPEC, Parity, Scene, make_params, make_scene, numbers, parity
from tests.patience import PATIENCE


@pytest.fixture
def scene() -> Scene:
    """A crowd of twenty good workers."""
    return make_scene()


def test_every_object_gets_a_label_with_at_least_the_smallest_overlap(scene: Scene) -> None:
    """A launch ends with labels for all objects, closed pools and judged pages."""
    raw_results, weights = scene.launch(numbers(0, 50))
    assert raw_results.is_finished
    assert all(len(votes) >= 2 for _, votes in raw_results)
    labels = mh.ClassificationResults(numbers(0, 50), raw_results, SPEC).predict()["result"]
    assert sum(label == ("odd" if number % 2 else "even") for number, label in enumerate(labels)) >= 48
    assert weights
    assert all(0 < weight < 1 for weight in weights.values())
    assert scene.platform.get_pool(scene.pools[0]).status is PoolStatus.CLOSED
    assert set(scene.statuses) <= {AssignmentStatus.ACCEPTED, AssignmentStatus.REJECTED}


def test_no_object_gets_more_answers_than_the_largest_overlap() -> None:
    """With workers who hardly agree, overlaps grow to the largest one and stop there."""
    scene = make_scene(accuracy=0.6)
    raw_results, _ = scene.launch(numbers(0, 30))
    overlaps = [len(votes) for _, votes in raw_results]
    assert max(overlaps) == 4
    assert min(overlaps) >= 2


@pytest.mark.parametrize("algorithm", list(mh.AggregationAlgorithm), ids=str)
def test_every_aggregation_brings_a_launch_to_its_end(scene: Scene, algorithm: mh.AggregationAlgorithm) -> None:
    """All algorithms label everything; only weighted likelihood returns weights."""
    raw_results, weights = scene.launch(numbers(0, 30), params=make_params(aggregation_algorithm=algorithm))
    assert raw_results.is_finished
    assert (weights is not None) is (algorithm is mh.AggregationAlgorithm.MAX_LIKELIHOOD)


def test_a_static_overlap_is_met_exactly() -> None:
    """Rejected pages are made up for; no object has one answer more."""
    scene = make_scene(accuracy=0.8, careless=0.2, workers=30)
    raw_results, _ = scene.launch(numbers(0, 40), params=make_params(overlap=mh.StaticOverlap(3)))
    assert {len(votes) for _, votes in raw_results} == {3}
    assert scene.statuses[AssignmentStatus.REJECTED] > 0


def test_careless_workers_are_caught() -> None:
    """Workers who click at once are rejected and restricted."""
    scene = make_scene(careless=0.3, workers=20)
    handle = scene.start(numbers(0, 60))
    handle.wait()
    restricted = {restriction.worker_id for restriction in scene.platform.list_restrictions()}
    assert restricted
    assert handle.progress().restriction_count >= len(restricted)


def test_baskets_run_side_by_side_and_no_page_mixes_them(scene: Scene) -> None:
    """Each basket has its own results and pool."""
    baskets = {"red": numbers(0, 20), "green": numbers(20, 40), "blue": numbers(40, 60)}
    results = mh.launch_baskets(baskets, SPEC, PARAMS, CONTROLS, scene.platform)
    assert {name: len(result.raw_results) for name, result in results.items()} == {"red": 20, "green": 20, "blue": 20}
    for page in (page for pool in scene.pools for page in scene.platform.list_assignments(pool)):
        values = [int(task.input_values["text"]) for task in page.tasks if not task.known_solutions]
        assert len({value // 20 for value in values}) == 1


def test_exclusive_workers_never_work_in_two_baskets() -> None:
    """With exclusive workers, the pages of a worker are all of one basket."""
    scene = make_scene(workers=40)
    baskets = {"red": numbers(0, 20), "green": numbers(20, 40)}
    mh.launch_baskets(baskets, SPEC, make_params(exclusive_workers=True), CONTROLS, scene.platform)
    baskets_of: dict[str, set[str]] = {}
    for pool in scene.pools:
        for page in scene.platform.list_assignments(pool):
            baskets_of.setdefault(page.worker_id, set()).add(pool)
    assert all(len(pools) == 1 for pools in baskets_of.values())


def test_the_same_call_again_returns_the_same_results_and_costs_nothing(scene: Scene) -> None:
    """A finished launch called again publishes nothing and pays nobody."""
    first = scene.launch(numbers(0, 20))
    pages, spent = scene.statuses, scene.platform.spending(scene.pools[0])
    again = scene.launch(numbers(0, 20))
    assert again.raw_results.results == first.raw_results.results
    assert again.worker_weights == first.worker_weights
    assert scene.statuses == pages
    assert scene.platform.spending(scene.pools[0]) == spent


def test_more_data_extends_a_launch(scene: Scene) -> None:
    """A named launch called with more objects labels only the new ones."""
    scene.launch(numbers(0, 20), name="growing")
    answers = sum(scene.statuses.values())
    result = scene.launch(numbers(0, 24), name="growing")
    assert len(result.raw_results) == 24
    assert result.raw_results.is_finished
    assert len(scene.pools) == 1
    assert sum(scene.statuses.values()) < 2 * answers


def test_other_params_or_less_data_under_the_same_name_are_refused(scene: Scene) -> None:
    """The error says what differs, and nothing changes."""
    scene.launch(numbers(0, 20), name="fixed")
    with pytest.raises(mh.LaunchChanged, match=r"overlap.*was 4, now 5"):
        scene.launch(numbers(0, 20), name="fixed", params=make_params(overlap=mh.DynamicOverlap(2, 5, 0.9)))
    with pytest.raises(mh.LaunchChanged, match="2 tasks of the first call are missing"):
        scene.launch(numbers(2, 20), name="fixed")


def test_a_corrected_control_solution_under_the_same_name_is_refused(scene: Scene) -> None:
    """Pages were judged by the old solution; the error names the task and both solutions."""
    mh.launch(SPEC, PARAMS, numbers(0, 8), CONTROLS, scene.platform, name="controlled")
    (objects, _), *rest = CONTROLS
    with pytest.raises(mh.LaunchChanged, match=r"1000.*was.*even.*now.*odd"):
        mh.launch(SPEC, PARAMS, numbers(0, 8), [(objects, (Parity.ODD,)), *rest], scene.platform, name="controlled")


def test_an_event_set_beforehand_publishes_nothing(scene: Scene) -> None:
    """No project, no pool; every object is marked unfinished."""
    interrupted = Event()
    interrupted.set()
    raw_results, _ = scene.launch(numbers(0, 20), interrupted=interrupted)
    assert raw_results.unfinished == tuple(range(20))
    assert scene.pools == []
    assert scene.platform.find_project("parity_EN") is None


def test_a_finished_launch_does_not_disturb_one_that_shares_its_event(scene: Scene) -> None:
    """The event stays unset, and the longer launch comes to its end."""
    interrupted = Event()
    long = scene.start(numbers(0, 80), interrupted=interrupted, name="long")
    short = scene.start(numbers(100, 104), interrupted=interrupted, name="short")
    assert short.wait().raw_results.is_finished
    assert not interrupted.is_set()
    assert long.wait().raw_results.is_finished


def test_an_interrupt_saves_what_is_known_and_the_same_call_goes_on() -> None:
    """After the event is set the pool is closed and nothing is in review; the next call finishes."""
    scene = make_scene()
    interrupted = Event()
    scene.when_accepted(70, interrupted.set)
    handle = scene.start(numbers(0, 200), interrupted=interrupted, name="stopped")
    raw_results, _ = handle.wait(PATIENCE)
    assert handle.state is mh.LaunchState.STOPPED
    assert 0 < len(raw_results.unfinished) < 200
    assert "name='stopped'" in raw_results.resume_hint
    assert scene.platform.get_pool(scene.pools[0]).status is PoolStatus.CLOSED
    assert scene.statuses[AssignmentStatus.SUBMITTED] == 0
    known = sum(len(votes) for _, votes in raw_results)
    resumed, _ = scene.launch(numbers(0, 200), name="stopped")
    assert resumed.is_finished
    assert sum(len(votes) for _, votes in resumed) >= known


def test_a_page_submitted_right_before_the_end_is_judged_and_paid() -> None:
    """The stop comes before the launch has read that the page was submitted."""
    platform = mh.EmbeddedPlatform.in_memory()
    handle = mh.start(SPEC, PARAMS, numbers(0, 20), CONTROLS, platform)
    _wait_until(platform.list_open_pools)
    pool, ann = platform.list_open_pools()[0], WorkerId("ann")
    platform.register_worker(ann, WorkerProfile())
    page = platform.take(ann, pool.id)
    answers = [
        Solution(output_values={"choice": parity((mh.Text(task.input_values["text"]),)).value}) for task in page.tasks
    ]
    platform.submit(page.assignment_id, ann, solutions=answers)
    handle.stop()
    handle.wait(PATIENCE)
    assert platform.list_assignments(pool.id)[0].status is not AssignmentStatus.SUBMITTED


def test_a_budget_is_never_exceeded_and_can_be_raised(scene: Scene) -> None:
    """The launch stops when no page fits any more; called with a larger budget it goes on."""
    handle = scene.start(numbers(0, 60), name="poor", budget="0.52")
    raw_results, _ = handle.wait()
    progress = handle.progress()
    assert progress.stop_reason is mh.StopReason.BUDGET
    assert progress.paid == mh.Money("0.50")
    assert raw_results.unfinished
    assert scene.launch(numbers(0, 60), name="poor", budget=100).raw_results.is_finished


def test_a_shared_budget_holds_for_all_baskets_together(scene: Scene) -> None:
    """Three baskets together spend no more than their common ceiling."""
    baskets = {name: numbers(start, start + 40) for name, start in (("red", 0), ("green", 40), ("blue", 80))}
    mh.launch_baskets(baskets, SPEC, PARAMS, CONTROLS, scene.platform, budget=1)
    paid = sum((scene.platform.spending(pool).paid for pool in scene.pools), mh.Money())
    assert mh.Money("0.95") <= paid <= mh.Money(1)


def test_a_handle_can_be_awaited(scene: Scene) -> None:
    """Two launches awaited together bring their results."""

    async def label() -> list[mh.LaunchResult]:
        return await asyncio.gather(*(_awaited(scene.start(numbers(n, n + 10))) for n in (0, 10)))

    assert [len(result.raw_results) for result in asyncio.run(label())] == [10, 10]


def test_two_calls_at_once_attach_to_one_launch(scene: Scene) -> None:
    """The same call from two sides makes one pool."""
    first, second = scene.start(numbers(0, 30)), scene.start(numbers(0, 30))
    assert first.wait().raw_results == second.wait().raw_results
    assert len(scene.pools) == 1


def test_bonuses_are_paid_once_for_good_pages() -> None:
    """Every accepted page with a perfect control answer brings the bonus, also after the launch is called again."""
    scene = make_scene(accuracy=0.9)
    rules = mh.RuleBuilder().add_dynamic_reward(0.01, 0.02, 0.6, 0.5, bonus_granularity_num=2).build()
    params = make_params(control=mh.Control(rules))
    scene.launch(numbers(0, 20), params=params, name="bonus")
    scene.launch(numbers(0, 20), params=params, name="bonus")
    pool = scene.pools[0]
    accepted = [page for page in scene.platform.list_assignments(pool) if page.status is AssignmentStatus.ACCEPTED]
    bonuses = scene.platform.list_bonuses(pool)
    assert Counter(bonus.assignment_id for bonus in bonuses) == Counter(page.id for page in accepted)
    spending = scene.platform.spending(pool)
    assert spending.paid == mh.Money("0.05") * len(accepted) + sum((bonus.amount for bonus in bonuses), mh.Money())
    assert spending.reserved == mh.Money(0)


async def _awaited(handle: mh.LaunchHandle) -> mh.LaunchResult:
    return await handle


def _wait_until(holds: Callable[[], object]) -> None:
    """Look again and again; the test's own time limit ends it."""
    while not holds():
        Event().wait(0.01)
