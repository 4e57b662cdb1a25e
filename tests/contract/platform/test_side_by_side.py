"""Many launches of one platform at once, whatever lies between them and it."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import manyhands as mh
from manyhands.crowd import AssignmentStatus, Money, PoolId, Solution, TaskKind, WorkerId, WorkerProfile
from manyhands.errors import NoWork
from manyhands.launches import LaunchHandle, Runner
from manyhands.store import LaunchJournal, SqliteStore
from tests.contract.platform.ways import Scene
from tests.patience import PATIENCE, PATIENCE_S
from tests.unit.launches.desk import make_plan

_COUNT = 10
_CONTROL = mh.Control(mh.RuleBuilder().add_static_reward(0.5).build())
_WORKERS = [f"worker {number}" for number in range(12)]


def _start(runner: Runner, budget: str) -> list[LaunchHandle]:
    plans = [make_plan(name=f"basket {number}", budget=budget, control=_CONTROL) for number in range(_COUNT)]
    return [runner.start(plan) for plan in plans]


def _spent(scene: Scene) -> Money:
    """Return what is paid and reserved by all pools, as the server itself has it, rewards of answers that are only asked for left out."""
    parts = [scene.house.platform.spending(pool_id) for pool_id in _pools(scene)]
    return sum((part.paid + part.reserved for part in parts), Money())


def _pools(scene: Scene) -> list[PoolId]:
    with scene.house.store.reading() as transaction:
        return [PoolId(str(row["id"])) for row in transaction.rows("list_own_pools", {"requester": "default"})]


def _work_until_over(scene: Scene, handles: list[LaunchHandle], ceiling: str) -> None:
    """Let everybody take what they get, all at once, until nobody wants anything any more."""
    for name in _WORKERS:
        scene.house.platform.register_worker(WorkerId(name), WorkerProfile())
    ends_s = time.monotonic() + PATIENCE_S
    with ThreadPoolExecutor(4) as threads:
        while not all(handle.is_over for handle in handles):
            assert time.monotonic() < ends_s, [handle.progress() for handle in handles if not handle.is_over]
            list(threads.map(lambda name: _work(scene, name), _WORKERS))
            assert _spent(scene) <= Money(ceiling)


def _work(scene: Scene, name: str) -> None:
    platform = scene.house.platform
    for pool in platform.list_open_pools():
        try:
            page = platform.take(WorkerId(name), pool.id)
        except NoWork:
            continue
        labels = [("even", "odd")[int(task.input_values["text"]) % 2] for task in page.tasks]
        platform.submit(
            page.assignment_id,
            page.worker_id,
            solutions=[Solution(output_values={"choice": label}) for label in labels],
        )


def test_launches_that_share_a_budget_never_exceed_it(scene: Scene) -> None:
    """They stop together when no page fits any more; with more money the same calls go on to the end, and nothing was made or paid twice."""
    runner = Runner(scene.platform, LaunchJournal(SqliteStore(None)))
    poor = _start(runner, "1.00")
    _work_until_over(scene, poor, "1.00")
    assert {handle.state for handle in poor} <= {mh.LaunchState.STOPPED, mh.LaunchState.FINISHED}
    assert mh.LaunchState.STOPPED in {handle.state for handle in poor}
    rich = _start(runner, "20")
    _work_until_over(scene, rich, "20")
    for handle in rich:
        raw_results, _ = handle.wait(PATIENCE)
        assert handle.state is mh.LaunchState.FINISHED
        assert raw_results.is_finished
    pools = _pools(scene)
    assert len(pools) == _COUNT
    answer_count = sum(len(votes) for handle in rich for _, votes in handle.results().raw_results)
    pages = [page for pool in pools for page in scene.house.platform.list_assignments(pool, limit=10_000)]
    accepted = [page for page in pages if page.status is AssignmentStatus.ACCEPTED]
    assert sum(task.kind is TaskKind.REAL for page in accepted for task in page.tasks) == answer_count
    assert sum((scene.house.platform.spending(pool).paid for pool in pools), Money()) == Money("0.06") * len(accepted)
    for pool in pools:
        assert set(Counter(task.key for task in scene.house.platform.list_tasks(pool, limit=10_000)).values()) == {1}
    scene.house.audit()
